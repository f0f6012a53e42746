"""What a municipality's own stylesheet may set, and what it may not touch."""

import re
from functools import cache

import tinycss2
from django.conf import settings

# A theme sets values and brings its letters; it draws nothing itself, and never touches the sides.
NAME = re.compile(r"--[a-zA-Z][\w-]*")
MEANT_FOR_THEMES = ("--utrecht-", "--nl-")
FETCHES = {
    "url", "error", "src", "image-set", "-webkit-image-set", "image", "cross-fade", "-webkit-cross-fade", "element",
    "-moz-element", "paint",
}  # fmt: skip


@cache
def _ours():
    """The names of all values that our own pages go by, but for those that are there for a theme to set."""
    sheets = (settings.BASE_DIR / "static" / "css").glob("*.css")
    names = {name for sheet in sheets for name in NAME.findall(sheet.read_text())}
    return {name for name in names if not name.startswith(MEANT_FOR_THEMES)}


def _all(tokens):
    """These tokens and all that stand inside them, however deep."""
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        yield token
        waiting += getattr(token, "arguments", None) or getattr(token, "content", None) or []


def _fetches(token):
    """Whether this would ask something of another address; a small picture that is written out here does not."""
    if token.type != "url" and getattr(token, "lower_name", "") != "url":
        return token.type in FETCHES or getattr(token, "lower_name", "") in FETCHES
    inside = [token] if token.type == "url" else [one for one in token.arguments if one.type != "whitespace"]
    return not all(one.type in {"url", "string"} and one.value.startswith("data:image/") for one in inside)


def theme_trouble(css, name):
    """Why this stylesheet cannot be a municipality's theme, in one sentence; empty when it can."""
    if "\0" in css:
        return "Dit is geen CSS-bestand. Vraag uw leverancier om het juiste bestand."
    if f".{name}" not in css:
        return f"In dit stijlblad staat de klasse .{name} niet. Kijk na hoe de klasse van uw thema heet."
    # A theme is for the whole page: with any other selector it could hide one button on the other side's screen.
    whole_page = {":root", "html", f".{name}", f":root.{name}", f"html.{name}"}
    waiting = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    while waiting:
        rule = waiting.pop(0)
        if rule.type == "error":
            return "Dit stijlblad is niet goed te lezen. Vraag uw leverancier om het CSS-bestand van het thema."
        if rule.type == "at-rule" and rule.lower_at_keyword == "charset":
            continue
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None:
            waiting += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            continue
        if rule.type != "qualified-rule":
            return "Een thema bevat alleen waarden. Haal regels die met @ beginnen eruit."
        selectors = [one.strip() for one in tinycss2.serialize(rule.prelude).split(",")]
        if odd := [one for one in selectors if one not in whole_page]:
            return (
                f"Een thema geldt voor de hele pagina. Haal de regels met ‘{odd[0][:60]}’ eruit: voor de accolade "
                f"staat alleen .{name} of :root. Vaak heet dat bestand theme.css of design-tokens.css."
            )
        for value in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if value.type != "declaration" or not value.name.startswith("--"):
                return "Een thema bevat alleen waarden die met -- beginnen, zoals --utrecht-link-color."
            if value.name in _ours() or value.name.startswith("--dlg-"):
                return f"Een thema verandert de kleuren en maten van de twee kanten niet. Haal {value.name} eruit."
            if any(_fetches(token) for token in _all(value.value)):
                return "Een thema haalt niets van buiten. Haal de adressen (url) eruit."
    return ""
