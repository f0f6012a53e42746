"""Bundling together, the intern beraad, and the dialogue."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analysis import forms, rules, wings
from analysis.models import (
    QUESTIONS,
    BundlingSession,
    Deliberation,
    DeliberationAnswer,
    Dialogue,
    DialogueNote,
    Move,
    Outcome,
    OwnPile,
    OwnSort,
    Placing,
    Question,
    Stage,
    Tag,
    Theme,
)
from analysis.models.board import Board
from dialoog.pages import answer, back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import Event, Member, Party
from dialoog.partnerships.views import text_history, written
from experiences.models import Fragment, saturation
from projects.forms import CommitmentForm
from projects.models import Commitment, Project
from values.models import Value

form_page = require_http_methods(["GET", "POST"])
LATEST_MOVES = 12


# ---- The meeting


@require_GET
@seated(rules.may_read, project=Project)
def session(request, seat, project):
    """Where the meeting is now; everyone's screen shows the same stage."""
    found = BundlingSession.objects.visible_to(seat).filter(project=project)
    meeting = found.select_related("facilitator__user", "envelope", "project__lead").first()
    if meeting is None:
        cards = Fragment.objects.visible_to(seat).of(project).count()
        return page(request, "analysis/begin.html", _begin(seat, project) | {"cards": cards})
    draw = {
        Stage.READ: _read,
        Stage.OWN_SORT: _own_sort,
        Stage.SIDE_BY_SIDE: _side_by_side,
        Stage.TOGETHER: _together,
        Stage.DONE: _done,
    }[meeting.stage]
    template, context = draw(request, seat, meeting)
    return page(request, template, _meeting(seat, meeting) | context)


@require_POST
@seated(rules.may_begin, project=Project)
def begin(request, seat, project):
    """Sit down with the cards."""
    form = forms.BeginForm(request.POST, seat=seat, project=project)
    if form.kept(seat):
        return back(request, seat.url("analysis:session", project=project.pk), said="U bent begonnen met bundelen.")
    return page(request, "analysis/begin.html", _begin(seat, project) | {"form": form}, status=422)


@require_POST
@seated(rules.may_join, session=BundlingSession)
def join(request, seat, session):
    """This person is here, or the leader says so for somebody without a screen."""
    session.join(seat, _whom(request, seat, session))
    return back(request, seat.url("analysis:session", project=session.project_id), "erbij")


@require_POST
@seated(rules.may_join, session=BundlingSession)
def leave(request, seat, session):
    """This person is no longer here."""
    session.leave(seat, _whom(request, seat, session))
    return back(request, seat.url("analysis:session", project=session.project_id), "erbij")


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def hand_over(request, seat, session):
    """Somebody else leads the talk."""
    home = seat.url("analysis:session", project=session.project_id)
    form = forms.BeginForm(request.POST, seat=seat, instance=session)
    if form.is_valid():
        form.save(seat)
    return back(request, home, "erbij")


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def go_on(request, seat, session):
    """One stage further, for everyone."""
    form = forms.GoOnForm(request.POST, seat=seat, instance=session)
    if form.is_valid():
        form.save(seat)
        return back(request, seat.url("analysis:session", project=session.project_id))
    return page(request, "analysis/go_on.html", {"form": form, "session": session}, status=422)


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def go_back(request, seat, session):
    """One stage back, for everyone."""
    session.go_back(seat, sent_number(request.POST, "expected"))
    return back(request, seat.url("analysis:session", project=session.project_id))


# ---- Sorting alone


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def lay(request, seat, session):
    """Lay a card with one of one's own piles, with a new one, or back in the hand."""
    sort = OwnSort.of(seat, session)
    fragment = _chosen(Fragment.objects.visible_to(seat).of(session.project), request.POST.get("card"))
    chosen = request.POST.get("pile", "")
    if fragment is None:
        said = "Dit kaartje is er niet meer. De verteller trok het terug."
    elif chosen == "new":
        sort.lay(fragment, sort.add_pile(request.POST.get("label", ""), _key(request.POST.get("key"))))
        said = f"Kaartje {fragment.number} ligt op een nieuwe stapel."
    elif pile := _chosen(OwnPile.objects.visible_to(seat).filter(sort=sort.pk), chosen):
        sort.lay(fragment, pile)
        said = f"Kaartje {fragment.number} ligt bij ‘{pile.label}’."
    else:
        sort.lay(fragment)
        said = f"Kaartje {fragment.number} ligt weer in uw hand."
    return _own_answer(request, seat, session, said)


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def undo_own(request, seat, session):
    """One step back in one's own sort."""
    OwnSort.of(seat, session).undo()
    return _own_answer(request, seat, session, "Uw laatste stap is teruggedraaid.")


@require_POST
@seated(rules.may_sort_pile, pile=OwnPile)
def name_own(request, seat, pile):
    """Another name for one's own pile."""
    OwnSort.of(seat, pile.sort.session).rename(pile, request.POST.get("label", ""))
    return back(request, seat.url("analysis:session", project=pile.sort.session.project_id), f"stapel-{pile.pk}")


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def release_own(request, seat, session):
    """This side is done sorting alone."""
    session.side_is_ready(seat)
    said = "De ordeningen liggen open." if session.envelope.is_open else "Uw kant is klaar. Wij wachten op de ander."
    return back(request, seat.url("analysis:session", project=session.project_id), said=said)


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def take_back_own(request, seat, session):
    """This side sorts on."""
    session.side_sorts_on(seat)
    return back(request, seat.url("analysis:session", project=session.project_id), said="U kunt weer verder ordenen.")


# ---- Side by side, and together


@require_GET
@seated(rules.may_read, session=BundlingSession)
def side_by_side(request, seat, session):
    """The picture, also later."""
    if not session.envelope.is_open:
        return redirect(seat.url("analysis:session", project=session.project_id))
    template, context = _side_by_side(request, seat, session)
    return page(request, template, _meeting(seat, session) | context | {"looking_back": True})


@require_GET
@seated(rules.may_read, session=BundlingSession)
def board(request, seat, session):
    """The shared board alone: what open screens read again after a move."""
    if session.stage != Stage.TOGETHER:
        return redirect(seat.url("analysis:session", project=session.project_id))
    return page(request, "analysis/_board.html", _board(request, seat, session))


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def move(request, seat, session):
    """Lay a card elsewhere; when somebody was first, theirs stands and the sentence says so."""
    fragment = _chosen(Fragment.objects.visible_to(seat).of(session.project), request.POST.get("card"))
    chosen, table = request.POST.get("theme", ""), Board(session)
    target = _chosen(Theme.objects.visible_to(seat).of(session.project), chosen)
    if fragment is None:
        return _board_answer(request, seat, session, "Dit kaartje is er niet meer. De verteller trok het terug.", True)
    if chosen == "new":
        target = table.add_theme(seat, key=_key(request.POST.get("key")))
    elif chosen and target is None:
        return _board_answer(request, seat, session, "Die stapel is net weggehaald. Kies een andere.", True)
    moved = table.move(seat, fragment, target, sent_number(request.POST, "seen"))
    return _board_answer(request, seat, session, moved.said, not moved.counted)


@require_POST
@seated(rules.may_undo, move=Move)
def undo(request, seat, move):
    """Take one's own move back."""
    found = BundlingSession.objects.visible_to(seat).get(project=move.project_id)
    moved = Board(found).undo(seat, move)
    return _board_answer(request, seat, found, moved.said)


@require_POST
@seated(rules.may_arrange, session=BundlingSession)
def add_theme(request, seat, session):
    """Lay down a new pile, with a name or without."""
    made = Board(session).add_theme(seat, request.POST.get("sentence", ""), _key(request.POST.get("key")))
    return back(request, seat.url("analysis:session", project=session.project_id), made.topic)


@require_GET
@seated(rules.may_read, session=BundlingSession)
def moves(request, seat, session):
    """Who moved what, all of it."""
    told = Move.objects.visible_to(seat).of(session.project)
    return page(request, "analysis/moves.html", {"session": session, "moves": told})


# ---- Themes


@require_GET
@seated(rules.may_read, project=Project)
def themes(request, seat, project):
    """The themes of a round."""
    found = BundlingSession.objects.visible_to(seat).filter(project=project).first()
    listed = [theme for theme in Theme.of(project) if theme.cards or theme.sentence]
    told = {"project": project, "themes": listed, "session": found, "saturation": _saturation(project, listed)}
    return page(request, "analysis/themes.html", told)


@require_GET
@seated(rules.may_read, theme=Theme)
def theme(request, seat, theme):
    """One theme: its cards, the values at stake, what stands against it, and what came of it."""
    cards = theme.cards_now()
    tags = Tag.objects.visible_to(seat).filter(fragment__in=cards).select_related("value", "by__user").order_by("at")
    for card in cards:
        card.tags = [tag for tag in tags if tag.fragment_id == card.pk]
    context = {
        "theme": theme,
        "project": theme.project,
        "cards": cards,
        "values": _values(seat, theme.project),
        "counted": Tag.counted(cards),
        "advice": theme.advice(seat.is_council) if cards else [],
        "only_own": seat.is_council and bool(cards) and theme.support().only_own,
        "commitments": theme.commitments.with_people(),
        "conflicts": theme.open_conflicts(seat),
        "events": Event.objects.visible_to(seat).about(theme)[:20],
        "may_tag": rules.may_tag(seat) and not theme.project.is_closed,
    }
    return page(request, "analysis/theme.html", context)


@form_page
@seated(rules.may_name, theme=Theme)
def write_theme(request, seat, theme):
    """Name a theme and say what it is about."""
    form = forms.ThemeForm(request.POST or None, seat=seat, instance=theme)
    if request.method == "POST" and (saved := form.kept(seat)):
        return written(request, seat, saved, seat.url("analysis:theme", theme=theme.pk))
    told = {"form": form, "title": "Geef dit thema woorden", "home": theme.address(seat), "verb": "Bewaar"}
    lead = "Een thema is een zin die iemand zou kunnen zeggen. Schrijf erbij wat goed gaat, en wat ertegenin gaat."
    return page(request, "projects/form.html", told | {"lead": lead}, status=422 if form.is_bound else 200)


@seated(rules.may_name, theme=Theme)
def theme_history(request, seat, theme):
    """Who wrote what in this theme."""
    return text_history(request, seat, theme)


@require_POST
@seated(rules.may_arrange, theme=Theme)
def drop_theme(request, seat, theme):
    """Take an empty pile away."""
    found = BundlingSession.objects.visible_to(seat).get(project=theme.project_id)
    Board(found).drop_theme(seat, theme)
    return back(request, seat.url("analysis:session", project=theme.project_id), said="De lege stapel is weg.")


@require_POST
@seated(rules.may_tag, fragment=Fragment)
def tag(request, seat, fragment):
    """Say which value is at stake in this card, upheld or harmed."""
    value = _chosen(Value.objects.visible_to(seat).listed(), request.POST.get("value"))
    if value is not None:
        Tag.put(seat, fragment, value, request.POST.get("stake", ""))
    return back(request, _theme_of(seat, fragment), f"kaartje-{fragment.number}")


@require_POST
@seated(rules.may_untag, tag=Tag)
def untag(request, seat, tag):
    """Take one's own word back."""
    fragment = tag.fragment
    tag.delete()
    return back(request, _theme_of(seat, fragment), f"kaartje-{fragment.number}")


# ---- Intern beraad


@require_GET
@seated(rules.may_read, project=Project)
def deliberation(request, seat, project):
    """Where the two envelopes stand, and which themes one's own side wrote about."""
    if not project.bundled_at:
        return page(request, "analysis/too_early.html", {"project": project})
    envelope = Deliberation.of(project)
    listed = [theme for theme in Theme.of(project) if theme.cards]
    mine = DeliberationAnswer.objects.visible_to(seat).filter(envelope=envelope, party=seat.party).exclude(text="")
    answered = list(mine.values_list("theme_id", flat=True))
    for theme in listed:
        theme.answered = answered.count(theme.pk)
    missing = sum(len(QUESTIONS) - theme.answered for theme in listed)
    told = {"project": project, "envelope": envelope, "themes": listed, "missing": missing, "wrote": bool(answered)}
    told["is_ready"] = seat.is_side and envelope.is_ready(seat.party)
    told["other_ready"] = seat.is_side and envelope.is_ready(seat.other_side)
    return page(request, "analysis/deliberation.html", told)


@form_page
@seated(rules.may_deliberate, theme=Theme)
def answer_questions(request, seat, theme):
    """The four questions about one theme, for one's own side only."""
    if theme.project.deliberation_opened_at:
        return redirect(seat.url("analysis:talk", theme=theme.pk))
    known = DeliberationAnswer.objects.visible_to(seat).filter(theme=theme, party=seat.party)
    mine = {known.question: known for known in known.select_related("envelope")}
    sent = request.POST if request.method == "POST" else None
    asked = [forms.AnswerForm(sent, seat=seat, theme=theme, question=q, instance=mine.get(q)) for q in QUESTIONS]
    if sent is not None and all(form.is_valid() for form in asked):
        saved = [kept for form in asked if form.has_changed() and (kept := form.kept(seat))]
        clashed = next((kept for kept in saved if kept.conflicts), None)
        home = seat.url("analysis:deliberation", project=theme.project_id)
        if clashed:
            return written(request, seat, clashed, home)
        if not any(form.errors for form in asked):
            return back(request, home, theme.topic, "Opgeslagen.")
    conflicts = [copy for kept in mine.values() for copy in kept.open_conflicts(seat)]
    told = {"theme": theme, "forms": asked, "conflicts": conflicts, "cards": theme.cards_now(), "mine": mine.values()}
    return page(request, "analysis/answer.html", told, status=422 if sent is not None else 200)


@seated(rules.may_see_answer, answer=DeliberationAnswer)
def answer_history(request, seat, answer):
    """Who of the own side wrote what in this answer."""
    return text_history(request, seat, answer)


@require_POST
@seated(rules.may_deliberate, project=Project)
def release(request, seat, project):
    """This side is done writing."""
    envelope = Deliberation.of(project)
    envelope.release_for(seat, project)
    said = "De enveloppen zijn open." if envelope.is_open else "Uw kant is klaar. Wij wachten op de andere kant."
    return back(request, seat.url("analysis:deliberation", project=project.pk), said=said)


@require_POST
@seated(rules.may_deliberate, project=Project)
def take_back(request, seat, project):
    """This side writes on."""
    Deliberation.of(project).take_back_for(seat, project)
    return back(request, seat.url("analysis:deliberation", project=project.pk), said="U kunt weer schrijven.")


# ---- Dialogue


@require_GET
@seated(rules.may_read, project=Project)
def dialogue(request, seat, project):
    """When and where, the rules, and the themes to talk about."""
    if not project.deliberation_opened_at:
        return page(request, "analysis/too_early.html", {"project": project})
    listed = [theme for theme in Theme.of(project) if theme.cards]
    noted = set(DialogueNote.objects.visible_to(seat).filter(theme__in=listed).values_list("theme_id", "party"))
    outcomes = {kept.theme_id: kept for kept in Outcome.objects.visible_to(seat).filter(theme__in=listed)}
    for theme in listed:
        theme.noted = {party: (theme.pk, party) in noted for party in Party.sides()}
        theme.outcome = outcomes.get(theme.pk)
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).select_related("rules_by__user").first()
    told = {"project": project, "themes": listed, "dialogue": meeting, "rules": Dialogue.RULES}
    return page(request, "analysis/dialogue.html", told)


@form_page
@seated(rules.may_settle_dialogue, project=Project)
def arrange(request, seat, project):
    """Settle when and where the dialogue is, and who is host."""
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).first()
    form = forms.DialogueForm(request.POST or None, seat=seat, instance=meeting, project=project)
    home = seat.url("analysis:dialogue", project=project.pk)
    if request.method == "POST" and form.kept(seat):
        return back(request, home, said="De dialoog staat vast.")
    told = {"form": form, "title": "Wanneer is de dialoog?", "home": home, "verb": "Leg vast"}
    lead = "Neem de tijd: eerst luisteren kost meer dan u denkt."
    return page(request, "projects/form.html", told | {"lead": lead}, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.may_settle_dialogue, project=Project)
def confirm_rules(request, seat, project):
    """The rules were read out."""
    home = seat.url("analysis:dialogue", project=project.pk)
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).first()
    if meeting is None:
        return back(request, seat.url("analysis:arrange", project=project.pk), said="Leg eerst vast wanneer en waar.")
    meeting.confirm_rules(seat)
    return back(request, home, "regels")


@require_GET
@seated(rules.may_read, theme=Theme)
def talk(request, seat, theme):
    """Both sides' answers side by side, what each heard, and where they stand now."""
    if not theme.project.deliberation_opened_at:
        return page(request, "analysis/too_early.html", {"project": theme.project})
    return page(request, "analysis/talk.html", _talk(seat, theme))


@require_POST
@seated(rules.may_listen, theme=Theme)
def hear(request, seat, theme):
    """Note what one's own side heard."""
    known = DialogueNote.objects.visible_to(seat).filter(theme=theme, party=seat.party).first()
    form = forms.HeardForm(request.POST, seat=seat, theme=theme, instance=known)
    if note := form.kept(seat):
        return written(request, seat, note, seat.url("analysis:talk", theme=theme.pk), "hoor")
    return page(request, "analysis/talk.html", _talk(seat, theme) | {"heard_form": form}, status=422)


@require_POST
@seated(rules.may_conclude, theme=Theme)
def conclude(request, seat, theme):
    """Write what came of it."""
    known = Outcome.objects.visible_to(seat).filter(theme=theme).first()
    form = forms.OutcomeForm(request.POST, seat=seat, theme=theme, instance=known)
    if outcome := form.kept(seat):
        return written(request, seat, outcome, seat.url("analysis:talk", theme=theme.pk), "uitkomst")
    return page(request, "analysis/talk.html", _talk(seat, theme) | {"outcome_form": form}, status=422)


@seated(rules.may_see_note, note=DialogueNote)
def note_history(request, seat, note):
    """Who of the own side wrote what in this note."""
    return text_history(request, seat, note)


@seated(rules.may_conclude, outcome=Outcome)
def outcome_history(request, seat, outcome):
    """Who wrote what in this outcome."""
    return text_history(request, seat, outcome)


@form_page
@seated(rules.may_commit, theme=Theme)
def commit(request, seat, theme):
    """Agree on something because of this theme."""
    project, home = theme.project, seat.url("analysis:talk", theme=theme.pk)
    if too_early := Commitment.too_early(project):
        return page(request, "projects/too_early.html", {"project": project, "sentence": too_early}, status=422)
    sent = request.POST if request.method == "POST" else None
    form = CommitmentForm(sent, seat=seat, project=project, initial={"because": theme.label})
    if sent is not None and (commitment := form.kept(seat)):
        theme.bind(commitment)
        return back(request, home, "afspraken", "De afspraak staat op de lijst.")
    told = {"form": form, "title": "Leg een afspraak vast", "home": home, "verb": "Leg vast", "nav": "afspraken"}
    lead = f"Omdat: {theme.label}. Wie doet wat, en waaraan merkt een {seat.partnership.client_word} het?"
    return page(request, "projects/form.html", told | {"lead": lead}, status=422 if sent is not None else 200)


# ---- What the pages are drawn from


def _key(text):
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _chosen(rows, text):
    """The row with the key that a form sent, among those the seat may see."""
    key = _key(text)
    return rows.filter(pk=key).first() if key else None


def _whom(request, seat, session):
    """For whom this person speaks: only the one who leads speaks for somebody else."""
    member = _chosen(Member.objects.visible_to(seat).active(), request.POST.get("member"))
    if member is None or member == seat:
        return seat
    if not rules.may_lead(seat, session):
        raise PermissionDenied
    return member


def _begin(seat, project):
    return {"project": project, "form": forms.BeginForm(seat=seat, project=project)}


def _meeting(seat, session):
    """What every stage shows: where we are, who is here, and who leads."""
    present = session.present()
    may_lead = rules.may_lead(seat, session)
    here = {member.pk for member in present}
    absent = []
    if may_lead:
        seated_now = Member.objects.visible_to(seat).active().select_related("user", "partnership")
        absent = [member for member in seated_now if member.pk not in here]
    return {
        "session": session,
        "project": session.project,
        "stages": [(stage, stage.label) for stage in Stage],
        "present": present,
        "here": {party: sum(member.party == party for member in present) for party in Party.sides()},
        "missing_sides": [session.partnership.side_name(party) for party in Party.sides()
                          if not any(member.party == party for member in present)],
        "absent": absent,
        "is_here": seat.pk in here,
        "may_lead": may_lead,
        "leads": seat.pk == session.facilitator_id,
        "next_stage": Stage(session.stage + 1).label if not session.is_done else "",
        "may_go_back": session.stage not in (Stage.READ, Stage.SIDE_BY_SIDE),
    }  # fmt: skip


def _read(request, seat, session):
    cards = list(Fragment.objects.visible_to(seat).of(session.project))
    place = min(max(sent_number(request.GET, "kaart"), 1), len(cards))
    told = {"cards": len(cards), "place": place, "card": cards[place - 1] if cards else None}
    told |= {"previous": place - 1, "next": place + 1 if place < len(cards) else 0, "all_cards": cards}
    return "analysis/read.html", told


def _own(request, seat, session):
    """One's own piles, the card in the hand, and how many are left."""
    sort = OwnSort.of(seat, session)
    piles = sort.piles() if not sort._state.adding else []
    laid = {card.pk for pile in piles for card in pile.cards}
    cards = list(Fragment.objects.visible_to(seat).of(session.project))
    hand = [card for card in cards if card.pk not in laid]
    asked = _key(request.GET.get("kaart"))
    after = sent_number(request.GET, "na")
    current = next((card for card in cards if card.pk == asked), None)
    current = current or next((card for card in hand if card.number > after), hand[0] if hand else None)
    return {
        "session": session,
        "piles": piles,
        "cards": len(cards),
        "hand": len(hand),
        "card": current,
        "is_laid": bool(current) and current.pk in laid,
        "may_skip": len(hand) > 1 and bool(current) and current.pk not in laid,
        "may_undo": sort.last_fragment_id is not None,
        "key": uuid.uuid4(),
    }


def _own_sort(request, seat, session):
    told = _own(request, seat, session) if seat.is_side else {}
    told["is_ready"] = seat.is_side and session.envelope.is_ready(seat.party)
    told["other_ready"] = seat.is_side and session.envelope.is_ready(seat.other_side)
    return "analysis/own_sort.html", told


def _own_answer(request, seat, session, said):
    url = seat.url("analysis:session", project=session.project_id)
    context = _own(request, seat, session) | {"said": said} if request.htmx else {}
    return answer(request, "analysis/_own_sort.html", context, url=url, anchor="nu")


def _side_by_side(request, seat, session):
    cards = {card.number: card for card in Fragment.objects.visible_to(seat).of(session.project)}
    if not session.envelope.is_open:
        return "analysis/own_sort.html", {}
    picture = session.picture()
    told = {"picture": picture, "cards": len(cards), "sorters": sum(picture.sorters.values())}
    if picture.is_plain:
        told["plain"] = _plainly(picture, cards)
    else:
        told |= {"wings": wings.draw(picture, cards), "five": wings.tell_five(picture, cards)}
    return "analysis/side_by_side.html", told


def _plainly(picture, cards):
    """Per side each sort with its piles, when there are too few sorters to count."""
    told = {party: [] for party in Party.sides()}
    for sorter in picture.sorts:
        piles = [{"label": pile.label, "cards": [cards[n] for n in sorted(pile.cards)]} for pile in sorter.piles]
        told[sorter.side].append(piles)
    return told


def _board(request, seat, session):
    """The shared board: its piles, what lies on the table, and who moved what; in a fixed number of queries."""
    project, taken = session.project, _key(request.GET.get("verplaats"))
    themes = Theme.of(project)
    latest = list(Move.objects.visible_to(seat).of(project)[:LATEST_MOVES])
    placed = {placing.fragment_id: placing for theme in themes for placing in theme.cards}
    loose = Board(session).on_the_table()
    placed |= {placing.fragment_id: placing for placing in loose}
    fresh = next((move for move in latest if not move.is_late), None)
    for move in latest:
        lies = placed.get(move.fragment_id)
        move.may_undo = move.by_id == seat.pk and not move.is_late and bool(lies) and lies.version == move.version
    return {
        "session": session,
        "themes": themes,
        "loose": loose,
        "moves": latest,
        "fresh": fresh and fresh.fragment_id,
        "taken": taken,
        "key": uuid.uuid4(),
        "may_drop": not project.bundled_at,
    }


def _together(request, seat, session):
    return "analysis/together.html", _board(request, seat, session)


def _board_answer(request, seat, session, said, is_warning=False):
    url = seat.url("analysis:session", project=session.project_id)
    if not request.htmx:
        return back(request, url, "board", said)
    return page(request, "analysis/_board.html", _board(request, seat, session) | {"said": said, "warns": is_warning})


def _done(request, seat, session):
    listed = [theme for theme in Theme.of(session.project) if theme.cards]
    return "analysis/done.html", {"themes": listed, "saturation": _saturation(session.project, listed)}


def _saturation(project, themes):
    """Whether the last stories still brought something new; it holds nobody up."""
    return saturation(project, {placing.fragment_id: {theme.pk} for theme in themes for placing in theme.cards})


def _values(seat, project):
    """The values this round is about; without a choice all of the table."""
    return project.values.all() or Value.objects.visible_to(seat).listed()


def _theme_of(seat, fragment):
    lies = Placing.objects.visible_to(seat).filter(fragment=fragment).first()
    if lies and lies.theme_id:
        return seat.url("analysis:theme", theme=lies.theme_id)
    return seat.url("analysis:themes", project=fragment.project_id)


def _talk(seat, theme):
    """Everything about one theme in the dialogue."""
    answers = {}
    for kept in DeliberationAnswer.objects.visible_to(seat).filter(theme=theme).exclude(text=""):
        answers.setdefault(kept.question, {})[kept.party] = kept
    notes = {note.party: note for note in DialogueNote.objects.visible_to(seat).filter(theme=theme)}
    outcome = Outcome.objects.visible_to(seat).filter(theme=theme).first()
    told = {
        "theme": theme,
        "project": theme.project,
        "questions": [(q, q.label, answers.get(q, {}), q == Question.DESIRABLE) for q in QUESTIONS],
        "notes": notes,
        "outcome": outcome,
        "dialogue": Dialogue.objects.visible_to(seat).filter(project=theme.project_id).first(),
        "commitments": theme.commitments.with_people(),
        "conflicts": [copy for kept in [*notes.values(), outcome] if kept for copy in kept.open_conflicts(seat)],
    }
    if seat.is_side:
        told["heard_form"] = forms.HeardForm(seat=seat, theme=theme, instance=notes.get(seat.party))
        told["outcome_form"] = forms.OutcomeForm(seat=seat, theme=theme, instance=outcome)
    return told
