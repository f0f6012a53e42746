"""Trust at the beginning, told in bands; and looking back at the end, both sides beside one another."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.partnerships.models import Event, Member
from projects.models import CloseOut, Nod, Phase, TrustAnswer
from projects.models.trust import band
from projects.waiting import waiting
from tests import make as people
from tests.projects import make
from tests.projects.test_models import refusal
from tests.projects.test_pages import words

NAMING = import_module("projects.migrations.0005_hushed_and_trust")


@pytest.fixture
def council(table, bram, dora):
    return [bram, dora, people.council(table, "Ria Smeets"), people.council(table, "Wim van Dijk")]


def whole(answer=2, **fields):
    return dict.fromkeys(TrustAnswer.FIELDS, str(answer)) | fields


@pytest.mark.promise("P4")
def test_trust_is_told_from_three_answers_of_a_side_on(browse, anna, council):
    project = make.project(council[0])
    for seat in (council[0], council[1], anna):
        make.trust(seat, project)
    for seat in (anna, council[0]):
        page = words(browse(seat).at("projects:trust", project=project.pk))
        assert page.count("Nog geen drie antwoorden.") == 1
        assert page.count("Aan deze kant zitten minder dan drie mensen.") == 1
        assert "Redelijk wat vertrouwen" not in page
    make.trust(council[2], project)
    for seat in (anna, council[0]):
        page = words(browse(seat).at("projects:trust", project=project.pk))
        assert page.count("Nog geen drie antwoorden.") == 0
        assert "Redelijk wat vertrouwen" in page


@pytest.mark.promise("P4", control=True)
def test_without_the_limit_two_answers_would_be_told(anna, council, monkeypatch):
    monkeypatch.setattr("projects.models.trust.shown_total", lambda total: total or None)
    project = make.project(council[0])
    make.trust(council[0], project)
    assert TrustAnswer.of_sides(project)["council"].whole.word == "redelijk wat"


def told_while_bram_tries(council, project):
    """What the table reads of the council while Bram moves his own answer along all four."""
    told = []
    for own in (1, 2, 3, 4):
        make.trust(council[0], project, own)
        told.append(TrustAnswer.of_sides(project)["council"])
    return told


@pytest.mark.promise("P4")
def test_bram_does_not_read_what_the_others_said_by_moving_his_own_answer(council):
    project = make.project(council[0])
    for seat, answer in zip(council, (1, 2, 4), strict=False):
        make.trust(seat, project, answer)
    (first, *_) = told = told_while_bram_tries(council, project)
    assert first.whole.word == "een beetje" and told == [first] * 4
    # Who comes later does not show either, before three did it.
    make.trust(council[3], project, 4)
    assert TrustAnswer.of_sides(project)["council"] == first
    make.trust(council[1], project, 4)
    assert TrustAnswer.of_sides(project)["council"].whole.word == "veel"


@pytest.mark.promise("P4")
def test_who_left_the_table_and_came_back_is_no_third_person(council):
    bram, dora, *_ = council
    project = make.project(bram)
    make.trust(bram, project)
    make.trust(dora, project)
    dora.leave(bram)
    make.trust(Member.objects.create(partnership=dora.partnership, user=dora.user, party=dora.party), project)
    assert TrustAnswer.objects.count() == 2 and TrustAnswer.of_sides(project)["council"] is None


@pytest.mark.promise("P4")
def test_answers_of_before_are_kept_under_the_name_of_the_account(council):
    bram, dora, *_ = council
    project = make.project(bram)
    for seat in (bram, dora):
        make.trust(seat, project)
        TrustAnswer.objects.filter(who=TrustAnswer.name_of(seat)).update(who=NAMING._name_of(seat.pk))
    assert not TrustAnswer.objects.visible_to(bram).exists()
    NAMING.name_answers_by_account(apps, None)
    assert TrustAnswer.objects.visible_to(bram).exists() and TrustAnswer.objects.visible_to(dora).exists()


@pytest.mark.promise("P4", control=True)
def test_if_one_answer_counted_at_once_bram_would_read_the_others(council, monkeypatch):
    project = make.project(council[0])
    for seat, answer in zip(council, (1, 2, 4), strict=False):
        make.trust(seat, project, answer)
    monkeypatch.setattr("projects.models.trust.shown_total", lambda total: total or None)
    assert len({side.whole.word for side in told_while_bram_tries(council, project)}) > 1


def test_each_answers_alone_and_may_say_otherwise(browse, bram, dora, anna):
    project = make.project(bram)
    empty = browse(bram).do("projects:trust_check", {}, project=project.pk)
    assert (empty.status_code, "Kies wat het meest klopt." in words(empty)) == (422, True)
    browse(bram).do("projects:trust_check", whole(1), project=project.pk)
    browse(bram).do("projects:trust_check", whole(4), project=project.pk)
    answer = TrustAnswer.objects.get()
    assert answer.first == 4
    # Neither the row nor the history names the person.
    assert str(bram.pk) not in str(vars(answer))
    assert not Event.objects.filter(by=bram).exists()
    assert page_of(browse, bram, project).count("checked") == 5
    assert "checked" not in page_of(browse, dora, project)


def page_of(browse, seat, project):
    return browse(seat).at("projects:trust_check", project=project.pk).content.decode()


def test_very_low_trust_leads_to_concrete_first_steps(browse, council):
    project = make.project(council[0])
    for seat in council[:3]:
        make.trust(seat, project, answer=1)
    page = words(browse(council[0]).at("projects:trust", project=project.pk))
    assert "De cliëntenraad heeft bijna geen vertrouwen. Begin dan nog niet met ophalen." in page
    # How much trust there is, in words of how much; what a sentence says, in the words in which it was asked.
    assert "Bijna geen vertrouwenIk kan hier zeggen wat ik denk. bijna nooit" in page
    check = words(browse(council[0]).at("projects:start_check", project=project.pk))
    assert "De cliëntenraad heeft bijna geen vertrouwen. Doe eerst iets kleins samen." in check
    path = browse(council[0]).at("projects:trust_path", project=project.pk)
    assert "Ga bij elkaar kijken" in words(path)
    # A step becomes a task with two clicks.
    link = path.content.decode().split("?wat=")[1].split("#")[0]
    people_page = browse(council[0]).get(council[0].url("projects:people", project=project.pk) + "?wat=" + link)
    assert 'value="Aan onze achterban vertellen dat wij eerst aan vertrouwen werken"' in people_page.content.decode()


def test_going_on_with_very_low_trust_takes_a_reason(browse, anna, council):
    project = make.project(council[0])
    for seat in council[:3]:
        make.trust(seat, project, answer=1)
    for seat in (anna, council[0]):
        make.backing(seat, project)
    # Only the side that has hardly any is asked why; the other one has said nothing of the kind.
    browse(anna).do("projects:confirm_trust", project=project.pk)
    refused = browse(council[0]).do("projects:confirm_trust", {"reason": " "}, project=project.pk)
    assert (refused.status_code, "Schrijf op waarom u toch wilt beginnen." in words(refused)) == (422, True)
    assert refusal(project.confirm_trust, council[1]) == [
        "Uw kant heeft bijna geen vertrouwen. Schrijf op waarom u toch wilt beginnen."
    ]
    browse(council[0]).do("projects:confirm_trust", {"reason": "Wachten maakt het erger."}, project=project.pk)
    page = words(browse(anna).at("projects:trust", project=project.pk))
    assert "Ja, wij willen toch beginnen. ‘Wachten maakt het erger.’" in page
    assert page.count("Ja, er is genoeg vertrouwen om te beginnen.") == 1
    project.refresh_from_db()
    told = browse(council[0]).do("projects:advance", {"expected": 0}, project=project.pk)
    assert "De cliëntenraad heeft bijna geen vertrouwen." in words(told)
    reason = {"expected": 0, "go_on": "on", "go_on_reason": "Wij praten morgen."}
    assert browse(council[0]).do("projects:advance", reason, project=project.pk).status_code == 302


def test_a_side_that_is_split_is_not_told_as_content(browse, table, council):
    project = make.project(council[0])
    six = [*council, people.council(table, "Kofi Mensah"), people.council(table, "Fatma Yıldız")]
    for seat, answer in zip(six, (1, 4, 1, 4, 1, 4), strict=True):
        make.trust(seat, project, answer)
    page = words(browse(council[0]).at("projects:trust", project=project.pk))
    assert "De antwoorden liggen ver uit elkaar. Praat er samen over." in page
    assert page.count("loopt ver uiteen") == 5 and "Redelijk wat vertrouwen" not in page
    # Two against the others are no three: nobody can be told by it.
    make_band = [band([1, 1, 4, 4, 4, 4]).is_apart, band([1, 1, 2, 3, 4, 4, 4]).is_apart, band([1, 4, 4]).is_apart]
    assert make_band == [False, True, False]


def test_a_side_takes_its_yes_back_until_the_round_goes_on(browse, anna, bram):
    project = make.project(bram)
    for seat in (anna, bram):
        browse(seat).do("projects:confirm_trust", project=project.pk)
    project.refresh_from_db()
    assert project.trusted_at
    assert "Neem ons ja terug" in words(browse(bram).at("projects:trust", project=project.pk))
    browse(bram).do("projects:retract_trust", project=project.pk)
    page = words(browse(bram).at("projects:trust", project=project.pk))
    assert "Zei nog niet dat er genoeg vertrouwen is. Ja, er is genoeg vertrouwen Zo weet" in page
    project.refresh_from_db()
    # What the other side said stays said.
    assert (project.trusted_at, [*project.nods(Nod.About.TRUST)]) == (None, ["municipality"])
    assert refusal(project.advance, bram) == ["Beide kanten zeggen dit zelf. Nog niet allebei deden dat."]
    project.confirm_trust(bram)
    project.advance(bram)
    assert refusal(project.retract_trust, anna) == [
        "De ronde is al verder. Wilt u terug? De trekker kan een stap terug gaan."
    ]
    assert "Neem ons ja terug" not in words(browse(bram).at("projects:trust", project=project.pk))


def test_once_collecting_begins_trust_is_talked_about_and_not_asked(browse, bram, nico):
    project = make.project(bram, Phase.COLLECT)
    answer = browse(bram).do("projects:trust_check", whole(), project=project.pk)
    assert "Het ophalen is begonnen. Praat er nu met elkaar over." in words(answer)
    assert browse(nico).at("projects:trust_check", project=project.pk).status_code == 403


def test_both_sides_look_back_beside_one_another(browse, anna, bram, nico):
    project = make.project(bram, Phase.REPORT)
    form = browse(bram).at("projects:change_close_out", project=project.pk).content.decode()
    # What the round knows already stands in it.
    assert project.question in form
    assert "Acht gesprekken bij de voedselbank." in form
    browse(bram).do("projects:change_close_out", {"worked": "Samen lezen", "learnt": "Ga erheen"}, project=project.pk)
    page = words(browse(anna).at("projects:close_out", project=project.pk))
    assert "Samen lezen" in page
    assert "De gemeente keek nog niet terug." in page
    browse(anna).do("projects:change_close_out", {"worked": "De soep", "disappointed": "De tijd"}, project=project.pk)
    both = words(browse(nico).at("projects:close_out", project=project.pk))
    places = [both.index(words) for words in ("Wat werkte?", "Samen lezen", "De soep", "Wat viel tegen?", "De tijd")]
    assert places == sorted(places)
    # The council is called as its own table calls it.
    labels = [str(CloseOut._meta.get_field(name).verbose_name) for name in CloseOut.texts]
    labels[CloseOut.texts.index("council_role")] = "Wat was de rol van de cliëntenraad?"
    assert [label in both for label in labels] == [True] * 11


def test_an_empty_look_back_asks_for_one_answer(browse, bram):
    project = make.project(bram, Phase.REPORT)
    answer = browse(bram).do("projects:change_close_out", {}, project=project.pk)
    assert (answer.status_code, "Vul ten minste één vraag in." in words(answer)) == (422, True)


def test_two_of_one_side_look_back_at_once_and_nothing_is_lost(browse, bram, dora):
    project = make.project(bram, Phase.REPORT)
    made = make.close_out(bram, project, worked="Samen lezen.")
    texts = {name: getattr(made, name) for name in CloseOut.texts} | {"version": "1"}
    browse(bram).do("projects:change_close_out", texts | {"worked": "Samen hardop lezen."}, project=project.pk)
    browse(dora).do("projects:change_close_out", texts | {"worked": "Samen lezen. En de soep."}, project=project.pk)
    made.refresh_from_db()
    assert made.worked == "Samen hardop lezen. En de soep."


def test_too_early_there_is_nothing_to_look_back_on(browse, bram):
    project = make.project(bram)
    assert browse(bram).at("projects:change_close_out", project=project.pk).status_code == 403
    assert "Terugkijken doet u aan het eind" in words(browse(bram).at("projects:close_out", project=project.pk))


def test_closing_without_looking_back_is_a_nudge(browse, anna, bram):
    project = make.project(bram, Phase.REPORT)
    project.note_fact("report_signed", bram)
    project.note_feedback(bram, True, True)
    make.close_out(bram, project)
    told = browse(bram).do("projects:close", {"expected": Phase.REPORT}, project=project.pk)
    assert "Nog geen terugblik van de gemeente. De volgende ronde leert ervan." in words(told)
    make.close_out(anna, project)
    assert browse(bram).do("projects:close", {"expected": Phase.REPORT}, project=project.pk).status_code == 302


def test_closing_says_which_tasks_nobody_will_be_asked_about_any_more(browse, anna, bram):
    project = make.project(bram, Phase.REPORT)
    project.note_fact("report_signed", bram)
    project.note_feedback(bram, True, True)
    for seat in (bram, anna):
        make.close_out(seat, project)
    for days, what in enumerate(
        ("De zaal regelen", "De wethouder bijpraten", "De flyer maken", "De vertellers bellen")
    ):
        make.task(bram, project, what, days=days)
    told = words(browse(bram).do("projects:close", {"expected": Phase.REPORT}, project=project.pk))
    assert "Nog open: ‘De zaal regelen’, ‘De wethouder bijpraten’, ‘De flyer maken’ en ‘De vertellers bellen’." in told
    sent = {"expected": Phase.REPORT, "go_on": "on", "go_on_reason": "Dat komt in ronde 2."}
    assert browse(bram).do("projects:close", sent, project=project.pk).status_code == 302
    shown = words(browse(anna).at("projects:detail", project=project.pk))
    assert "bleef open" in shown and "uiterlijk" not in shown


def test_themes_without_a_commitment_seed_what_stayed_open(browse, bram):
    project = make.project(bram, Phase.REPORT)
    project.note_theme("een", "Wachten is het ergst", True)
    project.note_theme("twee", "De brief is niet voor mij", True)
    project.note_theme("een", "Wachten is het ergst", False)
    # As long as it cannot be closed, nothing is asked that could not be kept.
    assert "De brief is niet voor mij" not in browse(bram).at("projects:close", project=project.pk).content.decode()
    project.note_fact("report_signed", bram)
    project.note_feedback(bram, True, True)
    form = browse(bram).at("projects:close", project=project.pk).content.decode()
    assert "De brief is niet voor mij" in form
    assert "Wachten is het ergst" not in form


def test_lessons_are_listed_by_round_for_the_next_one(browse, anna, bram):
    first = make.project(bram, Phase.CLOSED, open_themes="Net niet")
    make.close_out(bram, first, learnt="Wachten is het ergst")
    make.close_out(anna, first, learnt="", disappointed="De cijfers kwamen laat")
    page = words(browse(anna).at("projects:lessons"))
    assert all(lesson in page for lesson in ("Wachten is het ergst", "De cijfers kwamen laat", "Net niet"))


def test_lessons_ask_as_often_for_one_round_as_for_many(browse, anna, bram):
    def asks():
        with CaptureQueriesContext(connection) as queries:
            assert browse(bram).at("projects:lessons").status_code == 200
        return len(queries)

    def look_back():
        project = make.project(bram, Phase.CLOSED, open_themes="Net niet")
        make.close_out(bram, project)
        make.close_out(anna, project)

    look_back()
    one = asks()
    for _ in range(20):
        look_back()
    assert asks() == one


def test_what_really_blocks_is_said_and_nothing_softer_beside_it(browse, bram):
    project = make.project(bram)
    answer = browse(bram).do("projects:advance", {"expected": 0}, project=project.pk)
    told = words(answer)
    assert told.count("Beide kanten zeggen dit zelf. Nog niet allebei deden dat.") == 2
    assert ("Toch doorgaan" in told, "Wat u typte staat hieronder" in told) == (False, False)


def test_in_each_phase_somebody_hears_that_it_is_their_turn(browse, anna, bram, nico):
    make.project(bram, Phase.COLLECT)
    seen = {seat: words(browse(seat).at("start")) for seat in (anna, bram)}
    assert all("Ervaringen ophalenGa naar mensen toe" in page for page in seen.values())
    make.project(bram, Phase.BUNDLE)
    assert "Het bundelen leiden" in words(browse(nico).at("start"))


def test_the_start_page_says_what_sort_of_work_waits(browse, bram):
    project = make.project(bram, Phase.COMMIT)
    for days in (1, 2):
        make.task(bram, project, days=days)
    make.commitment(bram, project, owner_member=bram, days=3)
    page = browse(bram).at("start")
    assert "waaronder twee taken, één afspraak en één envelop" in words(page)
    assert bram.url("projects:tasks") in page.content.decode()


def test_nobody_is_asked_for_answers_that_can_never_be_told(browse, bram, dora, table):
    """Fewer than three people on a side: their answers would never be shown, so they are not asked either."""
    project = make.project(bram)
    asked = "Vijf zinnen over vertrouwen"
    link = bram.url("projects:trust_check", project=project.pk)
    assert asked not in {line.title for line in waiting(bram)}
    assert link not in browse(bram).at("projects:trust", project=project.pk).content.decode()
    people.council(table, "Koos Visser")
    assert asked in {line.title for line in waiting(bram)}
    assert link in browse(bram).at("projects:trust", project=project.pk).content.decode()
