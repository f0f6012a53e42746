"""A yes and a name go to the words that were on the screen: of each door that takes one, and of those still to come."""

import ast
import re
from functools import cache
from pathlib import Path

from analysis.models import Quote
from dialoog.advice.models import Advice
from projects.models import Commitment, Phase
from tests.advice import make as letters
from tests.analysis import make as bundled
from tests.experiences import make as stories
from tests.projects import make as rounds
from tests.report import make as reports
from tests.values import make as values
from values.models import PolicyReview

ROOT = Path(__file__).resolve().parent.parent
APPS = ("dialoog", "values", "projects", "experiences", "analysis")
CHANGED = "De tekst is net veranderd. Lees hem opnieuw en"

# What an act leaves behind that gives a yes of a side or of a person, or puts a name under words.
GIVES = re.compile(
    r"(sent|solved|approved|agreed)_at = \(seat|_yes_at = timezone|_yes_at, \S+ = \((self\S+ or )?timezone|lead = seat|"
    r"Signature\.put\(seat|Nod\.give\(seat|_say\(seat\.party, seat|_answer\(seat, seat|told_by_owner\(|EmailMessage\(|"
    r"setattr\(self, f'\{seat\.party\}_|self\.due, self\.due_reason = "
)
# How an act is told what was on the screen.
TOLD = {"seen", "fingerprint", "shown"}
# Acts that look so, and are no yes to words that somebody else could change meanwhile.
NO_WORDS = {
    "Commitment._keep_new": "who makes it typed the words",
    "Commitment.change": "who changes it typed the words",
    "Envelope.release": "the own side's words, sealed until then",
    "Envelope.take_back": "it takes a yes back",
    "HandedOn.answer_lead": "a yes to leading, with no words to it",
    "Invitation.again": "a letter with a link",
    "OwnerLink.send": "a letter with a link",
    "Project.confirm_trust": "a yes to each other, not to words",
    "Project.note_fact": "what happened, not words",
    "Project.override_listening": "who wants it wrote down why",
    "TwoVoices.write": "who writes typed the words, over a version",
    "Value._answer": "called by the acts here",
    "Value._join": "it asks both sides anew",
    "Value.propose": "who proposes it typed the words",
}


# Acts of the same name that give no yes.
OTHERS = {
    "Commitment.agree", "OwnerLink.send", "ValueAccount.tell", "ballot.tell", "feedback.tell",
    "self.instance.close",
}  # fmt: skip


def words(answer):
    return answer.content.decode()


def says_yes(browser, page, there, act, thing, also=None, meanwhile=lambda: None):
    """Read a page, let something happen meanwhile, and press the button as that page had it."""
    read, address = words(browser.at(page, **there)), re.escape(browser.seat.url(act, **thing))
    form = re.search(rf'<form[^>]*action="{address}"[^>]*>(.*?)</form>', read, re.DOTALL)[1]
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    meanwhile()
    return words(browser.do(act, sent | (also or {}), **thing))


@cache
def acts():
    """Every act of a model that gives a yes or puts a name, with what it takes."""
    found = []
    for file in sorted(file for app in APPS for file in (ROOT / app).rglob("models/*.py")):
        for kind in ast.walk(ast.parse(file.read_text())):
            for act in kind.body if isinstance(kind, ast.ClassDef) else ():
                if isinstance(act, ast.FunctionDef) and GIVES.search(ast.unparse(act)):
                    found.append((f"{kind.name}.{act.name}", {one.arg for one in act.args.args}))
    return found


def test_every_act_that_gives_a_yes_is_told_what_was_on_the_screen():
    found = dict(acts())
    assert {name for name, takes in found.items() if not takes & TOLD} == set(NO_WORDS)
    # And so many are told.
    assert len(found.keys() - NO_WORDS) >= 17


def test_an_act_that_forgets_to_ask_is_seen():
    forgets = "def bless(self, seat):\n    self.agreed_by, self.agreed_at = seat, timezone.now()"
    assert GIVES.search(ast.unparse(ast.parse(forgets)))


def test_a_view_and_its_form_hand_on_what_was_on_the_screen():
    verbs = {name.split(".")[1] for name, takes in acts() if "seen" in takes}
    templates = "".join(file.read_text() for file in (ROOT / "templates").rglob("*.html"))
    silent, doors = [], set()
    for file in (file for app in APPS for file in (ROOT / app).rglob("*.py")):
        text = file.read_text() if {"views", "forms"} & {file.stem, file.parent.name} else ""
        if not any(f".{verb}(" in text for verb in verbs):
            continue
        for view in (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef)):
            for call in (one for one in ast.walk(view) if isinstance(one, ast.Call)):
                act = ast.unparse(call.func)
                if act.rpartition(".")[2] not in verbs or act in OTHERS:
                    continue
                if not {one.arg for one in call.keywords} & {"seen", None}:
                    silent.append(f"{file.relative_to(ROOT)}: {act}")
                doors |= {(file.stem, view.name)} if view.name not in ("save", "progress") else set()
    assert silent == [] and len(doors) >= 12
    named = {("progress", "close"): "close_commitment", ("feedback", "send"): "send_feedback"}
    for door in doors:
        route = named.get(door, door[1])
        forms = re.findall(rf"<form[^>]*'\w+:{route}' [^>]*>.*?</form>", templates, re.DOTALL)
        assert forms and all("{% seen " in form or 'name="seen"' in form for form in forms), route


def test_a_sentence_that_was_laid_in_the_place_of_another_has_no_yes_yet(anna, bram, browse):
    project = rounds.project(bram, Phase.DIALOGUE)
    card = stories.fragment(project, 1, text="De eerste zin is mooi. De tweede is anders.", may_quote=True)
    theme = bundled.theme(bram, project, cards=[card])
    quote = Quote.propose(anna, theme, card, [0])
    door = ("analysis:agree_quote", {"quote": quote.pk})
    refused = says_yes(browse(bram), "analysis:quotes", {"theme": theme.pk}, *door,
                       meanwhile=lambda: Quote.propose(anna, theme, card, [1]))  # fmt: skip
    assert f"{CHANGED} zeg dan ja of nee." in refused and not Quote.objects.get().is_chosen
    says_yes(browse(bram), "analysis:quotes", {"theme": theme.pk}, *door)
    assert Quote.objects.get().is_chosen


def test_anna_takes_on_what_she_read_and_not_what_bram_made_of_it(anna, bram, browse):
    one = rounds.commitment(bram, rounds.project(bram, Phase.COMMIT), "Anna belt iedereen", owner_member=anna)
    there, door = {"commitment": one.pk}, ("projects:say_yes", {"commitment": one.pk})
    refused = says_yes(browse(anna), "projects:commitment", there, *door,
                       meanwhile=lambda: one.change(bram, one.version, what="Anna betaalt iedereen"))  # fmt: skip
    assert CHANGED in refused and Commitment.objects.get().is_asked
    # Nor by saying how far it is.
    told = {"status": "busy", "expected": "open"}
    assert CHANGED in words(browse(anna).do("projects:set_status", told, commitment=one.pk))
    says_yes(browse(anna), "projects:commitment", there, *door)
    assert not Commitment.objects.get().is_asked


def test_who_becomes_the_owner_while_the_words_change_did_not_say_yes_to_the_new_ones(anna, bram):
    one = rounds.commitment(anna, rounds.project(bram, Phase.COMMIT), "Wij bellen terug. Elke week.")
    typed, read = {"what": one.what, "owner_member": bram, "owner_name": ""}, one.version
    one.change(anna, read, what="Wij betalen terug. Elke week.")
    one.change(bram, read, **typed)
    assert one.what.startswith("Wij betalen") and one.is_asked


def test_what_clients_noticed_and_what_an_owner_tells_is_about_the_words_they_read(anna, bram, browse, anonymous):
    one = rounds.commitment(anna, rounds.project(bram, Phase.COMMIT))
    link = rounds.owner_link(anna, one)
    address = "/" + link.url.split("/", 3)[3]
    read, clients = one.seen, browse(bram).at("projects:ask_clients", commitment=one.pk).content.decode()
    assert read in clients and read in anonymous.get(address).content.decode()
    one.change(anna, one.version, client_notices="U krijgt een brief.")
    assert CHANGED in words(anonymous.post(address, {"status": "done", "seen": read}))
    said = {"clients_said": "Ja, zes mensen.", "noticed": "yes", "seen": read}
    refused = browse(bram).do("projects:ask_clients", said, commitment=one.pk)
    one.refresh_from_db()
    # What was typed stays, over the new words.
    assert CHANGED in words(refused) and "Ja, zes mensen." in words(refused) and one.seen in words(refused)
    assert (one.status, one.is_solved) == ("open", False)
    one.set_status(anna, "dropped", "Het hoeft niet meer.")
    read = one.seen
    one.set_status(anna, "failed", "De raad werkte niet mee.")
    assert CHANGED in words(browse(bram).do("projects:close_commitment", {"seen": read}, commitment=one.pk))


def test_a_letter_goes_out_as_whoever_signs_it_read_it(anna, bram, dora, joost, browse):
    advice, enquiry = letters.advice(bram), letters.enquiry(anna)
    there = {"advice": advice.pk}
    refused = says_yes(browse(bram), "advice:detail", there, "advice:send", there,
                       meanwhile=lambda: letters.point(dora, advice, "De gemeente liegt."))  # fmt: skip
    assert f"{CHANGED} verstuur hem dan." in refused and not Advice.objects.get().is_sent
    says_yes(browse(bram), "advice:detail", there, "advice:send", there)
    advice.refresh_from_db()
    there = {"enquiry": enquiry.pk}
    asked = says_yes(browse(anna), "advice:enquiry", there, "advice:send_enquiry", there,
                     meanwhile=lambda: enquiry.write(joost, enquiry.version, question="Waarom?"))  # fmt: skip
    reply = letters.reply(anna, advice)
    answer = letters.answer(reply)
    there = {"advice": advice.pk}
    refused = says_yes(browse(anna), "advice:detail", there, "advice:send_reply", {"reply": reply.pk},
                       meanwhile=lambda: answer.write(joost, answer.version, reasons="Pas in mei."))  # fmt: skip
    for thing in (enquiry, reply):
        thing.refresh_from_db()
    assert CHANGED in asked and CHANGED in refused and advice.is_sent and not enquiry.is_sent and not reply.is_sent


def test_what_comes_in_the_report_and_what_goes_outside_is_what_was_read(anna, bram, browse):
    value = values.shared(bram, anna)
    review = values.review(bram, value)
    point, there = values.point(review, value), {"review": review.pk}
    wanted = says_yes(browse(bram), "values:review", there, "values:speak_review", there,
                      meanwhile=lambda: point.write(anna, point.version, municipality_serves="Goed zo."))  # fmt: skip
    report = reports.report(bram)
    public = says_yes(browse(bram), "report:detail", {"project": report.project_id}, "report:speak",
                      {"report": report.pk}, also={"word": "yes", "sure": "yes"},
                      meanwhile=lambda: report.write(anna, report.version, brief="Iets heel anders."))  # fmt: skip
    report.refresh_from_db()
    assert CHANGED in wanted and CHANGED in public and report.council_public is None
    assert not PolicyReview.objects.get().is_wanted_by("council")
    # A no is never refused.
    browse(bram).do("report:speak", {"word": "no"}, report=report.pk)
    report.refresh_from_db()
    assert report.council_public is False
