"""The pages of bundling, beraad and dialogue: who reads what, and that everything works without a script."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analysis import report, waiting
from analysis.models import Move, OwnSort, Placing, Stage, Tag, Theme
from dialoog.report.models import Report
from experiences.models import Fragment
from projects.models import Commitment, Phase, Project
from projects.models.meetings import dialogue_of
from projects.report import chapters as round_chapters
from tests.analysis import make
from tests.projects import make as projects
from tests.values import make as values


def text(answer):
    """What a person reads on a page."""
    body = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))


def report_rows(project):
    """What was agreed, as the joint report tells it."""
    [agreed] = [chapter for chapter in round_chapters(project) if chapter.slot == "afspraken"]
    return agreed.context["rows"]


def queries(browser, route, **kwargs):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.at(route, **kwargs).status_code == 200
    return len(caught)


# ---- Bundling without a script


def test_a_side_is_done_when_its_people_are_and_nobody_goes_on_before_both_sides_said_so(
    anna, bram, dora, nico, browse
):
    meeting = make.session(nico, make.make_round(bram, 2), Stage.OWN_SORT, (bram, dora, anna))
    home = {"project": meeting.project_id}
    page = text(browse(bram).at("analysis:session", **home))
    assert "Van uw kant is nog bezig: uzelf, Dora Vermeulen." in page and "Niet op iedereen wachten" in page
    for seat in (bram, dora):
        browse(seat).do("analysis:ready", {"expected": 1}, session=meeting.pk)
    page = text(browse(bram).at("analysis:session", **home))
    assert "Nog één stap: iemand van u zegt het namens uw kant." in page and "Niet op iedereen wachten" not in page
    leads = browse(nico).at("analysis:session", **home).content.decode()
    assert "Nog niet klaar met zelf ordenen: de cliëntenraad en de gemeente." in leads
    assert "Iedereen naar ‘Naast elkaar’" not in leads
    for seat in (bram, anna):
        make.own_sort(seat, meeting, Weg=[1, 2])
        meeting.side_is_ready(seat)
    assert "Iedereen naar ‘Naast elkaar’" in browse(nico).at("analysis:session", **home).content.decode()


def test_who_is_alone_on_a_side_says_once_that_it_is_done(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram, 2), Stage.OWN_SORT, (bram, anna))
    home = {"project": meeting.project_id}
    page = text(browse(bram).at("analysis:session", **home))
    assert "U bent nu de enige van uw kant" in page and "Onze kant is klaar" not in page
    assert browse(bram).do("analysis:ready", {"expected": 1}, session=meeting.pk, follow=True).status_code != 500
    meeting.refresh_from_db()
    assert not meeting.envelope.is_ready("council"), "nobody laid a card yet"
    make.own_sort(bram, meeting, Weg=[1, 2])
    browse(bram).do("analysis:ready", {"expected": 1}, session=meeting.pk)
    leads = text(browse(nico).at("analysis:session", **home))
    assert "1 van de 1 klaar" in leads and "De cliëntenraad is klaar." in leads
    browse(bram).do("analysis:not_ready", session=meeting.pk)
    assert "Nog geen van beide kanten is klaar." in text(browse(nico).at("analysis:session", **home))


def test_the_dialogue_knows_the_evening_that_was_kept_free_for_it(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram, 2), Stage.DONE, (bram, anna))
    project = meeting.project
    project.note_fact("deliberation_opened", bram)
    planned = projects.meeting(bram, about=dialogue_of(project), place="De Schakel, zaal 2")
    page = browse(bram).at("analysis:dialogue", project=project.pk).content.decode()
    assert bram.url("projects:meeting", meeting=planned.pk) in page and "Nog niet afgesproken" not in page
    form = browse(bram).at("analysis:arrange", project=project.pk).content.decode()
    assert 'value="De Schakel, zaal 2"' in form and f'value="{planned.day}"' in form


def test_after_a_first_evening_the_dialogue_tells_when_both_sides_meet_again(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram, 2), Stage.DONE, (bram, anna))
    project = meeting.project
    project.note_fact("deliberation_opened", bram)
    held, coming = make.dialogue(bram, project), projects.meeting(bram)
    page = browse(bram).at("analysis:dialogue", project=project.pk).content.decode()
    assert "ontvangt." in page and "U ziet elkaar weer" not in page
    make.Dialogue.objects.update(held_on=held.held_on - timedelta(days=3))
    page = browse(bram).at("analysis:dialogue", project=project.pk).content.decode()
    assert "ontving." in page and bram.url("projects:meeting", meeting=coming.pk) in page


def test_the_whole_meeting_works_with_plain_forms(anna, bram, nico, browse):
    """Scene 10: reading, sorting, naming and finishing by links and buttons alone."""
    project = make.make_round(bram, 4)
    leads, ours, theirs = browse(nico), browse(bram), browse(anna)
    assert "Er liggen vier kaartjes klaar" in text(leads.at("analysis:session", project=project.pk))
    leads.do("analysis:begin", {"facilitator": nico.pk}, project=project.pk)
    meeting = make.BundlingSession.objects.get()
    for browser in (ours, theirs):
        browser.do("analysis:join", session=meeting.pk)
    assert "Kaartje 2 van de 4" in text(ours.at("analysis:session", {"kaart": "2"}, project=project.pk))
    leads.do("analysis:go_on", {"expected": 0}, session=meeting.pk)
    for browser, name in ((ours, "Weg"), (theirs, "Vinden")):
        for number in (1, 2, 3, 4):
            card = Fragment.objects.get(number=number)
            pile = OwnSort.objects.filter(author=browser.seat).first()
            data = {"card": card.pk, "pile": "new", "label": f"{name} {number}"}
            if pile and number % 2 == 0:
                data = {"card": card.pk, "pile": pile.piles()[-1].pk}
            assert browser.do("analysis:lay", data, session=meeting.pk).status_code == 302
        assert "U hebt alle 4 kaartjes neergelegd" in text(browser.at("analysis:session", project=project.pk))
        browser.do("analysis:release_own", session=meeting.pk)
    leads.do("analysis:go_on", {"expected": 1}, session=meeting.pk)
    page = text(ours.at("analysis:session", project=project.pk))
    assert "Nog niet van elke kant ordenden twee mensen" in page and "Vinden 1" in page and "Weg 3" in page
    leads.do("analysis:go_on", {"expected": 2}, session=meeting.pk)
    card = Fragment.objects.get(number=1)
    page = text(ours.at("analysis:session", {"verplaats": str(card.pk)}, project=project.pk))
    assert "Leg kaartje 1 bij" in page
    answer = ours.do("analysis:move", {"card": card.pk, "seen": 0, "theme": "new"}, session=meeting.pk, follow=True)
    assert "Kaartje 1 ligt nu bij ‘Stapel A’." in text(answer)
    theme = Theme.objects.get()
    theirs.do("analysis:write_theme", {"sentence": "Niemand weet de weg", "version": 1}, theme=theme.pk)
    answer = leads.do("analysis:go_on", {"expected": 3}, session=meeting.pk)
    assert answer.status_code == 422
    assert "‘Niemand weet de weg’: er staat nog geen tegenstem bij" in text(answer)
    go_on = {"expected": 3, "go_on": "on", "go_on_reason": "Er was geen tijd meer."}
    assert leads.do("analysis:go_on", go_on, session=meeting.pk).status_code == 302
    assert "De thema’s staan" in text(ours.at("analysis:session", project=project.pk))
    assert Project.objects.get().bundled_at is not None


def test_forty_one_cards_are_said_to_be_many(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram, 41), present=[anna, bram])
    answer = browse(nico).do("analysis:go_on", {"expected": 0}, session=meeting.pk)
    assert answer.status_code == 422
    assert "Er zijn 41 kaartjes. Boven de 40 wordt het veel" in text(answer)
    browse(nico).do("analysis:go_on", {"expected": 0, "go_on": "on", "go_on_reason": "Wij doen twee avonden."},
                    session=meeting.pk)  # fmt: skip
    meeting.refresh_from_db()
    assert meeting.stage == Stage.OWN_SORT


# ---- What is sealed


@pytest.mark.promise("P1")
def test_no_page_tells_how_somebody_sorts(anna, bram, dora, nico, browse):
    """Scene 4: the pages of everybody else are the same, byte for byte, before and after Bram lays a card."""
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram, dora])
    routes = [
        ("analysis:session", {"project": meeting.project_id}),
        ("analysis:themes", {"project": meeting.project_id}),
        ("analysis:moves", {"session": meeting.pk}),
        ("start", {}),
    ]

    def seen_by(seat):
        pages = [browse(seat).at(route, **kwargs).content.decode() for route, kwargs in routes]
        chance = r'value="[^"]*"|id="nieuw-[^"]*"|for="nieuw-[^"]*"|heard=[^"]*|data-now="[^"]*"'
        return [re.sub(chance, "", page) for page in pages]

    before = {seat.name: seen_by(seat) for seat in (anna, dora, nico)}
    own_before = text(browse(bram).at("analysis:session", project=meeting.project_id))
    make.own_sort(bram, meeting, **{"Kanarie stapel": [3, 5]})
    assert {seat.name: seen_by(seat) for seat in (anna, dora, nico)} == before
    assert "Kanarie stapel" in text(browse(bram).at("analysis:session", project=meeting.project_id))
    assert "Kanarie stapel" not in own_before


@pytest.mark.promise("P1")
def test_no_page_tells_what_the_other_side_wrote_in_its_beraad(anna, bram, dora, nico, browse):
    project = make.bundled(bram)
    theme = Theme.objects.of(project).first()
    routes = [
        ("analysis:deliberation", {"project": project.pk}),
        ("analysis:dialogue", {"project": project.pk}),
        ("analysis:theme", {"theme": theme.pk}),
        ("analysis:talk", {"theme": theme.pk}),
        ("start", {}),
    ]

    def seen_by(seat):
        pages = [browse(seat).at(route, **kwargs).content.decode() for route, kwargs in routes]
        return [re.sub(r'value="[^"]*"|heard=[^"]*|data-now="[^"]*"', "", page) for page in pages]

    before = {seat.name: seen_by(seat) for seat in (anna, nico)}
    make.answer(bram, theme, 3, "Kanarie: nee.")
    assert {seat.name: seen_by(seat) for seat in (anna, nico)} == before
    own = text(browse(dora).at("analysis:answer", theme=theme.pk))
    assert "Kanarie: nee." in own
    assert "Uw kant beantwoordde 1 van de vier vragen" in text(
        browse(dora).at("analysis:deliberation", project=project.pk)
    )


# ---- The board


def test_a_late_hand_gets_one_sentence_and_the_board_as_it_is(anna, bram, browse):
    meeting = make.together(bram, anna)
    here, there = make.theme(bram, meeting.project, "Hier"), make.theme(bram, meeting.project, "Daar", position=1)
    card = Fragment.objects.get(number=1)
    browse(anna).do("analysis:move", {"card": card.pk, "seen": 0, "theme": here.pk}, session=meeting.pk)
    answer = browse(bram).do(
        "analysis:move", {"card": card.pk, "seen": 0, "theme": there.pk}, session=meeting.pk,
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert "Anna de Wit legde kaartje 1 net bij ‘Hier’" in unescape(answer.content.decode())
    assert Placing.objects.get(fragment=card).theme == here
    assert Move.objects.count() == 2


def test_a_refusal_comes_among_the_messages_and_leaves_the_board_where_it_is(anna, bram, browse):
    meeting = make.together(bram, anna, bram)
    make.move(bram, meeting, Fragment.objects.get(number=1), make.theme(bram, meeting.project, "Hier"))
    where = {"session": meeting.pk}
    browse(bram).do("analysis:undo_last", **where)
    # What was taken back is no step any more: the button is gone, and who was about to press it reads why.
    assert "laatste-zet" not in browse(bram).at("analysis:session", project=meeting.project_id).content.decode()
    answer = browse(bram).do("analysis:undo_last", **where, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and answer["HX-Retarget"] == "#messages"
    seen = answer.content.decode()
    assert "Er is niets van u dat terug kan." in seen and "<main" not in seen


def test_who_sorts_hears_which_card_comes_next(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram, 2), Stage.OWN_SORT, [anna, bram])
    first, second = Fragment.objects.order_by("number")
    heard = []
    for card in (first, second):
        data = {"card": card.pk, "pile": "new", "label": "Papieren"}
        answer = browse(bram).do("analysis:lay", data, session=meeting.pk, headers={"HX-Request": "true"})
        heard.append(unescape(answer.content.decode()))
    assert f"Kaartje 1 ligt op een nieuwe stapel. Nu kaartje 2: {second.heading}." in heard[0]
    assert "U hebt alle 2 kaartjes neergelegd." in heard[1]


def test_a_card_that_was_withdrawn_meanwhile_is_said_to_be_gone(anna, bram, browse):
    """Scene 2."""
    meeting = make.together(bram, anna)
    theme, card = make.theme(bram, meeting.project), Fragment.objects.get(number=1)
    data = {"card": card.pk, "seen": 0, "theme": theme.pk}
    card.delete()
    answer = browse(anna).do("analysis:move", data, session=meeting.pk, follow=True)
    assert "Dit kaartje is er niet meer. De verteller trok het terug." in text(answer)


def test_a_card_of_another_table_is_not_moved(anna, bram, chris, browse):
    meeting = make.together(bram, anna)
    make.make_round(chris)
    stranger = Fragment.objects.filter(partnership=chris.partnership).first()
    data = {"card": stranger.pk, "seen": 0, "theme": make.theme(bram, meeting.project).pk}
    browse(bram).do("analysis:move", data, session=meeting.pk)
    assert not Placing.objects.exists()


def test_the_board_asks_the_database_as_much_for_three_as_for_three_hundred_cards(anna, bram, browse):
    few = make.together(bram, anna, count=3)
    many = make.together(bram, anna, count=300)
    for meeting, count in ((few, 3), (many, 300)):
        cards = list(Fragment.objects.filter(project=meeting.project))
        themes = [make.theme(bram, meeting.project, f"Thema {n}", position=n) for n in range(3)]
        for place, card in enumerate(cards):
            make.move((anna, bram)[place % 2], meeting, card, themes[place % 3])
        assert len(cards) == count
    browser = browse(bram)
    assert queries(browser, "analysis:board", session=few.pk) == queries(browser, "analysis:board", session=many.pk)
    home = [queries(browser, "analysis:session", project=meeting.project_id) for meeting in (few, many)]
    assert home[0] == home[1]
    # And it grows with the cards it shows, each as much as the next.
    sizes = [len(browser.at("analysis:board", session=meeting.pk).content) for meeting in (few, many)]
    assert (sizes[1] - sizes[0]) / 297 < 2500


def test_list_pages_ask_the_same_for_one_theme_and_for_many(bram, browse):
    few, many = make.bundled(bram, themes=1), make.bundled(bram, themes=9)
    browser = browse(bram)
    for route in ("analysis:themes", "analysis:deliberation"):
        assert queries(browser, route, project=few.pk) == queries(browser, route, project=many.pk), route


def test_side_by_side_asks_the_same_for_two_and_for_twelve_sorters(table, anna, joost, bram, dora, nico, browse):
    def sorted_by(council, municipality):
        meeting = make.session(nico, make.make_round(bram, 6), Stage.OWN_SORT, [anna, bram])
        for seat in (*council, *municipality):
            make.own_sort(seat, meeting, Weg=[1, 2, 3], Geld=[4, 5, 6])
        make.opened(meeting, anna, bram)
        meeting.stage = Stage.SIDE_BY_SIDE
        meeting.save()
        return meeting

    few, many = sorted_by([bram], [anna]), sorted_by([bram, dora], [anna, joost])
    browser = browse(bram)
    counts = [queries(browser, "analysis:session", project=meeting.project_id) for meeting in (few, many)]
    assert counts[0] == counts[1]


# ---- Themes, beraad and dialogue


def test_a_theme_counts_plainly_which_values_are_at_stake(anna, bram, browse):
    project = make.bundled(bram, themes=1)
    theme, value = Theme.objects.of(project).first(), values.shared(bram, anna)
    first, second = theme.cards_now()
    for card in (first, second):
        browse(bram).do("analysis:tag", {"value": value.pk, "stake": "harmed"}, fragment=card.pk)
    browse(anna).do("analysis:tag", {"value": value.pk, "stake": "upheld"}, fragment=first.pk)
    page = text(browse(anna).at("analysis:theme", theme=theme.pk))
    assert f"{value.name} : geschonden in 2 kaartjes, waargemaakt in 1" in page
    assert "%" not in page
    browse(anna).do("analysis:untag", tag=Tag.objects.get(by=anna).pk)
    assert "waargemaakt in 1" not in text(browse(anna).at("analysis:theme", theme=theme.pk))


def test_the_four_questions_by_plain_form_and_opened_together(anna, bram, browse):
    project = make.bundled(bram, themes=1)
    theme = Theme.objects.of(project).first()
    words = {f"q{n}-text": f"Antwoord {n}." for n in (1, 2, 3, 4)}
    for seat in (bram, anna):
        browse(seat).do("analysis:answer", {key: f"{seat.name}: {said}" for key, said in words.items()}, theme=theme.pk)
        assert "Nog even niet" in text(browse(seat).at("analysis:talk", theme=theme.pk))
        browse(seat).do("analysis:release", project=project.pk)
    page = text(browse(anna).at("analysis:talk", theme=theme.pk))
    for question in ("Wat gebeurt er?", "Is dit wenselijk?"):
        assert question in page
    assert "Bram Hoekstra: Antwoord 3." in page and "Anna de Wit: Antwoord 3." in page


def test_listening_opens_commitments_and_a_commitment_is_kept_with_its_theme(anna, bram, browse):
    project = make.deliberated(anna, bram)
    Project.objects.filter(pk=project.pk).update(listened_at=None)
    theme = Theme.objects.of(project).first()
    answer = browse(bram).at("analysis:commit", theme=theme.pk)
    assert answer.status_code == 422 and "Eerst luisteren, dan afspreken" in text(answer)
    for seat in (anna, bram):
        browse(seat).do("analysis:hear", {"heard-heard": "Dat het snel moet."}, theme=theme.pk)
    data = {
        "what": "Een tafel apart", "because": theme.label, "owner_member": bram.pk, "due": "2027-03-01",
        "client_notices": "U stelt uw vraag zonder dat de rij het hoort.",
    }  # fmt: skip
    assert browse(anna).do("analysis:commit", data, theme=theme.pk).status_code == 302
    assert [kept.what for kept in theme.commitments.all()] == ["Een tafel apart"]
    assert "Een tafel apart" in text(browse(anna).at("analysis:talk", theme=theme.pk))


def test_a_commitment_belongs_to_the_theme_that_is_chosen_never_to_one_that_is_typed(anna, bram, browse):
    """Otherwise the theme, the round and the letter to the teller would say what is not so."""
    project = make.deliberated(anna, bram, themes=2)
    theme, other = Theme.objects.of(project)
    foreign = make.theme(bram, projects.project(bram, Phase.COMMIT), "Van een andere ronde")
    theme.tell_round()
    project.refresh_from_db()
    assert str(theme.pk) in project.left_open
    Project.objects.filter(pk=project.pk).update(listened_at=timezone.now())
    form = browse(bram).at("projects:commit", {"reden": "anders"}, project=project.pk).content.decode()
    assert f'<option value="{theme.pk}">{theme.sentence}</option>' in form
    data = {
        "what": "Een tafel apart", "because": f"{theme.sentence.lower()}.", "owner_member": bram.pk,
        "due": "2027-03-01", "client_notices": "U stelt uw vraag zonder dat de rij het hoort.",
    }  # fmt: skip
    assert browse(anna).do("projects:commit", data | {"theme": foreign.pk}, project=project.pk).status_code == 422
    browse(anna).do("projects:commit", data, project=project.pk)
    kept = Commitment.objects.get(project=project)
    assert list(theme.commitments.all()) == []
    project.refresh_from_db()
    assert (
        project.checks_for(Phase.REPORT)[0].title
        == f"Er is iets afgesproken. Zonder afspraak blijft nu: ‘{theme.sentence}’"
    )
    for chosen in (other, theme):
        kept.refresh_from_db()
        change = {**data, "version": kept.version, "because": ""}
        browse(bram).do("projects:change_commitment", change | {"theme": chosen.pk}, commitment=kept.pk)
        assert [list(one.commitments.all()) for one in (theme, other)] == [
            [kept] * (chosen == one) for one in (theme, other)
        ]
        assert f"Thema {chosen.sentence} Waaraan" in text(browse(anna).at("projects:commitment", commitment=kept.pk))
    project.refresh_from_db()
    assert str(theme.pk) not in project.left_open
    assert kept.is_asked and report_rows(project)[0]["who"] == "Bram Hoekstra (gevraagd, zei nog geen ja)"
    Report.start(bram, project)
    assert "Niet iedereen zei zelf ja." in text(browse(anna).at("report:detail", project=project.pk))
    kept.say_yes(bram)
    assert "Niet iedereen zei zelf ja." not in text(browse(anna).at("report:detail", project=project.pk))
    assert report_rows(project)[0]["who"] == "Bram Hoekstra"


def test_a_commitment_begun_elsewhere_first_asks_for_the_theme(anna, bram, browse):
    project = make.deliberated(anna, bram)
    Project.objects.filter(pk=project.pk).update(listened_at=timezone.now())
    theme = Theme.objects.of(project).first()
    asked = browse(bram).at("projects:commit", project=project.pk)
    assert f'href="{bram.url("analysis:commit", theme=theme.pk)}">{theme.label}<' in asked.content.decode()
    assert "Nog niets afgesproken" in text(asked) and b'name="what"' not in asked.content
    theme.bind(projects.commitment(bram, project))
    assert "Nog niets afgesproken" not in text(browse(bram).at("projects:commit", project=project.pk))


def test_two_of_one_side_who_note_at_once_both_find_their_words(anna, bram, dora, browse):
    theme = Theme.objects.of(make.deliberated(anna, bram)).first()
    first = browse(bram).do("analysis:hear", {"heard-heard": "Dat het snel moet."}, theme=theme.pk)
    second = browse(dora).do("analysis:hear", {"heard-heard": "Zij wisten het niet."}, theme=theme.pk)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Zij wisten het niet." in text(second) and "Dat het snel moet." in text(second)


# ---- What waits, and the chapters


def test_who_sees_it_otherwise_means_the_same_sentence(nico, anna, bram, dora, browse):
    card = Fragment.objects.filter(project=make.make_round(bram)).first()
    value = values.value(bram, anna)
    Tag.put(bram, card, value, "harmed", [1])
    page = browse(anna).at("analysis:card", fragment=card.pk).content.decode()
    otherwise = page[: page.index("Ik zie het anders")].rpartition("<form")[2]
    assert 'name="sentence" value="1"' in otherwise
    Tag.put(dora, card, value, "harmed", [])
    page = browse(anna).at("analysis:card", fragment=card.pk).content.decode()
    assert 'name="sentence"' not in page[: page.index("Ik zie het anders")].rpartition("<form")[2]


def test_what_waits_tells_no_more_than_both_may_know(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    before = list(waiting.waiting(anna))
    make.own_sort(bram, meeting, Weg=[1, 2])
    assert list(waiting.waiting(anna)) == before
    assert {line.party for line in before} == {"council", "municipality"}


def test_what_waits_per_phase(anna, bram):
    project = make.make_round(bram)
    assert [line.title for line in waiting.waiting(bram)] == ["Samen de kaartjes bundelen"] * 2
    Project.objects.filter(pk=project.pk).update(phase=Phase.DELIBERATE)
    assert [line.title for line in waiting.waiting(bram)] == ["Intern beraad: vier vragen bij elk thema"] * 2
    Project.objects.filter(pk=project.pk).update(phase=Phase.DIALOGUE)
    make.theme(bram, project, cards=[Fragment.objects.first()])
    assert [line.note for line in waiting.waiting(bram)] == ["Nog bij één thema"] * 2


@pytest.mark.parametrize("phase, offered", [(Phase.DELIBERATE, True), (Phase.DIALOGUE, False)])
def test_a_step_back_is_offered_only_while_it_can_be_done(nico, anna, bram, browse, phase, offered):
    meeting = make.session(nico, make.make_round(bram), Stage.DONE, [anna, bram])
    Project.objects.filter(pk=meeting.project_id).update(phase=phase)
    seen = browse(nico).at("analysis:session", project=meeting.project_id).content.decode()
    assert ("Een stap terug" in seen) == offered
    # Who is refused goes back to where they were, on our own pages only.
    if not offered:
        here = f"http://testserver{nico.url('analysis:session', project=meeting.project_id)}"
        for came_from, back in ((here, here), ("https://example.com/", "/"), ("", "/")):
            refused = browse(nico).do("analysis:go_back", headers={"referer": came_from}, session=meeting.pk)
            assert refused.status_code == 422 and f'href="{back}">Ga terug</a>' in refused.content.decode()


def test_quotes_in_the_report_are_only_those_with_the_scope(anna, bram):
    project = make.deliberated(anna, bram)
    theme = Theme.objects.of(project).first()
    first, second = theme.cards_now()
    first.may_quote = True
    first.save()
    second.may_quote = second.may_publish = True
    second.save()

    def quoted(public):
        told = report.chapters(project, public)[0].context["themes"][0]
        return [quote for quote in [told["big"], *told["quotes"], told["counter"]] if quote]

    assert quoted(public=False) == [first.text, second.text]
    assert quoted(public=True) == [second.text]


def test_the_report_holds_no_answer_before_the_envelopes_open(anna, bram):
    project = make.bundled(bram, themes=1)
    make.answer(bram, Theme.objects.of(project).first(), 3, "Kanarie: nee.")
    slots = report.chapters(project)
    assert [chapter.slot for chapter in slots] == ["themas"]
    assert slots[0].context["themes"][0]["positions"] == []
    opened = make.deliberated(anna, bram)
    chapters = report.chapters(opened)
    assert [chapter.slot for chapter in chapters] == ["themas", "dialoog"]
    positions = chapters[0].context["themes"][0]["positions"]
    assert [line["is_central"] for line in positions] == [False, False, True, False]
    assert positions[2]["council"] == "Bram Hoekstra over vraag 3."


def test_a_removed_card_is_no_longer_a_quote(anna, bram):
    project = make.deliberated(anna, bram)
    for card in Theme.objects.of(project).first().cards_now():
        card.delete()
    assert report.chapters(project) == []
