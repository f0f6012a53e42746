"""What may happen to conversations, stories and cards, and the sentence when it may not."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dialoog.partnerships.models import Event
from experiences.models import (
    Consent,
    ConsentText,
    ContactDetail,
    Fragment,
    FragmentDraft,
    Interview,
    Passage,
    PassageVersion,
    Remark,
    Story,
    Teller,
    changes,
    rests_on,
    saturation,
)
from experiences.vault import VaultClosed
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


@pytest.fixture
def held(bram, project):
    """A conversation with consent, still without a story."""
    made = make.interview(bram, project)
    make.consent(bram, made)
    return made


def refusal(act, *args, **kwargs):
    """The sentence with which this act is refused."""
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return " ".join(refused.value.messages)


# Conversations


def test_a_conversation_gets_a_number_and_a_code(bram, project):
    first, second = make.interview(bram, project), make.interview(bram, project)
    assert [str(first), str(second)] == ["Gesprek 1", "Gesprek 2"]
    assert first.teller.code != second.teller.code


def test_a_retry_makes_one_conversation(bram, project):
    key = uuid.uuid4()
    for _ in range(3):
        fields = {"place": "home", "approach": "person"}
        Interview.begin(bram, Interview(pk=key, **fields), project, "K4M 72", "client")
    assert Interview.objects.count() == Teller.objects.count() == 1


def test_one_code_is_one_teller(bram, project):
    make.interview(bram, project, code="k4m72")
    assert refusal(make.interview, bram, project, code="K4M 72") == (
        "De code K4M 72 is al gebruikt. Kijk op de kaart, of neem een nieuwe code."
    )
    assert refusal(make.interview, bram, project, code="4K4") == (
        "Een code is letter, cijfer, letter en twee cijfers, bijvoorbeeld K4M 72."
    )


def test_nothing_is_collected_before_its_phase_or_while_somebody_is_silent(bram, dora, project):
    rounds.pledge(bram, project, dora)
    assert refusal(make.interview, bram, project) == ("Dora Vermeulen gaf nog geen antwoord. Zolang haalt u niets op.")
    early = rounds.project(bram, Phase.VALUES)
    assert "Ophalen kan pas in de stap ‘Ervaringen ophalen’." in refusal(make.interview, bram, early)
    late = rounds.project(bram, Phase.DELIBERATE)
    assert "Het ophalen is voorbij" in refusal(make.interview, bram, late)


# Consent


def test_no_story_without_consent(bram, project):
    bare = make.interview(bram, project)
    assert refusal(make.story, bram, bare) == ("Er is geen toestemming van deze verteller. Leg die eerst vast.")
    assert not Story.objects.exists()


def test_no_story_of_somebody_who_only_wants_a_call(bram, project):
    shy = make.interview(bram, project)
    make.consent(bram, shy, may_analyse=False, may_quote=False, may_call_back=True)
    assert refusal(make.story, bram, shy) == (
        "De verteller gaf geen toestemming om het verhaal mee te nemen. Het kan niet verder."
    )


def test_no_story_of_somebody_who_declined(bram, project):
    shy = make.interview(bram, project, declined=True)
    make.consent(bram, shy)
    assert refusal(make.story, bram, shy) == "De verteller wilde niet meedoen. Er wordt dan niets opgeschreven."


@pytest.mark.parametrize(
    ("scopes", "sentence"),
    [
        ({"may_analyse": False, "may_quote": False},
         "Kruis aan waar de verteller ja tegen zei. Was dat nergens? Noteer dan dat de verteller niet meedoet."),
        ({"may_analyse": False, "may_quote": True},
         "Aanhalen of openbaar maken kan alleen als het verhaal ook mee mag in de gesprekken."),
        ({"may_quote": False, "may_publish": True},
         "Openbaar maken kan alleen als de verteller ook aangehaald wil worden."),
        ({"given_on": timezone.localdate() + timedelta(days=1)},
         "De toestemming kan niet in de toekomst gegeven zijn. Kijk naar de datum."),
    ],
)  # fmt: skip
def test_consent_must_make_sense(bram, project, scopes, sentence):
    bare = make.interview(bram, project)
    assert refusal(make.consent, bram, bare, **scopes) == sentence


def test_less_consent_works_at_once_on_cards_that_crossed(bram, dora, project):
    cards = make.released(bram, dora, project, may_publish=True)
    one = FragmentDraft.objects.get(fragment=cards[0])
    given = Consent.of(one.teller)
    given.may_publish = given.may_quote = False
    given.note(bram)
    now = {card.pk: (card.may_quote, card.may_publish) for card in Fragment.objects.all()}
    assert now == {cards[0].pk: (False, False), cards[1].pk: (True, True), cards[2].pk: (True, True)}
    given.may_analyse, given.may_call_back = False, True
    given.note(bram)
    assert set(Fragment.objects.values_list("pk", flat=True)) == {cards[1].pk, cards[2].pk}


def test_the_text_of_the_consent_keeps_its_versions(bram, project, held):
    first = ConsentText.of(bram.partnership)
    assert first.body.startswith("De cliëntenraad is niet van de gemeente.")
    assert bram.partnership.data_controller in first.body
    second = ConsentText.rewrite(bram, first.body + "\n\nDank u wel.")
    assert (second.version, ConsentText.of(bram.partnership)) == (2, second)
    assert Consent.of(held.teller).text == first
    assert ConsentText.rewrite(bram, second.body) == second
    assert refusal(ConsentText.rewrite, bram, "Zeg maar ja.") == (
        "In de tekst moet staan wie verantwoordelijk is: het college van de gemeente Oosterhage. Zet dat erin."
    )


# The vault


def test_nothing_that_was_told_lies_open_in_the_database(bram, project, held):
    make.story(bram, held)
    make.draft(bram, held)
    for kind in (Story, Passage, PassageVersion, Consent, FragmentDraft, Interview):
        for row in kind.objects.values():
            assert "Panda" not in str(row) and "kwartier" not in str(row)
    assert "Panda" in Passage.objects.get().text


def test_words_are_bound_to_their_row(bram, project, held):
    make.story(bram, held, happened="Eerst", effect="Daarna")
    one, two = Passage.objects.order_by("field")
    one.sealed = two.sealed
    with pytest.raises(VaultClosed):
        one.words()


# Typing with two


def test_two_who_type_in_the_same_passage_both_keep_their_words(bram, dora, held):
    base = Story.keep_passage(bram, held, "happened", 0, "Ik kwam binnen. Het was druk.")
    Story.keep_passage(bram, held, "happened", base.version, "Ik kwam laat binnen. Het was druk.")
    saved = Story.keep_passage(dora, held, "happened", base.version, "Ik kwam binnen. Het was heel druk.")
    assert (saved.text, saved.copy) == ("Ik kwam laat binnen. Het was heel druk.", None)


def test_what_does_not_merge_stays_as_a_copy_until_somebody_decides(bram, dora, held):
    base = Story.keep_passage(bram, held, "happened", 0, "Het was druk.")
    Story.keep_passage(bram, held, "happened", base.version, "Het was stil.")
    for _ in range(2):
        saved = Story.keep_passage(dora, held, "happened", base.version, "Het was lawaaiig.")
    passage = Passage.objects.get()
    assert (passage.text, saved.copy.text, len(passage.copies())) == ("Het was stil.", "Het was lawaaiig.", 1)
    saved.copy.settle(bram, take=True)
    passage.refresh_from_db()
    assert (passage.text, passage.copies()) == ("Het was lawaaiig.", [])
    assert refusal(saved.copy.settle, dora, take=False) == "Iemand heeft hier al over besloten."


def test_a_version_that_never_was_overwrites_nothing(bram, held):
    Story.keep_passage(bram, held, "happened", 0, "Het was druk.")
    saved = Story.keep_passage(bram, held, "happened", 77, "Iets heel anders.")
    assert (saved.text, saved.copy.text) == ("Het was druk.", "Iets heel anders.")


def test_a_passage_has_an_end_and_takes_odd_signs(bram, held):
    assert "langer dan 60 duizend tekens" in refusal(Story.keep_passage, bram, held, "happened", 0, "a" * 60_001)
    odd = "Emoji 😀, \u202eomgekeerd\u202c en een nul\0 teken\r\nen een regel."
    saved = Story.keep_passage(bram, held, "happened", 0, odd)
    assert saved.text == "Emoji 😀, \u202eomgekeerd\u202c en een nul teken\nen een regel."
    assert refusal(Story.keep_passage, bram, held, "nergens", 0, "x") == "Dit veld is er niet."


def test_hits_in_a_passage_are_replaced_or_left(bram, held):
    make.story(bram, held, happened="Mevrouw Jansen belde. Ik ben 54 jaar.")
    passage = Passage.objects.get()
    passage.swap(bram, 1, "Mevrouw Jansen", "een vrijwilliger")
    passage.leave(bram, 1, "54 jaar")
    assert (passage.text, passage.hits()) == ("Een vrijwilliger belde. Ik ben 54 jaar.", [])
    assert "staan er niet meer" in refusal(passage.swap, bram, 1, "Mevrouw Jansen")


# Cards


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Bel 06-12345678.", "Hier staat nog een telefoonnummer in. Zo kan dit niet naar de gemeente."),
        ("Ik woon op 1234 AB.", "Hier staat nog een postcode in. Zo kan dit niet naar de gemeente."),
        ("Ik ben geboren 12-03-1961.", "Hier staat nog een geboortedatum in. Zo kan dit niet naar de gemeente."),
        ("Mijn nummer is 111222333.", "Hier staat nog een burgerservicenummer in. Zo kan dit niet naar de gemeente."),
        ("Op NL91ABNA0417164300.", "Hier staat nog een rekeningnummer in. Zo kan dit niet naar de gemeente."),
        ("Mail jan@voorbeeld.nl.", "Hier staat nog een e-mailadres in. Zo kan dit niet naar de gemeente."),
    ],
)
def test_scene_6_what_points_at_one_person_cannot_cross(bram, dora, held, words, sentence):
    make.story(bram, held)
    card = make.draft(bram, held, text=words)
    assert sentence in refusal(card.offer, bram, card.version)
    assert sentence in refusal(card.leave, bram, card.version, 1)
    # Not even when it is slipped in behind the scan.
    card.status = FragmentDraft.Status.READY
    card.save()
    assert sentence in refusal(card.approve, dora, card.hash)


def test_scene_6_an_exact_age_warns_and_offers_a_band(bram, dora, held):
    make.story(bram, held)
    card = make.draft(bram, held, text="Ik ben 54 jaar en alleen.")
    assert refusal(card.offer, bram, card.version) == (
        "Kies bij elk woord in de lijst: vervang, of laat staan. Nog te kiezen: 54 jaar."
    )
    left = make.draft(bram, held, text="Ik ben 54 jaar en alleen.")
    left.leave(bram, left.version, 1)
    left.offer(bram, left.version)
    card.swap(bram, card.version, 1)
    assert card.text == "Ik ben vijftiger en alleen."
    card.offer(bram, card.version)
    assert (card.status, left.status) == ("ready", "ready")


def test_the_writer_does_not_read_it_as_the_second(bram, dora, held):
    make.story(bram, held)
    card = make.draft(bram, held)
    card.rewrite(dora, card.version, card.heading, card.text + " Zo ging het.")
    card.offer(dora, card.version)
    for writer in (bram, dora):
        assert refusal(card.approve, writer, card.hash) == (
            "U schreef mee aan dit kaartje. Laat een ander lid van de raad het nakijken."
        )


def test_a_council_of_one_reads_its_own_card(bram, held):
    make.story(bram, held)
    card = make.approved(bram, bram, held)
    assert card.status == FragmentDraft.Status.APPROVED


def test_the_other_side_and_the_helper_approve_nothing(bram, dora, anna, nico, held):
    make.story(bram, held)
    card = make.draft(bram, held)
    card.offer(bram, card.version)
    for seat in (anna, nico):
        assert refusal(card.approve, seat, card.hash) == "Alleen een lid van de cliëntenraad kijkt kaartjes na."
        assert refusal(FragmentDraft.release, seat, held.project) == ("Alleen de cliëntenraad geeft kaartjes vrij.")


def test_only_the_text_that_was_shown_is_approved(bram, dora, held):
    make.story(bram, held)
    card = make.draft(bram, held)
    card.offer(bram, card.version)
    shown = card.hash
    card.rewrite(bram, card.version, card.heading, "Iets anders.")
    card.offer(bram, card.version)
    assert refusal(card.approve, dora, shown) == (
        "Het kaartje is net veranderd. Lees het nog eens, en geef het dan vrij."
    )


def test_changing_an_approved_card_takes_the_approval_away(bram, dora, held):
    make.story(bram, held)
    card = make.approved(bram, dora, held)
    card.rewrite(bram, card.version, card.heading, "Toch anders.")
    assert (card.status, card.approved_by, card.approved_hash) == ("writing", None, "")


def test_two_who_change_a_card_at_once_do_not_overwrite(bram, dora, held):
    make.story(bram, held)
    card = make.draft(bram, held)
    card.rewrite(bram, 1, card.heading, "Eerst ik.")
    assert refusal(card.rewrite, dora, 1, card.heading, "Nee ik.") == (
        "Iemand anders veranderde dit kaartje net. Lees het nog eens."
    )


def test_sending_back_needs_a_remark(bram, dora, held):
    make.story(bram, held)
    card = make.draft(bram, held)
    card.offer(bram, card.version)
    assert refusal(card.send_back, dora, " ") == (
        "Schrijf erbij wat er anders moet, dan weet de schrijver wat te doen."
    )
    card.send_back(dora, "De auto verraadt te veel.")
    assert card.status == "sent_back"
    card.offer(bram, card.version, answer="De auto is eruit.")
    said = [(one.by, one.text) for one in Remark.about(card)]
    assert said == [(dora, "De auto verraadt te veel."), (bram, "De auto is eruit.")]


def test_a_heading_is_short_and_a_card_has_words(bram, held):
    make.story(bram, held)
    assert refusal(make.draft, bram, held, heading="x" * 46) == (
        "De kop heeft 3 tot 45 tekens. Neem de woorden van de verteller."
    )
    assert refusal(make.draft, bram, held, text=" ") == "Schrijf wat er op het kaartje komt."
    assert "hooguit 1500 tekens" in refusal(make.draft, bram, held, text="a" * 1501)


def test_a_card_needs_a_story_and_is_made_once(bram, held):
    assert "Er staat nog geen verhaal." in refusal(make.draft, bram, held)
    make.story(bram, held)
    key = uuid.uuid4()
    assert {make.draft(bram, held, key=key).pk for _ in range(3)} == {key}
    assert FragmentDraft.objects.count() == 1


# Crossing


def test_cards_cross_with_three_at_least(bram, dora, project):
    for number in range(2):
        make.approved(bram, dora, make.told(bram, project))
        told = refusal(FragmentDraft.release, bram, project)
        assert told == "Kaartjes gaan met minstens drie tegelijk en door elkaar. Er " + (
            "is er één nu klaar." if number == 0 else "zijn er 2 nu klaar."
        )
    assert not Fragment.objects.exists()
    make.approved(bram, dora, make.told(bram, project))
    assert len(FragmentDraft.release(bram, project)) == 3
    project.refresh_from_db()
    assert project.cards_released_by == bram


def test_a_card_knows_nothing_of_where_it_came_from(bram, dora, project):
    make.released(bram, dora, project)
    fields = {field.name for field in Fragment._meta.get_fields()}
    assert fields == {"id", "partnership", "project", "number", "heading", "text", "may_quote", "may_publish"}
    numbers = list(Fragment.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3]


def test_a_second_batch_counts_on(bram, dora, project):
    make.released(bram, dora, project)
    make.released(dora, bram, project)
    assert list(Fragment.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_what_was_released_does_not_change(bram, dora, project):
    card = make.released(bram, dora, project)[0]
    draft = FragmentDraft.objects.get(fragment=card)
    assert refusal(draft.rewrite, bram, draft.version, "Andere kop", "Anders") == (
        "Dit kaartje is al vrijgegeven. Het verandert niet meer."
    )


def test_a_card_without_consent_stays_behind(bram, dora, project):
    held = [make.told(bram, project) for _ in range(4)]
    for one in held:
        make.approved(bram, dora, one)
    given = Consent.of(held[0].teller)
    given.may_analyse, given.may_quote, given.may_call_back = False, False, True
    given.note(bram)
    ready, kept_back = FragmentDraft.ready_to_cross(project)
    assert len(ready) == 3
    assert [(draft.teller, why) for draft, why in kept_back] == [
        (held[0].teller, "De verteller geeft er geen toestemming (meer) voor.")
    ]
    assert len(FragmentDraft.release(bram, project)) == 3


def test_after_bundling_no_cards_come(bram, dora, project):
    held = make.told(bram, project)
    make.approved(bram, dora, held)
    project.phase = Phase.DELIBERATE
    project.save()
    assert "De kaartjes zijn al gebundeld." in refusal(FragmentDraft.release, bram, project)
    assert "De kaartjes zijn al gebundeld." in refusal(make.draft, bram, held)


# Withdrawing


def test_scene_2_a_teller_withdraws_and_all_of_it_is_gone(bram, dora, project):
    cards = make.released(bram, dora, project, may_call_back=True)
    draft = FragmentDraft.objects.get(fragment=cards[1])
    teller, interview = draft.teller, draft.story.interview
    make.contact(bram, interview)
    sealed = Passage.objects.filter(teller=teller).first()
    teller.withdraw(dora)
    assert set(Fragment.objects.all()) == {cards[0], cards[2]}
    for kind in (Story, Passage, PassageVersion, ContactDetail, FragmentDraft):
        assert not kind.objects.filter(teller=teller).exists(), kind
        assert kind is ContactDetail or kind.objects.exists(), kind
    assert Consent.of(teller) is None
    assert refusal(make.story, bram, interview).startswith("De verteller trok dit gesprek in.")
    teller.withdraw(bram)
    assert teller.withdrawn_by == dora
    assert sealed.partnership_id == teller.partnership_id


@pytest.mark.django_db(transaction=True)
def test_withdrawing_destroys_the_key_so_that_old_copies_are_unreadable(bram, project):
    held = make.told(bram, project)
    old = Passage.objects.get()
    assert "Panda" in old.text
    held.teller.withdraw(bram)
    with pytest.raises(VaultClosed, match="de sleutel ervan is vernietigd"):
        old.words()


def test_the_last_card_that_goes_takes_the_fact_along(bram, dora, project):
    make.released(bram, dora, project)
    for teller in Teller.objects.all():
        teller.withdraw(bram)
    project.refresh_from_db()
    assert project.cards_released_at is None


# Contact


def test_contact_needs_consent_a_purpose_and_an_end(bram, project):
    held = make.told(bram, project)
    assert refusal(make.contact, bram, held) == (
        "De verteller wil niet teruggebeld worden. Bewaar dan ook geen gegevens."
    )
    reachable = make.told(bram, project, may_call_back=True)
    assert "Langer bewaren spraken wij niet af." in refusal(make.contact, bram, reachable, days=400)
    assert refusal(make.contact, bram, reachable, name="", phone="") == (
        "Vul ten minste een telefoonnummer, mailadres of adres in."
    )
    kept = make.contact(bram, reachable)
    assert kept.details()["phone"] == "06-12345678"
    assert b"12345678" not in bytes(kept.sealed)


def test_after_its_date_nobody_reads_the_contact(bram, project):
    kept = make.contact(bram, make.told(bram, project, may_call_back=True))
    kept.delete_by = timezone.localdate() - timedelta(days=1)
    assert kept.details() == {}


# For the storeys above


def test_what_cards_rest_on(bram, dora, project):
    client = make.released(bram, dora, project, number=3)
    own = make.released(bram, dora, project, number=3, whose="own")
    assert rests_on(client).stories_enough and not rests_on(client).only_own
    assert not rests_on(client[:1]).stories_enough
    assert rests_on(own).only_own and not rests_on([*own, client[0]]).only_own
    assert (rests_on([]).stories_enough, rests_on([]).only_own) == (False, False)


def test_three_cards_of_one_story_are_one_story_and_cross_with_a_reason(bram, dora, anna, project):
    held = make.told(bram, project)
    for _ in range(3):
        make.approved(bram, dora, held)
    assert refusal(FragmentDraft.release, bram, project) == (
        "Drie of meer kaartjes zijn van één verteller. Wacht met een paar, of schrijf op waarom dit kan."
    )
    assert not rests_on(FragmentDraft.release(bram, project, "er komt niets meer bij")).stories_enough
    assert "er komt niets meer bij" in Event.objects.visible_to(dora).first().sentence
    assert [event.sentence for event in Event.objects.visible_to(anna)] == ["gaf 3 kaartjes vrij"]


def test_scene_9_saturation(bram, dora, project):
    make.released(bram, dora, project, number=5)
    themes = {card.pk: {"papieren"} for card in Fragment.objects.all()}
    assert saturation(project, themes) == "Eén verhaal kan genoeg zijn."
    last = make.released(bram, dora, project, number=3)
    assert saturation(project) == ""
    themes |= {card.pk: {"papieren"} for card in last}
    assert saturation(project, themes) == "De laatste 7 verhalen gaven geen nieuw thema."
    order = {
        draft.story.interview.number: draft.fragment_id
        for draft in FragmentDraft.objects.select_related("story__interview")
    }
    themes[order[6]] = {"schaamte"}
    assert saturation(project, themes) == "De laatste 2 verhalen gaven geen nieuw thema."
    themes[order[8]] = {"geld"}
    assert saturation(project, themes) == "Het laatste verhaal gaf nog een nieuw thema."


def test_changes_between_a_story_and_a_card():
    left, right, told = changes(
        "Ik kom hier lang. Ik zat in de auto, de rode Panda. Mevrouw Jansen riep. Ik ging weg.",
        "Ik zat in de auto. Een vrijwilliger riep.",
    )
    assert [(change.gone, change.new) for change in told] == [
        ("auto, de rode Panda. Mevrouw Jansen", "auto. Een vrijwilliger")
    ]
    assert "".join(words for _, words, _ in left).startswith("Ik kom hier lang.")
    assert "".join(words for _, words in right) == "Ik zat in de auto. Een vrijwilliger riep."


def test_a_word_that_the_story_does_not_have_is_always_told():
    """Also where it stands in the place of a long rest of the story, which itself is no change."""
    rest = "Daarna ging ik naar huis en heb ik nog een hele avond met mijn zus gebeld over wat er was gebeurd."
    _, _, told = changes(f"Niemand wist ervan. {rest}", "Niemand wist ervan. EXTRA")
    assert [(change.gone, change.new) for change in told] == [("", "EXTRA")]
    _, _, told = changes(f"Niemand wist ervan. {rest}", "Niemand wist ervan.")
    assert told == []


def test_history_of_secret_things_is_for_the_council_alone(bram, dora, anna, nico, project):
    held = make.told(bram, project)
    make.contact(bram, make.told(bram, project, may_call_back=True))
    assert Event.objects.visible_to(dora).about(held).exists()
    before = {event.sentence for event in Event.objects.visible_to(anna)}
    assert before == set()
    assert not Event.objects.visible_to(nico).about(held).exists()
