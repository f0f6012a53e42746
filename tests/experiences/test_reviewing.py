"""What the second reader sees beside the card, and what reader and writer say to each other about it."""

import pytest

from experiences.models import FragmentDraft, Remark, rare_traits
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


@pytest.fixture
def card(bram, project):
    """A card that waits for its second reader."""
    held = make.told(bram, project, text="Ik ben 54 jaar en zat in de auto van mijn broer. Iedereen hoorde mij.")
    made = make.draft(bram, held, text="Ik ben 54 jaar en zat in de auto. Iedereen hoorde mij.")
    made.leave(bram, made.version, 1)
    made.offer(bram, made.version)
    return made


def test_what_was_typed_goes_along_when_the_card_is_offered(browse, bram, project):
    """Somebody changed the text and pressed the button for the reader: the reader gets that text, never the old one."""
    made = make.draft(bram, make.told(bram, project), text="Mevrouw Jansen was er.")
    sent = {"version": made.version, "heading": "Een andere kop", "text": "Iemand was er."}
    browse(bram).do("experiences:offer", sent, draft=made.pk)
    made.refresh_from_db()
    assert (made.status, made.heading, made.text) == ("ready", "Een andere kop", "Iemand was er.")


def test_what_was_typed_stays_when_the_card_cannot_be_offered_yet(browse, bram, project):
    made = make.draft(bram, make.told(bram, project), text="Iemand was er.")
    sent = {"version": made.version, "heading": "Een kop", "text": "Bel mij op 06-12345678."}
    answer = browse(bram).do("experiences:offer", sent, draft=made.pk, follow=True)
    made.refresh_from_db()
    assert (made.status, made.text) == ("writing", "Bel mij op 06-12345678.")
    assert "Hier staat nog een telefoonnummer in." in answer.content.decode()


def test_what_was_typed_stays_when_a_word_is_replaced(browse, bram, project):
    made = make.draft(bram, make.told(bram, project), text="Ik ben 54 jaar. Mevrouw Jansen was er.")
    sent = {"version": made.version, "heading": "Nieuwe kop", "text": "Mevrouw Jansen was er. Ik ben 54 jaar."}
    browse(bram).do("experiences:clear", sent | {"word": "replace:1:54 jaar"}, draft=made.pk)
    made.refresh_from_db()
    assert (made.heading, made.text) == ("Nieuwe kop", "Mevrouw Jansen was er. Ik ben vijftiger.")


def test_taking_over_a_part_of_the_story_keeps_what_was_typed(browse, bram, project):
    held = make.told(bram, project, text="Het eerste deel.")
    make.story(bram, held, effect="Het tweede deel.")
    first = browse(bram).at("experiences:make_card", interview=held.pk)
    assert "Het eerste deel.</textarea>" in first.content.decode()
    sent = {"heading": "Mijn kop", "text": "Mijn eigen zin.", "take": "effect"}
    page = browse(bram).do("experiences:make_card", sent, interview=held.pk)
    assert page.status_code == 200
    shown = page.content.decode().replace("\r", "")
    assert 'value="Mijn kop"' in shown
    assert "Mijn eigen zin.\n\nHet tweede deel.</textarea>" in shown
    assert not FragmentDraft.objects.exists()


def page(browse, seat, card):
    return " ".join(browse(seat).at("experiences:review", draft=card.pk).content.decode().split())


def test_the_reader_sees_what_changed_what_stayed_and_what_the_teller_allowed(browse, dora, card):
    shown = page(browse, dora, card)
    assert '<mark class="tell">auto van mijn broer.<sup>1</sup></mark>' in shown
    assert '<ins class="new">auto.</ins>' in shown
    assert 'Bleef staan: <mark class="tell">54 jaar</mark>' in shown
    assert "Letterlijk aanhalen" in shown and "Openbaar maken" in shown
    assert f'name="shown" value="{card.hash}"' in shown


def test_what_few_tellers_share_stands_beside_the_card_and_not_on_it(browse, bram, dora, project, card):
    assert "In deze ronde delen weinig vertellers dit." in page(browse, dora, card)
    for _ in range(3):
        make.told(bram, project)
    assert "Nergens aan" in page(browse, dora, card)
    alone = make.told(bram, project, place="faith", whose="relative")
    told = dict(rare_traits(alone))
    assert told == {"kerk, moskee of vereniging": 1, "een verhaal van een naaste, over iemand anders": 1}
    alone.teller.withdraw(bram)
    assert rare_traits(alone) == []


def test_two_things_together_may_be_rare_where_each_is_not(bram, project):
    for place, form in [("home", "phone"), ("home", "together"), ("home", "together"), ("food_bank", "phone")] * 2:
        held = make.told(bram, project, place=place, form=form)
    assert dict(rare_traits(held)) == {"voedselbank": 2}
    make.told(bram, project, place="food_bank", form="together")
    assert dict(rare_traits(held)) == {"voedselbank en aan de telefoon of met beeld": 2}


def test_reader_and_writer_answer_each_other_under_the_card(browse, bram, dora, anna, card):
    browse(dora).do("experiences:send_back", {"remark": "Kan het zonder de auto?"}, draft=card.pk)
    assert "Kan het zonder de auto?" in browse(bram).at("experiences:draft", draft=card.pk).content.decode()
    card.refresh_from_db()
    browse(bram).do("experiences:offer", {"version": card.version, "answer": "Nee, daar gaat het om."}, draft=card.pk)
    shown = page(browse, dora, card)
    assert shown.index("Kan het zonder de auto?") < shown.index("Nee, daar gaat het om.")
    assert browse(anna).at("experiences:review", draft=card.pk).status_code == 404
    assert [one.by for one in Remark.about(card)] == [dora, bram]
    # The words lie in the vault, and go with the card.
    assert b"auto" not in bytes(Remark.objects.first().sealed)
    card.refresh_from_db()
    card.drop(bram)
    assert not Remark.objects.exists()


def test_many_cards_of_one_teller_cross_together_only_with_a_reason(browse, bram, dora, project):
    held = make.told(bram, project)
    for _ in range(3):
        make.approved(bram, dora, held)
    browser = browse(bram)
    shown = browser.at("experiences:release", project=project.pk).content.decode()
    assert "Drie kaartjes zijn van één verteller." in shown
    other = make.told(bram, project)
    for _ in range(3):
        make.approved(bram, dora, other)
    twice = browser.at("experiences:release", project=project.pk).content.decode()
    assert "Van twee vertellers liggen er elk drie kaartjes." in twice
    for sent in ({}, {"go_on": "on"}, {"go_on_reason": "zomaar"}):
        refused = browser.do("experiences:release", sent, project=project.pk)
        assert refused.status_code == 422
        assert "schrijf op waarom dit kan" in refused.content.decode()
    assert not FragmentDraft.objects.filter(fragment__isnull=False).exists()
    browser.do("experiences:release", {"go_on": "on", "go_on_reason": "er komt niets bij"}, project=project.pk)
    assert FragmentDraft.objects.filter(fragment__isnull=False).count() == 6
