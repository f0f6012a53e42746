"""The two rounds of Oosterhage up to the collecting, and what was agreed. Days count back from Monday of this week."""

ROUND_ONE = {
    "subject": "Brieven en bellen",
    "occasion": "Bij het spreekuur van de raad gaat één op de drie vragen over een brief die niemand begrijpt.",
    "question": "Wat merkt u van de brieven en de telefoon van de gemeente?",
    "lead": "bram",
    "proposed_by_side": "council",
    "planned_stories": 3,
    "began": 277,
    "ends": 151,
    "values": ["Klantgerichtheid", "Verantwoordelijkheid"],
    "trust": {
        "bram": (3, 2, 2, 3, 3),
        "dora": (2, 2, 2, 3, 2),
        "fatma": (3, 3, 2, 2, 3),
        "anna": (4, 3, 3, 4, 3),
        "joost": (3, 3, 3, 4, 3),
        "samira": (3, 2, 3, 3, 3),
    },
    "backing": {
        "bram": "In de nieuwsbrief van maart, en verteld op de inloopochtend in buurthuis De Schakel.",
        "anna": "Besproken in het teamoverleg Inkomen. De wethouder weet ervan.",
    },
    "people": {
        "bram": "Drie gesprekken houden en drie avonden erbij zijn.",
        "dora": "Gesprekken houden, samen met Bram.",
        "fatma": "Meelezen en meedenken bij het bundelen.",
        "anna": "De avonden voorbereiden en erbij zijn.",
        "joost": "Besluiten wat de afdeling kan toezeggen.",
        "samira": "Meelezen en meedenken bij het bundelen.",
    },
    "pairs": [("bram", "anna"), ("dora", "samira")],
    "tasks": [
        ("Drie mensen vragen bij het spreekuur", "dora", 249, True),
        ("Tien brieven verzamelen die vaak worden verstuurd", "samira", 249, True),
        ("De zaal regelen voor het bundelen", "anna", 209, True),
    ],
    "plan": (
        "Drie gesprekken met mensen van het spreekuur: iemand die weinig leest, iemand die alles digitaal doet, en "
        "iemand die al lang klant is.",
        "Hoe vaak mensen bellen over een brief, per maand.",
    ),
}

ROUND_TWO = {
    "subject": "De weg naar een regeling",
    "occasion": (
        "Bij de voedselbank hoorde de raad dat mensen regelingen mislopen. De gemeente zag in haar cijfers dat maar "
        "de helft van de mensen met recht op de bijdrage die ook aanvraagt."
    ),
    "question": "Hoe makkelijk vindt u met een laag inkomen de regelingen die er voor u zijn?",
    "lead": "dora",
    "proposed_by_side": "council",
    "planned_stories": 8,
    "began": 81,
    "ends": -38,
    "values": ["Klantgerichtheid", "Verantwoordelijkheid", "Ontwikkeling en creativiteit"],
    "trust": {
        "bram": (4, 3, 3, 4, 3),
        "dora": (3, 3, 3, 3, 3),
        "fatma": (3, 3, 2, 3, 3),
        "kofi": (4, 3, 3, 3, 4),
        "anna": (4, 4, 3, 4, 3),
        "joost": (4, 3, 4, 4, 3),
        "lotte": (3, 3, 3, 4, 3),
    },
    "backing": {
        "bram": "Verteld op de inloopochtend en aan het bestuur van de voedselbank. Zij willen graag meedenken.",
        "anna": "De afdeling Inkomen en het klantcontactcentrum weten ervan. De wethouder vraagt om het verslag.",
    },
    "people": {
        "bram": "Gesprekken houden en alle avonden erbij zijn.",
        "dora": "Trekker. Gesprekken houden, de voedselbank voorbereiden.",
        "fatma": "Gesprekken houden, en meedoen bij het bundelen en de dialoog.",
        "wim": "Gesprekken houden, en meedoen bij het bundelen en de dialoog.",
        "ria": "Gesprekken houden, en meedoen bij het bundelen en de dialoog.",
        "kofi": "Gesprekken houden, en meedoen bij het bundelen en de dialoog.",
        "anna": "De avonden voorbereiden, cijfers verzamelen.",
        "joost": "Meedoen bij het bundelen en de dialoog, en besluiten wat kan.",
        "samira": "Meedoen bij het bundelen en de dialoog.",
        "peter": "Meedoen bij het bundelen en de dialoog.",
        "lotte": "Meedoen bij het bundelen en de dialoog.",
    },
    "pairs": [("dora", "anna"), ("bram", "joost"), ("fatma", "samira"), ("kofi", "peter"), ("ria", "lotte")],
    "tasks": [
        ("Afspreken met de voedselbank wanneer wij komen", "dora", 60, True),
        ("Kaarten met de code drukken", "wim", 55, True),
        ("Cijfers over de aanvragen van dit jaar opvragen", "joost", 31, True),
        ("De zaal regelen in buurthuis De Schakel", "anna", 27, True),
        ("Soep maken voor de bundelavond", "ria", 25, True),
        ("De vertellers bellen die dat wilden", "kofi", -17, False),
        ("Nagaan welke regels een inkomensgrens hebben", "samira", -10, False),
        ("Een eerste ‘in het kort’ schrijven voor het verslag", "bram", -15, False),
        ("De wethouder bijpraten", "joost", 3, False),
        ("Tafel en scherm ophalen bij het buurthuis", "peter", 4, True),
        ("Een flyer voor de wachtruimte bedenken", "lotte", -24, False),
        ("Meeschrijven op de tweede avond", "fatma", -10, False),
    ],
    "plan": (
        "Acht gesprekken bij de voedselbank, op de ophaaldag, in tweetallen. Wij zoeken verschil: jong en oud, "
        "alleen en met kinderen, met werk en zonder.",
        "Hoeveel mensen recht hebben op de bijdrage en hoeveel die aanvragen. Hoeveel aanvragen terugkomen omdat er "
        "papieren missen.",
    ),
}

# What the first round ended in.
PROMISED_IN_ROUND_ONE = [
    {
        "by": "anna",
        "what": "Brieven in gewone taal, eerst voorgelegd aan twee cliënten",
        "because": "De brief is niet voor mij geschreven",
        "value": "Klantgerichtheid",
        "owner_name": "Team Communicatie",
        "owner_party": "municipality",
        "due": 81,
        "client_notices": "U begrijpt de brief in één keer.",
        "done": 95,
        "solved": ("dora", 60, "De raad vroeg het aan zes mensen: ja, dat merken zij."),
    },
    {
        "by": "bram",
        "what": "Terugbellen binnen twee werkdagen",
        "because": "Wachten zonder te weten waarop",
        "value": "Verantwoordelijkheid",
        "owner": "samira",
        "due": 11,
        "client_notices": "U weet na twee dagen waar u aan toe bent.",
        "busy": 123,
        "asked": ("bram", 14, "Vier van de zeven mensen wachtten langer."),
    },
    {
        "by": "bram",
        "what": "Elke week een avondspreekuur aan de telefoon",
        "because": "Wachten zonder te weten waarop",
        "value": "Klantgerichtheid",
        "owner": "joost",
        "due": 74,
        "client_notices": "U kunt ook bellen als u overdag werkt.",
        "dropped": (88, "Er belden in zes weken vier mensen. Wij proberen nu bellen op afspraak."),
    },
]

PROMISED_IN_ROUND_TWO = [
    {
        "by": "anna",
        "what": "Eén telefoonnummer, met één mens die het hele verhaal onthoudt",
        "because": "Wie de weg niet kent, hoort het toevallig",
        "value": "Klantgerichtheid",
        "owner_name": "Teamleider Inkomen",
        "owner_party": "municipality",
        "due": -120,
        "client_notices": "U hoeft uw verhaal maar één keer te vertellen.",
        "busy": 3,
    },
    {
        "by": "bram",
        "what": "Een tafel apart bij de voedselbank, waar niemand meeluistert",
        "because": "Om hulp vragen voelt als schaamte",
        "value": "Klantgerichtheid",
        "owner": "dora",
        "due": -73,
        "said_yes": 4,
        "client_notices": "U kunt uw vraag stellen zonder dat de rij het hoort.",
        "done": 3,
    },
    {
        "by": "dora",
        "what": "Alle regels met een inkomensgrens naast elkaar leggen",
        "because": "Net niet: de regels sluiten niet op elkaar aan",
        "value": "Verantwoordelijkheid",
        "owner": "bram",
        "helper": "joost",
        "due": -157,
        "client_notices": "U krijgt bij ‘nee’ te horen wat er wél is.",
    },
]

# days ago, time, place, host, what about, who comes, agenda (who, title, note)
MEETINGS = [
    (207, "19:30", "Gemeentehuis, zaal 2", "municipality", "Bundelen, ronde 1", ("bram", "dora", "anna", "joost"), ()),
    (60, "16:00", "Buurthuis De Schakel, Lange Dreef 2", "council", "Periodiek overleg", ("bram", "anna"), ()),
    (
        46,
        "16:00",
        "Gemeentehuis, zaal 2",
        "municipality",
        "Periodiek overleg",
        ("bram", "dora", "fatma", "anna", "joost", "samira"),
        (
            ("dora", "Ophalen bij de voedselbank", "Wij gaan twee keer. Wie belt ons als er iets met de zaal is?"),
            ("joost", "Bellen op afspraak", "Wij probeerden het zes weken. Zo gaat het nu."),
        ),
    ),
    (
        25,
        "19:30",
        "Buurthuis De Schakel, Lange Dreef 2",
        "council",
        "Wij bundelen de kaartjes van ronde 2",
        ("bram", "dora", "fatma", "wim", "ria", "kofi", "anna", "joost", "samira", "peter", "lotte"),
        (("anna", "Wie schrijft mee", ""),),
    ),
    (
        4,
        "19:30",
        "Gemeentehuis, zaal 2",
        "municipality",
        "De dialoog, eerste avond",
        ("bram", "dora", "fatma", "ria", "anna", "joost", "samira", "lotte"),
        (),
    ),
    (
        -10,
        "19:30",
        "Buurthuis De Schakel, Lange Dreef 2",
        "council",
        "De dialoog, tweede avond: het laatste thema, en wat wij afspreken",
        ("bram", "dora", "fatma", "kofi", "anna", "joost", "samira"),
        (
            ("bram", "Terugbellen: hoe nu verder?", "Vier van de zeven mensen wachtten langer dan twee dagen."),
            ("anna", "Wie tekent het verslag", "En wie leest het eerst aan zijn achterban voor?"),
            ("fatma", "Oppas op de avond zelf", "Dan kunnen ook mensen met kinderen erbij zijn. Wie regelt dat?"),
        ),
    ),
]

# The meeting that did not go on: the day, who said so the day before, and why.
CANCELLED = (60, "bram", "De kelder van het buurthuis staat onder water. Anna zoekt een zaal voor over twee weken.")

# The minutes of the periodic meeting: by whom, about which point, and what was decided.
MINUTES = {
    "days": 46,
    "texts": [
        (
            "fatma",
            "Wat wij hebben afgesproken",
            "Brieven: zes mensen zeggen dat zij de brief in één keer begrijpen. Dat is gelukt.\n\n"
            "Terugbellen: de afdeling belt, maar schrijft niet op wanneer. Niemand weet dus of dat "
            "binnen twee dagen is.\n\n"
            "Het avondspreekuur is gestopt. Daar zijn beide kanten het over eens.",
        ),
        (
            "anna",
            "Ophalen bij de voedselbank",
            "De raad gaat twee keer, op de ophaaldag. De gemeente komt niet mee: mensen praten dan vrijer.",
        ),
        (
            "dora",
            "Bellen op afspraak",
            "Joost vertelt: in zes weken belden elf mensen op afspraak. Vier van hen werken overdag.\n\n"
            "Fatma vraagt hoe mensen dit weten. Het staat alleen op de website.",
        ),
    ],
    "decided": [("bram", "Bellen op afspraak", "De gemeente zet bellen op afspraak ook in de brief.")],
    "task": (
        "bram",
        "Wat wij hebben afgesproken",
        "Zeven mensen vragen of zij binnen twee dagen worden teruggebeld",
        15,
    ),
    "closed": [
        ("Elke week een avondspreekuur aan de telefoon", ("dora", "joost")),
        ("Brieven in gewone taal, eerst voorgelegd aan twee cliënten", ("dora",)),
    ],
    "said_yes": [("Terugbellen binnen twee werkdagen", "samira")],
    "signed": (("dora", 44), ("anna", 43)),
}

# What is read before the next meeting: by whom, its title, when it came (None: announced), and its text.
PAPERS = [
    (
        "samira",
        "Terugbellen: wat wij nu zien",
        1,
        "Sinds drie weken schrijft het team op wanneer iemand belt en wanneer wij terugbellen.\n\n# Wat wij zien\n\n"
        "- Van de 41 mensen die vroegen om teruggebeld te worden, belden wij er 23 binnen twee dagen.\n"
        "- Op maandag en na een feestdag lukt het bijna nooit.\n"
        "- Wie ’s ochtends belt, wacht korter dan wie ’s middags belt.\n\n# Wat wij willen vragen\n\n"
        "Vier van de zeven mensen zeiden tegen de raad dat zij langer wachtten. Wanneer belden zij? Dan weten wij of "
        "een extra collega op maandag helpt, of dat er iets anders nodig is.",
    ),
    ("bram", "Een eerste ‘in het kort’ voor het verslag", None, ""),
]

# How both sides looked back on the first round.
LOOKED_BACK = {
    "bram": {
        "asked": "Wat merkt u van de brieven en de telefoon van de gemeente? Een goede vraag: ieder had een verhaal.",
        "collected": "Bij ons spreekuur, in tweetallen. Wij namen de tijd, en lazen het verhaal terug.",
        "shared_values": "Klantgerichtheid. Wij konden steeds vragen: merkt iemand dit?",
        "council_role": "Wij haalden de verhalen op en keken elkaars kaartjes na.",
        "municipality_role": "Zij luisterden echt. Dat hadden wij niet verwacht.",
        "worked": "Samen lezen, zonder meteen te antwoorden.",
        "disappointed": "Het terugbellen bleef liggen: niemand die mee deed ging over de telefoon.",
        "surprised": "Mensen wilden veel langer praten dan wij dachten.",
        "result": "Brieven die twee mensen eerst lezen. Zes mensen zeiden: ja, dat merk ik.",
        "learnt": "Vraag aan het begin wie van de gemeente zelf mag beslissen.",
        "onward": "Nu de regelingen zelf. En ga naar mensen toe, bijvoorbeeld bij de voedselbank.",
    },
    "anna": {
        "asked": "Wat merkt u van de brieven en de telefoon van de gemeente?",
        "collected": "De raad sprak mensen. Wij zochten op hoe vaak er over een brief wordt gebeld.",
        "shared_values": "Klantgerichtheid en verantwoordelijkheid.",
        "council_role": "De raad kwam bij mensen die wij nooit spreken.",
        "municipality_role": "Luisteren, cijfers opzoeken, en uitleggen waarom een brief zo geworden is.",
        "worked": "De kaartjes. Je praat over wat er gebeurde, niet over wie gelijk heeft.",
        "disappointed": "Het avondspreekuur kostte veel en er belde bijna niemand.",
        "surprised": "Dat zo weinig verhalen zo veel laten zien.",
        "result": "Een andere manier van brieven maken, met een lezer van buiten erbij.",
        "learnt": "Leg eerst uit hoe u het ziet, en beloof daarna pas iets.",
        "onward": "Een onderwerp kiezen waar de teamleider zelf over gaat.",
    },
}
LEFT_OPEN = "Wachten zonder te weten waarop\nHoe bereiken wij mensen die nooit bellen?"

# Anna already thinks of what comes after this round.
THE_NEXT = {
    "by": "anna",
    "subject": "De eerste keer aan de balie",
    "question": "Hoe ging het toen u voor het eerst bij onze balie kwam?",
    "lead": "anna",
    "people": ["anna", "joost", "samira", "bram", "fatma", "kofi", "nico"],
    "planned_stories": 6,
    "begins": -56,
    "talks": -119,
}
