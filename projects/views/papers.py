"""The papers of a meeting."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import posted, text_history
from projects import forms, pack, rules
from projects.models import ConsultationMeeting, Paper, PapersRead
from projects.views.asking import asked


@form_page
@seated(rules.may_bring, meeting=ConsultationMeeting)
def add_paper(request, seat, meeting):
    """Announce a paper, or hand it in."""
    home = seat.url("projects:meeting", meeting=meeting.pk)
    form = forms.PaperForm(posted(request), seat=seat, meeting=meeting)
    return asked(
        request, seat, form, home, "Een stuk voor het overleg", anchor="stukken", nav="overleg",
        said=lambda kept: "Het stuk is er." if kept.is_there else "Het stuk is aangekondigd.",
    )  # fmt: skip


@require_GET
@seated(rules.may_read, paper=Paper)
def paper(request, seat, paper):
    """One paper, to read."""
    told = {"paper": paper, "meeting": paper.meeting, "conflicts": paper.open_conflicts(seat)}
    told["parts"] = pack.parts(paper.text)
    return page(request, "projects/paper.html", told | {"may_write": paper.may_be_written_by(seat)})


@form_page
@seated(rules.may_write_paper, paper=Paper)
def write_paper(request, seat, paper):
    """Write the paper; the first words hand it in."""
    form = forms.PaperForm(posted(request), seat=seat, instance=paper)
    return asked(request, seat, form, paper.address(seat), "Schrijf het stuk", nav="overleg")


@form_page
@seated(rules.may_read, paper=Paper)
def paper_text(request, seat, paper):
    """The earlier texts of a paper."""
    return text_history(request, seat, paper)


@require_POST
@seated(rules.may_write_paper, paper=Paper)
def drop_paper(request, seat, paper):
    """The paper does not come after all."""
    paper.drop(seat)
    return back(request, seat.url("projects:meeting", meeting=paper.meeting_id), "stukken", "Het stuk is weg.")


@require_POST
@seated(rules.may_read, meeting=ConsultationMeeting)
def read_papers(request, seat, meeting):
    """Say, for oneself alone, that the papers are read."""
    PapersRead.note(seat, meeting)
    return back(request, seat.url("projects:meeting", meeting=meeting.pk), "stukken", "Fijn. Alleen u ziet dit.")
