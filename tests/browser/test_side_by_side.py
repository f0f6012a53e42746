"""R7 and A3 before real browsers: words of others appear in place, and nobody's caret or focus moves."""

import random
import re
from datetime import timedelta
from itertools import zip_longest

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from analysis.models import DialogueNote, Outcome, Theme
from dialoog.partnerships.merge import merge
from tests.analysis import make
from tests.browser.conftest import PHONE

# What a page remembers of caret and focus: every time one of them moves by something else than its own person.
WATCH = """
window.moved = [];
for (const name of ["focusin", "focusout"]) document.addEventListener(name, (event) => window.moved.push(name));
"""
PLACE = """() => {
  const { name, value, selectionStart } = document.activeElement;
  return [name, value.slice(0, selectionStart)];
}"""


@pytest.fixture
def theme(transactional_db, bram, anna):
    return Theme.of(make.deliberated(anna, bram))[0]


@pytest.mark.promise("R7")
@pytest.mark.promise("A3")
def test_two_write_in_one_text_and_no_caret_moves(theme, screen, bram, anna):
    theme.write(bram, 1, explanation="Wie hulp vraagt staat in de rij. Iedereen luistert mee. Daarna gaan mensen weg.")
    his, hers, reads = screen(bram), screen(anna), screen(anna)
    for window in (his, hers):
        window.go("analysis:write_theme", theme=theme.pk)
        window.page.locator("body[data-streaming=open]").wait_for()
    reads.go("analysis:theme", theme=theme.pk)
    reads.page.locator("body[data-streaming=open]").wait_for()
    # Anna stands in the middle of the middle sentence, and stays there.
    area = hers.page.get_by_label("Uitleg", exact=False).first
    area.focus()
    area.evaluate("area => area.setSelectionRange(48, 48)")
    hers.page.evaluate(WATCH)
    name, before = hers.page.evaluate(PLACE)
    bis = his.page.get_by_label("Uitleg", exact=False).first
    bis.evaluate("area => area.setSelectionRange(15, 15)")
    bis.press_sequentially(" vaak lang", delay=30)
    bis.press("Control+End")
    bis.press_sequentially(" Dat doet pijn.", delay=30)
    for window in (hers, reads):
        window.sees("Bram Hoekstra schrijft", timeout=5000)
    expect(area).to_have_value(re.compile(r"Dat doet pijn\.$"), timeout=3000)
    reads.sees("Dat doet pijn.", timeout=3000)
    now, after = hers.page.evaluate(PLACE)
    assert (now, after) == (name, before.replace("vraagt staat", "vraagt vaak lang staat")), (before, after)
    assert hers.page.evaluate("window.moved") == []
    hers.shoot("samen-schrijven")
    # She goes on where she was, while he goes on too: all of it is there, at both.
    area.press_sequentially(" op de stoep")
    bis.press_sequentially(" Echt.")
    for field in (area, bis):
        expect(field).to_have_value(re.compile(r"op de stoep.* Echt\.$"))
    his.sees(re.compile(r"^Opgeslagen \d"))
    theme.refresh_from_db()
    assert theme.explanation == area.input_value() == bis.input_value()
    assert his.findings() == hers.findings() == [] and his.problems == hers.problems == reads.problems == []


@pytest.mark.promise("R7")
def test_two_who_begin_at_once_in_an_empty_text_each_keep_their_own_sentence(theme, screen, bram, anna):
    sentences, fields = ("Wie belt, wil een mens.", "Wie wacht, gaat weer weg."), []
    for window in (screen(bram), screen(anna)):
        window.go("analysis:talk", theme=theme.pk)
        window.page.locator("body[data-streaming=open]").wait_for()
        window.page.get_by_text("Schrijf op wat het gesprek opleverde").click()
        fields.append(window.page.get_by_role("textbox", name="Nieuw inzicht"))
    for letters in zip_longest(*sentences, fillvalue=""):
        for field, letter in zip(fields, letters, strict=True):
            field.press_sequentially(letter)
            field.page.wait_for_timeout(30)
    for field in fields:
        # Who writes along is named once, also after a save put the version beside the field.
        expect(field.page.locator("form .writer")).to_have_count(1)
        both = re.compile(rf"{sentences[0]} +{sentences[1]}|{sentences[1]} +{sentences[0]}")
        expect(field).to_have_value(both, timeout=15000)
        assert field.page.get_by_text("Twee mensen schreven tegelijk").count() == 0


PAIRS = [
    ("Er is een stoel.", "Er is koffie bij de deur."),
    ("Mensen vinden de balie prima.", "Mensen willen liever bellen."),
    ("De deur is open.", "De deur gaat vanzelf."),
    ("De balie is te klein.", "De rij is veel te lang."),
    ("Het duurt lang.", "Het is koud."),
    ("Wij doen dit.", "Wij doen dat."),
    ("De tafel staat er.", "De tafel is klaar."),
    ("Respect is ook wachten.", "Groeten hoort erbij."),
    ("Wachten duurt lang.", "Niemand weet waarom."),
    ("Die kent uw naam.", "Die belt u terug."),
]
# Two fields as far as weaving looks at them; what a page does with its own two hands is tried above.
FIELDS = """() => { window.fields = [0, 1].map(() => ({ value: "", selectionStart: 0, selectionEnd: 0, scrollTop: 0,
    setSelectionRange(from, to) { this.selectionStart = from; this.selectionEnd = to; },
    setRangeText(words, at, _, where) { this.value = this.value.slice(0, at) + words + this.value.slice(at);
        this.selectionStart = this.selectionEnd = at + (where === "end" ? words.length : 0); } })); }"""
TYPES = """([n, letter]) => { const one = window.fields[n];
    window.dialoog.typing.keepApart(one, letter);
    const at = one.selectionStart;
    one.value = one.value.slice(0, at) + letter + one.value.slice(at);
    one.setSelectionRange(at + letter.length, at + letter.length); return one.value; }"""
WEAVES = """([n, sent, text, after]) => {
    window.dialoog.typing.weave(window.fields[n], sent, text, after); return window.fields[n].value; }"""


def written_at_once(page, dice, pair):
    """What two pages hold in the end, when each letter, save, answer and push comes when the dice say so."""
    page.evaluate(FIELDS)
    kept, values, seen, left = ["", ""], ["", ""], [0, 0], list(map(list, pair))
    rows, under_way = [("", None)], [None, None]

    def woven(hand, sent, number, after=False):
        values[hand] = page.evaluate(WEAVES, [hand, sent, rows[number][0], after])
        kept[hand], seen[hand] = rows[number][0], number

    while any(left) or any(under_way) or kept != values or seen != [len(rows) - 1] * 2:
        hand = dice.randrange(2)
        if left[hand] and dice.random() < 0.7:
            letters = "".join(left[hand][: dice.randint(1, 2)])
            del left[hand][: len(letters)]
            values[hand] = page.evaluate(TYPES, [hand, letters])
        elif under_way[hand]:
            woven(hand, *under_way[hand])
            under_way[hand] = None
        elif values[hand] != kept[hand]:
            base, sent = seen[hand], values[hand]
            others = len(rows) > base + 1 and rows[base + 1][1] != hand
            how = {"goes_on": rows[base][1] == hand, "at_once": others}
            merged = merge(rows[base][0], sent, rows[-1][0], beside=True, **how)
            if merged.text != rows[-1][0]:
                rows.append((merged.text, hand))
            under_way[hand] = (sent, len(rows) - 1, merged.comes_after)
        elif seen[hand] != len(rows) - 1 and (values[hand] or not left[hand]):
            woven(hand, kept[hand], len(rows) - 1)
    return values


@pytest.mark.promise("R1")
@pytest.mark.only("sqlite")
def test_of_two_who_begin_with_the_same_words_at_any_rhythm_both_sentences_stay_whole(theme, screen, bram):
    page = screen(bram).go("analysis:write_theme", theme=theme.pk).page
    for seed in range(2):
        for pair in PAIRS:
            his, hers = written_at_once(page, random.Random(f"{seed} {pair}"), pair)
            assert his == hers and sorted(his.split()) == sorted(" ".join(pair).split()), (seed, his, hers)
            assert all(sentence in his for sentence in pair), (seed, his)


@pytest.mark.promise("A3")
def test_a_clash_shows_at_both_and_is_settled_by_one(theme, screen, bram, anna):
    make.outcome(bram, theme, insight="Het duurt een week.")
    his, hers = screen(bram), screen(anna)
    for window in (his, hers):
        window.go("analysis:talk", theme=theme.pk)
        window.page.locator("body[data-streaming=open]").wait_for()
        window.page.get_by_text("Schrijf op wat het gesprek opleverde").click()
    hers.page.route("**/uitkomst/schrijven/", lambda route: route.abort())
    hers.fill("Nieuw inzicht", "Het duurt een dag.")
    hers.sees("NIET opgeslagen")
    # Before she came back: of two who type at once the words of both stay.
    with time_machine.travel(timezone.now() - timedelta(seconds=30)):
        Outcome.put(bram, theme, 1, insight="Het duurt een jaar.")
    hers.page.unroute("**/uitkomst/schrijven/")
    hers.page.wait_for_timeout(300)
    if hers.page.get_by_role("button", name="Probeer opnieuw").is_visible():
        hers.click("Probeer opnieuw")
    for window in (his, hers):
        window.sees("Twee mensen schreven tegelijk")
        # The texts wait at the top of the page; it is said at the field too, which may be screens away.
        note = window.page.locator("form .clash-note")
        expect(note).to_have_attribute("href", re.compile("^#conflictcopy-"))
    hers.shoot("samen-botsing")
    his.click("Neem de tekst van Anna")
    hers.page.get_by_text("Twee mensen schreven tegelijk").wait_for(state="detached")
    assert hers.page.locator(".clash-note").count() == 0
    assert Outcome.objects.get().insight == "Het duurt een dag."


def test_without_javascript_the_form_saves_and_merges(theme, screen, bram, anna):
    window = screen(anna, javascript=False)
    window.go("analysis:talk", theme=theme.pk)
    window.fill("De gemeente hoorde", "Dat mensen wachten.").click("Bewaar")
    window.sees("Opgeslagen.")
    assert DialogueNote.objects.get().heard == "Dat mensen wachten."


def test_the_screen_of_who_leads_follows_what_both_sides_note(theme, screen, bram, nico):
    make.dialogue(bram, theme.project)
    theme.write(bram, 1, explanation="Wie hulp vraagt staat in de rij, en iedereen luistert mee.")
    make.heard(bram, theme, "Dat ze het niet wisten van de rij. Dat het snel moet omdat er te weinig mensen zijn.")
    wall, his = screen(nico), screen(bram, size=PHONE)
    wall.go("analysis:screen", project=theme.project_id)
    wall.page.locator("body[data-streaming=open]").wait_for()
    wall.click("^Cliëntenraad", "button")
    wall.page.get_by_label("Welke oplossing?").fill("Een tafel apart bij de uitgifte")
    wall.click("Zet apart")
    wall.sees("Een tafel apart bij de uitgifte")
    wall.page.locator("body[data-streaming=open]").wait_for()
    his.go("analysis:talk", theme=theme.pk)
    his.page.get_by_label("De cliëntenraad hoorde").press_sequentially(" En dat spijt hun.")
    wall.sees("En dat spijt hun.", timeout=3000)
    wall.sees("Bram Hoekstra schrijft").shoot("gesprek-scherm")
    his.shoot("gesprek-thema")
    assert wall.findings() == his.findings() == [] and wall.problems == his.problems == []
    assert not wall.slides_sideways() and not his.slides_sideways()
