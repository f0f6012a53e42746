"""The chapters of this app: what each theme says, how both sides see it, and what the dialogue brought."""

from analysis.models import (
    MOST_QUOTES,
    QUESTIONS,
    DeliberationAnswer,
    Dialogue,
    DialogueNote,
    Outcome,
    Question,
    Quote,
    Tag,
    Theme,
    sentences,
)
from dialoog.partnerships.report import Chapter, Stake

LONGEST_BIG, LONGEST_QUOTE = 95, 160


def chapters(project, public=False):
    """The themes with their quotes, each followed by both sides' answers once these lie open; then the dialogue."""
    themes = [theme for theme in Theme.of(project) if theme.cards and theme.sentence]
    if not themes:
        return []
    answers, chosen = _answers(project), _chosen(themes)
    talked = Outcome.objects.filter(theme__project=project).select_related("partnership")
    outcomes = {kept.theme_id: kept for kept in talked}
    told = [
        _theme(theme, place, len(themes), public, chosen.get(theme.pk, []))
        | {"positions": answers.get(theme.pk, []), "outcome": outcomes.get(theme.pk)}
        for place, theme in enumerate(themes, 1)
    ]
    found = [Chapter("themas", "Thema’s", "analysis/report_themas.html", {"themes": told})]
    if project.deliberation_opened_at:
        told = _talk(project, themes, outcomes)
        found.append(Chapter("dialoog", "Wat de dialoog opleverde", "analysis/report_dialoog.html", told))
    return found


def _chosen(themes):
    """Per theme the quotes that both sides said yes to, as long as their cards lie there."""
    lies = {placing.fragment_id: theme.pk for theme in themes for placing in theme.cards}
    found = {}
    for quote in Quote.objects.of(*themes):
        if quote.is_chosen and lies.get(quote.fragment_id) == quote.theme_id:
            found.setdefault(quote.theme_id, []).append(quote)
    return found


def _theme(theme, place, total, public, chosen):
    cards = [placing.fragment for placing in theme.cards]
    usable = [quote for quote in chosen if _may_use(quote.fragment, public)]
    big, quotes, counter = _picked(theme, cards, public, usable) if usable else _first_ones(theme, cards, public)
    counted = Tag.counted(cards)
    return {
        "theme": theme,
        "place": place,
        "total": total,
        "big": big,
        "quotes": quotes,
        "counter": counter,
        "counted": [(line["value"], Stake(line["upheld"], line["harmed"])) for line in counted],
        # One name of two lines: then each gets that room, so that the figures stand on one line.
        "has_long_names": any(len(str(line["value"])) > 20 for line in counted),
        "single_story": theme.single_story,
        "one_card": len(cards) == 1,
    }


def _picked(theme, cards, public, chosen):
    """The large quote, the others and the counter-voice, as both sides chose them; the first short one is large."""
    counter = next((quote.text for quote in chosen if quote.is_counter), "")
    counter = counter or quote_of(_counter_card(theme, cards, public))
    texts = [quote.text for quote in chosen if quote.text != counter]
    big = next((text for text in texts if 30 <= len(text) <= LONGEST_BIG), "")
    return big, [text for text in texts if text != big], counter


def _first_ones(theme, cards, public):
    """As long as nobody chose: the first cards that may be quoted, so that the draft shows what will stand here."""
    counter = _counter_card(theme, cards, public)
    allowed = [card for card in cards if _may_use(card, public) and card != counter]
    # The large one is short: the first card that says something in few words.
    big = next((card for card in allowed if 30 <= len(quote_of(card, LONGEST_BIG)) <= LONGEST_BIG), None)
    room = MOST_QUOTES - bool(counter or theme.counter_voice.strip()) - bool(big)
    return quote_of(big, LONGEST_BIG), [quote_of(card) for card in allowed if card != big][:room], quote_of(counter)


def _counter_card(theme, cards, public):
    """The card that the theme names as its counter-voice, when it may be used."""
    return next((card for card in cards if card.pk == theme.counter_card_id and _may_use(card, public)), None)


def _may_use(card, public):
    """A quote stands here only with the teller's yes: literally, and for the outside world a yes to that too."""
    return card.may_quote and (card.may_publish or not public)


def quote_of(card, longest=LONGEST_QUOTE):
    """The first whole sentences of a card, as many as fit on a page among others; nothing without a card."""
    kept = ""
    for sentence in sentences(card.text) if card else ():
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
