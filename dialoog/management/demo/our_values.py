"""What each side of Oosterhage laid in its envelope, and what the two said to it afterwards."""

# name, what it means, why, priority
OF_THE_COUNCIL = [
    (
        "Klantgerichtheid",
        "Eerst luisteren, dan pas het formulier. Iemand moet zich welkom voelen.",
        "Wie zich niet welkom voelt, komt niet terug, ook niet als er wel hulp is.",
        1,
    ),
    (
        "Verantwoordelijkheid",
        "Doen wat u hebt gezegd. En het ook zeggen als iets niet lukt.",
        "Wachten op een belofte kost mensen meer dan een eerlijk nee.",
        1,
    ),
    (
        "Ontwikkeling",
        "Mensen kunnen meer dan er in hun dossier staat.",
        "Een mens is niet zijn uitkering.",
        2,
    ),
    (
        "Respect",
        "Niet te snel ‘je’ en ‘jij’. Niet praten over iemand die erbij zit.",
        "Het kost niets, en mensen onthouden het jaren.",
        2,
    ),
]
OF_THE_MUNICIPALITY = [
    (
        "Klantgerichtheid",
        "De vraag van de inwoner is het begin, niet ons loket. Dat vraagt tijd die wij nu niet altijd nemen.",
        "Wij zijn er voor de inwoner, en niet andersom.",
        1,
    ),
    (
        "Verantwoordelijkheid",
        "Wij staan voor ons besluit en leggen uit hoe wij daartoe kwamen.",
        "Het is geld van ons allemaal. Daar moeten wij over kunnen vertellen.",
        2,
    ),
    (
        "Creativiteit",
        "Ruimte zoeken binnen de regels, in plaats van nee zeggen.",
        "De regels passen zelden precies op een mens.",
        2,
    ),
    (
        "Zorgvuldigheid",
        "Elke aanvraag dezelfde aandacht. Fouten herstellen wij zelf, u hoeft daar niet om te vragen.",
        "Een fout van ons kan voor iemand een maand huur zijn.",
        1,
    ),
]
# The two that mean the same are laid together by the first and agreed by the second.
JOINED = ("Ontwikkeling", "Creativiteit", "dora", "anna")
# name: who says yes to it
YES = {
    "Klantgerichtheid": ("bram", "anna"),
    "Verantwoordelijkheid": ("bram", "joost"),
    "Respect": ("fatma",),
    "Zorgvuldigheid": ("samira",),
}
# value, by, what one sees, where, how it is safeguarded
PRACTICES = [
    (
        "Klantgerichtheid",
        "dora",
        "Wie binnenkomt wordt aangekeken en gegroet voordat iemand naar het scherm kijkt.",
        "bij de balie en bij de voedselbank",
        "Elke nieuwe medewerker loopt een ochtend mee met iemand van de raad.",
    ),
    (
        "Klantgerichtheid",
        "samira",
        "Een consulent vraagt eerst ‘wat is er gebeurd’ en vraagt daarna pas naar de papieren.",
        "bij het eerste gesprek",
        "De vraag staat boven aan het gespreksblad.",
    ),
    (
        "Verantwoordelijkheid",
        "joost",
        "Wie een dag noemt om terug te bellen, belt die dag. Ook als er nog niets te melden is.",
        "aan de telefoon",
        "De dag staat in de agenda van het team, niet alleen van de medewerker.",
    ),
]
# days ago, by, name, law, what it means here
GIVEN_BY_LAW = [
    (
        252,
        "anna",
        "Maatwerk",
        "Participatiewet, artikel 18, eerste lid",
        "De bijstand past bij wat iemand kan en nodig heeft. Dat is geen gunst: de wet vraagt het.",
    ),
    (
        252,
        "bram",
        "Luisteren voor er een besluit is",
        "Algemene wet bestuursrecht, artikel 4:7",
        "Wil de gemeente een aanvraag afwijzen om iets wat de aanvrager niet zelf vertelde? Dan mag die eerst zeggen "
        "hoe het zit.",
    ),
]
# days ago, by, value, part, text
ACCOUNTS = [
    (
        240,
        "samira",
        "Klantgerichtheid",
        "werkvloer",
        "Elk eerste gesprek begint met de vraag ‘wat is er gebeurd?’. Pas daarna komen de papieren. Aan de balie lukt "
        "dat nog niet: daar is het te druk.",
    ),
    (
        226,
        "dora",
        "Klantgerichtheid",
        "werkvloer",
        "In de spreekkamer merken mensen het. Aan de balie niet: daar is de eerste vraag nog steeds ‘heeft u een "
        "afspraak?’.",
    ),
    (
        120,
        "samira",
        "Klantgerichtheid",
        "werkvloer",
        "Elk eerste gesprek begint met de vraag ‘wat is er gebeurd?’. Pas daarna komen de papieren. Aan de balie staat "
        "sinds de zomer op drukke dagen een gastvrouw, die iedereen begroet en de weg wijst.",
    ),
    (
        96,
        "dora",
        "Klantgerichtheid",
        "werkvloer",
        "In de spreekkamer merken mensen het. De gastvrouw aan de balie wordt vaak genoemd: ‘er keek iemand op’. Op "
        "woensdag is zij er niet, en dat merken mensen ook.",
    ),
    (
        238,
        "anna",
        "Klantgerichtheid",
        "beleid",
        "In de beleidsregels staat dat wij binnen acht weken beslissen. Over hoe iemand wordt ontvangen staat niets.",
    ),
    (
        90,
        "anna",
        "Klantgerichtheid",
        "beleid",
        "In de beleidsregels staat dat wij binnen acht weken beslissen. In de nieuwe verordening komt een artikel over "
        "één aanspreekpunt. Over hoe iemand wordt ontvangen staat er nog niets.",
    ),
    (
        110,
        "joost",
        "Verantwoordelijkheid",
        "werkvloer",
        "Wie een terugbeldag noemt, zet die in de agenda van het team. In oktober lukte dat bij zes van de tien "
        "telefoontjes. Bij ziekte gaat het mis: dan kijkt niemand in die agenda.",
    ),
]
# Drafts on the table. Points: value → who, days ago, words.
DRAFTS = [
    {
        "brought": (21, "anna"),
        "words": {
            "sort": "ordinance",
            "title": "Verordening minimaregelingen 2027",
            "about": (
                "Dit stuk zegt wie recht heeft op de bijdrage voor kinderen, sport en kosten van ziekte, en hoe u die "
                "aanvraagt. De drie regelingen van nu worden één."
            ),
            "passages": (
                "Artikel 3. Recht op een bijdrage heeft de inwoner met een inkomen tot 120 procent van de norm.\n\n"
                "Artikel 5. De aanvraag gaat digitaal, met DigiD. Het college kan een papieren aanvraag toestaan.\n\n"
                "Artikel 8. De inwoner heeft één aanspreekpunt, van aanvraag tot besluit."
            ),
        },
        "points": {
            "Klantgerichtheid": [
                (
                    "anna",
                    20,
                    {
                        "municipality_serves": "Artikel 8: één aanspreekpunt, van aanvraag tot besluit. En één "
                        "aanvraag in plaats van drie."
                    },
                ),
                (
                    "dora",
                    16,
                    {
                        "council_verdict": "serves",
                        "council_why": "Eén mens en één formulier: daar vroegen bijna alle mensen bij de voedselbank "
                        "om. Zet er wel bij hoe u die mens bereikt.",
                    },
                ),
            ],
            "Verantwoordelijkheid": [
                (
                    "joost",
                    19,
                    {
                        "municipality_serves": "Wij beslissen binnen zes weken in plaats van acht. Lukt dat niet, dan "
                        "hoort u dat vooraf."
                    },
                ),
                (
                    "bram",
                    15,
                    {
                        "council_verdict": "neutral",
                        "council_why": "Zes weken is mooi. Maar er staat niet wat er gebeurt als het later wordt.",
                    },
                ),
            ],
            "Ontwikkeling en creativiteit": [
                (
                    "bram",
                    15,
                    {
                        "council_verdict": "chafes",
                        "council_why": "Artikel 5 gaat uit van DigiD. Wie dat niet heeft, moet eerst toestemming "
                        "vragen voor papier. Draai het om: iedereen mag kiezen.",
                    },
                ),
                (
                    "samira",
                    12,
                    {
                        "municipality_serves": "Wij zochten ruimte in de hoogte van de bijdrage, niet in de manier van "
                        "aanvragen. Dat zien wij nu ook."
                    },
                ),
            ],
        },
        "result": [
            (
                "anna",
                6,
                "Artikel 5 wordt omgedraaid: digitaal of op papier, de inwoner kiest. Bij artikel 8 komt hoe u uw "
                "aanspreekpunt bereikt. Over te late besluiten praten wij verder in het volgende overleg.",
            )
        ],
        "in_report": [("bram", 5), ("anna", 4)],
    },
]
