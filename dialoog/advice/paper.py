"""The letters: a question, an advice and its reply, in one template, equal in size and care."""

from django.template.loader import render_to_string

from dialoog import paper
from dialoog.partnerships.models import Party

# Where the style comes, and above the words what happened since: neither is part of what was sent.
STYLE, SINCE = "<!--style-->", "<!--since-->"


def enquiry(enquiry):
    """The question as a PDF that everyone can read."""
    return paper.render_once(enquiry_html(enquiry))


def advice(advice):
    """The advice as a PDF that everyone can read."""
    return paper.render_once(advice_html(advice))


def reply(reply):
    """The reply as a PDF that everyone can read."""
    return paper.render_once(reply_html(reply))


def enquiry_html(enquiry):
    """The question as one document: as it was sent, or as long as it is a draft, as it reads now."""
    return _dressed(enquiry, enquiry.sent_text or enquiry.as_it_reads())


def advice_html(advice):
    """The advice as one document, as it was sent or as it reads now."""
    return _dressed(advice, advice.sent_text or advice.as_it_reads())


def reply_html(reply):
    """The reply as one document, as it was sent or as it reads now."""
    return _dressed(reply, reply.sent_text or reply.as_it_reads())


def enquiry_text(enquiry):
    """What is asked, what it is about, and by when."""
    told = {"title": enquiry.title, "what": "Vraag om advies", "due": enquiry.due, "question": enquiry.question}
    return _letter(enquiry, enquiry, Party.MUNICIPALITY, told)


def advice_text(advice):
    """The points; under them stands who sent it, in the metadata only organisations."""
    rows = [(point, None) for point in advice.points()]
    told = {"title": advice.title, "what": advice.sort_told, "rows": rows, "due": advice.reply_due}
    told |= {"answers": advice.enquiry}
    return _letter(advice, advice, Party.COUNCIL, told)


def reply_text(reply):
    """Each point in the council's words, with its answer."""
    answers = {answer.point_id: answer for answer in reply.answers()}
    rows = [(point, answers[point.pk]) for point in reply.advice.points()]
    told = {"title": f"Antwoord op uw advies: {reply.advice.title}", "what": "Antwoord op advies", "rows": rows}
    told |= {"answers": reply.advice}
    return _letter(reply, reply.advice, Party.MUNICIPALITY, told)


def _letter(letter, about, party, told):
    table = about.partnership
    other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
    sides = {"party": party, "sender": table.name_of(party), "receiver": table.name_of(other)}
    return render_to_string("advice/print_letter.html", {"letter": letter, "about": about, **sides, **told})


def _dressed(letter, text):
    style = "".join(f"<style>{paper.style(name)}</style>" for name in ("print.css", "print_letter.css"))
    since = render_to_string("advice/print_since.html", {"letter": letter})
    return text.replace(STYLE, style, 1).replace(SINCE, since, 1)
