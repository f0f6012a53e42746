"""The picture of a round: two lines, drawn from nothing but the steps."""

import re

from dialoog.partnerships.track import APART, COUNCIL_ONLY, DONE, LATER, NOW, TOGETHER, Step, round_steps, round_track

STEPS = [
    Step("Vertrouwen", APART, DONE, "elk apart"),
    Step("Starten", TOGETHER, DONE),
    Step("Ervaringen ophalen", COUNCIL_ONLY, NOW, "nu: 7 van de 10"),
    Step("Intern beraad", APART, LATER, "elk apart"),
]


def drawing(steps, name="wide"):
    return re.search(rf'<svg class="{name}".*?</svg>', round_track(steps), re.S).group()


def test_the_steps_stand_in_words_beside_the_picture():
    words = re.search(r"<ol.*</ol>", round_track(STEPS)).group()
    assert re.sub(r"<[^>]+>", "|", words).split("|") and re.findall(r"<b>(.*?)</b>", words) == [
        'Vertrouwen<span class="unseen"> (klaar)</span>',
        'Starten<span class="unseen"> (klaar)</span>',
        "Ervaringen ophalen",
        'Intern beraad<span class="unseen"> (komt nog)</span>',
    ]
    assert words.count('aria-current="step"') == 1
    assert re.findall(r"<small>(.*?)</small>", words) == ["elk apart", "nu: 7 van de 10", "elk apart"]


def test_apart_means_apart_and_together_means_together():
    council = re.findall(r'class="lc" d="M(\S+) (\S+)[LC]', drawing(STEPS))
    municipality = re.findall(r'class="lm" d="M(\S+) (\S+)[LC]', drawing(STEPS))
    gaps = {float(x): float(below) - float(above) for (x, above), (_, below) in zip(council, municipality, strict=True)}
    assert gaps == {0: 68, 63: 68, 189: 7, 315: 50, 441: 68}


def test_the_line_is_heavy_up_to_now_and_the_municipality_waits_in_dots():
    assert re.findall(r'class="lc"[^>]*stroke-width="([\d.]+)"', drawing(STEPS)) == ["6", "6", "6", "2.5", "2.5"]
    assert re.findall(r'class="lm"[^>]*stroke-width="([\d.]+)"( stroke-dasharray)?', drawing(STEPS)) == [
        ("6", ""),
        ("6", ""),
        ("4", " stroke-dasharray"),
        ("4", " stroke-dasharray"),
        ("2.5", ""),
    ]


def test_what_is_done_is_full_what_comes_is_open_and_now_has_the_marker():
    picture = drawing(STEPS)
    assert len(re.findall('class="fc"', picture)) == 3
    assert len(re.findall('class="fm"', picture)) == 2
    assert len(re.findall('class="f[cm] fo"', picture)) == 2
    assert picture.count('class="halo"') == 1


def test_both_forms_show_the_same_and_are_silent_for_a_screen_reader():
    wide, tall = drawing(STEPS), drawing(STEPS, "tall")
    assert wide.count("<path") == tall.count("<path")
    assert 'aria-hidden="true"' in wide and 'aria-hidden="true"' in tall
    assert 'viewBox="0 14 504 104"' in wide and 'viewBox="0 0 96 272"' in tall


def test_a_label_cannot_bring_markup():
    assert "<script" not in round_track([Step("<script>", TOGETHER, DONE, "<b>")])


def test_a_round_without_steps_draws_nothing():
    assert "<path" not in round_track([])


def test_a_round_has_nine_steps_of_which_one_is_now():
    steps = list(round_steps(3, "7 van de 10"))
    assert [step.state for step in steps] == [DONE] * 3 + [NOW] + [LATER] * 5
    assert steps[3].note == "nu: 7 van de 10" and steps[0].note == "elk apart"
    assert {step.state for step in round_steps(9)} == {DONE}
