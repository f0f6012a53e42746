"""What every thing on a table stands on: a random key, its table, and a bell."""

import uuid
from functools import cache
from typing import ClassVar
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction

from dialoog.live import bells
from dialoog.standing import Standing


def together(*fields, name):
    """A constraint that these fields are filled in together or not at all: who and when come in pairs."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True for field in fields})
        | models.Q(**{f"{field}__isnull": False for field in fields}),
        name=name,
    )


def forget_copies(deleted):
    """Texts that did not fit go with the thing they belong to, also when that went along with something else.

    `deleted` is what Django tells of a deletion: how many rows, and how many of each kind.
    """
    kinds = [label.lower() for label in deleted[1] if hasattr(apps.get_model(label), "conflicts")]
    if kinds:
        apps.get_model("partnerships", "ConflictCopy").forget_orphans(kinds)
    return deleted


def _for_chosen_rows_only(method):
    # As Django has it for its own: `Model.objects.delete()` does not exist, and no template can call it.
    method.queryset_only = method.alters_data = True
    return method


class PartnershipQuerySet(models.QuerySet):
    """Things on a table; `visible_to(seat)` is the only way in from a request."""

    def visible_to(self, seat):
        """What this seat may know of. Narrowed per model; never widened."""
        return self.filter(partnership=seat.partnership)

    def with_key(self, key):
        """The one of these with this key, or None; without the sorting that `first` asks of the database."""
        return next(iter(self.filter(pk=key).order_by()), None)

    @_for_chosen_rows_only
    def delete(self):
        """Take all of these away, with the texts that did not fit in them or in what goes along."""
        with transaction.atomic():
            return forget_copies(super().delete())

    def bulk_create(self, things, *args, **kwargs):
        """Keep all of these in one go; what a teller took back just now comes in this way neither."""
        things = list(things)
        for thing in things:
            thing._leave_out(fields_of(self.model))
        return super().bulk_create(things, *args, **kwargs)

    def once(self, key, **fields):
        """Make the thing with this primary key, or give back the one that an earlier try made.

        The key is made when the form is rendered, so a double click, a retry or a lost answer ends in one row.
        `thing.is_new` says whether this call made it.
        """
        thing = self.model(pk=key or uuid.uuid4(), **fields)
        return thing.keep_once()


@cache
def fields_of(kind):
    """The fields of this kind in which people write."""
    texts = (models.CharField, models.TextField, models.JSONField)
    return [
        field.name
        for field in kind._meta.concrete_fields
        if isinstance(field, texts)
        and not field.choices
        and (field.max_length or 999) > 30
        and field.name not in getattr(kind, "kept_as_it_was", ())
    ]


def channel_of(table, party=None):
    """The name of the channel that everyone at the table with this key hears, or only one party."""
    return f"table:{table}:{party}" if party else f"table:{table}"


class ChangesOnly(models.Model):
    """A row of which a save writes what was changed since it was read, and nothing else.

    An act that was under way when somebody was removed, or something taken back, does not write the old state again. A
    save that names its fields writes those.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row._as_read = dict(zip(field_names, values, strict=True))
        return row

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        super().refresh_from_db(using, fields, from_queryset)
        self._remember_fields(fields)

    def save(self, *args, **kwargs):
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = self._changed_fields()
        try:
            super().save(*args, **kwargs)
        except DatabaseError as error:
            # Django's own word for a row that is not there any more; what the database says has a cause.
            if type(error) is not DatabaseError or error.__cause__:
                raise
            raise ValidationError("Dit is er niet meer. Iemand nam het intussen weg.") from None
        self._remember_fields(kwargs.get("update_fields"))

    def _changed_fields(self):
        """The fields that are not as they were read; a list or a dict may have been changed in its place."""
        read, now = getattr(self, "_as_read", {}), self._fields_now()
        names = {field.attname: field.name for field in self._meta.concrete_fields if not field.primary_key}
        return [
            name
            for key, name in names.items()
            if key in now and (key not in read or isinstance(now[key], list | dict) or now[key] != read[key])
        ]

    def _fields_now(self):
        return {
            field.attname: self.__dict__[field.attname]
            for field in self._meta.concrete_fields
            if field.attname in self.__dict__
        }

    def _remember_fields(self, named=None):
        """These fields, or all, now stand in the database as they stand here."""
        known, now = getattr(self, "_as_read", {}), self._fields_now()
        of = {field.attname for field in self._meta.concrete_fields if {field.name, field.attname} & set(named or ())}
        self._as_read = now if named is None else known | {key: now[key] for key in of & now.keys()}


@cache
def _with_key(model):
    """All things of this kind, and the standing question for one of a table where the whole table may know of it."""
    rows = model._default_manager.all()
    if type(rows).visible_to is not PartnershipQuerySet.visible_to:
        return rows, None
    return rows, Standing(lambda table, key: rows.filter(partnership=table, pk=key).order_by(), UUID, UUID)


class PartnershipModel(ChangesOnly):
    """A thing on a table: a random key, its table, and a bell that rings when it changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(
        "partnerships.Partnership", on_delete=models.CASCADE, related_name="+", editable=False
    )

    # Whether its words never change once they are kept: then the moment at which it was made is theirs too.
    written_once: ClassVar[bool] = False
    # Fields that hold what was sent as it was sent: nobody writes in them, and nothing goes from them.
    kept_as_it_was: ClassVar[tuple] = ()
    # Whether what was sent last held a sentence which its teller took back.
    was_taken_back = False

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def for_seat(cls, seat, key):
        """The thing with this key if this seat may know of it, or None; as `visible_to(seat).with_key(key)` says."""
        rows, asked = _with_key(cls)
        return asked.one(seat.partnership_id, key) if asked else rows.visible_to(seat).with_key(key)

    def audience(self):
        """Who may know that this thing exists: None for the whole table, or one party."""
        return None

    @classmethod
    def kind(cls):
        """The word for this kind of thing in bells and in the history."""
        return cls._meta.model_name

    @property
    def topic(self):
        """The name its bell rings with, and the id of its part on a page."""
        return f"{self.kind()}-{self.pk}"

    @property
    def is_final(self):
        """Whether its words stay as they are, whatever is taken back later: they were sent, or signed by both."""
        return False

    def tell_withdrawn(self):
        """A teller took back words that stay here, because this was sent or signed. Who flags that says so here."""

    def lose_words(self, texts):
        """Somebody's words go from these texts, by name; no act refuses that, and nobody is named as the writer."""
        type(self)._base_manager.filter(pk=self.pk).update(**texts)
        self.ring()

    def save(self, *args, **kwargs):
        self._refuse_strangers(kwargs.get("update_fields"))
        # One transaction, so that there is no moment at which the change is kept and its bell is not.
        with transaction.atomic(savepoint=False):
            self._leave_out(self._words_in(kwargs.get("update_fields")))
            super().save(*args, **kwargs)
            self.ring()

    def _words_in(self, named):
        """The fields in which people write, of those that this save keeps."""
        is_new = self._state.adding
        named = self._changed_fields() if named is None and not is_new else named
        names = [name for name in fields_of(type(self)) if named is None or name in named]
        if names and self.written_once and not is_new:
            raise TypeError(f"the words of {self._meta.label} do not change: {names}")
        return names

    def _leave_out(self, names):
        """A sentence that its teller took back just now comes in by no way, also not with a page from before."""
        apps.get_model("partnerships", "WithdrawnSentence").keep_out_of(self, names)

    def delete(self, *args, **kwargs):
        # The key is gone after deleting, and the bell needs it.
        channel, topics = channel_of(self.partnership_id, self.audience()), (self.kind(), self.topic)
        with transaction.atomic(savepoint=False):
            answer = forget_copies(super().delete(*args, **kwargs))
            bells.ring(channel, *topics)
        return answer

    def ring(self):
        """Tell the open pages of those who may know that this thing changed."""
        bells.ring(channel_of(self.partnership_id, self.audience()), self.kind(), self.topic)

    def keep_once(self, looked=False):
        """Insert this new thing, or give back the row that an earlier try with the same key made.

        Who `looked` for that row just now need not look again; one that came in since is found all the same.
        """
        known = None if looked else self._earlier_try()
        if known is None:
            try:
                with transaction.atomic():
                    self.save(force_insert=True)
            except IntegrityError:
                known = self._earlier_try()
                if known is None:
                    if not type(self)._base_manager.filter(pk=self.pk).exists():
                        raise
                    # Somebody else's key: say nothing about it, this is simply another thing.
                    self.pk = uuid.uuid4()
                    self.save(force_insert=True)
        thing = known or self
        thing.is_new = known is None
        return thing

    def _earlier_try(self):
        """The row with this key, if it is this very thing: at this table, of this side, under the same things.

        A key that was read elsewhere (another round, somebody else's pile) is not a way to that thing.
        """
        person = apps.get_model("partnerships", "Member")
        same = {"pk": self.pk, "partnership_id": self.partnership_id}
        for field in self._meta.concrete_fields:
            under = field.is_relation and not field.null and issubclass(field.related_model, PartnershipModel)
            # A round too where there may be none: what was agreed outside it is another thing than within.
            if (under and not issubclass(field.related_model, person)) or field.name in ("party", "project"):
                same[field.attname] = getattr(self, field.attname)
        return type(self).objects.filter(**same).first()

    def _refuse_strangers(self, named=None):
        """A thing may only point at things on its own table. Of a save that names fields only those are kept."""
        for field in self._meta.concrete_fields:
            if not field.is_relation or not issubclass(field.related_model, PartnershipModel):
                continue
            if named is not None and field.name not in named and field.attname not in named:
                continue
            pointed_at = getattr(self, field.attname)
            if pointed_at is None:
                continue
            if field.is_cached(self):
                theirs = field.get_cached_value(self).partnership_id
            else:
                theirs = field.related_model._base_manager.values_list("partnership_id", flat=True).get(pk=pointed_at)
            if theirs != self.partnership_id:
                raise ValidationError("Dit hoort bij een andere tafel. Kies iets van deze tafel.", code="other_table")
