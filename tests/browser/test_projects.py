"""Rounds, commitments and meetings before a real browser: no accessibility findings, nothing slides sideways."""

import pytest
from django.utils import timezone

from projects.models import Commitment, Phase
from tests.browser.conftest import DESKTOP, PHONE
from tests.projects import make


@pytest.fixture
def filled(anna, joost, bram, dora, nico):
    """A round in the middle of its work, with commitments in every state and a meeting."""
    first = make.project(bram, Phase.CLOSED, subject="Brieven die mensen begrijpen")
    project = make.project(bram, Phase.COMMIT, occasion="Bij de voedselbank horen wij dat mensen niets weten.")
    for member, answer in ((anna, "yes"), (bram, "yes"), (dora, ""), (joost, "no")):
        make.pledge(bram, project, member, answer)
    make.pair(bram, project, bram, anna)
    make.task(bram, project, "De zaal regelen", anna)
    make.task(bram, project, "Kaartjes meenemen", bram, days=-3)
    make.backing(bram, project)
    make.commitment(
        bram, project, "Eén telefoonnummer, met één mens die het hele verhaal onthoudt", days=150,
        client_notices="U hoeft uw verhaal maar één keer te vertellen.", status=Commitment.Status.BUSY,
    )  # fmt: skip
    make.commitment(
        bram, project, "Een tafel apart bij de voedselbank, waar niemand meeluistert", owner_member=dora, days=120,
        client_notices="U kunt uw vraag stellen zonder dat de rij het hoort.", status=Commitment.Status.DONE,
        clients_said="De raad vraagt het nu aan zes mensen.", asked_by=dora, asked_at=timezone.now(),
    )  # fmt: skip
    make.commitment(bram, project, owner_member=joost, days=-5, because="Steeds weer wachten")
    make.commitment(
        bram, project, "Alle regels met een inkomensgrens naast elkaar leggen", owner_member=bram, helper=joost,
        days=200, client_notices="U krijgt bij ‘nee’ te horen wat er wél is.", status=Commitment.Status.BUSY,
    )  # fmt: skip
    solved = make.commitment(
        bram, first, "Brieven in gewone taal, eerst voorgelegd aan twee cliënten", owner_name="Team Communicatie",
        owner_party="municipality", days=-60, client_notices="U begrijpt de brief in één keer.",
    )  # fmt: skip
    solved.solve(bram, "De raad vroeg het aan zes mensen: ja, dat merken zij.")
    make.commitment(
        bram, first, "Een spreekuur in de bibliotheek", days=-20, status=Commitment.Status.DROPPED,
        status_reason="De bibliotheek sluit.",
    )  # fmt: skip
    meeting = make.meeting(bram)
    make.agenda_item(bram, meeting)
    make.agenda_item(anna, meeting, "Nieuwe formulieren")
    meeting.answer(bram, True)
    meeting.answer(anna, False)
    return {"first": first, "project": project, "meeting": meeting, "solved": solved}


def pages(things):
    project, meeting, solved = (things[name].pk for name in ("project", "meeting", "solved"))
    yield "rondes", "projects:list", {}
    yield "ronde", "projects:detail", {"project": project}
    yield "ronde-klaar", "projects:detail", {"project": things["first"].pk}
    yield "ronde-nieuw", "projects:start", {}
    yield "startcontrole", "projects:start_check", {"project": project}
    yield "mensen", "projects:people", {"project": project}
    yield "vertrouwen", "projects:trust", {"project": project}
    yield "ophalen", "projects:plan", {"project": project}
    yield "verder", "projects:advance", {"project": project}
    yield "afspraken", "projects:commitments", {}
    yield "afspraak", "projects:commitment", {"commitment": solved}
    yield "afspraak-nieuw", "projects:commit", {"project": project}
    yield "overleggen", "projects:meetings", {}
    yield "overleg", "projects:meeting", {"meeting": meeting}


@pytest.mark.promise("A1")
def test_every_page_reads_for_everyone_on_a_desk_and_on_a_phone(screen, filled, bram):
    before = screen(bram)
    for name, route, kwargs in pages(filled):
        for size in (DESKTOP, PHONE):
            before.page.set_viewport_size(size)
            before.go(route, **kwargs)
            assert before.findings() == [], name
            assert not before.slides_sideways(), f"{name} at {size['width']}"
        before.shoot(name)


@pytest.mark.promise("A1")
def test_empty_pages_and_forms_that_came_back_read_for_everyone(screen, anna):
    before = screen(anna)
    for name, route in (("leeg-rondes", "projects:list"), ("leeg-afspraken", "projects:commitments"),
                        ("leeg-overleg", "projects:meetings")):  # fmt: skip
        assert before.go(route).findings() == [], name
        before.shoot(name)
    before.go("projects:start").fill("Onderwerp", "Wmo").fill("Ervaringsvraag", "Wat is uw advies over de nota Wmo?")
    before.click("Begin deze ronde")
    assert before.sees("Draai de vraag om")
    assert before.findings() == []
    before.shoot("ronde-nieuw-terug")
