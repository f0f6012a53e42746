"""Telling back: whoever told something and wants to know what came of it, hears it."""

import re
import smtplib

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateformat import format as date_format

from dialoog.letters import LettersToday
from dialoog.partnerships.models import Event, Member, Party, together
from dialoog.partnerships.seen import SaidYesTo
from experiences.models.consent import ContactDetail
from experiences.models.papers import Addresses
from experiences.models.story import Story
from experiences.models.tellers import Secret, SecretQuerySet, Teller
from experiences.scan import scan

# Nothing in the list of a mailbox says what this is about or who it is from more than this.
SUBJECT = "Een bericht voor u"


class FeedbackQuerySet(SecretQuerySet):
    def of(self, project):
        """Who in this round wants to hear what came of it, in the order of the conversations' codes."""
        return self.filter(teller__project=project, teller__withdrawn_at=None).select_related(
            "teller", "done_by__user", "excused_by__user"
        )

    def owed(self, project):
        """Who in this round still has to hear it."""
        return self.of(project).filter(done_at=None, excused_at=None)


class Feedback(SaidYesTo, Secret):
    """The wish of one teller to hear what was done with the story; the letter lies in the vault."""

    then = "mail hem dan"

    class Way(models.TextChoices):
        READ = "read", "voorgelezen"
        GIVEN = "given", "op papier gegeven"
        POSTED = "posted", "met de post gestuurd"
        PHONED = "phoned", "aan de telefoon verteld"
        MAILED = "mailed", "gemaild"

    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    way = models.CharField("hoe", max_length=10, choices=Way.choices, blank=True, editable=False)
    done_on = models.DateField("wanneer", null=True, editable=False)
    done_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    done_at = models.DateTimeField(null=True, editable=False)
    excused_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    excused_at = models.DateTimeField(null=True, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["teller__code"]
        constraints = [
            models.UniqueConstraint(fields=["teller"], name="feedback_once_per_teller"),
            together("done_by", "done_at", "done_on", name="feedback_done"),
            together("excused_by", "excused_at", name="feedback_excused"),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(excused_at=None), name="feedback_done_or_excused"
            ),
        ]

    def __str__(self):
        return "Terugkoppeling"

    @property
    def text(self):
        """What the teller will read or hear."""
        return self.words().get("text", "")

    @property
    def reason(self):
        """Why this teller does not hear it."""
        return self.words().get("reason", "")

    @property
    def is_owed(self):
        return self.done_at is None and self.excused_at is None

    @classmethod
    def ask(cls, seat, teller):
        """This teller wants to hear what came of it; asking twice is asking once."""
        with transaction.atomic():
            teller = Teller.objects.select_for_update().get(pk=teller.pk)
            teller.refuse_withdrawn()
            project, known = teller.project, cls.objects.filter(teller=teller).first()
            if known is None:
                if project.is_closed:
                    raise ValidationError(
                        "Deze ronde is afgesloten. Vertel het de verteller zelf, zonder het te noteren."
                    )
                known = cls.objects.create(partnership=seat.partnership, teller=teller, asked_by=seat)
                Event.record(seat, "noteerde dat de verteller terugkoppeling wil", thing=known, audience=Party.COUNCIL)
            if project.feedback_at and known.is_owed:
                # The council had said that everyone heard it; that is no longer so.
                project.drop_fact("feedback", seat)
            return known

    def no_longer(self, seat):
        """The teller does not need to hear it after all."""
        with transaction.atomic():
            self._take()
            if self.done_at:
                raise ValidationError("Deze verteller hoorde het al. Dat blijft staan.")
            Event.record(seat, "noteerde dat er geen terugkoppeling nodig is", thing=self, audience=Party.COUNCIL)
            self.delete()

    def write(self, seat, version, text):
        """Keep the words of the letter; over words that somebody else saved first nothing is ever written."""
        text = text.replace("\r\n", "\n").replace("\0", "").strip()
        if not text:
            raise ValidationError("Schrijf op wat de verteller leest of hoort.")
        with transaction.atomic():
            self._take()
            if text == self.text:
                return
            if version != self.version:
                raise ValidationError(
                    "Iemand anders schreef intussen ook aan deze brief. Hieronder staat wat u typte, daaronder wat er "
                    "nu staat. Neem over wat u wilt, en bewaar opnieuw.",
                    code="stale",
                )
            self.seal(**self.words() | {"text": text})
            self.version += 1
            self.save()
            Event.record(seat, "schreef aan de terugkoppeling", thing=self, audience=Party.COUNCIL)

    def tell(self, seat, way, on):
        """The teller heard it: how and when."""
        with transaction.atomic():
            self._take()
            if self.done_at:
                return
            if way not in self.Way.values:
                raise ValidationError("Kies hoe de verteller het hoorde.")
            if on is None or on > timezone.localdate():
                raise ValidationError("Kies de dag waarop de verteller het hoorde. Die kan niet in de toekomst liggen.")
            self.way, self.done_on, self.done_by, self.done_at = way, on, seat, timezone.now()
            self.excused_by = self.excused_at = None
            self.save()
            Event.record(seat, f"noteerde: {self.get_way_display()}", thing=self, audience=Party.COUNCIL)

    def shown(self):
        """The letter."""
        return [self.text]

    def send(self, seat, seen=None):
        """Mail the letter to the address that the teller gave for this, and note that it went.

        It goes once that is kept, for a mail server that does not answer would hold up everybody who saves.
        """
        with transaction.atomic():
            self._take()
            if self.done_at:
                return
            self.refuse_unseen(seen)
            address = self._mail_address()
            self._refuse_story()
            today = LettersToday(seat, address)
            today.require()
            self.tell(seat, self.Way.MAILED, timezone.localdate())
            letter = EmailMessage(SUBJECT, self.text, to=[address])
        try:
            letter.send()
        except (OSError, smtplib.SMTPException):
            today.give_back()
            self.reopen(seat)
            raise ValidationError(
                "De mail kon niet weg. De verteller hoorde het nog niet. Probeer het later, of kies een andere manier."
            ) from None

    def excuse(self, seat, reason):
        """It did not work out to tell this teller; the reason stays with the council."""
        with transaction.atomic():
            self._take()
            if self.done_at:
                raise ValidationError("Deze verteller hoorde het al.")
            if not reason.strip():
                raise ValidationError("Schrijf op waarom deze verteller het niet hoort.")
            self.seal(**self.words() | {"reason": reason.strip()[:500]})
            self.excused_by, self.excused_at = seat, timezone.now()
            self.save()
            Event.record(seat, "noteerde waarom een verteller het niet hoort", thing=self, audience=Party.COUNCIL)

    def reopen(self, seat):
        """It was noted by mistake: this teller still has to hear it."""
        with transaction.atomic():
            # Before the letter and the round, as whoever withdraws does.
            Teller.objects.select_for_update().get(pk=self.teller_id)
            self._take()
            project = self.teller.project
            if project.is_closed:
                raise ValidationError("Deze ronde is afgesloten. Hier verandert niets meer.")
            self.way, self.done_on = "", None
            self.done_by = self.done_at = self.excused_by = self.excused_at = None
            self.save()
            if project.feedback_at:
                project.drop_fact("feedback", seat)
            Event.record(seat, "zette een terugkoppeling weer open", thing=self, audience=Party.COUNCIL)

    @classmethod
    def conclude(cls, seat, project, reason=""):
        """The council is done telling back: everyone heard it and no contact details are left, or it says why not.

        What is so is looked up, not asked. The other side reads the reason, so it names nobody.
        """
        if grave := [hit for hit in scan(reason) if hit.must_clear]:
            raise ValidationError(f"Dit leest ook de gemeente. Haal dit weg: {', '.join(hit.text for hit in grave)}.")
        with transaction.atomic():
            project.lock()
            owed, known = cls.objects.owed(project).exists(), cls.objects.of(project)
            told = not owed and not known.filter(excused_at__isnull=False).exists()
            if not owed and not told:
                # Why stands with each of them, for the council alone.
                reason = reason.strip() or "Niet iedereen was nog te bereiken."
            erased = not ContactDetail.objects.filter(teller__project=project).exists()
            project.note_feedback(seat, told, erased, reason)

    def _take(self):
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
        Teller.objects.get(pk=self.teller_id).refuse_withdrawn()

    def _mail_address(self):
        kept = ContactDetail.objects.filter(teller=self.teller_id, purpose=ContactDetail.Purpose.FEEDBACK).first()
        address = kept.details().get("email") if kept else ""
        if not address:
            raise ValidationError(
                "Er is geen mailadres dat de verteller hiervoor gaf. Lees de brief voor, geef hem of stuur hem op."
            )
        return address

    def _refuse_story(self):
        """A mail can be read by others on its way: what the teller told never goes with it."""
        if not self.text:
            raise ValidationError("Schrijf eerst de brief.")
        story, mail = Story.objects.filter(teller=self.teller_id).first(), _plain(self.text)
        sentences = re.split(r"(?<=[.!?])\s+", story.whole()) if story else []
        # Five words can be anybody's; from six on they are the teller's.
        copied = [one for one in sentences if len(one.split()) > 5 and _plain(one).rstrip(".!?") in mail]
        if copied:
            raise ValidationError(
                f"In deze brief staat een zin uit het verhaal zelf: ‘{' '.join(copied[0].split()[:6])} …’. "
                "Dat gaat niet met de mail. Zeg het in andere woorden, of geef de brief op papier."
            )


def first_words(feedback, themes):
    """A letter to begin with, from the themes that this story fed.

    `themes` holds of each the sentence, the commitments, and whether the story spoke against the others in it.

    The storey above knows the themes and gives them; the council changes the words before anything goes out.
    """
    table, project = feedback.partnership, feedback.teller.project
    heard = "\n\n".join(_theme(table, *theme) for theme in themes)
    reach = Addresses.of(table).reach.strip()
    reach = reach or f"Zeg het tegen degene van de {table.council_word} met wie u praatte."
    parts = [
        "Beste verteller,",
        f"U vertelde ons wat u meemaakte. Het ging over deze vraag: {project.question or project.subject} "
        "Dank u wel daarvoor. Wij beloofden u te vertellen wat ermee is gedaan.",
        heard or "Er zijn nog geen thema’s waarin uw verhaal is meegenomen.",
        f"Hebt u een vraag, of merkt u er niets van? Laat het ons weten. {reach}",
        f"Met vriendelijke groet,\n{table.council_name}",
    ]
    return "\n\n".join(parts)


def _theme(table, sentence, agreed, is_counter):
    about = f"Uw verhaal hoort bij: ‘{sentence.rstrip('. ')}’."
    if is_counter:
        about += " U vertelde juist iets anders dan de meeste mensen. Dat staat er ook bij."
    if not agreed:
        return f"{about} Daarover is nog niets afgesproken."
    lines = [f"{about} Dit is afgesproken:"]
    for commitment in agreed:
        lines.append(f"- {commitment.what}. {_stands(table, commitment)}")
        if commitment.status not in commitment.NEEDS_REASON:
            lines.append(f"  Zo merkt u het: {commitment.client_notices}")
    return "\n".join(lines)


def _stands(table, commitment):
    """How far it is, as one says it to a teller."""
    who, day = table.side_name(commitment.owner_party), date_format(commitment.due, "j F Y")
    if commitment.status in commitment.NEEDS_REASON:
        return f"Dat is niet gelukt. {commitment.status_reason}".strip()
    if commitment.status == commitment.Status.DONE:
        return f"Dat heeft de {who} gedaan."
    busy = " Daar wordt nu aan gewerkt." if commitment.status == commitment.Status.BUSY else ""
    return f"Dat doet de {who}, uiterlijk {day}.{busy}"


def _plain(text):
    return " ".join(text.lower().split())
