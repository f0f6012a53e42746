"""Paper for a meeting: the pack with agenda, commitments and papers, and the minutes."""

from django.template.loader import render_to_string
from django.utils import timezone

from dialoog import paper
from projects.consulting import agenda, standing_list
from projects.models import Paper
from projects.report import MARKS

# The words that stand before a line of a paper, and what such a line is.
HEADING, DASH = "# ", "- "


def pack(meeting):
    """Everything for one meeting as one file."""
    commitments = standing_list(meeting)
    for commitment in commitments:
        commitment.print_mark = MARKS.get(commitment.state, "st-anders")
    papers = list(Paper.objects.filter(partnership=meeting.partnership_id).of(meeting))
    told = {
        "agenda": agenda(meeting),
        "commitments": commitments,
        "papers": [(one, parts(one.text)) for one in papers if one.is_there],
        "announced": [one for one in papers if not one.is_there],
        "today": timezone.localdate(),
    }
    return _drawn("projects/print_pack.html", meeting, told)


def minutes(minute):
    """The minutes as one file: as they read now, or as both sides signed them."""
    told = {"minute": minute, "body": minute.body(), "signatures": minute.signatures() if minute.is_frozen else {}}
    return _drawn("projects/print_minutes.html", minute.meeting, told)


def file_name(meeting, what="stukken-overleg"):
    """A name that sorts by day and tells nothing of what it is about."""
    return f"{what}-{timezone.localdate(meeting.starts_at):%Y-%m-%d}"


def parts(text):
    """The text of a paper in headings, lists and paragraphs: [(kind, text or lines)]."""
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        for line in (line.strip() for line in block.split("\n")):
            if line.startswith(HEADING):
                found.append(("heading", line.removeprefix(HEADING)))
            elif line.startswith(DASH):
                if not found or found[-1][0] != "list":
                    found.append(("list", []))
                found[-1][1].append(line.removeprefix(DASH))
            elif line and found and found[-1][0] == "paragraph":
                found[-1][1].append(line)
            elif line:
                found.append(("paragraph", [line]))
        # An empty line ends a paragraph and a list.
        found.append(("end", None))
    return [part for part in found if part[0] != "end"]


def _drawn(template, meeting, told):
    style = paper.style("print.css") + paper.style("print_meeting.css")
    told |= {"meeting": meeting, "partnership": meeting.partnership, "style": style}
    return paper.render_once(render_to_string(template, told))
