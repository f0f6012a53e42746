"""The chapters of this app: what each theme says, how both sides see it, and what the dialogue brought."""

import re

from analysis.models import QUESTIONS, DeliberationAnswer, Dialogue, DialogueNote, Outcome, Question, Tag, Theme
from dialoog.partnerships.report import Chapter

MOST_QUOTES = 4
LONGEST_BIG, LONGEST_QUOTE = 95, 160


def chapters(project, public=False):
    """The themes with their quotes, each followed by both sides' answers once these lie open; then the dialogue."""
    themes = [theme for theme in Theme.of(project) if theme.cards and theme.sentence]
    if not themes:
        return []
    answers = _answers(project)
    outcomes = {kept.theme_id: kept for kept in Outcome.objects.filter(theme__project=project)}
    told = [
        _theme(theme, place, len(themes), public)
        | {"positions": answers.get(theme.pk, []), "outcome": outcomes.get(theme.pk)}
        for place, theme in enumerate(themes, 1)
    ]
    found = [Chapter("themas", "Thema’s", "analysis/report_themas.html", {"themes": told})]
    if project.deliberation_opened_at:
        told = _talk(project, themes, outcomes)
        found.append(Chapter("dialoog", "Wat de dialoog opleverde", "analysis/report_dialoog.html", told))
    return found


def _theme(theme, place, total, public):
    cards = [placing.fragment for placing in theme.cards]
    counter = next((card for card in cards if card.pk == theme.counter_card_id and _may_use(card, public)), None)
    allowed = [card for card in cards if _may_use(card, public) and card != counter]
    # The large one is short: the first card that says something in few words.
    big = next((card for card in allowed if 30 <= len(quote_of(card, LONGEST_BIG)) <= LONGEST_BIG), None)
    room = MOST_QUOTES - bool(counter or theme.counter_voice.strip()) - bool(big)
    quotes = [quote_of(card) for card in allowed if card != big][:room]
    return {
        "theme": theme,
        "place": place,
        "total": total,
        "big": quote_of(big, LONGEST_BIG) if big else "",
        "quotes": quotes,
        "counter": quote_of(counter) if counter else "",
        "counted": Tag.counted(cards),
        "single_story": theme.single_story,
    }


def _may_use(card, public):
    """A quote stands here only with the teller's yes: literally, and for the outside world a yes to that too."""
    return card.may_quote and (card.may_publish or not public)


def quote_of(card, longest=LONGEST_QUOTE):
    """The first whole sentences of a card, as many as fit on a page among others."""
    text = " ".join(card.text.split())
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if kept and len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def _answers(project):
    """Per theme the four questions with both answers; nothing before both envelopes are open."""
    if not project.deliberation_opened_at:
        return {}
    found = {}
    opened = DeliberationAnswer.objects.filter(theme__project=project, envelope__opened_at__isnull=False)
    for answer in opened:
        found.setdefault(answer.theme_id, {}).setdefault(answer.question, {})[answer.party] = answer.text
    return {
        theme: [
            {
                "question": question.label,
                "is_central": question == Question.DESIRABLE,
                "council": texts.get(question, {}).get("council", ""),
                "municipality": texts.get(question, {}).get("municipality", ""),
            }
            for question in QUESTIONS
        ]
        for theme, texts in found.items()
    }


def _talk(project, themes, outcomes):
    heard = {}
    for note in DialogueNote.objects.filter(theme__project=project):
        heard.setdefault(note.theme_id, {})[note.party] = note.heard
    return {
        "dialogue": Dialogue.objects.filter(project=project).first(),
        "rows": [
            {"theme": theme, "heard": heard.get(theme.pk, {}), "outcome": outcomes.get(theme.pk)}
            for theme in themes
            if theme.pk in heard or theme.pk in outcomes
        ],
    }
