"""A round holds what the two sides decided together: every refusal says what to do."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Party
from projects.models import (
    AgendaItem,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Nod,
    Pair,
    Phase,
    Pledge,
    Project,
    Task,
    policy_words,
    turn_round,
)
from tests.projects import make


def refusal(act, *args, **kwargs):
    """The sentences with which an act is refused."""
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return refused.value.messages


def failing(project, key):
    """Whether this line of the start check is not in order."""
    return not next(check for check in project.start_check() if check.key == key).ok


# The walk of a round


def test_a_round_walks_from_trust_to_closed_when_everything_holds(anna, bram):
    project = make.project(bram)
    project.confirm_trust(bram)
    project.confirm_trust(anna)
    project.advance(bram)
    project.advance(bram)
    plan = make.plan(bram, project)
    plan.agree(bram)
    plan.agree(anna)
    project.advance(bram)
    assert project.phase == Phase.COLLECT
    assert project.is_collecting
    project.note_fact("cards_released", bram)
    project.advance(bram)
    project.note_fact("bundled", bram)
    project.advance(bram)
    project.note_fact("deliberation_opened", anna)
    project.advance(bram)
    project.note_fact("listened", anna)
    assert not project.may_commit
    project.note_fact("listened", bram)
    assert project.may_commit
    project.advance(bram)
    project.advance(bram)
    project.note_fact("report_signed", anna)
    project.note_feedback(bram, done=True, erased=True)
    project.close(bram, "De wachttijd bleef liggen.")
    assert project.is_closed
    assert project.open_themes == "De wachttijd bleef liggen."
    assert Project.objects.visible_to(anna).current() is None


@pytest.mark.parametrize(
    ("phase", "missing", "sentence"),
    [
        (Phase.TRUST, {"trusted_at": None}, "Beide kanten zeggen dit zelf. Nog niet allebei deden dat."),
        (Phase.VALUES, {"question": ""}, "Schrijf één open vraag op over wat mensen meemaken."),
        (Phase.VALUES, {}, "Schrijf op welke verhalen en cijfers u ophaalt, en hoe."),
        (Phase.COLLECT, {}, "Er zijn nog geen kaartjes vrijgegeven. De cliëntenraad doet dat bij de gesprekken."),
        (Phase.BUNDLE, {}, "Het bundelen is nog niet afgerond. Rond eerst samen de thema’s af."),
        (
            Phase.DELIBERATE,
            {},
            "De enveloppen van het intern beraad zijn nog dicht. Beide kanten geven ze eerst vrij.",
        ),
        (
            Phase.DIALOGUE,
            {},
            "Nog niet beide kanten noteerden dat er geluisterd is. Eerst luisteren, dan afspreken.",
        ),
    ],
)
def test_a_phase_does_not_begin_before_its_time(bram, phase, missing, sentence):
    project = make.project(bram, phase, **missing)
    assert sentence in refusal(project.advance, bram)
    project.refresh_from_db()
    assert project.phase == phase


def test_a_round_closes_only_with_a_signed_report_and_word_about_the_tellers(anna, bram):
    project = make.project(bram, Phase.REPORT)
    assert refusal(project.close, bram) == [
        "Nog niet beide kanten tekenden het verslag.",
        "De cliëntenraad zegt eerst of de vertellers het antwoord hoorden, of waarom niet.",
    ]
    project.note_fact("report_signed", anna)
    sentence = "Alleen de cliëntenraad weet wie terugkoppeling wilde, en noteert dit."
    assert refusal(project.note_feedback, anna, done=True, erased=True) == [sentence]
    assert refusal(project.note_feedback, bram, done=True, erased=False) == ["Schrijf op waarom dit niet is gedaan."]
    project.note_feedback(bram, done=True, erased=False, reason="Twee mensen bellen wij volgende week nog.")
    project.close(bram)
    assert project.is_closed


def test_a_round_cannot_be_closed_halfway(bram):
    project = make.project(bram, Phase.BUNDLE)
    assert refusal(project.close, bram) == ["Een ronde sluit u af na het verslag en de terugkoppeling."]


def test_a_closed_round_does_not_move_on(bram):
    project = make.project(bram, Phase.CLOSED)
    assert refusal(project.advance, bram) == ["Deze ronde is afgesloten. Begin een nieuwe ronde."]


def test_two_clicks_move_a_round_one_phase(anna, bram):
    project = make.project(bram, Phase.START)
    twice = Project.objects.get(pk=project.pk)
    project.advance(bram, expected=Phase.START)
    assert refusal(twice.advance, bram, expected=Phase.START) == [
        "De ronde staat intussen bij ‘Waarden en vraag’. Kijk eerst wat er veranderd is."
    ]
    project.refresh_from_db()
    assert project.phase == Phase.VALUES


def test_a_round_goes_one_phase_back_with_a_reason(bram):
    project = make.project(bram, Phase.BUNDLE)
    assert refusal(project.go_back, bram, "  ") == ["Schrijf op waarom de ronde een stap terug gaat."]
    project.go_back(bram, "Er komt nog één gesprek.")
    assert project.phase == Phase.COLLECT
    assert Event.objects.about(project).first().sentence == (
        "bracht de ronde terug naar ‘Ervaringen ophalen’: Er komt nog één gesprek."
    )
    first = make.project(bram)
    assert refusal(first.go_back, bram, "Zomaar") == ["Dit is de eerste stap. Verder terug kan niet."]


def test_a_closed_round_can_be_taken_up_again(bram):
    project = make.project(bram, Phase.CLOSED)
    project.go_back(bram, "Er komt toch nog een gesprek.")
    assert (project.phase, project.closed_at, project.closed_by) == (Phase.REPORT, None, None)


# Both sides, and the people


def test_trust_holds_when_both_sides_said_so_and_the_helper_cannot_say_it_for_them(anna, bram, dora, nico):
    project = make.project(bram)
    project.confirm_trust(bram)
    project.confirm_trust(dora)
    assert project.trusted_at is None
    assert refusal(project.confirm_trust, nico) == ["Alleen de twee kanten zelf kunnen dit zeggen."]
    project.confirm_trust(anna)
    assert project.trusted_at is not None
    assert Nod.objects.filter(project=project).count() == 2


def test_a_person_who_was_asked_and_is_silent_holds_up_collecting(anna, bram, dora):
    project = make.ready(bram, anna, bram)
    pledge = make.pledge(bram, project, dora)
    assert refusal(project.advance, bram) == ["Dora Vermeulen gaf nog geen antwoord. Zolang haalt u niets op."]
    pledge.give(dora, "no")
    project.advance(bram)
    assert project.is_collecting


def test_somebody_asked_while_collecting_stops_it_until_the_answer(anna, bram, dora):
    project = make.ready(bram, anna, bram)
    project.advance(bram)
    pledge = make.pledge(bram, project, dora)
    assert not project.is_collecting
    assert project.why_not_collecting() == ["Dora Vermeulen gaf nog geen antwoord. Zolang haalt u niets op."]
    pledge.give(dora, "yes")
    assert project.is_collecting


def test_somebody_who_left_the_table_is_not_waited_for(anna, bram, dora):
    project = make.ready(bram, anna, bram)
    make.pledge(bram, project, dora)
    dora.active_to = timezone.now()
    dora.save()
    project.advance(bram)
    assert project.is_collecting


def test_only_the_person_can_pledge_and_may_think_again(anna, bram, dora):
    project = make.project(bram)
    pledge = make.pledge(bram, project, dora)
    assert refusal(pledge.give, bram, "yes") == ["Alleen Dora Vermeulen zelf kan hierop antwoorden."]
    assert refusal(pledge.give, dora, "misschien") == ["Kies ja of nee."]
    pledge.give(dora, "yes", "Behalve op donderdag.")
    assert [member.name for member in project.participants()] == ["Dora Vermeulen"]
    pledge.give(dora, "no")
    assert project.participants() == []


def test_who_answered_is_not_dropped_by_another(bram, dora):
    pledge = make.pledge(bram, make.project(bram), dora, answer="yes")
    assert refusal(pledge.drop, bram) == [
        "Dora Vermeulen gaf al antwoord. Alleen Dora Vermeulen zelf kan dat veranderen."
    ]
    silent = make.pledge(bram, make.project(bram), dora)
    silent.drop(bram)
    assert not Pledge.objects.filter(pk=silent.pk).exists()


def test_a_pair_has_one_of_each_side(anna, bram, dora):
    project = make.project(bram)
    make.pair(bram, project, bram, anna)
    with pytest.raises(ValidationError, match="één lid van de raad en één medewerker van de gemeente"):
        make.pair(bram, project, bram, dora)
    assert Pair.objects.filter(project=project).count() == 1


def test_a_round_always_has_exactly_one_lead(anna, bram, nico, gone, chris):
    project = make.project(bram)
    assert refusal(project.ask_lead, bram, None) == ["Een ronde heeft altijd één trekker. Kies wie het wordt."]
    assert refusal(project.ask_lead, bram, gone) == ["Gerda Prins zit niet aan deze tafel. Kies iemand die meedoet."]
    assert refusal(project.ask_lead, bram, chris) == [
        "Chris Terpstra zit niet aan deze tafel. Kies iemand die meedoet."
    ]
    assert refusal(project.ask_lead, bram, nico) == ["De trekker hoort bij een van de twee kanten."]
    project.ask_lead(bram, anna)
    assert Project.objects.get(pk=project.pk).lead == bram
    project.answer_lead(anna, True)
    assert Project.objects.get(pk=project.pk).lead == anna
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(lead=None)


def test_a_lead_who_left_is_seen_and_stops_the_round(bram, dora):
    project = make.project(dora, Phase.START)
    dora.active_to = timezone.now()
    dora.save()
    project.refresh_from_db()
    assert failing(project, "lead")
    assert "Dora Vermeulen zit niet meer aan tafel. Vraag een nieuwe trekker." in refusal(project.advance, bram)


def test_a_task_can_be_late_done_and_taken_up_again(bram):
    task = make.task(bram, make.project(bram), days=-1)
    assert task.is_late
    task.finish(bram)
    task.finish(bram)
    assert (task.is_done, task.is_late) == (True, False)
    assert Event.objects.filter(sentence__startswith="rondde een taak af").count() == 1
    assert refusal(task.drop, bram) == ["Deze taak is al klaar. Wat klaar is, blijft staan."]
    task.take_up_again(bram)
    task.drop(bram)
    assert not Task.objects.exists()


# The plan


def test_collecting_waits_for_a_plan_that_both_agreed_to(anna, bram, dora):
    project = make.project(bram, Phase.VALUES)
    plan = make.plan(bram, project)
    plan.agree(bram)
    plan.agree(dora)
    assert not plan.is_agreed
    sentence = "Zeg eerst allebei ja tegen welke verhalen en cijfers u ophaalt, en hoe."
    assert refusal(project.advance, bram) == [sentence]
    plan.agree(anna)
    project.advance(bram)
    assert project.is_collecting


def test_a_change_of_the_plan_voids_what_was_agreed_also_while_collecting(anna, bram):
    project = make.ready(bram, anna, bram)
    project.advance(bram)
    plan = CollectionPlan.objects.get(project=project)
    plan.write(anna, plan.version, figures="Ook de afwijzingen.")
    assert not plan.is_agreed
    assert project.nods(Nod.About.PLAN) == {}
    assert not project.is_collecting


def test_the_same_words_again_void_nothing(anna, bram):
    project = make.ready(bram, anna, bram)
    plan = CollectionPlan.objects.get(project=project)
    plan.write(anna, plan.version, figures=plan.figures)
    assert plan.is_agreed


def test_nobody_agrees_to_a_plan_they_have_not_read(anna, bram):
    plan = make.plan(bram, make.project(bram))
    read = plan.seen
    plan.write(bram, plan.version, stories="Twaalf gesprekken.")
    assert refusal(plan.agree, anna, seen=read) == ["De tekst is net veranderd. Lees hem opnieuw en zeg dan ja of nee."]
    plan.agree(anna, seen=plan.seen)
    assert set(plan.project.nods(Nod.About.PLAN)) == {Party.MUNICIPALITY}


# The start check


def test_the_start_check_is_computed_from_what_is_there(anna, joost, bram):
    project = make.project(bram, question="")
    wrong = {check.key for check in project.start_check() if not check.ok}
    assert wrong == {"trust", "backing", "sides", "decider", "pairs", "question", "values", "tasks", "plan"}
    project = make.ready(bram, anna, bram)
    make.pledge(joost, project, answer="yes")
    assert {check.key for check in project.start_check() if not check.ok} == {"values", "tasks"}
    make.task(bram, project, member=joost)
    assert {check.key for check in project.start_check() if not check.ok} == {"values"}


def test_what_is_enforced_in_the_start_check_is_only_joint_or_personal(bram):
    enforced = {check.key for check in make.project(bram).start_check() if check.enforced}
    assert enforced == {"trust", "lead", "question", "pledges", "plan"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"planned_stories": 13}, "Meer dan 12 verhalen is veel voor een eerste ronde."),
        ({"question": "Wat? Hoe? Waar?"}, "Meer dan 2 vragen is veel voor een eerste ronde."),
        (
            {"started_on": date(2026, 1, 15), "ends_on": date(2026, 7, 16)},
            "Langer dan 6 maanden is lang voor een eerste ronde.",
        ),
    ],
)
def test_a_first_round_is_kept_small(bram, fields, sentence):
    first = make.project(bram, **fields)
    assert first.too_heavy() == [sentence]
    second = make.project(bram, **fields)
    assert second.too_heavy() == []


def test_twelve_stories_two_questions_and_six_months_are_light_enough(bram):
    fields = {"planned_stories": 12, "question": "Wat? Hoe?"}
    first = make.project(bram, started_on=date(2026, 1, 15), ends_on=date(2026, 7, 15), **fields)
    assert first.too_heavy() == []


@pytest.mark.parametrize(
    ("question", "words", "turned"),
    [
        (
            "Wat is jullie advies over de beleidsregels Wmo?",
            ["advies over", "beleidsregels"],
            "Waar lopen cliënten tegenaan als zij te maken krijgen met Wmo?",
        ),
        (
            "Wat vindt u van de verordening over het vervoer?",
            ["verordening"],
            "Waar lopen cliënten tegenaan als zij te maken krijgen met het vervoer?",
        ),
        (
            "Klopt de kadernota?",
            ["kadernota"],
            "Waar lopen cliënten tegenaan als zij te maken krijgen met schulden?",
        ),
    ],
)
def test_a_question_in_policy_words_is_turned_round(question, words, turned):
    assert policy_words(question) == words
    assert turn_round(question, subject="schulden") == turned


def test_a_question_about_experience_is_left_alone():
    assert policy_words("Hoe makkelijk vindt u de regelingen die er voor u zijn? Denk aan noten of een advies.") == []


# Listening, and the facts of higher storeys


def test_commitments_wait_for_the_listening_or_for_both_to_override_it(anna, bram):
    project = make.project(bram, Phase.DIALOGUE)
    fields = {"what": "Terugbellen", "because": "Wachten", "owner_member": anna, "client_notices": "U weet het."}
    sentence = (
        "Eerst luisteren, dan afspreken. Beide kanten noteren eerst dat er geluisterd is, "
        "of kiezen samen om toch verder te gaan."
    )
    due = timezone.localdate() + timedelta(days=30)
    assert refusal(Commitment.agree, bram, project, due=due, **fields) == [sentence]
    assert refusal(project.override_listening, bram, " ") == [
        "Schrijf op waarom u verder wilt zonder dat er geluisterd is."
    ]
    project.override_listening(bram, "Iedereen was er al.")
    assert not project.may_commit
    project.override_listening(anna, "Wij zijn het eens.")
    assert project.may_commit
    assert Commitment.agree(bram, project, due=due, **fields).owner_party == Party.MUNICIPALITY


def test_a_fact_is_noted_once_and_can_be_dropped(anna, bram):
    project = make.project(bram, Phase.COLLECT)
    project.note_fact("cards_released", bram)
    first = project.cards_released_at
    project.note_fact("cards_released", anna)
    assert (project.cards_released_at, project.cards_released_by) == (first, bram)
    project.drop_fact("cards_released", bram)
    assert project.cards_released_at is None


# Commitments: scene 7


def whole(owner, **fields):
    return {
        "what": "Terugbellen binnen twee werkdagen",
        "because": "Steeds weer wachten",
        "owner_member": owner,
        "due": timezone.localdate() + timedelta(days=30),
        "client_notices": "U weet na twee dagen waar u aan toe bent.",
        **fields,
    }


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"what": " "}, "Schrijf op wat u afspreekt."),
        ({"because": ""}, "Schrijf op door welk thema of welke waarde dit komt."),
        ({"owner_member": None}, "Kies wie dit doet. Heeft die geen account, schrijf dan de functie op."),
        ({"owner_name": "Teamleider"}, "Kies één eigenaar: een persoon óf een functie."),
        ({"owner_member": None, "owner_name": "Teamleider"}, "Kies van welke kant deze functie is."),
        ({"due": None}, "Kies wanneer dit uiterlijk klaar is."),
        ({"client_notices": ""}, "Schrijf op waaraan een cliënt het merkt."),
    ],
)
def test_a_commitment_that_lacks_something_is_refused(anna, bram, missing, sentence):
    project = make.project(bram, Phase.COMMIT)
    assert refusal(Commitment.agree, bram, project, **whole(anna, **missing)) == [sentence]
    assert not Commitment.objects.exists()
    assert Commitment.agree(bram, project, **whole(anna)).owner == "Anna de Wit"


def test_the_helper_of_both_sides_owns_no_commitment(bram, nico):
    project = make.project(bram, Phase.COMMIT)
    assert refusal(Commitment.agree, bram, project, **whole(nico)) == ["De eigenaar hoort bij een van de twee kanten."]


def test_the_database_too_refuses_a_commitment_without_owner_or_notice(bram):
    project = make.project(bram, Phase.COMMIT)
    commitment = make.commitment(bram, project)
    for hollow in ({"owner_name": ""}, {"client_notices": ""}, {"due": None}, {"because": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commitment.objects.filter(pk=commitment.pk).update(**hollow)


def test_only_the_council_says_solved_after_asking(anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT))
    sentence = "‘Opgelost’ zegt alleen de cliëntenraad, nadat zij het aan mensen zelf heeft gevraagd."
    assert refusal(commitment.solve, anna, "Ja hoor.") == [sentence]
    assert refusal(commitment.note_clients, anna, "Ja hoor.") == [sentence]
    assert refusal(commitment.solve, bram, "") == ["Vraag het eerst aan cliënten, en schrijf op wat zij zeiden."]
    commitment.solve(bram, "Zes mensen merken het.")
    assert (commitment.state, commitment.state_label, commitment.status) == ("solved", "Opgelost", "done")
    assert refusal(commitment.set_status, anna, "busy") == [
        "De cliëntenraad noemde deze afspraak opgelost. Alleen de cliëntenraad kan dat terugnemen."
    ]
    assert refusal(commitment.reopen, anna, "Nee toch.") == [sentence]
    assert refusal(commitment.reopen, bram, "") == ["Schrijf op waarom de afspraak niet meer opgelost is."]
    commitment.reopen(bram, "Het gebeurt weer.")
    assert commitment.state == "busy"


def test_a_commitment_that_stopped_is_not_solved(bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT), status="dropped", status_reason="Gesloten.")
    assert refusal(commitment.solve, bram, "Ja.") == [
        "Deze afspraak staat op ‘Vervallen’. Zet de stand eerst op ‘Klaar’."
    ]


def test_stopping_a_commitment_needs_a_reason(anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT))
    assert refusal(commitment.set_status, anna, "failed") == ["Schrijf op waarom de afspraak niet lukt of vervalt."]
    assert refusal(commitment.set_status, anna, "opgelost") == ["Kies een stand uit de lijst."]
    commitment.set_status(anna, "failed", "Er is geen geld.")
    assert commitment.state_label == "Niet gelukt"


def test_a_state_set_on_an_old_page_is_refused(anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT))
    commitment.set_status(anna, "busy", expected="open")
    assert refusal(commitment.set_status, bram, "done", expected="open") == [
        "De stand is net veranderd in ‘Bezig’. Kijk of uw wijziging nog klopt."
    ]


def test_late_is_computed(bram):
    project = make.project(bram, Phase.COMMIT)
    today = make.commitment(bram, project, days=0)
    yesterday = make.commitment(bram, project, days=-1)
    done = make.commitment(bram, project, days=-1, status="done")
    assert [one.is_late for one in (today, yesterday, done)] == [False, True, False]
    assert list(Commitment.objects.visible_to(bram).late()) == [yesterday]


def test_a_changed_commitment_keeps_everything_it_needs(anna, bram):
    commitment = make.commitment(bram, make.project(bram, Phase.COMMIT))
    fields = whole(anna, owner_name="", due=commitment.due + timedelta(days=10))
    assert refusal(commitment.change, bram, 1, **{**fields, "client_notices": ""}) == [
        "Schrijf op waaraan een cliënt het merkt."
    ]
    commitment.change(bram, 1, **fields)
    assert (commitment.owner, commitment.version) == ("Anna de Wit", 2)
    commitment.solve(bram, "Ja.")
    assert refusal(commitment.change, bram, 2, **fields) == [
        "De cliëntenraad noemde deze afspraak opgelost. De tekst verandert niet meer."
    ]


@pytest.mark.promise("R2")
def test_a_commitment_sent_twice_is_one(anna, bram):
    project = make.project(bram, Phase.COMMIT)
    key = make.commitment(bram, project).pk
    Commitment.objects.all().delete()
    for _ in range(3):
        Commitment.agree(bram, project, key=key, **whole(anna))
    assert Commitment.objects.count() == 1
    assert Event.objects.filter(sentence__startswith="legde een afspraak vast").count() == 1


@pytest.mark.promise("R2", control=True)
def test_without_a_key_a_commitment_sent_twice_is_two(anna, bram):
    project = make.project(bram, Phase.COMMIT)
    for _ in range(2):
        Commitment.agree(bram, project, **whole(anna))
    assert Commitment.objects.count() == 2


def test_the_standing_list_begins_with_what_needs_attention(bram):
    project = make.project(bram, Phase.COMMIT)
    dropped = make.commitment(bram, project, "Vervallen", days=1, status="dropped", status_reason="Zo is het.")
    solved = make.commitment(bram, project, "Opgelost", days=2)
    solved.solve(bram, "Ja.")
    done = make.commitment(bram, project, "Klaar", days=3, status="done")
    late = make.commitment(bram, project, "Te laat", days=-9)
    later = make.commitment(bram, project, "Later", days=90)
    known = Commitment.objects.visible_to(bram)
    assert list(known.standing()) == [late, later, done, solved, dropped]
    assert list(known.open_ends()) == [late, later, done, solved, dropped]
    assert known.summary() == "Vijf afspraken. Eén is te laat."


# Meetings


def test_each_side_takes_only_its_own_points_off_the_agenda(anna, bram, dora):
    item = make.agenda_item(bram, make.meeting(bram))
    assert refusal(item.drop, anna) == ["Dit punt is van de andere kant. Alleen die kant kan het weghalen."]
    item.drop(dora)
    assert not AgendaItem.objects.exists()


def test_coming_is_said_for_oneself_and_may_change(anna, bram):
    meeting = make.meeting(bram)
    meeting.answer(bram, True)
    meeting.answer(bram, False)
    meeting.answer(anna, True)
    assert [(one.member.name, one.coming) for one in meeting.attendances()] == [
        ("Bram Hoekstra", False),
        ("Anna de Wit", True),
    ]
    past = make.meeting(bram, days=-1)
    assert refusal(past.answer, bram, True) == ["Dit overleg is al geweest."]


def test_the_next_meeting_is_the_first_to_come(bram):
    make.meeting(bram, days=-3)
    later, soon = make.meeting(bram, days=30), make.meeting(bram, days=3)
    meetings = ConsultationMeeting.objects.visible_to(bram)
    assert meetings.next() == soon
    assert meetings.before(later.starts_at) == soon


# The table's edge


def test_nothing_of_another_table_is_seen_or_pointed_at(anna, bram, chris):
    project = make.project(bram)
    theirs = make.project(chris)
    assert list(Project.objects.visible_to(anna)) == [project]
    assert list(Project.objects.visible_to(chris)) == [theirs]
    with pytest.raises(ValidationError, match="hoort bij een andere tafel"):
        make.pledge(bram, theirs, bram)


def test_rounds_of_a_table_are_counted_from_one(bram, chris):
    assert [make.project(bram).number, make.project(bram).number, make.project(chris).number] == [1, 2, 1]


def test_ending_without_a_commitment_is_a_nudge_and_no_wall(bram):
    project = make.project(bram, Phase.COMMIT)
    (check,) = project.checks_for(Phase.REPORT)
    assert (check.ok, check.enforced) == (False, False)
    project.advance(bram)
    assert project.phase == Phase.REPORT


def test_a_round_leads_to_what_its_phases_left_behind_and_not_twice_to_the_work_of_now(bram):
    before = ["Vertrouwen en achterban", "Mensen en taken", "Wat wij ophalen"]
    for place, phase in enumerate((Phase.TRUST, Phase.START, Phase.VALUES)):
        names = [name for name, route in make.project(bram, phase).places()]
        assert names == [name for name in before if name != before[place]]
    report = make.project(bram, Phase.REPORT)
    there = [*before, "Kaartjes", "Bundelen", "Intern beraad", "Dialoog", "Meenemen (papier en bestanden)"]
    assert [name for name, route in report.places()] == there
    assert report.guide.route == "report:detail"


def test_a_task_of_who_does_not_take_part_is_told_in_the_start_check(bram, anna):
    project = make.project(bram)
    make.pledge(bram, project, answer="yes")
    make.task(bram, project)
    make.task(anna, project)
    told = {check.key: check for check in project.start_check()}
    assert told["tasks"].ok
    make.pledge(anna, project, answer="no")
    told = {check.key: check for check in project.start_check()}
    assert not told["tasks"].ok and "Heeft nog een taak, maar doet niet mee: Anna de Wit." in told["tasks"].missing


@pytest.mark.parametrize("by_typing", [False, True])
def test_who_said_yes_is_asked_again_when_somebody_else_changes_what_it_was_a_yes_to(browse, anna, bram, by_typing):
    project = make.project(bram, Phase.COMMIT)
    promised = make.commitment(bram, project, "Anna belt iedereen terug", owner_member=anna)
    promised.say_yes(anna)
    other = "Anna betaalt iedereen honderd euro"
    if by_typing:
        sent, where = {"unit": "what", "text": other}, {"kind": "commitment", "thing": promised.pk}
        browse(bram).do("partnerships:type_in", sent | {"version": promised.version}, **where)
    else:
        promised.change(bram, promised.version, what=other)
    promised.refresh_from_db()
    assert (promised.what, promised.owner_word) == (other, "gevraagd")
    promised.say_yes(anna)
    promised.change(bram, promised.version, because="Mensen wachten dagen op antwoord.")
    promised.change(anna, promised.version, what="Anna belt iedereen binnen een week terug")
    assert not promised.is_asked
    promised.change(bram, promised.version, due=promised.due - timedelta(days=20))
    assert promised.is_asked
    assert Event.objects.latest("at").sentence.startswith("koos een andere datum")
