"""The report's own chapters: what stands at the front and at the back of what the other apps bring."""

from analysis.models import BundlingSession, Placing, Tag, Theme
from dialoog.partnerships.models import Party
from dialoog.partnerships.report import Chapter, Stake
from dialoog.report.path import picture
from experiences.models import Fragment, SharedCount
from projects.models import Commitment, Pledge, in_a_row


def chapters(report, public=False):
    """In het kort, what the tellers hear, each dissent on its own page, and how this report came about."""
    path = picture(report.project)
    return [
        Chapter("kort", "In het kort", "report/report_kort.html", _brief(report)),
        *([Chapter("pad", "Van waarde naar afspraak", "report/report_pad.html", path)] if path else []),
        Chapter(
            "terugkoppeling",
            "Wat de vertellers horen",
            "report/report_terugkoppeling.html",
            {"paragraphs": _paragraphs(report.feedback)},
        ),
        *[_dissent(report, dissent) for dissent in report.dissents()],
        Chapter("bijlage", "Hoe dit verslag is gemaakt", "report/report_bijlage.html", _method(report, public)),
    ]


def complete(report, chapters):
    """Give the chapters of lower storeys what only this one knows: the cards behind a value, the state of last time."""
    for chapter in chapters:
        # A draft ordinance stands among the values too, and has rows of another kind.
        if chapter.template == "values/report_waarden.html":
            drawn = _stakes(report.project)
            for row, _ in chapter.context["rows"]:
                row.value.stake = drawn.get(row.value.name)
            chapter.context["drawn"] = any(row.value.stake for row, _ in chapter.context["rows"])
        if chapter.slot == "eerder":
            _compare(report, chapter.context["rounds"])


def _stakes(project):
    """Per value, by name, in how many cards that lie in a theme it was upheld and harmed."""
    cards = [placing.fragment for theme in Theme.of(project) for placing in theme.cards]
    return {line["value"]: Stake(line["upheld"], line["harmed"]) for line in Tag.counted(cards)}


def _compare(report, rounds):
    """What stood in the report before this one, beside what is so now."""
    before = type(report).objects.filter(
        partnership=report.partnership, project__number__lt=report.project.number, frozen_at__isnull=False
    )
    last = before.order_by("-project__number").first()
    for known in rounds:
        for row in known["rows"]:
            row["then"] = last.states.get(row["pk"], "") if last else ""
        known["compared"] = any(row["then"] for row in known["rows"])


def _brief(report):
    commitments = list(Commitment.objects.filter(project=report.project))
    cards = Fragment.objects.filter(project=report.project).count()
    lies_in = {}
    for card, theme in Placing.objects.filter(project=report.project, theme__isnull=False).values_list(
        "fragment_id", "theme_id"
    ):
        lies_in.setdefault(card, set()).add(theme)
    themes = len(set().union(*lies_in.values()))
    counts = [
        ("kaartje", "kaartjes", cards),
        ("thema", "thema’s", themes),
        ("afspraak", "afspraken", len(commitments)),
    ]
    told = [_with_question(paragraph, report.project.question) for paragraph in _paragraphs(report.brief)]
    return {
        "paragraphs": told,
        "saturation": SharedCount.enough(report.project, lies_in),
        "asked": any(question for _, question, _ in told),
        "commitments": commitments,
        "counts": [(one if number == 1 else many, number) for one, many, number in counts if number],
    }


def _with_question(paragraph, question):
    # Who wrote the question in the text itself does not want it twice; there it gets the marker pen.
    place = paragraph.lower().find(question.lower()) if question else -1
    if place < 0:
        return paragraph, "", ""
    end = place + len(question)
    return paragraph[:place], paragraph[place:end], paragraph[end:]


def _dissent(report, dissent):
    side = report.partnership.side_name(dissent.party)
    title = f"Hoe de {side} het anders ziet"
    context = {"dissent": dissent, "title": title, "side": side, "is_council": dissent.party == Party.COUNCIL}
    return Chapter("anders", title, "report/report_anders.html", context)


def _method(report, public):
    pledges = Pledge.objects.of(report.project).filter(answer=Pledge.Answer.YES)
    people = [
        {
            "party": party,
            "name": report.partnership.side_name(party).capitalize(),
            "people": [person(pledge.member, public) for pledge in pledges if pledge.member.party == party],
        }
        for party in Party.sides()
    ]
    sides = any(group["people"] for group in people)
    neutral = [person(member, public, "neutrale helper") for member in _neutral(report.project, pledges)]
    return {"people": people if sides else [], "neutral": in_a_row(neutral)}


def _neutral(project, pledges):
    """Who helped and belongs to neither side: said yes to that, or led the bundling."""
    found = [pledge.member for pledge in pledges]
    found += [
        one.facilitator for one in BundlingSession.objects.filter(project=project).select_related("facilitator__user")
    ]
    helpers = {member.pk: member for member in found if member.is_neutral}
    return sorted(helpers.values(), key=lambda member: member.name)


def person(member, public, nobody="lid"):
    """How a member is named in the report: with the function beside the name, and outside without the name."""
    # What goes out of the room names functions, not people.
    if public:
        return member.function or nobody
    return f"{member.name}, {member.function}" if member.function else member.name


def _paragraphs(text):
    return [paragraph.strip() for paragraph in text.splitlines() if paragraph.strip()]
