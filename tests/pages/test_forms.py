"""Forms in the house's own template pack: label, help, error, control, in that order."""

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms


class Plain(forms.Form):
    what = forms.CharField(label="Wat spreken wij af?", help_text="In één zin.")
    why = forms.CharField(label="Waarom?", required=False, widget=forms.Textarea)
    due = forms.DateField(label="Wanneer is het klaar?", widget=forms.DateInput)
    way = forms.ChoiceField(
        label="Hoe?", choices=[("a", "Mondeling"), ("b", "Op papier")], widget=forms.RadioSelect, help_text="Kies."
    )
    sure = forms.BooleanField(label="Wij weten het zeker", required=False)
    owner = forms.ChoiceField(label="Wie?", choices=[("", "Kies iemand"), ("1", "Anna")], required=False)


class Nudging(forms.Form):
    """As the ground form for things does it: `nudges`, `go_on` and `typed_reason`."""

    question = forms.CharField(label="Vraag")
    nudges = ("Deze vraag noemt een beleidsstuk.",)

    @property
    def go_on(self):
        return bool(self.data.get(self.add_prefix("go_on")))

    @property
    def typed_reason(self):
        return self.data.get(self.add_prefix("go_on_reason"), "")


def place(html, *parts):
    places = [html.index(part) for part in parts]
    return places == sorted(places)


def test_label_help_error_control_stand_in_that_order_and_are_linked():
    html = render_crispy_form(Plain({}))
    assert place(html, 'for="id_what"', 'id="id_what_helptext"', 'id="id_what_error"', 'id="id_what"')
    control = re.search(r"<input[^>]*id=\"id_what\"[^>]*>", html).group()
    assert 'aria-describedby="id_what_helptext id_what_error"' in control and 'aria-invalid="true"' in control
    assert "utrecht-textbox" in control and "required" not in control


def test_what_is_wrong_stands_on_top_and_leads_to_the_field():
    html = render_crispy_form(Plain({"why": "x"}))
    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    assert targets == ["id_what", "id_due", "id_way_0"]
    assert all(f'id="{target}"' in html for target in targets)
    assert place(html, 'class="errors"', 'id="id_what"')
    assert 'class="errors"' not in render_crispy_form(Plain())


def test_choices_form_a_group_with_its_help():
    html = render_crispy_form(Plain({"what": "x"}))
    group = re.search(r"<fieldset.*?</fieldset>", html, re.S).group()
    assert 'aria-describedby="id_way_helptext id_way_error"' in group
    assert group.count('type="radio"') == 2 and "aria-invalid" not in group
    assert re.search(r'<label class="choice" for="id_way_0"><input[^>]*id="id_way_0"[^>]*> Mondeling</label>', group)


def test_only_a_field_that_may_stay_empty_among_others_says_so():
    html = render_crispy_form(Plain())
    assert html.count("mag leeg blijven") == 2

    class AllOptional(forms.Form):
        note = forms.CharField(required=False)

    assert "mag leeg blijven" not in render_crispy_form(AllOptional())


def test_a_date_uses_the_picker_of_the_browser_and_keeps_its_value():
    html = render_crispy_form(Plain(initial={"due": "2026-11-26"}))
    assert re.search(r'<input type="date"[^>]*value="2026-11-26"', html)


def test_what_was_typed_stays_in_the_form():
    html = render_crispy_form(Plain({"what": "", "why": "Omdat <b>mensen</b>", "way": "b"}))
    assert "Omdat &lt;b&gt;mensen&lt;/b&gt;" in html
    assert re.search(r'value="b"[^>]*checked', html)


@pytest.mark.parametrize(
    ("data", "wrong"), [({}, False), ({"a-go_on": "on"}, True), ({"a-go_on": "on", "a-go_on_reason": "Spoed"}, False)]
)
def test_a_nudge_lets_people_go_on_with_a_reason(data, wrong):
    html = render_crispy_form(Nudging(data, prefix="a"))
    assert "Deze vraag noemt een beleidsstuk." in html and 'name="a-go_on"' in html
    assert ("Schrijf in een paar woorden" in html) is wrong
    assert ("checked" in html) is ("a-go_on" in data)
    assert ('value="Spoed"' in html) is ("a-go_on_reason" in data)


def test_the_pack_writes_no_form_element_of_its_own():
    assert "<form" not in render_crispy_form(Plain())
