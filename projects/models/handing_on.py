from django.core.exceptions import ValidationError
from django.db import models, transaction

from dialoog.partnerships.models import Event, Member
from projects.models.preparing import Pledge


class HandedOn(models.Model):
    """Who leads a round, and who was asked to: the lead goes over with the yes of whoever takes it on."""

    lead_asked = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    lead_asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_lead_asked(self):
        """Whether somebody who sits at the table still has to say yes or no to leading."""
        return bool(self.lead_asked_id) and self.lead_asked.is_active and not self.is_closed

    def ask_lead(self, seat, member):
        """Ask somebody to lead: until their yes nothing changes. Who takes it on themselves says yes with that."""
        with transaction.atomic():
            self.lock()
            self._refuse_closed()
            self._refuse_lead(member)
            if member.pk == self.lead_id:
                if self.lead_asked_id:
                    self._ask(None, None)
                    Event.record(seat, "vraagt niemand meer om trekker te worden", thing=self)
                return
            self._ask(member, seat)
            if member == seat:
                self.answer_lead(seat, True)
            else:
                Event.record(seat, f"vroeg {member} om trekker te worden", thing=self)

    def answer_lead(self, seat, answer):
        """Who was asked says yes, and then leads; or no, and then the lead stays who it was."""
        with transaction.atomic():
            self.lock()
            self._refuse_closed()
            if seat.pk != self.lead_asked_id:
                raise ValidationError("Deze vraag is er niet meer. Kijk wie nu de trekker is.")
            self._ask(None, None)
            if not answer:
                Event.record(seat, "wordt geen trekker van deze ronde", thing=self)
                return
            self.lead = seat
            self.save()
            Event.record(seat, "is nu trekker van deze ronde", thing=self)
            pledge = Pledge.objects.filter(project=self, member=seat).first()
            if pledge and not pledge.is_yes:
                # Who leads, takes part.
                pledge.give(seat, Pledge.Answer.YES, pledge.note)

    def said_no(self):
        """The keys of the people who do not take part."""
        return Pledge.objects.filter(project=self, answer=Pledge.Answer.NO).values("member")

    def _ask(self, member, seat):
        self.lead_asked, self.lead_asked_by = member, seat
        self.save()

    def _refuse_lead(self, member):
        if member is None:
            raise ValidationError("Een ronde heeft altijd één trekker. Kies wie het wordt.")
        if not member.is_active or member.partnership_id != self.partnership_id:
            raise ValidationError(f"{member} zit niet aan deze tafel. Kies iemand die meedoet.")
        if not member.is_side:
            raise ValidationError("De trekker hoort bij een van de twee kanten.")
        if self.said_no().filter(member=member).exists():
            raise ValidationError(f"{member} doet niet mee aan deze ronde. Kies iemand die meedoet.")
