"""One evening of bundling: who leads, who is here, until when, who is done, and that one side alone does not count."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from analysis import rules
from analysis.models import Move, Presence, Stage, Theme
from experiences.models import Fragment
from projects.models import Project
from tests.analysis import make
from tests.analysis.test_pages import queries, text


def refused(sentence):
    return pytest.raises(ValidationError, match=sentence)


def test_the_facilitator_the_lead_and_who_coordinates_either_side_lead(table, anna, bram, dora, joost, nico):
    meeting = make.session(nico, make.make_round(bram))
    assert [rules.may_lead(seat, meeting) for seat in (nico, bram, anna, dora, joost)] == [True] * 3 + [False] * 2


def test_nobody_says_of_the_other_side_that_they_are_there_but_who_leads_the_talk(
    anna, bram, dora, joost, nico, browse
):
    meeting = make.session(nico, make.make_round(bram))
    assert browse(anna).do("analysis:join", {"member": dora.pk}, session=meeting.pk).status_code == 403
    assert browse(anna).do("analysis:join", {"member": joost.pk}, session=meeting.pk).url.endswith("#erbij")
    assert browse(nico).do("analysis:join", session=meeting.pk).url.endswith("#fasen")
    assert browse(nico).do("analysis:join", {"member": dora.pk}, session=meeting.pk).status_code == 302
    assert {member.name for member in meeting.present()} == {nico.name, dora.name, joost.name}


def test_whoever_gives_no_sign_of_life_is_no_longer_there(anna, bram, dora, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram])
    meeting.join(nico, dora)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        # Dora has no screen: she was counted in by Nico.
        assert meeting.present() == [dora]
        browse(bram).do("analysis:join", session=meeting.pk)
        assert set(meeting.present()) == {bram, dora}
        with refused("Er is nu niemand van de gemeente"):
            meeting.go_on(nico)
    with time_machine.travel(timezone.now() + timedelta(hours=4)):
        assert meeting.present() == []


def test_an_open_page_is_a_sign_of_life(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram])
    begun = timezone.now()
    for minutes in (20, 40, 60):
        with time_machine.travel(begun + timedelta(minutes=minutes)):
            browse(bram).at("analysis:session", project=meeting.project_id)
    with time_machine.travel(begun + timedelta(minutes=85)):
        assert meeting.present() == [bram]


def test_somebody_who_left_the_table_is_not_there(anna, bram, nico):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram])
    anna.active_to = timezone.now() - timedelta(minutes=1)
    anna.save()
    assert meeting.missing_sides() == ["municipality"]


def test_one_side_alone_lays_nothing_on_the_shared_board(anna, bram, nico):
    meeting = make.together(bram, anna, nico)
    card, theme = Fragment.objects.first(), make.theme(bram, meeting.project)
    meeting.leave(anna)
    with refused("Er is nu niemand van de gemeente. Bundelen doet u samen"):
        make.move(bram, meeting, card, theme)
    assert not Move.objects.exists()
    # Who does something is there, whether or not they said so.
    make.move(anna, meeting, card, theme)
    make.move(bram, meeting, Fragment.objects.last(), theme)
    assert anna in meeting.present()


def test_the_clock_is_one_for_all_and_goes_off_with_the_stage(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram])
    now = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    with time_machine.travel(now, tick=False):
        browse(nico).do("analysis:clock", {"minutes": "10"}, session=meeting.pk)
        browse(nico).do("analysis:clock", {"minutes": "5"}, session=meeting.pk)
        meeting.refresh_from_db()
        assert meeting.ends_at == now + timedelta(minutes=15)
        local = timezone.localtime(meeting.ends_at)
        until = f"{local.hour}.{local:%M}"
        for seat in (anna, bram, nico):
            assert f"Tot {until} uur" in text(browse(seat).at("analysis:session", project=meeting.project_id))
        with refused("Kies een tijd van 1 minuut tot 3 uur"):
            meeting.add_time(nico, 500)
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert "De tijd is om" in text(browse(anna).at("analysis:session", project=meeting.project_id))
        meeting.go_on(nico)
        assert meeting.ends_at is None
        browse(anna).do("analysis:clock", {"minutes": "5"}, session=meeting.pk)
        browse(anna).do("analysis:clock", session=meeting.pk)
        meeting.refresh_from_db()
        assert meeting.ends_at is None


def test_ready_is_counted_per_side_can_be_taken_back_and_ends_with_the_stage(anna, bram, dora, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram, dora])

    def told():
        return text(browse(nico).at("analysis:session", project=meeting.project_id))

    assert "klaar met lezen" not in told() and "0 van de" not in told()
    browse(bram).do("analysis:ready", {"expected": "0"}, session=meeting.pk)
    assert "1 van de 2 klaar" in told() and "0 van de 1 klaar" in told()
    browse(bram).do("analysis:not_ready", session=meeting.pk)
    assert "van de 2 klaar" not in told()
    browse(bram).do("analysis:ready", {"expected": "0"}, session=meeting.pk)
    meeting.refresh_from_db()
    meeting.go_on(nico)
    assert "van de 2 klaar" not in told()
    # A page of the stage before says nothing about this one.
    answer = browse(dora).do("analysis:ready", {"expected": "0"}, session=meeting.pk)
    assert answer.status_code == 422 and "Kijk eerst waar u bent" in text(answer)


def test_who_comes_back_comes_back_at_the_card_where_they_were(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram])
    where = {"project": meeting.project_id}
    assert "Kaartje 4 van de 6" in text(browse(bram).at("analysis:session", {"kaart": "4"}, **where))
    # Another device of the same person; nobody else is told.
    assert "Kaartje 4 van de 6" in text(browse(bram).at("analysis:session", **where))
    assert "Kaartje 1 van de 6" in text(browse(anna).at("analysis:session", **where))
    Fragment.objects.get(number=4).delete()
    assert "Kaartje 1 van de 5" in text(browse(bram).at("analysis:session", **where))


def test_a_latecomer_sees_the_stage_that_the_others_see(anna, bram, joost, nico, browse):
    meeting = make.session(nico, make.make_round(bram), Stage.TOGETHER, [anna, bram])
    page = text(browse(joost).at("analysis:session", project=meeting.project_id))
    assert "Nog op tafel" in page and "U kijkt mee. Doet u mee?" in page


def test_who_lays_a_card_is_there_and_the_side_is_not_done_before_them(anna, bram, dora, joost, nico, browse):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram])
    home, late = {"project": meeting.project_id}, browse(dora)
    page = text(late.at("analysis:session", **home))
    assert "Zeg bovenaan: ‘Ik ben erbij’" in page and "Bent u zelf klaar?" not in page
    make.own_sort(bram, meeting, Weg=[1])
    assert meeting.is_alone(bram) and joost not in meeting.present()
    late.do("analysis:lay", {"card": Fragment.objects.first().pk, "pile": "new", "label": "Vinden"}, session=meeting.pk)
    assert dora in meeting.present() and "Ik ben klaar met ordenen" in text(late.at("analysis:session", **home))
    browse(bram).do("analysis:ready", {"expected": Stage.OWN_SORT}, session=meeting.pk)
    meeting.refresh_from_db()
    assert not meeting.envelope.is_ready("council")
    assert "Van uw kant is nog bezig: Dora" in text(browse(bram).at("analysis:session", **home))


def test_what_a_side_still_has_to_say_stands_where_its_people_said_that_they_are_done(anna, bram, dora, nico, browse):
    meeting = make.session(nico, make.make_round(bram), Stage.OWN_SORT, [anna, bram, dora])
    for seat in (anna, bram, dora):
        make.own_sort(seat, meeting, Weg=[1])

    def told(seat):
        """What stands above the title."""
        return text(browse(seat).at("analysis:session", project=meeting.project_id)).split("Leg bij elkaar wat")[0]

    for seat in (bram, dora):
        meeting.say_ready(seat, Stage.OWN_SORT)
    assert "Nog één stap" in told(bram) and "Onze kant is klaar" in told(dora) and "Nog één stap" not in told(anna)
    browse(dora).do("analysis:release_own", session=meeting.pk)
    assert "Uw kant is klaar. De andere kant nog niet. Wij gaan nog even verder" in told(bram)
    assert "Toch nog even bezig" not in told(bram)
    meeting.refresh_from_db()
    meeting.say_ready(anna, Stage.OWN_SORT)
    # Nothing changes any more, so nobody is offered to go on.
    for seat in (anna, bram, nico):
        page = text(browse(seat).at("analysis:session", project=meeting.project_id))
        assert "Zelf ordenen is klaar" in page and "nog even" not in page


def test_who_leads_is_not_told_to_be_looking_on(anna, bram, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna])
    home = {"project": meeting.project_id}
    meeting.leave(nico)
    assert "Doet u mee" not in text(browse(nico).at("analysis:session", **home))
    assert "U kijkt mee. Doet u mee?" in text(browse(bram).at("analysis:session", **home))
    meeting.hand_to(nico, bram)
    assert "U leidt het gesprek. Doet u ook mee?" in text(browse(bram).at("analysis:session", **home))
    # Who led before looks on now.
    assert "U kijkt mee. Doet u mee?" in text(browse(nico).at("analysis:session", **home))


def test_the_page_asks_the_database_as_much_for_two_people_as_for_many(table, anna, bram, dora, joost, nico, browse):
    few = make.session(nico, make.make_round(bram), present=[anna, bram])
    browser = browse(nico)
    before = [queries(browser, "analysis:session", project=few.project_id) for _ in range(2)][-1]
    for seat in (dora, joost):
        few.join(seat)
    assert queries(browser, "analysis:session", project=few.project_id) == before
    assert Presence.objects.count() == 5


def test_everyone_reads_who_left_and_who_went_on(anna, bram, dora, nico, browse):
    meeting = make.session(nico, make.make_round(bram), present=[anna, bram, dora])
    browse(anna).do("analysis:leave", session=meeting.pk)
    browse(nico).do("analysis:leave", {"member": dora.pk}, session=meeting.pk)
    told = text(browse(bram).at("analysis:session", project=meeting.project.pk))
    assert f"{anna.name} ging weg bij het bundelen" in told
    assert f"{nico.name} zei dat {dora.name} weg is bij het bundelen" in told
    browse(anna).do("analysis:join", session=meeting.pk)
    browse(nico).do("analysis:go_on", {"expected": Stage.READ}, session=meeting.pk)
    assert f"{nico.name} bracht het bundelen naar ‘Zelf ordenen’" in text(
        browse(bram).at("analysis:session", project=meeting.project.pk)
    )
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert "ging weg" not in text(browse(bram).at("analysis:session", project=meeting.project.pk))


def test_of_a_theme_that_came_after_the_beraad_the_pages_say_only_what_is_so(anna, bram, browse):
    project = make.deliberated(anna, bram)
    old = Theme.objects.get(project=project)
    for seat in (anna, bram):
        make.heard(seat, old)
    project.refresh_from_db()
    assert project.listened_at
    meeting = make.session(bram, project, Stage.TOGETHER, present=(anna, bram))
    new = make.theme(bram, project, "Teruggebeld worden", position=1)
    make.move(bram, meeting, old.cards_now()[0], new)
    meeting.go_on(bram)
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        told = text(browse(bram).at("analysis:session", project=project.pk))
        assert "Wie was erbij" in told and "Anna de Wit" in told and "Ik ben erbij" not in told
    project.refresh_from_db()
    # Of one theme nobody heard anything yet: the commitments wait for it.
    assert project.listened_at is None and not project.nods("listened")
    page = browse(anna)
    told = text(page.at("analysis:session", project=project.pk))
    assert "Over ‘Teruggebeld worden’ praat u in de dialoog" in told and "apart over na" not in told
    assert "Teruggebeld worden Hierover schreef geen van beide" in text(
        page.at("analysis:deliberation", project=project.pk)
    )
    assert "Over dit thema schreef vooraf geen van beide kanten iets." in text(page.at("analysis:talk", theme=new.pk))
    assert "Beide kanten dachten apart na" in text(page.at("analysis:talk", theme=old.pk))
    Project.objects.filter(pk=project.pk).update(overrode_at=timezone.now())
    assert "bij ‘Teruggebeld worden’ schreven nog niet beide kanten op" in text(
        page.at("analysis:dialogue", project=project.pk)
    )
    assert "Luister liever eerst." in text(page.at("analysis:talk", theme=new.pk))
