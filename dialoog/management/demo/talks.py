"""How the cards of both rounds were sorted, named and talked about."""

from typing import NamedTuple


class Named(NamedTuple):
    """One theme with what the two sides wrote about it, each for itself and together."""

    sentence: str
    cards: tuple[int, ...]
    explanation: str
    going_well: str
    counter_voice: str
    # Per side the answers to the four questions of the intern beraad.
    council: tuple[str, str, str, str]
    municipality: tuple[str, str, str, str]
    # What each side heard the other say, by side.
    heard: dict[str, str]
    # new insight, agree / partly / not, position of the council, position of the municipality
    outcome: tuple[str, str, str, str] | None = None
    readings: tuple[str, str] = ("", "")
    # card, value, upheld or harmed, who says so
    tags: tuple[tuple, ...] = ()


# The piles that most people of a side made, by the name most of them gave it.
COUNCIL_PILES = {
    "De weg kwijt": (1, 2, 3, 4, 5, 6),
    "Papieren, papieren": (7, 8, 9, 10, 11),
    "Schaamte": (12, 13, 14, 15, 16),
    "Iemand die helpt": (17, 18, 19, 20),
    "Nét niet": (21, 22, 23, 24),
}
MUNICIPAL_PILES = {
    "Vindbaarheid": (1, 2, 3, 4, 5, 6),
    "Aanvraagproces": (7, 8, 9, 10, 11),
    "Drempels": (12, 13, 14, 15, 16),
    "Goede service": (17, 18, 19, 20),
    "Inkomensgrenzen": (21, 22, 23, 24),
}
# Where each person laid a card elsewhere.
SORTS_ROUND_TWO = {
    "bram": (COUNCIL_PILES, {5: "Iemand die helpt", 11: "Nét niet", 9: "De weg kwijt"}),
    "dora": (COUNCIL_PILES, {5: "Iemand die helpt", 11: "Nét niet", 4: "Papieren, papieren"}),
    "fatma": (COUNCIL_PILES, {5: "Iemand die helpt", 11: "Nét niet", 9: "De weg kwijt"}),
    "wim": (COUNCIL_PILES, {11: "Nét niet"}),
    "ria": (
        COUNCIL_PILES,
        {5: "Iemand die helpt", 11: "Nét niet", 9: "De weg kwijt", 23: "Papieren, papieren"},
    ),
    "kofi": (COUNCIL_PILES, {6: "Iemand die helpt", 10: "Iemand die helpt"}),
    "anna": (
        MUNICIPAL_PILES,
        {14: "Aanvraagproces", 16: "Inkomensgrenzen", 20: "Vindbaarheid", 10: "Goede service"},
    ),
    "joost": (MUNICIPAL_PILES, {14: "Aanvraagproces", 16: "Inkomensgrenzen", 20: "Vindbaarheid"}),
    "samira": (
        MUNICIPAL_PILES,
        {14: "Aanvraagproces", 16: "Inkomensgrenzen", 10: "Goede service", 6: "Goede service"},
    ),
    "peter": (
        MUNICIPAL_PILES,
        {14: "Aanvraagproces", 16: "Inkomensgrenzen", 20: "Vindbaarheid", 9: "Vindbaarheid"},
    ),
    "lotte": (MUNICIPAL_PILES, {13: "Goede service", 24: "Aanvraagproces"}),
}

EARLIER_COUNCIL = {"Brieven": (1, 2, 7), "Bellen": (4, 5, 6), "Fijn": (3, 8)}
EARLIER_MUNICIPAL = {"Taal": (1, 2, 3, 7), "Bereikbaar": (4, 5, 6, 8)}
SORTS_ROUND_ONE = {
    "bram": (EARLIER_COUNCIL, {}),
    "dora": (EARLIER_COUNCIL, {3: "Brieven"}),
    "fatma": (EARLIER_COUNCIL, {6: "Fijn"}),
    "anna": (EARLIER_MUNICIPAL, {}),
    "joost": (EARLIER_MUNICIPAL, {2: "Bereikbaar"}),
    "samira": (EARLIER_MUNICIPAL, {}),
}

# Who moved a card on the shared board before it lay where it lies now: card, to the theme of that number, who.
MOVES_ROUND_TWO = [
    (9, 0, "ria"),
    (9, 1, "anna"),
    (11, 4, "anna"),
    (11, 1, "bram"),
    (14, 1, "peter"),
    (14, 2, "fatma"),
    (20, 3, "joost"),
    (5, 3, "dora"),
    (16, 4, "samira"),
]

THEMES_ROUND_TWO = [
    Named(
        sentence="Wie de weg niet kent, hoort het toevallig",
        cards=(1, 2, 3, 4, 6),
        explanation=(
            "Mensen horen van een regeling bij de waslijn, in de rij of van een folder die daarna op is. Wie "
            "niemand kent, loopt jaren iets mis."
        ),
        going_well="De folder in twee talen werd gelezen en bewaard. Mensen misten hem toen hij weg was.",
        counter_voice="Bij het wijkteam hoefde ik niets te weten. Zij vroegen gewoon wat er gebeurd was.",
        council=(
            "Mensen horen het van elkaar, of niet. De website helpt alleen wie al weet hoe het heet.",
            "Wie een buurvrouw heeft die het kent, heeft voordeel. Wie alleen woont of nooit iets vraagt, betaalt "
            "de rekening: één verteller liep twee jaar iets mis.",
            "Nee. Een recht waar u van moet horen bij de waslijn, is geen recht maar geluk.",
            "Zeg het mensen zelf, op het moment dat hun inkomen verandert. En één nummer, met één mens.",
        ),
        municipality=(
            "Wij sturen eens per jaar een brief en zetten alles op de website. Dat bereikt vooral mensen die al "
            "klant zijn.",
            "Het is voor ons overzichtelijk: één website. Wie die niet vindt, zien wij nooit. Dat nadeel staat in "
            "geen enkel lijstje.",
            "Nee. Wij geven geld uit aan regelingen die de helft van de mensen niet bereiken.",
            "Eén telefoonnummer kan. Iedereen zelf aanschrijven mag niet met alle gegevens die wij hebben; dat "
            "zoeken wij uit.",
        ),
        heard={
            "council": "Dat ze het zelf ook niet willen zo. En dat ze niet alle gegevens mogen gebruiken die "
            "ze hebben.",
            "municipality": "Dat onze website vooral helpt wie ons woord ervoor al kent. ‘Minima’ zoekt niemand op.",
        },
        outcome=(
            "De mensen die wij het minst bereiken, komen wél ergens: bij de voedselbank, de dokter, de school.",
            "agree",
            "",
            "",
        ),
        tags=(
            (1, "Klantgerichtheid", "harmed", "dora"),
            (1, "Verantwoordelijkheid", "harmed", "anna"),
            (4, "Klantgerichtheid", "harmed", "bram"),
            (6, "Klantgerichtheid", "harmed", "lotte"),
        ),
    ),
    Named(
        sentence="Steeds weer dezelfde papieren",
        cards=(7, 8, 9, 10, 11),
        explanation=(
            "Mensen leveren papieren in die de gemeente al heeft. Wie de brief niet begrijpt, geen DigiD heeft of "
            "een dag te laat is, valt buiten de boot."
        ),
        going_well="Waar iemand van de gemeente zelf belde met de andere afdeling, waren de papieren er opeens wel.",
        counter_voice="De mevrouw aan de telefoon was heel vriendelijk. Zij zei ‘u’ en zij had geduld.",
        council=(
            "Mensen brengen kopieën naar de balie, krijgen een stempel, en horen een maand later dat er "
            "stukken missen.",
            "De gemeente hoeft niet te zoeken. De inwoner neemt de bus, betaalt kopieën en staat te huilen "
            "aan de balie.",
            "Nee. Wie arm is, moet vaker bewijzen dat hij arm is dan een ander iets bewijst in zijn hele leven.",
            "Wat de gemeente al heeft, vraagt zij niet. En kijk eerst waaróm iets te laat is.",
        ),
        municipality=(
            "Elke regeling heeft een eigen formulier en een eigen map. De mappen kunnen elkaar niet lezen.",
            "De controle is op orde, dat is het voordeel. Wij schuiven het zoekwerk naar de inwoner, dat is "
            "het nadeel.",
            "Nee, al moeten wij wel kunnen nagaan of iemand er recht op heeft.",
            "Papieren die wij hebben kunnen wij delen, als de inwoner ja zegt. De dag in de verordening moet de "
            "raad veranderen; de gemeenteraad dus.",
        ),
        heard={
            "council": "Dat de mappen elkaar niet kunnen lezen. Dat wisten wij niet, wij dachten dat het onwil was.",
            "municipality": "Dat een stempel aan de balie voelt als een belofte.",
        },
        outcome=(
            "Met één vinkje ‘u mag mijn papieren delen’ vervalt de helft van de vragen.",
            "agree",
            "",
            "",
        ),
        tags=(
            (7, "Verantwoordelijkheid", "harmed", "fatma"),
            (7, "Klantgerichtheid", "harmed", "samira"),
            (8, "Klantgerichtheid", "harmed", "dora"),
            (11, "Ontwikkeling en creativiteit", "harmed", "ria"),
            (11, "Ontwikkeling en creativiteit", "harmed", "joost"),
            # A word on one sentence, with which the other side does not agree.
            (11, "Verantwoordelijkheid", "harmed", "dora", 0),
            (11, "Verantwoordelijkheid", "not", "anna"),
        ),
    ),
    Named(
        sentence="Om hulp vragen voelt als schaamte",
        cards=(12, 13, 14, 15),
        explanation=(
            "Mensen stellen hun vraag in de rij, waar anderen bij staan. Sommigen gaan daarom weg, of komen pas als "
            "het echt niet meer gaat."
        ),
        going_well=(
            "De vrijwilliger die met iemand meeloopt. Die mensen komen terug, en vragen ook eerder iets anders."
        ),
        counter_voice=(
            "Ik schaam mij niet. Ze zijn hier vriendelijk, en je ziet elke week dezelfde mensen. Dat is gezellig."
        ),
        council=(
            "Mensen wachten in één rij, van de deur tot de tafel. Wie iets vraagt, doet dat waar iedereen bij "
            "staat. Een paar mensen gaan weer weg.",
            "De vrijwilligers hebben voordeel: één plek, één keer uitleggen. Wie zich schaamt heeft nadeel, en "
            "juist die mensen hebben de meeste hulp nodig.",
            "Nee. Hulp vragen mag nooit kosten wat iemand nog over heeft: dat niemand het weet.",
            "Een tafel apart, en een mens die u ophaalt. Niet een folder met een nummer.",
        ),
        municipality=(
            "Wij hebben de intake bij de uitgifte gelegd, omdat dat snel gaat. Wij wisten niet dat de rij meeluistert.",
            "De uitgifte blijft kort. Het nadeel ligt bij mensen die voor het eerst komen. Wie de weg kent, merkt "
            "er weinig van.",
            "Nee. Snel is goed, maar niet als mensen daarom weggaan. Wij vinden wel dat de uitgifte kort moet blijven.",
            "Een tafel apart kan. Een vaste medewerker elke week kunnen wij nog niet beloven.",
        ),
        heard={
            "council": "Dat ze het niet wisten van de rij. Dat het snel moet omdat er te weinig mensen zijn.",
            "municipality": "Dat iemand drie keer voor de deur heeft gestaan. Dat zien wij nooit in onze cijfers.",
        },
        outcome=(
            "Het gaat niet om de balie, maar om de weg ernaartoe.",
            "partly",
            "Een tafel apart is goed, maar zonder een vast gezicht elke week blijft het een tafel.",
            "De tafel komt er. Een vaste medewerker elke week kunnen wij nog niet beloven: er zijn er te weinig.",
        ),
        readings=(
            "‘Je hele leven moet op tafel’ gaat over schaamte: zo kijkt men u aan.",
            "Wij legden dat kaartje eerst bij het aanvragen: zo vragen wij het.",
        ),
        tags=(
            (12, "Klantgerichtheid", "harmed", "bram"),
            (13, "Klantgerichtheid", "harmed", "dora"),
            (13, "Klantgerichtheid", "harmed", "anna"),
            (14, "Klantgerichtheid", "harmed", "wim"),
        ),
    ),
    Named(
        sentence="Eén mens die meedenkt maakt het verschil",
        cards=(5, 17, 18, 19, 20),
        explanation=(
            "Waar iemand meeliep, terugbelde of naast de aanvrager ging zitten, was het vaak in een week geregeld. "
            "Waar niemand dat deed, haakten mensen af."
        ),
        going_well="Drie van de vijf kaartjes gaan over iemand van de gemeente die het goed deed.",
        counter_voice="Het hangt wel aan één oude man en een bromfiets, als je er goed over nadenkt.",
        council=(
            "Eén vriendelijk mens haalt iemand over een drempel waar geen brief tegenop kan.",
            "Wie zo iemand treft heeft geluk. Wie het menu krijgt en de wachtrij, haakt af. Het hangt van toeval af.",
            "Dat iemand meedenkt wel. Dat het toeval is niet.",
            "Geef de vrijwilligers een vergoeding en een telefoon. En zet bij de gemeente ook iemand die ernaast zit.",
        ),
        municipality=(
            "Onze mensen willen dit graag. In de werkverdeling staat er tien minuten voor.",
            "De inwoner die zo iemand treft heeft voordeel. De medewerker die er tijd voor neemt, komt achter met "
            "de rest.",
            "Ja, en het scheelt ons werk: wie in één keer geholpen is, belt niet vijf keer.",
            "Wij willen proberen om in één wijk een half uur te nemen in plaats van tien minuten.",
        ),
        heard={
            "council": "Dat er tien minuten voor staat. En dat ze zelf ook zien dat het langer zou helpen.",
            "municipality": "Dat de namen van onze mensen onthouden worden, jaren later nog.",
        },
        tags=(
            (17, "Ontwikkeling en creativiteit", "upheld", "kofi"),
            (18, "Klantgerichtheid", "upheld", "fatma"),
            (18, "Klantgerichtheid", "upheld", "lotte"),
            (19, "Verantwoordelijkheid", "upheld", "ria"),
            (20, "Ontwikkeling en creativiteit", "upheld", "joost"),
            (5, "Verantwoordelijkheid", "harmed", "kofi"),
        ),
    ),
    Named(
        sentence="Net niet: de regels sluiten niet op elkaar aan",
        cards=(16, 21, 22, 23, 24),
        explanation=(
            "Elke regeling heeft een eigen grens. Wie iets meer verdient, verliest alles tegelijk. Wie meer gaat "
            "werken, houdt soms minder over."
        ),
        going_well="Het fonds voor sport belde zelf, en een week later kon het kind beginnen.",
        counter_voice="Dat er een grens is snap ik. Anders is er volgend jaar voor niemand iets.",
        council=(
            "Mensen vallen er met een paar tientjes buiten en verliezen dan alles. Werken voelt als straf.",
            "Wie net onder de grens zit heeft voordeel van niets doen. Wie werkt betaalt het, en hoort ook nog dat "
            "hij hier niet hoort.",
            "Nee. Een euro te veel mag niet hetzelfde zijn als honderd te veel.",
            "Maak van de grens een schuine lijn. En reken het voor, vóórdat iemand ja zegt tegen meer uren.",
        ),
        municipality=(
            "Er zijn zeven regelingen met vijf grenzen, want ze zijn in verschillende jaren gemaakt. Twee zijn van "
            "het Rijk.",
            "Eén harde grens is eerlijk in de zin dat hij voor iedereen gelijk is, en goedkoop in de uitvoering.",
            "Deels. Een grens hoort erbij. Dat niemand ze bij elkaar optelt, vinden wij niet goed.",
            "Wij kunnen de grenzen naast elkaar leggen. Een glijdende schaal kost geld dat er nu niet is.",
        ),
        heard={
            "council": "Dat er vijf verschillende grenzen zijn en dat ze dat zelf ook nooit op één blad hadden gezien.",
            "municipality": "Dat iemand minder ging werken door ons. Dat is het omgekeerde van wat wij willen.",
        },
        outcome=(
            "Niemand, ook de gemeente niet, had de grenzen ooit op één blad gezien.",
            "not",
            "Wie iets meer verdient, krijgt iets minder. Een harde grens doet mensen pijn en houdt ze thuis. Wij "
            "blijven vragen om een glijdende schaal.",
            "Wij vinden één grens eerlijk en uit te leggen. Een glijdende schaal kost drie ton per jaar en die "
            "hebben wij niet. Wij willen er wel op terugkomen bij de begroting.",
        ),
        readings=("", "Voor ons hoort ‘Wie werkt hoort hier niet’ bij de grenzen: de consulent zei wat er staat."),
        tags=(
            (16, "Klantgerichtheid", "harmed", "ria"),
            (21, "Verantwoordelijkheid", "harmed", "wim"),
            (22, "Ontwikkeling en creativiteit", "harmed", "fatma"),
            (22, "Ontwikkeling en creativiteit", "harmed", "samira"),
            (24, "Klantgerichtheid", "harmed", "peter"),
        ),
    ),
]

THEMES_ROUND_ONE = [
    Named(
        sentence="De brief is niet voor mij geschreven",
        cards=(1, 2, 3, 7),
        explanation="Mensen begrijpen niet wat er staat, en vooral niet of zij iets moeten doen.",
        going_well="Een briefje met de hand, ‘u hoeft niets te doen’, werd jaren bewaard.",
        counter_voice="Een netjes antwoord, binnen een dag en met een naam: het kan dus wel.",
        council=(
            "Mensen leggen brieven ongeopend weg.",
            "De gemeente staat sterk als er iets misgaat: het stond in de brief. De lezer staat alleen.",
            "Nee. Een brief die niemand begrijpt is geen brief.",
            "Bovenaan wat u moet doen, in één zin. Onderaan een naam.",
        ),
        municipality=(
            "Onze brieven zijn gemaakt door juristen en daarna niet meer bekeken.",
            "De zekerheid is voor ons, de last voor de lezer.",
            "Nee. De helft van de telefoontjes gaat over brieven.",
            "Herschrijven kan, tien per maand. De wettelijke zinnen moeten erin blijven, maar mogen achteraan.",
        ),
        heard={
            "council": "Dat de juristen bang zijn voor bezwaar.",
            "municipality": "Dat mensen hartkloppingen krijgen van een envelop met een venster.",
        },
        outcome=("Eén zin bovenaan helpt meer dan een hele nieuwe brief.", "agree", "", ""),
        tags=(
            (1, "Klantgerichtheid", "harmed", "dora"),
            (3, "Klantgerichtheid", "upheld", "samira"),
        ),
    ),
    Named(
        sentence="Wachten zonder te weten waarop",
        cards=(4, 5, 6, 8),
        explanation="‘U wordt teruggebeld’ zonder dag erbij houdt mensen een week aan hun telefoon.",
        going_well="Wie een mail stuurde, kreeg binnen een dag antwoord van iemand met een naam.",
        counter_voice="De mensen zelf zijn vriendelijk. Daar ligt het niet aan.",
        council=(
            "Mensen wachten een week op een telefoontje van een onbekend nummer.",
            "De consulent kan zelf kiezen wanneer. Wie werkt of zorgt, kan dat niet.",
            "Nee. Een belofte zonder dag is geen belofte.",
            "Noem een dag, en bel met een nummer dat je terug kunt bellen.",
        ),
        municipality=(
            "Wij beloven terug te bellen en houden niet bij of het gebeurt.",
            "Het scheelt tijd aan de balie en kost tijd aan de telefoon.",
            "Nee.",
            "Twee werkdagen moet kunnen. Het nummer zichtbaar maken is een vraag aan de telefooncentrale.",
        ),
        heard={
            "council": "Dat niemand bijhoudt of er is teruggebeld.",
            "municipality": "Dat iemand zijn werk op het spel zet om ons te kunnen opnemen.",
        },
        outcome=(
            "Het gaat niet om snel, maar om weten wanneer.",
            "partly",
            "Twee dagen is goed, maar noem ook het uur van de dag.",
            "Een dag noemen kunnen wij. Een uur niet.",
        ),
        tags=((4, "Verantwoordelijkheid", "harmed", "bram"),),
    ),
]

REPORT_ROUND_ONE = {
    "subtitle": "Wat drie mensen ons vertelden over brieven en bellen, en wat wij daarom afspreken",
    "brief": (
        "Wij vroegen drie mensen: wat merkt u van de brieven en de telefoon van de gemeente? Eén legt brieven "
        "ongeopend in een doos. Eén wacht een week lang op een telefoontje. Eén vindt de app grappig, maar zijn "
        "moeder niet.\n\nDe cliëntenraad en de gemeente lazen alles samen. Zij zijn het eens over de brieven: één "
        "zin bovenaan helpt meer dan een hele nieuwe brief. Over het bellen zijn zij het deels eens. Drie dingen "
        "spreken zij af."
    ),
    "feedback": "Dora Vermeulen bracht de drie vertellers het verslag, en las het aan één van hen voor.",
}
