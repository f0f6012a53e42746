"""Makers of rounds and what belongs to them. Everything here is invented."""

from datetime import timedelta

from django.utils import timezone

from dialoog.partnerships.models import Member, Party
from projects.models import (
    AgendaItem,
    BackingNote,
    CloseOut,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Decision,
    Minute,
    Nod,
    OwnerLink,
    Pair,
    Paper,
    Phase,
    Pledge,
    Project,
    Task,
    TrustAnswer,
)

FACTS = {
    Phase.BUNDLE: "cards_released",
    Phase.DELIBERATE: "bundled",
    Phase.DIALOGUE: "deliberation_opened",
    Phase.CLOSED: "report_signed",
}


def project(seat, phase=Phase.TRUST, **fields):
    """A round that stands at this phase, with everything behind it that had to happen."""
    today, now = timezone.localdate(), timezone.now()
    fields = {
        "subject": "De weg naar een regeling",
        "occasion": "Bij de voedselbank hoort de raad dat mensen regelingen niet kennen.",
        "question": "Hoe makkelijk vindt u met een laag inkomen de regelingen die er voor u zijn?",
        "proposed_by_side": Party.COUNCIL,
        "lead": seat,
        "planned_stories": 8,
        "started_on": today,
        "ends_on": today + timedelta(days=90),
        **fields,
    }
    for reached, fact in FACTS.items():
        if phase >= reached:
            fields |= {f"{fact}_by": seat, f"{fact}_at": now}
    if phase > Phase.TRUST:
        fields["trusted_at"] = now
    if phase >= Phase.COMMIT:
        fields["listened_at"] = now
    if phase == Phase.CLOSED:
        fields |= {"feedback_by": seat, "feedback_at": now, "feedback_done": True, "contacts_erased": True}
        fields |= {"closed_by": seat, "closed_at": now}
    made = Project.objects.create(partnership=seat.partnership, phase=phase, **fields)
    if phase >= Phase.COLLECT:
        plan(seat, made, agreed_at=now)
    return made


def pledge(seat, project, member=None, answer=""):
    """Somebody is named for a round, and answered or not."""
    moment = timezone.now() if answer else None
    return Pledge.objects.create(
        partnership=seat.partnership,
        project=project,
        member=member or seat,
        named_by=seat,
        expected="Twee avonden",
        answer=answer,
        answered_at=moment,
    )


def pair(seat, project, council_member, municipal_member):
    return Pair.objects.create(
        partnership=seat.partnership, project=project, council_member=council_member, municipal_member=municipal_member
    )


def task(seat, project, what="De zaal regelen", member=None, days=14, **fields):
    due = timezone.localdate() + timedelta(days=days)
    return Task.objects.create(
        partnership=seat.partnership, project=project, what=what, member=member or seat, due=due, **fields
    )


def backing(seat, project, text="Wij schreven erover in onze nieuwsbrief."):
    return BackingNote.objects.create(
        partnership=seat.partnership, project=project, party=seat.party, text=text, noted_by=seat
    )


def plan(seat, project, stories="Acht gesprekken bij de voedselbank.", figures="Aanvragen in 2026.", agreed_at=None):
    return CollectionPlan.objects.create(
        partnership=seat.partnership, project=project, stories=stories, figures=figures, agreed_at=agreed_at
    )


def nod(seat, project, about=Nod.About.TRUST, **fields):
    return Nod.objects.create(
        partnership=seat.partnership, project=project, about=about, party=seat.party, said_by=seat, **fields
    )


def ready(seat, anna, bram):
    """A round that may begin collecting: both sides did all that the start check asks."""
    made = project(seat, Phase.VALUES)
    for member in (anna, bram):
        pledge(member, made, answer="yes")
        task(member, made, member=member)
        backing(member, made)
    pair(seat, made, bram, anna)
    agreed = plan(seat, made)
    agreed.agree(bram)
    agreed.agree(anna)
    return made


def commitment(seat, project, what="Terugbellen binnen twee werkdagen", days=60, **fields):
    """Something the two sides agreed on."""
    if not isinstance(fields.get("owner_member"), Member) and not fields.get("owner_name"):
        fields |= {"owner_name": "Teamleider Inkomen", "owner_party": Party.MUNICIPALITY}
    fields = {
        "because": "Wie de weg niet kent, hoort het toevallig",
        "due": timezone.localdate() + timedelta(days=days),
        "client_notices": "U weet na twee dagen waar u aan toe bent.",
        **fields,
    }
    if member := fields.get("owner_member"):
        fields["owner_party"] = member.party
    return Commitment.objects.create(partnership=seat.partnership, project=project, what=what, agreed_by=seat, **fields)


def meeting(seat, days=7, **fields):
    fields = {
        "starts_at": timezone.now() + timedelta(days=days),
        "place": "Buurthuis De Schakel, Lange Dreef 2",
        "host_party": Party.COUNCIL,
        "about": "Wij bundelen dan de kaartjes.",
        **fields,
    }
    return ConsultationMeeting.objects.create(partnership=seat.partnership, **fields)


def agenda_item(seat, meeting, title="Wachttijd aan de telefoon"):
    return AgendaItem.objects.create(partnership=seat.partnership, meeting=meeting, title=title, added_by=seat)


def minute(seat, held, words="Wij spraken over terugbellen.", open_items=()):
    """The minutes of a meeting that was held, with something in them."""
    made = Minute.begin(seat, held, open_items)
    if words:
        item = AgendaItem.objects.of(held).first()
        item.write(seat, item.version, minutes=words)
    return made


def sign(minute, *seats):
    """These seats sign the minutes as they read now."""
    for seat in seats:
        minute.sign(seat, minute.hash_of(minute.body()))


def decision(seat, item, text="Wij bellen op maandag met twee mensen."):
    return Decision.take(seat, item, text)


def paper(seat, meeting, title="Terugbellen: wat wij zien", text="Op maandag lukt het niet."):
    """A paper of this seat: handed in, or announced when it has no text."""
    made = Paper(partnership=seat.partnership, meeting=meeting, title=title, member=seat)
    made.wrote(seat).save()
    if text:
        made.write(seat, made.version, text=text)
    return made


def owner_link(seat, commitment, email="teamleider@gemeente.example"):
    """A letter to an owner without an account; nothing is sent."""
    return OwnerLink.objects.create(
        partnership=seat.partnership, commitment=commitment, owner_name=commitment.owner_name, email=email, sent_by=seat
    )


def close_out(seat, project, **texts):
    """How the side of this seat looks back."""
    texts = {"learnt": "Dat wachten het ergst is.", "onward": "Eerder beginnen.", **texts}
    return CloseOut.objects.create(partnership=seat.partnership, project=project, party=seat.party, **texts)


def trust(seat, project, answer=3):
    """What this person says about the trust, the same to each statement."""
    return TrustAnswer.fill_in(seat, project, **dict.fromkeys(TrustAnswer.FIELDS, answer))
