"""The words on the papers of the council: what is read aloud, what is asked, and where somebody can turn to."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party
from dialoog.partnerships.writing import Written
from experiences.models.tellers import Helper, SecretQuerySet

DUTCH = "Nederlands"
# So that a screen reader and the hyphens of a page know in which language they are.
LANGUAGES = {
    "albanees": "sq", "amhaars": "am", "arabisch": "ar", "armeens": "hy", "bosnisch": "bs", "bulgaars": "bg",
    "chinees": "zh", "dari": "fa", "deens": "da", "duits": "de", "engels": "en", "farsi": "fa", "frans": "fr",
    "fries": "fy", "georgisch": "ka", "grieks": "el", "hebreeuws": "he", "hindi": "hi", "hongaars": "hu",
    "indonesisch": "id", "italiaans": "it", "koerdisch": "ku", "kroatisch": "hr", "lets": "lv", "litouws": "lt",
    "nedersaksisch": "nds", "nederlands": "nl", "oekraïens": "uk", "papiaments": "pap", "pasjtoe": "ps",
    "perzisch": "fa", "pools": "pl", "portugees": "pt", "roemeens": "ro", "russisch": "ru", "servisch": "sr",
    "slowaaks": "sk", "somalisch": "so", "sorani": "ckb", "spaans": "es", "sranantongo": "srn", "swahili": "sw",
    "tamil": "ta", "thais": "th", "tigrinya": "ti", "tsjechisch": "cs", "turks": "tr", "urdu": "ur",
    "vietnamees": "vi",
}  # fmt: skip
# What machines call a language of which we do not know the name: better than Dutch, which it is not.
UNKNOWN = "und"
FROM_RIGHT = ("ar", "ckb", "fa", "he", "ps", "ur")
NOT_OF = "De {council_word} is niet van de gemeente."
FIRST_TEXT = (
    "{not_of} Wij zijn mensen die opkomen voor {clients_word}.\n\n"
    "Wij willen graag horen wat u meemaakt. Van wat u vertelt maken wij korte kaartjes. Daar staat geen naam op, geen "
    "datum en geen plaats. Wij kijken ze met twee mensen na. Toch kunnen wij niet beloven dat niemand u herkent.\n\n"
    "De kaartjes lezen wij samen met de gemeente. Uw hele verhaal ziet de gemeente nooit.\n\n"
    "U hoeft niets te vertellen wat u niet wilt. U kunt altijd stoppen. Wilt u later toch niet meedoen? Zeg dan de "
    "code op uw strookje. Dan halen wij uw verhaal en uw kaartjes weg uit alles wat nog niet af is.\n\n"
    "Uw gegevens vallen onder {data_controller}. Uw telefoonnummer bewaren wij alleen als u dat wilt, hooguit "
    "{months} maanden, en apart van uw verhaal."
)
OPENING = (
    "Dag, ik ben … van de {council_word}. Wij zijn niet van de gemeente.\n"
    "Mag ik voorlezen hoe wij met uw verhaal omgaan? Zegt u ja, dan praten wij verder.\n"
    "U mag altijd stoppen, en elke vraag overslaan."
)
QUESTIONS = (
    "{question}\n"
    "Kunt u één keer vertellen die u goed hebt onthouden? Wat gebeurde er?\n"
    "Wat deed dat met u?\n"
    "Wat ging er goed?\n"
    "Wat ging er niet goed?\n"
    "Wat zou er anders moeten?"
)
PROBING = (
    "Wat gebeurde er toen?\n"
    "Kunt u daar een voorbeeld van geven?\n"
    "Hoe bedoelt u dat?\n"
    "Laat een stilte duren. Wie nadenkt, heeft meer te vertellen."
)
CLOSING = (
    "Hoe noemt u dit zelf: goed, niet goed, of allebei?\n"
    "Ik lees voor wat ik opschreef. Klopt het zo?\n"
    "Wilt u later horen wat ermee is gedaan? Hoe bereiken wij u dan?\n"
    "Dit strookje met de code is voor u. Dank u wel."
)
URGENT = (
    "112: er is nu gevaar voor iemand.\n"
    "0800-2000: Veilig Thuis. Iemand wordt geslagen, bedreigd of niet goed verzorgd. Gratis, dag en nacht.\n"
    "113: iemand denkt aan zelfdoding. Bel 113 of 0800-0113. Gratis, dag en nacht."
)
NEARBY = (
    "Cliëntondersteuning: iemand die naast u staat en met u meedenkt. Gratis, en niet van de gemeente. "
    "Vraag het wijkteam of het loket wie dit bij u in de buurt doet.\n"
    "0800-8020: het Juridisch Loket. Gratis hulp bij een besluit waar u het niet mee eens bent."
)
COMPLAINT = (
    "Eerst de gemeente: zeg dat u een klacht hebt. {municipality} moet die dan behandelen.\n"
    "0800-33 55 555: de Nationale ombudsman. Gratis, als u er met de gemeente niet uitkomt."
)


# What stands on the consent card beside the text, in the order in which it stands there.
ON_THE_CARD = {
    "not_of": NOT_OF,
    "ask": "Waar zegt u ja tegen?",
    "analyse": "Wat ik vertel, mag als kaartje mee in de gesprekken met de gemeente.",
    "quote": "Mijn eigen woorden mogen in het verslag staan.",
    "publish": "Ook als iedereen dat verslag kan lezen.",
    "call_back": "U mag mij later bellen of schrijven.",
    "feedback": "Ik wil horen wat er met mijn verhaal is gedaan.",
    "controller": "Verantwoordelijk voor uw gegevens",
    "readers": "Wie uw verhaal leest",
    "who": "Alleen de {council_word}. De gemeente leest de kaartjes.",
    "kept": "Wat wij van uw verhaal bewaren",
    "how_long": "Tot {story_months} na deze ronde, achter slot.",
    "reach": "Hoe u te bereiken bent",
    "reach_long": "Alleen als u dat wilt, apart. Hooguit {contact_months}.",
    "strip": "Voor u, om te bewaren",
    "stop": "Wilt u niet meer meedoen?",
    "tell": "Zeg het tegen iemand van de {council_word}.",
    "say_code": "Noem uw code. U hoeft niet te zeggen waarom.",
    "phone": "Telefoon of mail:",
    "alone": "Zelf doen kan ook:",
    "code": "Uw code",
}


def months(number):
    """A number of months, as one says it."""
    return "één maand" if number == 1 else f"{number} maanden"


class ConsentTextQuerySet(PartnershipQuerySet):
    def current(self):
        """The newest version in each language; Dutch first."""
        newest = {}
        for text in self.order_by("-version").select_related("follows"):
            newest.setdefault(text.language, text)
        return sorted(newest.values(), key=lambda text: (text.language != DUTCH, text.language))


class ConsentText(PartnershipModel):
    """The text that is read aloud before a conversation; a change makes a new version, the old ones stay."""

    language = models.CharField("taal", max_length=40, default=DUTCH, editable=False)
    version = models.PositiveSmallIntegerField("versie", editable=False)
    # The Dutch text of which this is the translation; empty for a Dutch one.
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    body = models.TextField("de tekst", max_length=4000)
    # Of a translation: the other words on the card, each as [the Dutch line it was made from, the line itself].
    card = models.JSONField(default=dict, editable=False)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "language", "version"], name="consent_text_version_once"),
            models.CheckConstraint(
                condition=models.Q(language=DUTCH, follows=None) | ~models.Q(language=DUTCH),
                name="consent_text_dutch_comes_first",
            ),
        ]

    def __str__(self):
        return f"{self.language}, tekst {self.version} van {timezone.localdate(self.written_at):%d-%m-%Y}"

    def audience(self):
        """Both sides read the text in the report; when the council needed it is the council's own business."""
        return Party.COUNCIL

    @property
    def code(self):
        """The language as machines call it."""
        return LANGUAGES.get(self.language.lower(), UNKNOWN)

    @property
    def from_right(self):
        """Whether this language is written from right to left."""
        return self.code in FROM_RIGHT

    @property
    def is_dutch(self):
        return self.language == DUTCH

    @property
    def is_behind(self):
        """Whether the Dutch text changed after this was translated."""
        return not self.is_dutch and ConsentText.of(self.partnership).pk != self.follows_id

    @property
    def after_the_first_line(self):
        """What comes after 'The council is not of the municipality', which stands above the card in large letters."""
        own = self.on_card()["not_of"]
        return self.body.removeprefix(own if own else not_of(self.partnership)).strip()

    def on_card(self, dutch=None):
        """The other words on the card in this language; None for a line without a translation that still holds.

        A line whose Dutch says something else by now, such as a longer time, is not printed from memory.
        """
        dutch = dutch or dutch_card(self.partnership)
        return {name: words if (kept := self.card.get(name)) and (words := kept[1]) and kept[0] == dutch[name] else None
                for name in dutch}  # fmt: skip

    @property
    def all_words(self):
        """Everything that is read aloud from the card, in one piece."""
        return "\n".join([self.body, *filter(None, self.on_card().values())])

    @property
    def lacks_on_card(self):
        """How many lines of the card are still in Dutch."""
        return 0 if self.is_dutch else sum(words is None for words in self.on_card().values())

    @classmethod
    def of(cls, partnership):
        """The Dutch text that is read aloud now; the first is made from the table's own words when it is needed."""
        latest = cls.objects.filter(partnership=partnership, language=DUTCH).first()
        if latest:
            return latest
        if not partnership.data_controller.strip():
            raise ValidationError(
                "Er staat nog niet wie verantwoordelijk is voor de gegevens. Vul dat eerst in bij de tafel."
            )
        body = FIRST_TEXT.format(
            not_of=not_of(partnership),
            clients_word=partnership.clients_word,
            data_controller=partnership.data_controller,
            months=partnership.contact_retention_months,
        )
        with transaction.atomic():
            return cls.objects.get_or_create(
                partnership=partnership, language=DUTCH, version=1, defaults={"body": body}
            )[0]

    @classmethod
    def rewrite(cls, seat, body, language=DUTCH, card=None):
        """A new version of the text; what was said yes to before was another text, and stays so.

        `card` are the other lines of the card in this language; one that is left out stays Dutch.
        """
        body, lines = body.strip(), dutch_card(seat.partnership)
        card = {name: [lines[name], words.strip()] for name, words in (card or {}).items() if words.strip()}
        if not body:
            raise ValidationError("Schrijf op wat u voorleest.")
        if seat.partnership.data_controller not in body:
            raise ValidationError(
                f"In de tekst moet staan wie verantwoordelijk is: {seat.partnership.data_controller}. Zet dat erin."
            )
        with transaction.atomic():
            dutch = cls.of(seat.partnership)
            language = cls._known_as(seat.partnership, language)
            now = cls.objects.filter(partnership=seat.partnership, language=language).first()
            follows = None if language == DUTCH else dutch
            if now and now.body == body and now.follows == follows and now.card == card:
                return now
            made = cls.objects.create(
                partnership=seat.partnership,
                language=language,
                version=now.version + 1 if now else 1,
                follows=follows,
                body=body,
                card=card,
                written_by=seat,
            )
            said = "een nieuwe tekst" if made.is_dutch else f"een tekst in het {language}"
            Event.record(seat, f"schreef {said} voor de toestemming", thing=made, audience=Party.COUNCIL)
            return made

    @classmethod
    def _known_as(cls, partnership, language):
        """The name of a language as it is kept, however somebody typed it."""
        typed = " ".join(language.split())
        if not 2 <= len(typed) <= 40:
            raise ValidationError("Schrijf op welke taal dit is, bijvoorbeeld Turks.")
        names = cls.objects.filter(partnership=partnership).values_list("language", flat=True)
        return next((name for name in names if name.lower() == typed.lower()), typed[0].upper() + typed[1:])


class InterviewGuideQuerySet(SecretQuerySet):
    to_project = "project"


class InterviewGuide(Written, PartnershipModel):
    """The guide of a round's conversations: made from its question, in the words that the council wants to use."""

    texts = ("opening", "questions", "probing", "closing")

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    opening = models.TextField("beginnen", max_length=700)
    questions = models.TextField("open vragen", max_length=900)
    probing = models.TextField("doorvragen", max_length=700)
    closing = models.TextField("afronden", max_length=700)

    objects = InterviewGuideQuerySet.as_manager()

    def __str__(self):
        return f"Gespreksleidraad van ronde {self.project.number}"

    def audience(self):
        return Party.COUNCIL

    def address(self, seat):
        return seat.url("experiences:guide", project=self.project_id)

    def may_be_written_by(self, seat):
        return seat.is_council and not self.project.is_closed

    @property
    def is_written(self):
        """Whether the council used its own words; until then it is what the question gives."""
        return not self._state.adding

    @classmethod
    def of(cls, project):
        """The guide of this round: as the council wrote it, or as it follows from the question."""
        return cls.objects.filter(project=project).select_related("project").first() or cls._from_question(project)

    @classmethod
    def _from_question(cls, project):
        table = project.partnership
        question = project.question or "Wat maakt u mee met de gemeente?"
        return cls(
            partnership=table,
            project=project,
            opening=OPENING.format(council_word=table.council_word),
            questions=QUESTIONS.format(question=question),
            probing=PROBING,
            closing=CLOSING,
        )

    def write(self, seat, version, **texts):
        """Keep these words; whoever writes first lays them over what was made from the question."""
        if not self._state.adding:
            return super().write(seat, version, **texts)
        with transaction.atomic():
            self.project.lock()
            kept = type(self).of(self.project)
            if kept._state.adding:
                kept.wrote(seat).save()
            copies = kept.write(seat, version, **texts)
        self.pk, self._state.adding = kept.pk, False
        self.refresh_from_db()
        self.conflicts, self.met_others = copies, kept.met_others
        return copies


class AddressesQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The council's own list, for whoever holds conversations."""
        there = super().visible_to(seat)
        helps = seat.is_neutral and Helper.objects.filter(member=seat).exists()
        return there if seat.is_council or helps else there.none()


class Addresses(Written, PartnershipModel):
    """Where somebody can turn to: the council itself, help at once, help nearby, and with a complaint."""

    texts = ("reach", "urgent", "nearby", "complaint")

    reach = models.TextField("zo bereikt een verteller de raad", max_length=300, blank=True)
    urgent = models.TextField("er is nu hulp nodig", max_length=600)
    nearby = models.TextField("hulp dichtbij", max_length=700)
    complaint = models.TextField("een klacht", max_length=600)

    objects = AddressesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership"], name="addresses_once_per_table")]

    def __str__(self):
        return "Adressen en telefoonnummers"

    def audience(self):
        return Party.COUNCIL

    def address(self, seat):
        return seat.url("experiences:addresses")

    def may_be_written_by(self, seat):
        return seat.is_council

    @classmethod
    def of(cls, partnership):
        """The list of this table; the first holds what is the same in the whole country."""
        with transaction.atomic():
            complaint = COMPLAINT.format(municipality=partnership.municipality_name)
            return cls.objects.get_or_create(
                partnership=partnership, defaults={"urgent": URGENT, "nearby": NEARBY, "complaint": complaint}
            )[0]

    def lines(self, field):
        """The lines of one part, each as what stands out and what it is for."""
        told = [line.strip().partition(":") for line in getattr(self, field).splitlines() if line.strip()]
        return [(name.strip(), what.strip()) if colon else ("", name.strip()) for name, colon, what in told]


def dutch_card(partnership):
    """What stands on the consent card of this table beside the text, by name."""
    # The clocks stand a module higher: they also know the readings and the vault.
    terms = Addresses._meta.apps.get_model("experiences.Terms").of(partnership)
    told = {
        "council_word": partnership.council_word,
        "story_months": months(terms.story_months),
        "contact_months": months(partnership.contact_retention_months),
    }
    return {name: line.format(**told) for name, line in ON_THE_CARD.items()}


def not_of(partnership):
    """What every teller hears first: some think that the council is the municipality."""
    return NOT_OF.format(council_word=partnership.council_word)
