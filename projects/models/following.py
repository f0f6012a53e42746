"""What becomes of a commitment, until both sides take it off the standing list."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Party
from projects.models.standing import Status


class Followed:
    """What a commitment lets the sides, its owner and the clients say of how far it is."""

    def set_status(self, seat, status, reason="", expected=None, seen=None):
        """How far it is, said by one of the two sides; stopping needs a reason."""
        with transaction.atomic():
            self.lock()
            council = self.partnership.council_word
            if expected and expected != self.status:
                raise ValidationError(
                    f"De stand is net veranderd in ‘{self.get_status_display()}’. Kijk of uw wijziging nog klopt."
                )
            if status not in self.Status.values:
                raise ValidationError("Kies een stand uit de lijst.")
            if self.is_solved and status != self.Status.DONE:
                raise ValidationError(
                    f"De {council} noemde deze afspraak opgelost. Alleen de {council} kan dat terugnemen."
                )
            if status in self.NEEDS_REASON and not reason.strip():
                raise ValidationError("Schrijf op waarom de afspraak niet lukt of vervalt.")
            if seat.pk == self.owner_member_id and self.owner_yes_at is None:
                self.refuse_unseen(seen)
            self._go_on(status, reason)
            if seat.pk == self.owner_member_id:
                self.owner_yes_at, self.owner_no_at = self.owner_yes_at or timezone.now(), None
            self.save()
            Event.record(seat, f"zette ‘{self.what}’ op ‘{self.get_status_display()}’", thing=self)

    def told_by_owner(self, status, note, seen=None):
        """The owner, who has no account, says how far it is; that is no yes to standing for it."""
        with transaction.atomic():
            self.lock()
            if self.is_over or status not in (Status.BUSY, Status.DONE, Status.FAILED):
                raise ValidationError("Kies hoe het ermee staat.")
            if status == Status.FAILED and not note.strip():
                raise ValidationError("Schrijf op waarom het niet lukt.")
            self.refuse_unseen(seen)
            self._go_on(status, note)
            self.save()
            words = f" en schreef: {note.strip()}" if note.strip() else ""
            said = f"{self.owner_with_side} zette ‘{self.what}’ op ‘{self.state_label}’{words}"
            Event.of_table(self.partnership, said, self)

    def close(self, seat, seen=None):
        """This side says that it may leave the standing list; it does when both said so."""
        with transaction.atomic():
            self.lock()
            if not seat.is_side:
                raise ValidationError("Alleen de twee kanten halen samen een afspraak van de lijst.")
            if not self.is_over:
                council = self.partnership.council_word
                raise ValidationError(
                    f"Deze afspraak loopt nog. Van de lijst kan hij als de {council} hem oplost, of als hij gestopt is."
                )
            if self.has_closed(seat.party):
                return
            self.refuse_unseen(seen)
            setattr(self, f"{seat.party}_closed_by", seat)
            setattr(self, f"{seat.party}_closed_at", timezone.now())
            self.save()
            said = "ook dat" if self.is_closed else "dat"
            Event.record(seat, f"vindt {said} ‘{self.what}’ van de lijst mag", thing=self)

    def _go_on(self, status, reason):
        """Another state: what both sides closed is open again."""
        if status != self.status or not self.is_over:
            for party in Party.sides():
                setattr(self, f"{party}_closed_by", None)
                setattr(self, f"{party}_closed_at", None)
        self.status, self.status_reason = status, reason.strip()

    def note_clients(self, seat, said):
        """The council writes down what clients say they notice."""
        with transaction.atomic():
            self.lock()
            self._note_clients(seat, said)
            self.save()
            Event.record(seat, f"vroeg {self.partnership.clients_word} naar ‘{self.what}’", thing=self)

    def solve(self, seat, said, seen=None):
        """Clients notice it: only the council says so, after asking them."""
        with transaction.atomic():
            self.lock()
            if self.is_solved:
                return
            if self.status in self.NEEDS_REASON:
                raise ValidationError(
                    f"Deze afspraak staat op ‘{self.get_status_display()}’. Zet de stand eerst op ‘Klaar’."
                )
            self.refuse_unseen(seen)
            self._note_clients(seat, said)
            self.status = self.Status.DONE
            self.solved_by, self.solved_at = seat, timezone.now()
            self.save()
            Event.record(seat, f"noemde ‘{self.what}’ opgelost", thing=self)

    def reopen(self, seat, reason):
        """It was not solved after all: only the council says so."""
        with transaction.atomic():
            self.lock()
            self._refuse_municipality(seat)
            if not reason.strip():
                raise ValidationError("Schrijf op waarom de afspraak niet meer opgelost is.")
            if not self.is_solved:
                return
            self.solved_by = self.solved_at = None
            self._go_on(self.Status.BUSY, reason)
            self.save()
            Event.record(seat, f"noemde ‘{self.what}’ niet meer opgelost: {reason.strip()}", thing=self)

    def _note_clients(self, seat, said):
        self._refuse_municipality(seat)
        if not said.strip():
            raise ValidationError(f"Vraag het eerst aan {self.partnership.clients_word}, en schrijf op wat zij zeiden.")
        self.clients_said = said.strip()
        self.asked_by, self.asked_at = seat, timezone.now()

    def _refuse_municipality(self, seat):
        if not seat.is_council:
            council = self.partnership.council_word
            raise ValidationError(f"‘Opgelost’ zegt alleen de {council}, nadat zij het aan mensen zelf heeft gevraagd.")
