"""The intern beraad before a real browser: it saves itself, and says honestly when it could not."""

import re

from analysis.models import DeliberationAnswer, Theme
from tests.analysis import make


def test_the_beraad_saves_itself_and_never_says_so_falsely(transactional_db, screen, bram, anna):
    theme = Theme.of(make.bundled(bram))[0]
    window = screen(bram)
    window.go("analysis:answer", theme=theme.pk)
    first = window.page.locator("textarea").first
    first.press_sequentially("Mensen wachten.")
    window.sees(re.compile(r"^Opgeslagen \d")).shoot("beraad")
    assert DeliberationAnswer.objects.get().text == "Mensen wachten."
    window.page.route("**/bewaren/", lambda route: route.abort())
    first.press_sequentially(" En gaan weg.")
    window.sees("NIET opgeslagen").shoot("beraad-niet")
    assert "Opgeslagen" not in window.page.locator("#save").inner_text().replace("NIET opgeslagen", "")
    window.page.unroute("**/bewaren/")
    window.click("Probeer opnieuw")
    window.sees(re.compile(r"^Opgeslagen \d"))
    # The button goes on from the same version: no clash with what this very page saved.
    window.click("Bewaar")
    window.sees("Opgeslagen.")
    kept = DeliberationAnswer.objects.get()
    assert kept.text == "Mensen wachten. En gaan weg." and not kept.open_conflicts(bram)
