"""What every template may say: an address at this table, a mark, a state of agreement, a Dutch date, a live region."""

from functools import lru_cache
from urllib.parse import urlsplit

from django import forms, template
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe

from dialoog.partnerships.track import round_track
from dialoog.partnerships.writing import open_conflicts

register = template.Library()

# The colours stand in the shapes as well: the PDF renderer does not apply page CSS inside SVG.
COUNCIL, MUNICIPALITY, NEUTRAL, SHEET = "#a8430a", "#1c66a4", "#565c63", "#ffffff"
SHAPES = {
    "council": f'<circle class="c" fill="{COUNCIL}" cx="8" cy="8" r="7" stroke-width="0"/>',
    "municipality": f'<path class="m" fill="{MUNICIPALITY}" d="M1.8 1.8h12.4v12.4H1.8z" stroke-width="0"/>',
    "neutral": (
        f'<path class="n" fill="{SHEET}" stroke="{NEUTRAL}" d="M8 1.2 14.8 8 8 14.8 1.2 8Z" stroke-width="1.6"/>'
    ),
}
HALVES = {
    ("council", True): f'<path class="c" fill="{COUNCIL}" d="M7.2 1.4A6.6 6.6 0 0 0 7.2 14.6Z" stroke-width="0"/>',
    ("council", False): (
        f'<path class="c open" fill="{SHEET}" stroke="{COUNCIL}" d="M6.6 2.1A6 6 0 0 0 6.6 13.9Z" stroke-width="1.3"/>'
    ),
    ("municipality", True): f'<path class="m" fill="{MUNICIPALITY}" d="M8.8 1.4h6v13.2h-6z" stroke-width="0"/>',
    ("municipality", False): (
        f'<path class="m open" fill="{SHEET}" stroke="{MUNICIPALITY}" '
        'd="M9.45 2.05h4.7v11.9h-4.7z" stroke-width="1.3"/>'
    ),
}
NUMBERS = ["geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
# Only the council holds conversations; what the others find behind the same entry are the cards.
ENTRIES = [
    ("start", "start", "Start", "Start"),
    ("waarden", "values:list", "Waarden", "Waarden"),
    ("gesprekken", "experiences:list", "Gesprekken", "Kaartjes"),
    ("ronde", "projects:current", "De ronde", "De ronde"),
    ("afspraken", "projects:commitments", "Afspraken", "Afspraken"),
    ("overleg", "projects:meetings", "Overleg", "Overleg"),
]
# What a page says that reads itself again as a whole, frame excepted; else it names the ids of its regions.
WHOLE = "yes"
SHAPES["both"] = HALVES["council", True] + HALVES["municipality", True]


def _seat(context):
    return context.get("seat") or getattr(context.get("request"), "seat", None)


@register.simple_tag(takes_context=True)
def seat_url(context, route, **kwargs):
    """The address of a page at the table of the one who looks."""
    return _seat(context).url(route, **kwargs)


@register.simple_tag(takes_context=True)
def way_back(context):
    """The page of ours where somebody came from before an act was refused; else the beginning."""
    request = context["request"]
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    # The address of an act is no page to go back to.
    return came_from if ours and urlsplit(came_from).path != request.path else "/"


@register.simple_tag
def seen(thing, known=""):
    """The hidden field with the print of the words of this thing, for a form that says yes to them.

    `known` is what is shown of it, where the page has that already and making it once more takes long.
    """
    read = thing.print_of([known]) if known else thing.seen
    return format_html('<input type="hidden" name="seen" value="{}">', read)


@register.simple_tag(takes_context=True)
def side(context, party):
    """The word for a side at this table: 'cliëntenraad', 'adviesraad', 'gemeente'."""
    return _seat(context).partnership.side_name(party)


@register.simple_tag
def mark(party, label="", big=False):
    """The mark of a side: circle, square or diamond. It stands beside the name, so it is silent without a label."""
    return _drawn(SHAPES[party or "both"], "mark mark--big" if big else "mark", label)


@register.simple_tag
def halves(council=False, municipality=False, label="", big=True):
    """The state of agreement: a full half has said yes, an open half has not. Words stand beside it."""
    shapes = HALVES["council", bool(council)] + HALVES["municipality", bool(municipality)]
    return _drawn(shapes, "mark halves" if big else "mark", label)


# A page shows a hundred of them. Typed: a label that was made safe is another one than the same letters as they came.
@lru_cache(maxsize=512, typed=True)
def _drawn(shapes, classes, label):
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" viewBox="0 0 16 16" {}>{}</svg>', classes, spoken, mark_safe(shapes))


@register.simple_tag
def track(steps):
    """The picture of a round: two lines that part and meet."""
    return round_track(steps)


def _local(moment):
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@register.filter
def dutch_date(day):
    """A day as people say it: 'donderdag 8 oktober', with the year when it is another than this one."""
    if not day:
        return ""
    if hasattr(day, "hour"):
        day = _local(day).date()
    return date_format(day, "l j F" if day.year == timezone.localdate().year else "l j F Y")


@register.filter
def dutch_moment(moment):
    """A moment as people say it: 'vandaag om 9.05 uur', 'gisteren om 20.14 uur', 'maandag 9 november om 16.40 uur'."""
    if not moment:
        return ""
    moment = _local(moment)
    days = (timezone.localdate() - moment.date()).days
    day = {0: "vandaag", 1: "gisteren", -1: "morgen"}.get(days) or dutch_date(moment)
    return f"{day} om {date_format(moment, 'G.i')} uur"


@register.filter
def dutch_when(moment):
    """A moment in a list: 'gisteren, 21.02 uur', and the day alone when it is longer ago."""
    if not moment:
        return ""
    days = (timezone.localdate() - _local(moment).date()).days
    return dutch_moment(moment).replace(" om ", ", ") if days in (0, 1) else dutch_date(moment)


@register.filter
def dutch_due(day):
    """A day by which something is wanted: 'uiterlijk vrijdag 20 november', or how many days too late it is."""
    late = (timezone.localdate() - day).days
    if late > 0:
        return "één dag te laat" if late == 1 else f"{in_words(late)} dagen te laat"
    return {0: "vandaag", -1: "uiterlijk morgen"}.get(late) or f"uiterlijk {dutch_date(day)}"


@register.filter
def minutes(seconds):
    """A length of time as a clock tells it: '4.05' is four minutes and five seconds."""
    return f"{seconds // 60}.{seconds % 60:02}"


@register.filter
def dutch_time(moment):
    """A moment where there is little room: the time of today, the day of what was earlier."""
    moment = _local(moment)
    return date_format(moment, "G.i" if moment.date() == timezone.localdate() else "j\u00a0F")


@register.filter
def in_words(number):
    """A number as people write it: in letters up to twelve."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


@register.filter
def at_first(number):
    """The same at the beginning of a sentence; a capital carries no accent: 'Eén'."""
    word = in_words(number)
    return word[0].replace("é", "e").upper() + word[1:]


@register.filter
def is_late(day):
    """Whether this day has passed."""
    return bool(day) and day < timezone.localdate()


@register.simple_tag(takes_context=True)
def live(context, topics):
    """Make a region re-read its page and swap itself when a bell with one of these topics rings."""
    request = context.get("request")
    # A page that answers a form may stand at an address that nobody can open, so it does not read itself again.
    path = request.get_full_path() if request and request.method == "GET" else ""
    return format_html('data-hears="{}" data-live="{}"', topics, path)


@register.tag
def part(parser, token):
    """A part of a page that an open page can do without when it only reads other regions of it again.

    `{% part "value" %}` holds the regions whose ids begin with that word; `{% part %}` holds none.
    """
    kinds = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodes = parser.parse(("endpart",))
    parser.delete_first_token()
    return Part(kinds, nodes)


class Part(template.Node):
    """Drawn for whoever opens the page, and for who reads a region of this part again."""

    def __init__(self, kinds, nodelist):
        self.kinds, self.nodelist = kinds, nodelist

    def render(self, context):
        request = context.get("request")
        wanted = request.headers.get("Reads-Again", WHOLE).split() if request else [WHOLE]
        kinds = [kind.resolve(context) for kind in self.kinds]
        if wanted == [WHOLE] or any(one == kind or one.startswith(f"{kind}-") for one in wanted for kind in kinds):
            return self.nodelist.render(context)
        return ""


@register.simple_tag
def writing(form):
    """A form of which texts save themselves while somebody types."""
    return format_html('data-writing="{}"', form.writing_url) if form.writing_url else ""


@register.simple_tag
def words(thing, field, empty=None):
    """A place where a text is read: what others type appears in it, and who is typing stands beside it."""
    told = format_html('data-thing="{}" data-words="{}"', thing.topic, field)
    return told if empty is None else format_html('{} data-empty="{}"', told, empty)


@register.inclusion_tag("ui/_clashes_here.html", takes_context=True)
def clashes(context, *things):
    """The texts of these things that did not fit, as they come and are settled, on a page where they are written."""
    kept = [thing for thing in things if thing is not None and not thing._state.adding]
    seat = _seat(context)
    return {"conflicts": open_conflicts(seat, kept) if kept else [], "seat": seat, "request": context.get("request")}


@register.simple_block_tag
def line(content, name):
    """The one sentence above or under a title; nothing at all when the page has none."""
    return format_html('<p class="{}">{}</p>', name, content) if content.strip() else ""


@register.simple_block_tag(takes_context=True)
def navigation(context, content):
    """The main menu. Between its tags stands the block in which a page says which entry it belongs to."""
    here = content.strip()
    return format_html_join("", "{}", ((_entry(context, here, *entry),) for entry in ENTRIES))


def _entry(context, here, name, route, word, word_across):
    address = seat_url(context, route)
    current = mark_safe(' aria-current="page"') if name == here else ""
    return format_html('<a href="{}"{}>{}</a>', address, current, word if _seat(context).is_council else word_across)


# The browser's own pickers want one fixed way of writing, whatever the language.
PICKERS = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
}
CONTROLS = [
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select"),
    (forms.CheckboxInput, "utrecht-checkbox"),
    ((*PICKERS, forms.NumberInput), "utrecht-textbox utrecht-textbox--short"),
]


@register.filter
def field_kind(field):
    """How a field is laid out: 'choices' in a fieldset, one 'tick', or a 'control' under its label."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "control"


@register.filter
def control(field):
    """The control of a field, dressed in the classes of the NL Design System."""
    widget = field.field.widget
    if picker := PICKERS.get(type(widget)):
        widget.input_type, widget.format = picker
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "4"
    dress = next((classes for kinds, classes in CONTROLS if isinstance(widget, kinds)), "utrecht-textbox")
    # The server says what is missing, in Dutch and beside the field; the browser's own balloon says less.
    field.form.use_required_attribute = False
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{dress} {own}".strip()})


@register.filter
def options(field):
    """The choices of a field, one by one; an 'invalid' on each of them would be said each time."""
    field.form.use_required_attribute = False
    for option in field:
        option.data["attrs"].pop("aria-invalid", None)
        yield option


@register.filter
def is_optional(field):
    """Whether to say that this field may stay empty: only where others may not."""
    others = field.form.visible_fields()
    if getattr(field.field, "one_of_several", False):
        # One of a few must be filled in: of none of them can be said that it may stay empty.
        return False
    return not field.field.required and any(other.field.required for other in others)


@register.filter
def error_target(form, name):
    """The id of the control that an error is about."""
    field = form[name]
    return f"{field.auto_id}_0" if field_kind(field) == "choices" else field.auto_id


@register.filter
def faults(form):
    """What must be different, as (field, sentence). A nudge is no fault: it stands apart, with its 'toch doorgaan'."""
    return [
        (name, sentence)
        for name, errors in form.errors.as_data().items()
        for error in errors
        if error.code != "nudge"
        for sentence in error
    ]


@register.filter
def field_label(form, name):
    """The words above a field, for the list of errors."""
    label = str(form[name].label)
    return label if label.endswith("?") else f"{label}:"


@register.filter
def nudge_name(form, name):
    """The name under which a form hears that somebody goes on all the same."""
    return form.add_prefix(name)
