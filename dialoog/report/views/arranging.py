"""Which parts the report has, for whom; and how its text changed."""

from django.http import Http404, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.report import blocks as parts
from dialoog.report import composition, rules
from dialoog.report.blocks import BLOCKS, Readers
from dialoog.report.models import Report, Seen, Version


@require_http_methods(["GET", "POST"])
@seated(rules.may_arrange, report=Report)
def arrange(request, seat, report, readers):
    """Choose the parts and their order, with the report beside it as it would read."""
    if readers not in Readers.values:
        raise Http404
    if report.is_frozen and request.method == "GET":
        return back(request, report.address(seat), "", "Dit verslag ligt vast. De delen staan nu vast.")
    readers, sent = Readers(readers), request.POST if request.method == "POST" else request.GET
    now = report.parts(readers)
    every, chosen = _choice(sent, now)
    if request.method == "POST" and not sent.get("move"):
        report.arrange(seat, readers, [slot for slot in every if slot in chosen], _slots(sent, "known"))
        return back(request, seat.url("report:arrange", report=report.pk, readers=readers), said="Opgeslagen.")
    document = composition.compose(report, readers=readers, blocks=[slot for slot in every if slot in chosen])
    changed = [slot for slot in every if slot in chosen] != now
    if not changed:
        # The whole text stands beside the choice; what somebody only tries out is no version.
        Seen.note_preview(seat, document)
    context = {
        "report": report,
        "readers": readers,
        "all_readers": Readers,
        "rows": [(slot, BLOCKS[slot], slot in chosen, slot == parts.ALWAYS, slot in parts.GOES_WITH) for slot in every],
        "known": ",".join(now),
        "changed": changed,
        "document": document,
    }
    return page(request, "report/arrange.html", context)


@require_GET
@seated(rules.may_read, report=Report)
def versions(request, seat, report):
    """Every text that somebody had before their eyes, and who; two of them laid beside each other."""
    known = list(Version.objects.visible_to(seat).filter(report=report))
    seen = {}
    for one in Seen.objects.visible_to(seat).filter(version__in=known).select_related("member__user"):
        seen.setdefault(one.version_id, []).append(one)
    older, newer = _two(request.GET, known)
    context = {
        "report": report,
        "versions": [(version, seen.get(version.pk, [])) for version in known],
        "older": older,
        "newer": newer,
        "changes": newer.changes(older) if older and newer else None,
    }
    return page(request, "report/versions.html", context)


def _choice(sent, now):
    """All parts in their order and which are chosen: as sent, with one of them moved, or as they are now."""
    if not sent.get("order"):
        return parts.every(now), set(now)
    every = parts.every(_slots(sent, "order"))
    chosen = {slot for slot in sent.getlist("part") if slot in BLOCKS} | {parts.ALWAYS}
    slot, _, way = sent.get("move", "").partition(":")
    if slot in BLOCKS and slot not in parts.GOES_WITH and way in ("up", "down"):
        every = parts.moved(every, slot, -1 if way == "up" else 1)
    return every, chosen


def _slots(sent: QueryDict, name):
    return [slot for slot in sent.get(name, "").split(",") if slot]


def _two(asked, known):
    """The two versions that somebody wants to compare: as asked, or the last two."""
    by_number = {str(version.number): version for version in known}
    newer = by_number.get(asked.get("naar", "")) or (known[0] if known else None)
    earlier = [one for one in known if newer and one.number < newer.number]
    older = by_number.get(asked.get("van", "")) or next(iter(earlier), None)
    return (newer, older) if older and older.number > newer.number else (older, newer)
