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
