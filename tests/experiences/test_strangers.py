"""What somebody sends that was never offered, or sends twice: a sentence comes back, and nothing is written."""

import re
import uuid

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.partnerships.models import Event
from experiences.models import FragmentDraft, Interview, Reading
from projects.models import Phase
from tests.experiences import make
from tests.experiences.access import CONSENT, _begin
from tests.projects import make as rounds


@pytest.fixture
def project(world):
    return rounds.project(world.bram, Phase.COLLECT)


@pytest.fixture
def strangers(world, project):
    """Per field keys that its form never offers: of another table, of the other side, of who left, of nothing."""
    earlier, theirs = rounds.project(world.bram, Phase.COLLECT), rounds.project(world.chris, Phase.COLLECT)
    left = make.member(world.table)
    left.leave(world.bram)
    people = [world.anna, world.chris, world.gone, left, theirs]
    return {
        "interviewers": people,
        "member": [*people, world.bram],
        "text": [make.text(world.chris), world.bram],
        "band": [make.trait(world.chris, theirs).bands[0], make.trait(world.bram, earlier).bands[0], world.bram],
    }


def rows():
    """How many rows there are of everything that a form here could write."""
    models = [*apps.get_app_config("experiences").get_models(), Interview.interviewers.through, Event]
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.promise("S1")
def test_no_form_takes_a_thing_that_it_did_not_offer(world, project, strangers, browse):
    held, bare, browser = make.told(world.bram, project), make.interview(world.bram, project), browse(world.bram)
    make.trait(world.bram, project)
    before = rows()
    for route, field, sent, address in (
        ("begin", "interviewers", _begin(world), {}),
        ("change", "interviewers", _begin(world), {"interview": held.pk}),
        ("helpers", "member", {}, {"project": project.pk}),
        ("consent", "text", CONSENT, {"interview": bare.pk}),
        ("who", "band", {}, {"interview": held.pk}),
    ):
        for key in [*(thing.pk for thing in strangers[field]), uuid.uuid4(), "x", "0" * 40]:
            answer = browser.do(f"experiences:{route}", sent | {field: str(key)}, **address)
            assert (answer.status_code, rows()) == (422, before), (route, key)


@pytest.mark.promise("S1", control=True)
def test_what_the_forms_offer_is_taken(world, project, browse):
    held = make.told(world.bram, project)
    before, band = rows(), make.trait(world.bram, project).bands[0]
    assert browse(world.bram).do("experiences:who", {"band": str(band.pk)}, interview=held.pk).status_code == 302
    assert browse(world.bram).do("experiences:begin", _begin(world)).status_code == 302
    after = rows()
    assert [after[name] - before[name] for name in ("TellerTraits", "Interview")] == [1, 1]


def test_a_key_of_another_thing_swallows_no_words(world, project, browse):
    first, second, theirs = (
        make.told(world.bram, project),
        make.told(world.bram, project),
        make.told(world.chris, rounds.project(world.chris, Phase.COLLECT)),
    )
    card, browser = make.draft(world.bram, first), browse(world.bram)
    told = {"heading": "Een eigen kop", "text": "Eigen woorden."}
    for key in (card.pk, theirs.pk, world.anna.pk):
        browser.do("experiences:make_card", told | {"key": str(key)}, interview=second.pk)
    mine = FragmentDraft.objects.filter(story__interview=second)
    # The same words three times: two keys are free, and the third is of a card of another story.
    assert [one.heading for one in mine] == ["Een eigen kop"] * 3 and FragmentDraft.objects.get(
        pk=card.pk
    ).heading != "Een eigen kop"
    browser.do("experiences:begin", _begin(world) | {"key": str(theirs.pk), "note": "Ga niet alleen."})
    latest, *others = Interview.objects.filter(partnership=world.table)
    assert len(others) == 2 and latest.note == "Ga niet alleen."
    theirs.refresh_from_db()
    assert theirs.partnership == world.other_table


def test_sending_twice_releases_and_withdraws_once(world, project, browse):
    held = [make.told(world.bram, project, code=code) for code in ("K4M 72", "L5N 83", "M6P 94")]
    for one in held:
        make.approved(world.bram, world.dora, one)
    browser = browse(world.bram)
    release = [browser.do("experiences:release", project=project.pk).status_code for _ in range(2)]
    taken_back = [browser.do("withdraw", {"code": "K4M 72", "sure": "ja"}).status_code for _ in range(2)]
    assert (release, taken_back) == ([302, 422], [302, 422])
    assert Event.objects.filter(sentence="gaf 3 kaartjes vrij").count() == 1
    assert Event.objects.filter(sentence__startswith="trok een gesprek in").count() == 1


@pytest.mark.promise("P1")
def test_searching_tells_the_municipality_nothing_not_even_by_how_much_work_it_is(world, project, browse):
    make.told(world.bram, project, text="De rode Panda van mijn broer.")
    looked = {}
    for words in ("Panda", "olifant"):
        with CaptureQueriesContext(connection) as asked:
            said = browse(world.anna).do("experiences:list", {"zoek": words}).content.decode()
        looked[words] = (re.sub(r'name="csrfmiddlewaretoken"[^>]*', "", said), len(asked))
    assert looked["Panda"] == looked["olifant"] and "Panda" not in looked["Panda"][0]
    assert not Reading.objects.exists()
    assert "Panda" in browse(world.bram).do("experiences:list", {"zoek": "rode"}).content.decode()


def test_who_was_there_and_left_is_not_taken_out_when_a_day_is_mended(world, project, browse):
    wim = make.member(world.table)
    held = make.told(world.bram, project, interviewers=[world.bram, wim])
    wim.leave(world.bram)
    shown = browse(world.bram).at("experiences:change", interview=held.pk).content.decode()
    assert f'value="{wim.pk}"' in shown
    sent = _begin(world) | {"code": held.teller.code, "interviewers": [str(world.bram.pk), str(wim.pk)]}
    assert browse(world.bram).do("experiences:change", sent, interview=held.pk).status_code == 302
    assert set(held.interviewers.all()) == {world.bram, wim}
