"""Starting small: five questions, one on a page, and then the round as it would be, with everything changeable."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dialoog.pages import back, form_page, page, typed_in
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_key
from dialoog.partnerships.views import posted
from projects import consulting, forms, rules
from projects.models import Project, RoundDraft, in_a_row

TITLES = ["Waar gaat het over?", "Wat wilt u horen?", "Wie doen er mee?", "Hoeveel verhalen?", "Wanneer praat u?"]
LABELS = ["Onderwerp", "Vraag", "Wie", "Hoeveel", "Wanneer"]
LAST = len(TITLES) + 1


@form_page
@seated(rules.may_start)
def question(request, seat, step):
    """One of the five questions; going back keeps what was typed."""
    draft = _draft(seat)
    if not 1 <= step < LAST or step > draft.first_open:
        if typed_in(request):
            raise ValidationError("Deze ronde is intussen begonnen, of een eerdere vraag staat nog open.")
        return redirect(_address(seat, min(max(step, 1), draft.first_open)))
    initial = {"subject": request.GET["onderwerp"][:120]} if step == 1 and request.GET.get("onderwerp") else None
    form = forms.QUESTIONS[step - 1](posted(request), seat=seat, instance=draft, initial=initial)
    if form.kept(seat):
        # Who changes an answer from the last page comes straight back to it.
        onward = step - 1 if form.goes_back else LAST if request.POST.get("go") == "end" else step + 1
        return redirect(_address(seat, onward))
    told = {
        "form": form, "step": step, "title": TITLES[step - 1], "labels": list(enumerate(LABELS, start=1)),
        "reached": draft.first_open, "open_themes": consulting.left_open(seat) if step == 1 else [],
    }  # fmt: skip
    return page(request, "projects/small.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@seated(rules.may_start)
def overview(request, seat):
    """The round as it would be. Nothing is made before the button is pressed, and nothing typed is lost before that."""
    draft = _draft(seat)
    if draft.first_open < LAST:
        made = Project.objects.visible_to(seat).filter(pk=sent_key(request.POST, "draft")).first()
        return redirect(made.address(seat) if made else _address(seat, draft.first_open))
    tasks = forms.proposed_tasks(seat, draft, posted(request))
    end = forms.EndForm(posted(request), draft=draft, initial={"ends_on": draft.ends_on, "host": draft.left["host"]})
    if request.method == "POST":
        going = request.POST.get("go", "make")
        if going != "make":
            return _look_back(seat, draft, tasks, end, going)
        if tasks.is_valid() and end.is_valid():
            return _begun(request, seat, draft, tasks, end)
    told = {
        "draft": draft, "people": draft.people(), "tasks": tasks, "end": end,
        "taken_out": in_a_row([str(member) for member in draft.taken_out()]),
        "idle": in_a_row([str(member) for member in forms.idle_people(draft, tasks)]),
    }  # fmt: skip
    return page(request, "projects/small_overview.html", told, status=422 if end.is_bound else 200)


def _begun(request, seat, draft, tasks, end):
    kept = [(one["what"], one["member"], one["due"]) for one in tasks.cleaned_data if one.get("keep")]
    project = draft.begin(seat, kept, end.cleaned_data["ends_on"], end.cleaned_data.get("host", ""))
    return back(request, project.address(seat), said="De ronde is begonnen. Wie u vroeg, krijgt een bericht.")


def _look_back(seat, draft, tasks, end, going):
    """Keep the page as it stands, propose the tasks anew or put back one's own; go to the question asked for."""
    typed = forms.typed_tasks(tasks)
    own = None if typed == forms.proposed_rows(draft) else typed
    before = draft.left["before"]
    kept, before = {"anew": (None, own or before), "mine": (before, None)}.get(going, (own, before))
    end.is_valid()
    draft.leave(kept, end.cleaned_data.get("ends_on"), before, end.cleaned_data.get("host", ""))
    step = int(going) if going in {str(number) for number in range(1, LAST)} else LAST
    return redirect(_address(seat, step))


def _draft(seat):
    return RoundDraft.objects.visible_to(seat).first() or RoundDraft(partnership=seat.partnership, member=seat)


def _address(seat, step):
    return seat.url("projects:small_overview") if step >= LAST else seat.url("projects:small", step=max(step, 1))
