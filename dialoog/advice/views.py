"""The pages of a question for advice, of an advice and of its reply."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from dialoog.advice import paper, rules
from dialoog.advice.forms import AdviceForm, AnswerForm, DeclineForm, EnquiryForm, PointForm, RecallForm, ReplyForm
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, Enquiry, PointReply
from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.models import Event, Member
from dialoog.partnerships.views import asked, posted, text_history, written
from dialoog.partnerships.writing import open_conflicts


@require_GET
@seated(rules.any_member)
def list_advice(request, seat):
    """All questions and all advice that this seat may know of, with where the answer stands."""
    told = {
        "enquiries": list(Enquiry.objects.visible_to(seat).newest_first()),
        "listed": list(Advice.objects.visible_to(seat).newest_first()),
    }
    return page(request, "advice/list.html", told)


@form_page
@seated(rules.municipal_member)
def ask(request, seat):
    """The municipality begins a question for advice."""
    form = EnquiryForm(posted(request), seat=seat)
    begun = "De vraag is er. Lees haar na, en verstuur haar dan."
    return asked(request, seat, form, "advice/ask.html", lambda enquiry: enquiry.address(seat), begun)


@require_GET
@seated(rules.any_member, enquiry=Enquiry)
def enquiry(request, seat, enquiry):
    """A question for advice, with what the council said about it as far as this seat may know."""
    advice = Advice.objects.visible_to(seat).filter(enquiry=enquiry).with_people().first()
    told = {
        "enquiry": enquiry,
        "advice": advice,
        "may_write": rules.may_write(seat, enquiry),
        "may_respond": rules.may_respond(seat, enquiry),
        "may_recall": rules.may_recall(seat, enquiry),
        "sees_drafts": rules.may_see_history(seat, enquiry),
        "conflicts": open_conflicts(seat, [enquiry]),
        "events": Event.objects.visible_to(seat).about(enquiry, *([advice] if advice else []))[:30],
    }
    return page(request, "advice/enquiry.html", told)


@form_page
@seated(rules.may_write, enquiry=Enquiry)
def change_enquiry(request, seat, enquiry):
    """Change a question that was not sent yet."""
    form = EnquiryForm(posted(request), seat=seat, instance=enquiry)
    return asked(request, seat, form, "advice/ask.html", enquiry.address(seat), enquiry=enquiry)


@form_page
@seated(rules.may_see_history, enquiry=Enquiry)
def enquiry_history(request, seat, enquiry):
    """Who wrote what in the question; after sending it stays as it is."""
    return text_history(request, seat, enquiry)


@require_POST
@seated(rules.may_write, enquiry=Enquiry)
def send_enquiry(request, seat, enquiry):
    """The question goes to the council."""
    enquiry.send(seat, seen=seen_in(request))
    said = (
        f"De vraag is verstuurd. De {seat.partnership.council_word} kan haar nu lezen. {enquiry.without_mail}".strip()
    )
    return back(request, enquiry.address(seat), said=said)


@require_POST
@seated(rules.may_write, enquiry=Enquiry)
def discard_enquiry(request, seat, enquiry):
    """Throw a draft of a question away."""
    enquiry.discard(seat)
    return back(request, seat.url("advice:list"), said="De begonnen vraag is weg.")


@require_GET
@seated(rules.any_member, enquiry=Enquiry)
def enquiry_letter(request, seat, enquiry):
    """The question as a letter."""
    return _file(paper.enquiry(enquiry), f"vraag om advies {enquiry.title}")


@form_page
@seated(rules.may_respond, enquiry=Enquiry)
def respond(request, seat, enquiry):
    """The council begins the advice that answers this question; who comes second goes on where the first began."""
    begun = Advice.objects.visible_to(seat).filter(enquiry=enquiry).first()
    # What somebody typed beside a colleague who was first is not passed by: the act says so above it.
    if begun and request.method == "GET":
        return redirect(begun.address(seat))
    form = AdviceForm(posted(request), seat=seat, enquiry=enquiry)
    begun = "Het begin is er. Schrijf nu de punten."
    onward = {"onward": lambda advice: advice.address(seat), "said": begun}
    return asked(request, seat, form, "advice/form.html", **onward, enquiry=enquiry)


@form_page
@seated(rules.may_respond, enquiry=Enquiry)
def decline(request, seat, enquiry):
    """The council says that it gives no advice on this."""
    form = DeclineForm(posted(request), seat=seat, instance=enquiry)
    return asked(
        request, seat, form, "advice/decline.html", enquiry.address(seat),
        lambda kept: f"De gemeente leest nu waarom u geen advies geeft. {kept.without_mail}".strip(), enquiry=enquiry,
    )  # fmt: skip


@form_page
@seated(rules.may_recall, enquiry=Enquiry)
def recall(request, seat, enquiry):
    """The municipality recalls its question."""
    form = RecallForm(posted(request), seat=seat, instance=enquiry)
    return asked(
        request, seat, form, "advice/recall.html", enquiry.address(seat),
        lambda kept: f"De vraag is ingetrokken. {kept.without_mail}".strip(), enquiry=enquiry,
    )  # fmt: skip


@form_page
@seated(rules.council_member)
def begin(request, seat):
    """The council begins an advice."""
    form = AdviceForm(posted(request), seat=seat)
    begun = "Het begin is er. Schrijf nu de punten."
    return asked(request, seat, form, "advice/form.html", lambda advice: advice.address(seat), begun)


@require_GET
@seated(rules.any_member, advice=Advice)
def detail(request, seat, advice):
    """An advice, point by point, with the reply as far as this seat may know of it."""
    points, reply = advice.points(), AdviceReply.of(seat, advice)
    answers = {answer.point_id: answer for answer in reply.answers()} if reply else {}
    told = {
        "advice": advice,
        "reply": reply,
        "rows": [(point, answers.get(point.pk)) for point in points],
        "may_write": rules.may_write(seat, advice),
        "may_reply": rules.may_reply(seat, advice),
        "sees_drafts": rules.may_see_history(seat, advice),
        "sees_reply_drafts": bool(reply) and rules.may_see_history(seat, reply),
        "ready": bool(answers) and all(answer.verdict for answer in answers.values()),
        "deciders": _deciders(seat),
        "conflicts": open_conflicts(seat, [advice, *points, *([reply] if reply else []), *answers.values()]),
        "events": Event.objects.visible_to(seat).about(advice)[:30],
    }
    return page(request, "advice/detail.html", told)


@form_page
@seated(rules.may_write, advice=Advice)
def change(request, seat, advice):
    """Change what stands around the points."""
    form = AdviceForm(posted(request), seat=seat, instance=advice)
    return asked(request, seat, form, "advice/form.html", advice.address(seat), advice=advice)


@form_page
@seated(rules.may_see_history, advice=Advice)
def history(request, seat, advice):
    """Who wrote what in the advice; after sending it stays as it is."""
    return text_history(request, seat, advice)


@require_POST
@seated(rules.may_write, advice=Advice)
def send(request, seat, advice):
    """The advice goes out."""
    advice.send(seat, seen=seen_in(request))
    said = f"Het advies is verstuurd. De gemeente kan het nu lezen. {advice.without_mail}".strip()
    return back(request, advice.address(seat), said=said)


@require_POST
@seated(rules.may_write, advice=Advice)
def discard(request, seat, advice):
    """Throw a draft away."""
    advice.discard(seat)
    return back(request, seat.url("advice:list"), said="Het begonnen advies is weg.")


@form_page
@seated(rules.may_write, advice=Advice)
def add_point(request, seat, advice):
    """Add a point."""
    form = PointForm(posted(request), seat=seat, advice=advice)
    return asked(
        request, seat, form, "advice/point.html", advice.address(seat), "Het punt staat erin.",
        anchor=lambda point: point.topic, advice=advice,
    )  # fmt: skip


@form_page
@seated(rules.may_write, point=AdvicePoint)
def change_point(request, seat, point):
    """Change a point of a draft."""
    form = PointForm(posted(request), seat=seat, instance=point)
    home = point.advice.address(seat)
    return asked(
        request, seat, form, "advice/point.html", home, anchor=point.topic, advice=point.advice, point=point
    )  # fmt: skip


@require_POST
@seated(rules.may_write, point=AdvicePoint)
def drop_point(request, seat, point):
    """Take a point out of a draft."""
    url = point.advice.address(seat)
    point.drop(seat)
    return back(request, url, said="Het punt is weg.")


@form_page
@seated(rules.may_see_history, point=AdvicePoint)
def point_history(request, seat, point):
    """Who wrote what in this point."""
    return text_history(request, seat, point)


@require_GET
@seated(rules.any_member, advice=Advice)
def letter(request, seat, advice):
    """The advice as a letter."""
    return _file(paper.advice(advice), f"advies {advice.title}")


@require_POST
@seated(rules.may_reply, advice=Advice)
def begin_reply(request, seat, advice):
    """The municipality begins its reply."""
    AdviceReply.begin(seat, advice)
    return back(request, advice.address(seat), "antwoord", "Alleen de gemeente ziet dit, tot u het verstuurt.")


@form_page
@seated(rules.may_answer, reply=AdviceReply)
def reply(request, seat, reply):
    """How the reply begins and ends."""
    form = ReplyForm(posted(request), seat=seat, instance=reply)
    if request.method == "POST" and (kept := form.kept(seat)):
        return written(request, seat, kept, reply.address(seat), "antwoord")
    return page(request, "advice/reply.html", {"form": form, "reply": reply}, status=422 if form.is_bound else 200)


@form_page
@seated(rules.may_see_history, reply=AdviceReply)
def reply_history(request, seat, reply):
    """Who wrote what around the answers."""
    return text_history(request, seat, reply)


@form_page
@seated(rules.may_answer, answer=PointReply)
def answer(request, seat, answer):
    """The answer to one point."""
    form = AnswerForm(posted(request), seat=seat, instance=answer)
    home = answer.address(seat).split("#")[0]
    return asked(request, seat, form, "advice/answer.html", home, anchor=answer.topic, answer=answer)


@form_page
@seated(rules.may_see_history, answer=PointReply)
def answer_history(request, seat, answer):
    """Who wrote what in this answer."""
    return text_history(request, seat, answer)


@require_POST
@seated(rules.may_answer, reply=AdviceReply)
def send_reply(request, seat, reply):
    """The reply goes out."""
    reply.send(seat, seen=seen_in(request))
    said = f"Het antwoord is verstuurd. De raad kan het nu lezen. {reply.without_mail}".strip()
    return back(request, reply.address(seat), "antwoord", said)


@require_GET
@seated(rules.any_member, reply=AdviceReply)
def reply_letter(request, seat, reply):
    """The reply as a letter, with the points it answers."""
    return _file(paper.reply(reply), f"antwoord {reply.advice.title}")


def _deciders(seat):
    """Who may decide on the side of whoever looks: a letter of a side binds it."""
    own = Member.objects.visible_to(seat).active().filter(party=seat.party, can_decide=True)
    return [member.name for member in own.select_related("user")]


def _file(content, name):
    shown = {"Content-Disposition": f'inline; filename="{slugify(name)[:70]}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=shown)
