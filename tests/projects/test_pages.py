"""The pages of a round through a plain browser: what is typed stays, every refusal is a sentence."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import strip_tags

from dialoog.partnerships.models import Event, Party
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects import report
from projects.models import (
    AgendaItem,
    BackingNote,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Nod,
    Pair,
    Paper,
    Phase,
    Pledge,
    Project,
    Task,
)
from projects.waiting import waiting
from tests.projects import make
from tests.values import make as values


def text(answer):
    return " ".join(answer.content.decode().split())


def words(answer):
    """What a person reads: the page without its markup."""
    return " ".join(strip_tags(answer.content.decode()).split())


def day(days=0):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def a_round(seat, **fields):
    """A whole form for a new round."""
    return {
        "key": str(uuid.uuid4()),
        "subject": "De weg naar een regeling",
        "occasion": "Mensen kennen de regelingen niet.",
        "proposed_by_side": "council",
        "question": "Hoe makkelijk vindt u de regelingen?",
        "lead": str(seat.pk),
        "planned_stories": "8",
        "started_on": day(),
        "ends_on": day(90),
        **fields,
    }


def a_commitment(seat, **fields):
    """A whole form for a commitment."""
    return {
        "key": str(uuid.uuid4()),
        "what": "Terugbellen binnen twee werkdagen",
        "because": "Steeds weer wachten",
        "owner_member": str(seat.pk),
        "due": day(60),
        "client_notices": "U weet na twee dagen waar u aan toe bent.",
        **fields,
    }


# Beginning a round


def test_a_round_begins_from_values_shared_and_not_yet_shared(browse, anna, bram):
    shared = values.shared(bram, anna)
    own = values.value(bram, anna, "Geduld")
    form = text(browse(bram).at("projects:start"))
    assert "Geduld (nog niet gedeeld)" in form
    browse(bram).do("projects:start", a_round(bram, values=[str(shared.pk), str(own.pk)]))
    project = Project.objects.get()
    assert set(project.values.all()) == {shared, own}
    assert project.history.get().history_user == bram
    assert Event.objects.about(project).get().sentence == "begon ronde 1: De weg naar een regeling"
    assert "De weg naar een regeling" in text(browse(anna).at("projects:detail", project=project.pk))


def test_values_ticked_on_their_own_page_come_along(browse, anna, bram):
    shared = values.shared(bram, anna)
    page = browse(bram).at("projects:start", {"waarde": str(shared.pk)}).content.decode()
    assert "checked" in page.split(f'value="{shared.pk}"')[1].split(">")[0]
    assert "checked" not in browse(bram).at("projects:start").content.decode().split(f'value="{shared.pk}"')[1][:60]


def test_an_empty_form_says_per_field_what_to_do(browse, bram):
    answer = browse(bram).do("projects:start", {})
    assert answer.status_code == 422
    assert "Schrijf op waar deze ronde over gaat." in text(answer)
    assert "Een ronde heeft altijd één trekker. Kies wie het wordt." in text(answer)
    assert not Project.objects.exists()


@pytest.mark.promise("R2")
def test_a_round_sent_three_times_is_one(browse, bram):
    form = a_round(bram)
    answers = [browse(bram).do("projects:start", form) for _ in range(3)]
    assert {answer.url for answer in answers} == {bram.url("projects:detail", project=Project.objects.get().pk)}
    assert Event.objects.filter(sentence__startswith="begon ronde").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"question": "Wat is uw advies over de beleidsregels Wmo?"},
            "Draai de vraag om, bijvoorbeeld: ‘Waar lopen cliënten tegenaan als zij te maken krijgen met Wmo?’",
        ),
        ({"planned_stories": "20"}, "Meer dan 12 verhalen is veel voor een eerste ronde."),
        ({"question": "Wat? Hoe? Waar?"}, "Meer dan 2 vragen is veel voor een eerste ronde."),
        ({"ends_on": day(250)}, "Langer dan 6 maanden is lang voor een eerste ronde."),
    ],
)
def test_a_nudge_says_so_and_lets_people_go_on_with_a_reason(browse, bram, fields, sentence):
    form = a_round(bram, **fields)
    answer = browse(bram).do("projects:start", form)
    assert (answer.status_code, Project.objects.count()) == (422, 0)
    assert sentence in text(answer)
    assert "Toch doorgaan" in text(answer)
    without_reason = browse(bram).do("projects:start", {**form, "go_on": "on"})
    assert (without_reason.status_code, Project.objects.count()) == (422, 0)
    browse(bram).do("projects:start", {**form, "go_on": "on", "go_on_reason": "Wij doen dit vaker."})
    project = Project.objects.get()
    assert project.nudge_reason == "Wij doen dit vaker."
    assert "ging toch door: Wij doen dit vaker." in text(browse(bram).at("projects:detail", project=project.pk))


def test_a_second_round_beside_a_running_one_is_a_nudge(browse, bram):
    make.project(bram)
    answer = browse(bram).do("projects:start", a_round(bram))
    assert "Er loopt al een ronde." in text(answer)
    browse(bram).do("projects:start", a_round(bram, go_on="on", go_on_reason="Een ander onderwerp."))
    assert Project.objects.count() == 2


def test_a_second_round_may_be_larger(browse, bram):
    make.project(bram, Phase.CLOSED)
    browse(bram).do("projects:start", a_round(bram, planned_stories="20"))
    assert Project.objects.current().planned_stories == 20


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": day(-1)}, "Kies een dag na het begin."),
        ({"planned_stories": "0"}, "Vul ten minste één verhaal in."),
        ({"planned_stories": "-3"}, "Vul ten minste één verhaal in."),
        ({"planned_stories": "heel veel"}, "Vul een getal in, zoals 8."),
        ({"subject": "x" * 121}, "120"),
        ({"started_on": "gisteren"}, "datum"),
        ({"lead": str(uuid.uuid4())}, "keuze"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(browse, bram, fields, sentence):
    answer = browse(bram).do("projects:start", a_round(bram, **fields))
    assert (answer.status_code, Project.objects.count()) == (422, 0)
    assert sentence in text(answer)
    assert "Mensen kennen de regelingen niet." in text(answer)


def test_the_lead_cannot_be_somebody_of_another_table(browse, bram, chris, gone):
    for stranger in (chris, gone):
        assert browse(bram).do("projects:start", a_round(bram, lead=str(stranger.pk))).status_code == 422
    assert not Project.objects.exists()


def test_markup_in_a_subject_is_only_text(browse, bram):
    browse(bram).do("projects:start", a_round(bram, subject="<script>alert(1)</script>"))
    page = browse(bram).at("projects:detail", project=Project.objects.get().pk).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_two_people_change_the_round_and_nothing_is_lost(browse, anna, bram):
    project = make.project(bram, subject="De weg", occasion="Eerste zin. Tweede zin.")
    form = a_round(bram, subject="De weg", version="1", question=project.question)
    first = browse(bram).do(
        "projects:change", {**form, "occasion": "Eerste zin, beter. Tweede zin."}, project=project.pk
    )
    second = browse(anna).do(
        "projects:change", {**form, "occasion": "Eerste zin. Tweede zin, ook."}, project=project.pk
    )
    assert (first.status_code, second.status_code) == (302, 302)
    project.refresh_from_db()
    assert project.occasion == "Eerste zin, beter. Tweede zin, ook."
    clash = browse(anna).do("projects:change", {**form, "occasion": "Heel anders."}, project=project.pk)
    assert clash.status_code == 409
    assert "Heel anders." in text(browse(bram).at("projects:detail", project=project.pk))


def test_earlier_texts_of_a_round_can_be_read_and_put_back(browse, anna, bram, nico):
    project = make.project(bram)
    project.write(bram, 1, subject="Iets anders")
    page = words(browse(nico).at("projects:project_text", project=project.pk))
    assert "nieuw:" in page
    assert "anders" in page
    browse(anna).do("projects:project_text", {"version": "2", "number": "1"}, project=project.pk)
    project.refresh_from_db()
    assert project.subject == "De weg naar een regeling"


def test_the_current_round_is_one_click_away(browse, bram):
    assert browse(bram).at("projects:current").url == bram.url("projects:list")
    project = make.project(bram)
    assert browse(bram).at("projects:current").url == bram.url("projects:detail", project=project.pk)
    assert "Er is nog geen ronde" not in text(browse(bram).at("projects:list"))


def test_an_empty_table_says_how_to_begin(browse, bram, nico):
    assert "Begin een ronde" in text(browse(bram).at("projects:list"))
    assert "De raad of de gemeente begint er een." in text(browse(nico).at("projects:list"))
    assert "Er zijn nog geen afspraken." in text(browse(bram).at("projects:commitments"))
    assert "Er is nog geen overleg gepland." in text(browse(bram).at("projects:meetings"))


# Trust, people, plan


def test_both_sides_prepare_a_round_through_the_pages(browse, anna, joost, bram):
    browse(bram).do("projects:start", a_round(bram))
    project = Project.objects.get()
    for seat in (anna, bram):
        screen = browse(seat)
        screen.do("projects:confirm_trust", project=project.pk)
        screen.do("projects:backing", {"text": f"{seat.name} vertelde het."}, project=project.pk)
        screen.do("projects:ask", {"ask-member": str(seat.pk), "ask-expected": "Twee avonden"}, project=project.pk)
        pledge = Pledge.objects.get(member=seat)
        screen.do("projects:pledge", {"answer": "yes", "note": "Graag."}, pledge=pledge.pk)
        screen.do(
            "projects:task",
            {"task-what": f"Taak van {seat.name}", "task-member": str(seat.pk), "task-due": day(9)},
            project=project.pk,
        )
    browse(anna).do("projects:ask", {"ask-member": str(joost.pk)}, project=project.pk)
    browse(joost).do("projects:pledge", {"answer": "yes"}, pledge=Pledge.objects.get(member=joost).pk)
    browse(bram).do(
        "projects:pair",
        {"pair-council_member": str(bram.pk), "pair-municipal_member": str(anna.pk)},
        project=project.pk,
    )
    browse(bram).do(
        "projects:change_plan", {"stories": "Acht gesprekken.", "figures": "Aanvragen."}, project=project.pk
    )
    plan = CollectionPlan.objects.get()
    for seat in (anna, bram):
        browse(seat).do("projects:agree_plan", {"seen": plan.seen}, plan=plan.pk)
    why = {"go_on": "on", "go_on_reason": "Klein begin."}
    for phase in (Phase.TRUST, Phase.START, Phase.VALUES):
        browse(bram).do("projects:advance", {"expected": phase, **why}, project=project.pk)
    project.refresh_from_db()
    assert project.is_collecting
    page = text(browse(anna).at("projects:people", project=project.pk))
    assert "Taak van Bram Hoekstra" in page
    assert Pair.objects.get().municipal_member == anna


def test_only_the_other_side_is_missing_and_the_page_says_which(browse, anna, bram):
    project = make.project(bram)
    browse(bram).do("projects:confirm_trust", project=project.pk)
    page = text(browse(anna).at("projects:trust", project=project.pk))
    assert page.count("Ja, er is genoeg vertrouwen om te beginnen.") == 1
    assert "Zei nog niet dat er genoeg vertrouwen is." in page
    assert "de cliëntenraad wel, de gemeente nog niet" in text(
        browse(anna).at("projects:start_check", project=project.pk)
    )


def test_a_person_is_asked_once(browse, anna, bram):
    project = make.project(bram)
    for _ in range(2):
        answer = browse(bram).do("projects:ask", {"ask-member": str(anna.pk)}, project=project.pk)
    assert (answer.status_code, Pledge.objects.count()) == (422, 1)
    assert "Anna de Wit is al gevraagd." in text(answer)


def test_nobody_answers_for_another_by_any_door(browse, anna, bram, dora):
    pledge = make.pledge(bram, make.project(bram), dora)
    for seat in (anna, bram):
        assert browse(seat).do("projects:pledge", {"answer": "yes"}, pledge=pledge.pk).status_code == 403
    assert "Kies ja of nee." in text(browse(dora).do("projects:pledge", {}, pledge=pledge.pk))
    pledge.refresh_from_db()
    assert pledge.answer == ""


def test_a_task_moves_without_shame(browse, anna, bram):
    project = make.project(bram)
    task = make.task(bram, project, member=anna, days=-2)
    assert "was bedoeld voor" in text(browse(anna).at("projects:people", project=project.pk))
    form = {"what": task.what, "member": str(anna.pk), "due": day(5), "note": "De zaal was bezet."}
    browse(anna).do("projects:change_task", form, task=task.pk)
    page = text(browse(bram).at("projects:people", project=project.pk))
    assert "te laat:" not in page
    assert "De zaal was bezet." in page
    assert Event.objects.about(project).first().sentence.startswith("koos een andere dag voor een taak")


@pytest.mark.promise("R2")
def test_a_task_sent_twice_is_one_and_finished_twice_is_once(browse, bram):
    project = make.project(bram)
    form = {"task-key": str(uuid.uuid4()), "task-what": "Zaal", "task-member": str(bram.pk), "task-due": day(3)}
    for _ in range(2):
        browse(bram).do("projects:task", form, project=project.pk)
    for _ in range(2):
        browse(bram).do("projects:finish", task=Task.objects.get().pk)
    assert Event.objects.filter(sentence__startswith="rondde een taak af").count() == 1


def test_a_pair_of_one_side_cannot_be_chosen(browse, anna, bram, dora):
    project = make.project(bram)
    for member in (bram, anna):
        make.pledge(bram, project, member)
    form = {"pair-council_member": str(bram.pk), "pair-municipal_member": str(dora.pk)}
    assert browse(bram).do("projects:pair", form, project=project.pk).status_code == 422
    form["pair-municipal_member"] = str(anna.pk)
    browse(bram).do("projects:pair", form, project=project.pk)
    answer = browse(bram).do("projects:pair", form, project=project.pk)
    assert "Dit koppel is er al." in text(answer)
    assert Pair.objects.count() == 1


def test_a_pair_with_who_does_not_take_part_gets_a_tip_and_does_not_count(browse, anna, joost, bram):
    project = make.project(bram)
    make.pledge(bram, project, answer="yes")
    away = make.pledge(anna, project, answer="yes")
    form = {"pair-council_member": str(bram.pk), "pair-municipal_member": str(joost.pk)}
    told = browse(bram).do("projects:pair", form, project=project.pk)
    assert (told.status_code, "Joost Kramer is nog niet gevraagd voor deze ronde." in words(told)) == (422, True)
    form["pair-municipal_member"] = str(anna.pk)
    assert browse(bram).do("projects:pair", form, project=project.pk).status_code == 302
    check = {one.key: one.ok for one in project.start_check()}
    away.give(anna, Pledge.Answer.NO)
    assert (check["pairs"], {one.key: one.ok for one in project.start_check()}["pairs"]) == (True, False)
    assert "Anna de Wit doet niet mee." in words(browse(bram).at("projects:people", project=project.pk))
    Pair.objects.all().delete()
    told = browse(bram).do("projects:pair", form, project=project.pk)
    assert (told.status_code, "Anna de Wit zei: ik doe niet mee aan deze ronde." in words(told)) == (422, True)


def test_agreeing_to_a_plan_that_changed_meanwhile_is_refused(browse, anna, bram):
    plan = make.plan(bram, make.project(bram))
    read = plan.seen
    plan.write(bram, 1, stories="Twintig gesprekken.")
    answer = browse(anna).do("projects:agree_plan", {"seen": read}, plan=plan.pk)
    assert answer.status_code == 422
    assert "De tekst is net veranderd. Lees hem opnieuw en zeg dan ja of nee." in text(answer)
    assert not Nod.objects.exists()


def test_changing_the_plan_says_that_the_yes_is_gone(browse, anna, bram):
    project = make.ready(bram, anna, bram)
    plan = CollectionPlan.objects.get()
    assert "Beide kanten zeiden ja." in text(browse(anna).at("projects:plan", project=project.pk))
    form = {"version": plan.version, "stories": "Anders.", "figures": plan.figures}
    browse(anna).do("projects:change_plan", form, project=project.pk)
    assert "Nog geen van beide kanten zei ja." in text(browse(anna).at("projects:plan", project=project.pk))


# Moving


def test_a_nudge_before_the_next_phase_is_passed_with_a_reason(browse, anna, bram):
    project = make.project(bram, Phase.START, trusted_at=timezone.now())
    at_once = text(browse(bram).at("projects:advance", project=project.pk))
    assert "Toch doorgaan" in at_once and "Waarom?" in at_once and "Toch naar ‘Waarden en vraag’" in at_once
    answer = browse(bram).do("projects:advance", {"expected": Phase.START}, project=project.pk)
    assert answer.status_code == 422
    for sentence in ("Maak ten minste één koppel.", "mag zelf beslissen", "Vraag van elke kant ten minste één persoon"):
        assert sentence in text(answer)
    form = {"expected": Phase.START, "go_on": "on", "go_on_reason": "De wethouder komt erbij."}
    browse(bram).do("projects:advance", form, project=project.pk)
    project.refresh_from_db()
    assert project.phase == Phase.VALUES
    assert Event.objects.filter(sentence="ging toch door: De wethouder komt erbij.").exists()


@pytest.mark.parametrize("key", ["backing", "sides", "decider", "pairs", "small", "wording", "values", "tasks"])
def test_each_nudge_of_the_start_check_is_shown_at_its_phase(browse, anna, bram, key):
    project = make.project(bram, planned_stories=30, question="Wat vindt u van de verordening?")
    check = next(check for check in project.start_check() if check.key == key)
    assert (check.ok, check.enforced) == (False, False)
    Project.objects.filter(pk=project.pk).update(phase=check.before - 1, trusted_at=timezone.now())
    answer = browse(bram).do("projects:advance", {"expected": check.before - 1}, project=project.pk)
    assert (answer.status_code, check.missing in text(answer)) == (422, True)


def test_no_reason_helps_past_what_is_enforced(browse, anna, bram, dora):
    project = make.ready(bram, anna, bram)
    make.pledge(bram, project, dora)
    page = browse(bram).at("projects:advance", project=project.pk).content.decode()
    assert "Ja, naar" not in page and "Toch" not in page and "Terug naar de ronde" in page
    form = {"expected": Phase.VALUES, "go_on": "on", "go_on_reason": "Wij willen door."}
    answer = browse(bram).do("projects:advance", form, project=project.pk)
    assert answer.status_code == 422
    assert "Dora Vermeulen gaf nog geen antwoord. Zolang haalt u niets op." in text(answer)
    project.refresh_from_db()
    assert project.phase == Phase.VALUES


@pytest.mark.promise("R2")
def test_a_double_click_moves_one_phase(browse, anna, bram):
    project = make.project(bram, Phase.COLLECT)
    project.note_fact("cards_released", bram)
    project.note_fact("bundled", bram)
    answers = [browse(bram).do("projects:advance", {"expected": Phase.COLLECT}, project=project.pk) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "De ronde staat intussen bij ‘Bundelen’." in text(answers[1])
    project.refresh_from_db()
    assert project.phase == Phase.BUNDLE


def test_a_round_is_closed_through_the_page(browse, anna, bram):
    project = make.project(bram, Phase.REPORT)
    answer = browse(bram).do("projects:close", {"expected": Phase.REPORT}, project=project.pk)
    assert "Nog niet beide kanten tekenden het verslag." in text(answer)
    assert browse(bram).do("projects:close", {"expected": Phase.COMMIT}, project=project.pk).status_code == 422
    project.note_fact("report_signed", bram)
    answer = browse(bram).do("projects:close", {"expected": Phase.REPORT}, project=project.pk)
    assert "zegt eerst of de vertellers het antwoord hoorden" in text(answer)
    project.note_feedback(bram, done=True, erased=True)
    make.close_out(anna, project)
    make.close_out(bram, project)
    make.task(bram, project)
    form = {"expected": Phase.REPORT, "open_themes": "De wachttijd."}
    assert "Nog open: ‘De zaal regelen’." in text(browse(bram).do("projects:close", form, project=project.pk))
    form |= {"go_on": "on", "go_on_reason": "Die doen wij buiten Dialoog."}
    browse(bram).do("projects:close", form, project=project.pk)
    page = text(browse(bram).at("projects:detail", project=project.pk))
    assert "De wachttijd." in page and "ging toch door: Die doen wij buiten Dialoog." in page
    assert Project.objects.get().is_closed


def test_the_lead_is_handed_over_and_cannot_be_left_empty(browse, anna, bram):
    project = make.project(bram)
    answer = browse(bram).do("projects:lead", {"lead": ""}, project=project.pk)
    assert "Een ronde heeft altijd één trekker. Kies wie het wordt." in text(answer)
    pledge = make.pledge(anna, project, answer="no")
    # A lead who does not take part is told of where the round goes on.
    leads = make.pledge(bram, project, answer="no")
    lead = next(check for check in project.start_check() if check.key == "lead")
    assert (lead.ok, lead.missing) == (False, "Bram Hoekstra doet niet mee. Vraag een nieuwe trekker.")
    leads.delete()
    # Who said no leads nothing.
    assert browse(bram).do("projects:lead", {"lead": str(anna.pk)}, project=project.pk).status_code == 422
    with pytest.raises(ValidationError, match="Anna de Wit doet niet mee aan deze ronde"):
        project.ask_lead(bram, anna)
    pledge.delete()
    # Whoever is asked says it themselves; until then it stays as it was, and a no changes nothing.
    for answer, lead in (("no", bram), ("yes", anna)):
        browse(bram).do("projects:lead", {"lead": str(anna.pk)}, project=project.pk)
        assert Project.objects.get().lead == bram
        asked = [line.title for line in waiting(anna) if line.is_for(anna)]
        assert "Wordt u trekker van ronde 1?" in asked
        assert "Anna de Wit gevraagd" in words(browse(bram).at("projects:detail", project=project.pk))
        assert browse(bram).do("projects:answer_lead", {"answer": "yes"}, project=project.pk).status_code == 403
        browse(anna).do("projects:answer_lead", {"answer": answer}, project=project.pk)
        assert Project.objects.get().lead == lead
        again = browse(anna).do("projects:answer_lead", {"answer": "yes"}, project=project.pk)
        assert again.status_code == 403
    assert browse(bram).at("projects:advance", project=project.pk).status_code == 403


# Commitments


def test_scene_7_a_commitment_without_owner_date_or_notice_is_refused(browse, anna, bram):
    project = make.project(bram, Phase.COMMIT)
    for name, sentence in (
        ("owner_member", "Kies wie dit doet. Heeft die geen account, schrijf dan de functie op."),
        ("due", "Kies wanneer dit uiterlijk klaar is."),
        ("client_notices", "Schrijf op waaraan een cliënt het merkt."),
        ("what", "Schrijf op wat u afspreekt."),
        ("because", "Schrijf op door welk thema of welke waarde dit komt."),
    ):
        answer = browse(bram).do("projects:commit", a_commitment(anna, **{name: ""}), project=project.pk)
        assert (answer.status_code, sentence in text(answer)) == (422, True)
        assert (name == "what") or "Terugbellen binnen twee werkdagen" in text(answer)
    assert not Commitment.objects.exists()
    browse(bram).do("projects:commit", a_commitment(anna), project=project.pk)
    assert Commitment.objects.get().owner_party == Party.MUNICIPALITY


def test_a_commitment_may_be_owned_by_a_function_of_a_side(browse, bram):
    project = make.project(bram, Phase.COMMIT)
    form = a_commitment(bram, owner_member="", owner_name="Teamleider Inkomen")
    answer = browse(bram).do("projects:commit", form, project=project.pk)
    assert "Kies van welke kant deze functie is." in text(answer)
    browse(bram).do("projects:commit", {**form, "owner_party": "municipality"}, project=project.pk)
    assert "Teamleider Inkomen" in text(browse(bram).at("projects:commitments"))


def test_too_early_a_commitment_says_to_listen_first(browse, anna, bram):
    project = make.project(bram, Phase.DIALOGUE)
    for answer in (
        browse(bram).at("projects:commit", project=project.pk),
        browse(bram).do("projects:commit", a_commitment(anna), project=project.pk),
    ):
        assert answer.status_code == 422
        assert "Eerst luisteren, dan afspreken." in text(answer)
    for seat in (anna, bram):
        browse(seat).do("projects:override", {"reason": "Het was laat."}, project=project.pk)
    assert browse(bram).do("projects:commit", a_commitment(anna), project=project.pk).status_code == 302


@pytest.mark.promise("R2")
def test_a_commitment_sent_twice_through_the_page_is_one(browse, anna, bram):
    project = make.project(bram, Phase.COMMIT)
    form = a_commitment(anna)
    for _ in range(2):
        browse(bram).do("projects:commit", form, project=project.pk)
    assert Commitment.objects.count() == 1


def test_the_council_asks_clients_and_says_solved_and_the_history_tells(browse, anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT))
    browse(anna).do("projects:set_status", {"status": "done", "expected": "open"}, commitment=commitment.pk)
    empty = browse(bram).do("projects:ask_clients", {"noticed": "yes"}, commitment=commitment.pk)
    assert "Vraag het eerst aan cliënten, en schrijf op wat zij zeiden." in text(empty)
    assert (
        browse(anna)
        .do("projects:ask_clients", {"clients_said": "Ja", "noticed": "yes"}, commitment=commitment.pk)
        .status_code
        == 403
    )
    form = {"clients_said": "Zes mensen merken het.", "noticed": "yes", "seen": Commitment.objects.get().seen}
    toch = {"go_on": "on", "go_on_reason": "Wij zijn met zijn tweeën"}
    browse(bram).do("projects:ask_clients", form, commitment=commitment.pk)
    page = text(browse(anna).at("projects:commitment", commitment=commitment.pk))
    what = "Terugbellen binnen twee werkdagen"
    told = ("Opgelost", "Zes mensen merken het.", f"noemde ‘{what}’ opgelost", f"zette ‘{what}’ op ‘Klaar’")
    for words in told:
        assert words in page
    # Who answers for it themselves is asked to let another say so, and goes on with a reason that stays readable.
    own = make.commitment(bram, commitment.project, "Een tafel apart", owner_member=bram)
    form["seen"] = own.seen
    assert "U staat zelf voor deze afspraak." in text(browse(bram).do("projects:ask_clients", form, commitment=own.pk))
    browse(bram).do("projects:ask_clients", form | toch, commitment=own.pk)
    own.refresh_from_db()
    assert own.is_solved and "Wij zijn met zijn tweeën" in text(
        browse(anna).at("projects:commitment", commitment=own.pk)
    )
    late = browse(anna).do("projects:set_status", {"status": "busy", "expected": "done"}, commitment=commitment.pk)
    assert "Alleen de cliëntenraad kan dat terugnemen." in text(late)


def test_a_commitment_that_fails_needs_a_reason_and_a_stale_page_is_told(browse, anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT))
    answer = browse(anna).do("projects:set_status", {"status": "failed", "expected": "open"}, commitment=commitment.pk)
    assert "Schrijf op waarom de afspraak niet lukt of vervalt." in text(answer)
    browse(anna).do("projects:set_status", {"status": "busy", "expected": "open"}, commitment=commitment.pk)
    answer = browse(bram).do("projects:set_status", {"status": "done", "expected": "open"}, commitment=commitment.pk)
    assert "De stand is net veranderd in ‘Bezig’." in text(answer)


def test_two_people_change_a_commitment_and_nothing_is_lost(browse, anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT), "Eén nummer. Eén mens.", owner_member=anna)
    form = a_commitment(anna, version="1")
    del form["key"]
    free, always = "Eén nummer, gratis. Eén mens.", "Eén nummer. Eén mens, altijd."
    browse(bram).do("projects:change_commitment", {**form, "what": free}, commitment=commitment.pk)
    browse(anna).do("projects:change_commitment", {**form, "what": always}, commitment=commitment.pk)
    commitment.refresh_from_db()
    assert commitment.what == "Eén nummer, gratis. Eén mens, altijd."


def test_the_list_is_searched_and_narrowed(browse, anna, bram):
    project = make.project(bram, Phase.COMMIT)
    make.commitment(bram, project, "Terugbellen", days=-3)
    make.commitment(bram, project, "Een tafel apart", owner_member=bram)
    solved = make.commitment(bram, project, "Brieven in gewone taal")
    solved.solve(bram, "Ja.")
    screen = browse(anna)

    def found(**query):
        page = text(screen.at("projects:commitments", query))
        return [what for what in ("Terugbellen", "Een tafel apart", "Brieven in gewone taal") if f"{what}</a>" in page]

    assert found() == ["Terugbellen", "Een tafel apart", "Brieven in gewone taal"]
    assert found(stand="late") == ["Terugbellen"]
    assert found(stand="solved") == ["Brieven in gewone taal"]
    assert found(kant="council") == ["Een tafel apart"]
    assert found(zoek="gewone taal") == ["Brieven in gewone taal"]
    assert found(stand="onzin", volgorde="'; drop table") == [
        "Terugbellen",
        "Een tafel apart",
        "Brieven in gewone taal",
    ]
    assert "Geen afspraak past hierbij." in text(screen.at("projects:commitments", {"zoek": "zwembad"}))


@pytest.mark.parametrize("route", ["projects:commitments", "projects:list", "projects:meetings"])
def test_a_list_asks_the_database_as_often_for_three_as_for_three_hundred(
    browse, bram, dora, route, django_assert_num_queries, django_assert_max_num_queries
):
    project = make.project(bram, Phase.COMMIT)
    screen = browse(bram)
    for number in range(3):
        make.commitment(bram, project, f"Afspraak {number}", owner_member=dora, helper=bram)
        make.meeting(bram, days=number)
        make.project(bram, Phase.CLOSED)
    screen.at(route)
    with django_assert_max_num_queries(30) as few:
        screen.at(route)
    for number in range(297):
        make.commitment(bram, project, f"Afspraak nog {number}", owner_member=dora, helper=bram)
    for number in range(50):
        make.meeting(bram, days=number)
        make.project(bram, Phase.CLOSED)
    with django_assert_num_queries(len(few.captured_queries)):
        page = text(screen.at(route))
    assert route != "projects:commitments" or page.count("deal-who") == 300


def test_a_round_and_a_meeting_ask_as_often_for_many_things(
    browse, anna, bram, dora, django_assert_num_queries, django_assert_max_num_queries
):
    project = make.project(bram, Phase.COMMIT)
    meeting = make.meeting(bram)
    addresses = [("projects:detail", {"project": project.pk}), ("projects:people", {"project": project.pk}),
                 ("projects:meeting", {"meeting": meeting.pk}), ("start", {})]  # fmt: skip

    def fill(times):
        for number in range(times):
            make.commitment(bram, project, f"Afspraak {number}", owner_member=dora)
            make.task(bram, project, f"Taak {number}", dora)
            make.agenda_item(anna, meeting, f"Punt {number}")

    fill(3)
    make.pledge(bram, project, dora)
    screen = browse(bram)
    counts = {}
    for route, kwargs in addresses:
        screen.at(route, **kwargs)
        with django_assert_max_num_queries(60) as counted:
            screen.at(route, **kwargs)
        counts[route] = len(counted.captured_queries)
    fill(40)
    for route, kwargs in addresses:
        with django_assert_num_queries(counts[route]):
            screen.at(route, **kwargs)


# Meetings


def test_a_meeting_is_planned_at_the_other_sides_place(browse, anna, bram):
    held = make.meeting(bram, days=-30, host_party="council")
    form = {"key": str(uuid.uuid4()), "starts_at": f"{day(10)}T19:30", "place": "Stadhuis", "host_party": "council"}
    answer = browse(bram).do("projects:plan_meeting", form)
    assert f"De vorige keer, {dutch_date(held.starts_at)}, was de cliëntenraad ook gastheer." in text(answer)
    browse(bram).do("projects:plan_meeting", {**form, "go_on": "on", "go_on_reason": "Het stadhuis is dicht."})
    meeting = ConsultationMeeting.objects.visible_to(anna).next()
    assert (meeting.host, meeting.nudge_reason) == ("cliëntenraad", "Het stadhuis is dicht.")
    assert Event.objects.filter(sentence="koos toch voor dezelfde gastheer: Het stadhuis is dicht.").exists()
    page = browse(bram).at("projects:plan_meeting").content.decode()
    assert "checked" in page.split('value="municipality"')[1].split(">")[0]
    # What it says is so for whichever day one chooses.
    meeting.host_party = "municipality"
    meeting.save()
    told = text(browse(bram).at("projects:plan_meeting"))
    assert f"Na het overleg van {dutch_date(meeting.starts_at)} is de cliëntenraad aan de beurt." in told
    assert f"Is het nog voor {dutch_date(meeting.starts_at)}, dan de gemeente." in told
    # Who only moves the hour is not asked about the host again.
    make.meeting(bram, days=9, host_party="municipality")
    moved = {"starts_at": f"{day(10)}T20:30", "place": "Stadhuis", "host_party": "municipality"}
    assert browse(bram).do("projects:change_meeting", moved, meeting=meeting.pk).status_code == 302


def test_a_meeting_in_the_past_is_not_planned(browse, bram):
    form = {"starts_at": f"{day(-1)}T19:30", "place": "Stadhuis", "host_party": "council"}
    answer = browse(bram).do("projects:plan_meeting", form)
    assert "Deze dag is al geweest. Kies een dag die nog komt." in text(answer)
    assert not ConsultationMeeting.objects.exists()


def test_both_sides_put_points_on_the_agenda_under_the_standing_list(browse, anna, bram, nico):
    project = make.project(bram, Phase.COMMIT)
    make.commitment(bram, project, "Terugbellen binnen twee dagen", days=-3)
    solved = make.commitment(bram, project, "Brieven in gewone taal")
    solved.solve(bram, "Ja.")
    for seat in (bram, anna):
        solved.close(seat)
    meeting = make.meeting(bram)
    for seat, point in ((bram, "De wachttijd"), (anna, "Het nieuwe formulier")):
        browse(seat).do("projects:add_item", {"title": point}, meeting=meeting.pk)
    page = text(browse(nico).at("projects:meeting", meeting=meeting.pk))
    assert page.index("Terugbellen binnen twee dagen") < page.index("De wachttijd") < page.index("Het nieuwe formulier")
    assert "Brieven in gewone taal" not in page
    assert (
        browse(anna).do("projects:drop_item", item=AgendaItem.objects.get(title="De wachttijd").pk).status_code == 403
    )
    assert "Schrijf op waar u het over wilt hebben." in text(
        browse(bram).do("projects:add_item", {}, meeting=meeting.pk)
    )


def test_everyone_says_for_themselves_whether_they_come(browse, anna, bram, nico):
    meeting = make.meeting(bram)
    for seat, coming in ((anna, "no"), (bram, "yes"), (nico, "yes"), (bram, "yes")):
        browse(seat).do("projects:attend", {"coming": coming}, meeting=meeting.pk)
    said = {one.member.name: one.coming for one in meeting.attendances()}
    assert said == {"Anna de Wit": False, "Bram Hoekstra": True, "Nico Blom": True}


# What waits, and the report


def test_what_waits_is_said_to_whom_it_waits_for(anna, bram, dora):
    project = make.project(bram)
    make.pledge(bram, project, dora)
    make.task(bram, project, "De zaal regelen", anna)
    make.plan(bram, project).agree(bram)
    commitment = make.commitment(bram, project, "Terugbellen", owner_member=anna, days=-3)
    make.commitment(bram, project, "Een tafel apart", status="done")
    lines = {seat.name: {line.title for line in waiting(seat) if line.is_for(seat)} for seat in (anna, bram, dora)}
    shared_by_council = {
        "Zeggen of er genoeg vertrouwen is om te beginnen",
        "Opschrijven hoe de eigen achterban het weet",
        "Aan cliënten vragen of zij het merken",
    }
    assert lines["Bram Hoekstra"] == shared_by_council
    assert lines["Dora Vermeulen"] == shared_by_council | {"Zeggen of u meedoet aan ronde 1"}
    assert lines["Anna de Wit"] == {
        "Zeggen of er genoeg vertrouwen is om te beginnen",
        "Opschrijven hoe de eigen achterban het weet",
        "Ja of nee tegen wat wij ophalen, en hoe",
        "De zaal regelen",
        commitment.what,
    }
    project.confirm_trust(bram)
    project.confirm_trust(anna)
    assert "Verder naar ‘Starten’" in {line.title for line in waiting(bram) if line.is_for(bram)}


def test_the_invitation_shows_what_one_says_yes_to(browse, anna, bram, dora):
    project = make.project(bram)
    pledge = make.pledge(bram, project, dora)
    make.pledge(bram, project, anna)
    make.task(bram, project, "De zaal regelen", dora)
    page = text(browse(dora).at("projects:pledge", pledge=pledge.pk))
    for told in (project.subject, project.question, "De zaal regelen", "Anna de Wit", "Taak als u meedoet"):
        assert told in page
    own = [line for line in waiting(dora) if line.member == dora]
    assert [(line.note, line.holds_up) for line in own if line.kind == "task"] == [("taak, als u meedoet", False)]
    assert [line.holds_up for line in own if line.url == dora.url("projects:pledge", pledge=pledge.pk)] == [True]


def test_what_must_be_done_first_leads_to_its_place(browse, anna, bram):
    project = make.project(bram, Phase.COLLECT)
    for phase, route in ((Phase.COLLECT, "experiences:release"), (Phase.BUNDLE, "analysis:session")):
        Project.objects.filter(pk=project.pk).update(phase=phase)
        page = browse(bram).at("projects:advance", project=project.pk).content.decode()
        assert f'href="{bram.url(route, project=project.pk)}">Naar het' in page


def test_what_waits_for_the_other_side_has_no_button(anna, bram):
    project = make.project(bram, Phase.REPORT)
    make.commitment(bram, project, status="done")
    theirs = [line for line in waiting(anna) if line.party == Party.COUNCIL]
    assert {line.title for line in theirs} == {
        "De vertellers laten horen wat er is gedaan",
        "Aan cliënten vragen of zij het merken",
        "Terugkijken op deze ronde",
    }
    assert [line.url for line in theirs] == ["", "", ""]


def test_the_report_has_the_question_the_commitments_and_the_earlier_ones(anna, joost, bram):
    earlier = make.project(bram, Phase.CLOSED)
    make.commitment(bram, earlier, "Brieven in gewone taal").solve(bram, "Zes mensen merken het.")
    project = make.project(bram, Phase.REPORT)
    made = make.commitment(bram, project, "Alle regels naast elkaar", owner_member=bram, helper=joost)
    question, agreed, before = report.chapters(project)
    assert [chapter.slot for chapter in (question, agreed, before)] == ["vraag", "afspraken", "eerder"]
    assert question.context["question"] == project.question
    (row,) = agreed.context["rows"]
    assert (row["who"], row["party"]) == ("Bram Hoekstra (gevraagd, zei nog geen ja) en Joost Kramer", "both")
    made.say_yes(bram)
    assert report.chapters(project)[1].context["rows"][0]["who"] == "Bram Hoekstra en Joost Kramer"
    (old,) = before.context["rounds"]
    assert (old["number"], old["rows"][0]["state"]) == (1, "Opgelost")


def test_outside_the_room_a_report_names_functions_and_no_people(anna, joost, bram):
    project = make.project(bram, Phase.REPORT)
    make.commitment(bram, project, owner_member=joost)
    inside, outside = (
        str([chapter.context for chapter in report.chapters(project, public)]) for public in (False, True)
    )
    assert "Joost Kramer" in inside
    assert "Bram Hoekstra" in inside
    assert "Joost Kramer" not in outside
    assert "Bram Hoekstra" not in outside
    assert "teamleider Inkomen" in outside


def test_a_first_round_has_no_chapter_about_earlier_ones(bram):
    assert [chapter.slot for chapter in report.chapters(make.project(bram))] == ["vraag", "afspraken"]


@pytest.mark.promise("R2")
def test_what_a_round_has_once_is_made_once_however_often_it_is_sent(browse, anna, bram):
    project = make.project(bram)
    key = str(uuid.uuid4())
    forms = {
        "projects:ask": {"ask-key": key, "ask-member": str(anna.pk)},
        "projects:pair": {
            "pair-key": key,
            "pair-council_member": str(bram.pk),
            "pair-municipal_member": str(anna.pk),
            "pair-go_on": "on",
            "pair-go_on_reason": "Bram vraagt het morgen.",
        },
        "projects:change_plan": {"key": key, "stories": "Acht gesprekken.", "figures": "Geen."},
        "projects:backing": {"key": key, "text": "In de nieuwsbrief."},
    }
    for route, form in forms.items():
        answers = [browse(bram).do(route, form, project=project.pk).status_code for _ in range(3)]
        assert answers == [302, 302, 302], route
    for kind in (Pledge, Pair, CollectionPlan, BackingNote):
        assert kind.objects.count() == 1


def test_no_page_names_two_things_alike_and_each_thing_stands_once(browse, anna, bram, dora):
    project = make.project(bram, Phase.COMMIT)
    for member in (anna, bram, dora):
        make.pledge(bram, project, member)
        make.task(bram, project, member=member)
        make.backing(member, project) if member != dora else None
    commitment = make.commitment(bram, project)
    meeting = make.meeting(bram)
    make.agenda_item(bram, meeting)
    addresses = [("projects:start", {}), ("projects:list", {}), ("projects:commitments", {}), ("projects:meetings", {})]
    addresses += [(f"projects:{name}", {"project": project.pk}) for name in (
        "detail", "change", "start_check", "advance", "go_back", "trust", "people", "plan", "change_plan", "commit",
    )]  # fmt: skip
    addresses += [(f"projects:{name}", {"commitment": commitment.pk}) for name in ("commitment", "set_status")]
    addresses += [("projects:meeting", {"meeting": meeting.pk})]
    for route, kwargs in addresses:
        ids = re.findall(r'\sid="([^"]+)"', browse(bram).at(route, **kwargs).content.decode())
        assert sorted(set(ids)) == sorted(ids), route


@pytest.mark.promise("S3")
@pytest.mark.parametrize(
    "odd",
    ["", "\x00", "x" * 100_000, "{{ 7*7 }}", "<img src=x onerror=alert(1)>", "-1", "1e999", "0001-01-01T00:00",
     "9999-12-31T23:59", "9" * 40, "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "' OR 1=1 --"],
)  # fmt: skip
def test_odd_input_is_answered_and_never_breaks(browse, bram, odd):
    project = make.project(bram, Phase.COMMIT)
    commitment, meeting = make.commitment(bram, project), make.meeting(bram)
    names = [
        "subject",
        "occasion",
        "question",
        "values",
        "lead",
        "planned_stories",
        "started_on",
        "ends_on",
        "proposed_by_side",
        "expected",
        "reason",
        "text",
        "stories",
        "figures",
        "version",
        "key",
        "what",
        "because",
        "value",
        "owner_member",
        "owner_name",
        "owner_party",
        "helper",
        "due",
        "number",
        "client_notices",
        "status",
        "status_reason",
        "clients_said",
        "noticed",
        "starts_at",
        "place",
        "host_party",
        "about",
        "title",
        "note",
        "coming",
        "answer",
        "open_themes",
        "ask-member",
        "ask-expected",
        "pair-council_member",
        "task-due",
        "task-what",
    ]
    form = dict.fromkeys(names, odd)
    for route, kwargs in [
        *[(f"projects:{name}", {"project": project.pk}) for name in (
            "change", "project_text", "lead", "advance", "go_back", "close", "backing", "ask", "pair", "task",
            "change_plan", "override", "commit",
        )],
        *[(f"projects:{name}", {"commitment": commitment.pk}) for name in (
            "change_commitment", "commitment_text", "set_status", "ask_clients", "reopen",
        )],
        *[(f"projects:{name}", {"meeting": meeting.pk}) for name in ("change_meeting", "add_item", "attend")],
        ("projects:start", {}), ("projects:plan_meeting", {}),
    ]:  # fmt: skip
        assert browse(bram).do(route, form, **kwargs).status_code in (302, 409, 422), route
    for route in ("projects:commitments", "projects:start"):
        query = dict.fromkeys(("zoek", "stand", "kant", "volgorde", "waarde"), odd[:2000])
        assert browse(bram).at(route, query).status_code == 200


@pytest.mark.promise("R1")
def test_who_goes_back_and_sends_the_form_once_more_with_more_words_finds_them_kept_or_is_told(browse, anna, bram):
    meeting = make.meeting(bram)
    sent = {"key": str(uuid.uuid4()), "title": "Terugbellen", "member": anna.pk, "text": "Op maandag lukt het niet."}
    for _ in range(2):
        browse(anna).do("projects:add_paper", sent, meeting=meeting.pk)
    more = {"text": "Op maandag lukt het niet. Op dinsdag wel."}
    browse(anna).do("projects:add_paper", sent | more, meeting=meeting.pk)
    [paper] = Paper.objects.all()
    assert (paper.text, paper.version) == (more["text"], 2)
    point = {"key": str(uuid.uuid4()), "title": "Wachttijd", "note": "Kort."}
    assert browse(anna).do("projects:add_item", point, meeting=meeting.pk).status_code == 302
    assert browse(anna).do("projects:add_item", point, meeting=meeting.pk).status_code == 302
    told = browse(anna).do("projects:add_item", point | {"note": "Kort, en dan dit nog."}, meeting=meeting.pk)
    assert told.status_code == 422
    assert "Dit is al bewaard" in text(told) and "Kort, en dan dit nog." in text(told)
