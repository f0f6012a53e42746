"""The three short conversations of round 1 and their cards. Nobody in them exists."""

from dialoog.management.demo.stories import PUBLIC, Card, Told

EARLIER_STORIES = [
    Told(
        key="doos",
        interviewers=("bram", "dora"),
        days_ago=249,
        minutes=30,
        approached="personally",
        happened="""\
Ik heb een doos voor de brieven van de gemeente. Als er een komt, leg ik hem er dicht in, en op zondag maak ik er \
één open. Eén, meer niet. De brief is niet voor mij geschreven, dat merk je meteen. Er staat 'u dient' in en \
'ingevolge'. Ik lees de eerste zin drie keer en dan kijk ik alleen nog of er een bedrag in staat. Soms gaat het \
nergens over, dan is het een kopie van een kopie. Mijn dochter Sandra zegt: bel ze. Maar wie moet ik bellen? Er \
staat alleen een team onder.""",
        effect="Ik krijg hartkloppingen van een envelop met een venster. Ook als het goed nieuws is.",
        went_well="""\
Eén keer zat er een geel briefje bij, met de hand geschreven: alles is in orde, u hoeft niets te doen. Dat heb ik \
bewaard.""",
        went_badly="Dat ik nooit weet of ik iets moet doen of niet.",
        different="Zet bovenaan wat ik moet doen. Niets is ook een antwoord.",
        meaning="mixed",
        whose="client",
        scopes=PUBLIC,
        traits={"leeftijd": "65 jaar en ouder"},
        cards=(
            Card(
                1,
                "De brief is niet voor mij geschreven",
                "De brief is niet voor mij geschreven, dat merk je meteen. Er staat ‘u dient’ in en ‘ingevolge’. Ik "
                "lees de eerste zin drie keer en dan kijk ik alleen nog of er een bedrag in staat.",
            ),
            Card(
                2,
                "Moet ik nu iets doen of niet?",
                "Ik weet nooit of ik iets moet doen of niet. Soms gaat het nergens over, dan is het een kopie van "
                "een kopie. Zet bovenaan wat ik moet doen. Niets is ook een antwoord.",
            ),
            Card(
                3,
                "Een geel briefje, met de hand",
                "Eén keer zat er een geel briefje bij, met de hand geschreven: alles is in orde, u hoeft niets te "
                "doen. Dat heb ik bewaard.",
            ),
        ),
    ),
    Told(
        key="wachtmuziek",
        interviewers=("dora", "bram"),
        days_ago=242,
        minutes=25,
        approached="personally",
        happened="""\
Ik werk in ploegen, dus ik bel in mijn pauze. Dat is een kwartier. De wachtmuziek duurt er twaalf. Dan krijg ik \
iemand en die zegt: uw consulent belt u terug. Wanneer? Dat weet ze niet. Dus ik loop de hele week met mijn \
telefoon in mijn broekzak, op de werkvloer, en dat mag niet van mijn chef Ronald. Hij ging over toen ik op de \
heftruck zat. Nummer onbekend. Terugbellen kan niet. Ik ben van voren af aan begonnen.""",
        effect="Je durft niks meer te plannen. Wachten zonder te weten waarop, dat maakt je gek.",
        went_well="De mensen zelf zijn vriendelijk. Daar ligt het niet aan.",
        went_badly="Nummer onbekend. En dat ze mij niet geloven als ik zeg dat ik al drie keer heb gebeld.",
        different="Zeg een dag. Al is het over twee weken, dan weet ik het.",
        meaning="bad",
        whose="client",
        scopes=PUBLIC,
        traits={"leeftijd": "27 tot 45 jaar"},
        cards=(
            Card(
                4,
                "Wachten zonder te weten waarop",
                "Uw consulent belt u terug. Wanneer? Dat weet ze niet. Dus ik loop de hele week met mijn telefoon "
                "in mijn broekzak. Wachten zonder te weten waarop, dat maakt je gek.",
            ),
            Card(
                5,
                "Nummer onbekend",
                "Hij ging over toen ik niet kon opnemen. Nummer onbekend. Terugbellen kan niet. Ik ben van voren af "
                "aan begonnen.",
            ),
            Card(
                6,
                "Zeg gewoon een dag",
                "Zeg een dag. Al is het over twee weken, dan weet ik het. De mensen zelf zijn vriendelijk, daar "
                "ligt het niet aan.",
            ),
        ),
    ),
    Told(
        key="app",
        interviewers=("bram", "fatma"),
        days_ago=242,
        minutes=20,
        approached="personally",
        happened="""\
Ik doe alles in de app van de overheid, de Berichtenbox, en dat werkt goed. Je krijgt een piepje en dan staat de \
brief er. Alleen staat er dan: u hebt een brief. Die brief is een foto van een brief. Op mijn telefoon moet ik hem \
heen en weer schuiven om een zin te lezen. En als je vraagt wat erin staat, zeggen ze: dat ziet u in de brief. Ik \
heb een keer teruggemaild en kreeg netjes antwoord, binnen een dag, van een meneer die zijn naam eronder zette. \
Toen dacht ik: het kan dus wel.""",
        effect="Ik vond het vooral grappig, eerlijk gezegd. Maar mijn moeder kan dit niet.",
        went_well="Die mail. Binnen een dag, met een naam.",
        went_badly="Een foto van een brief is geen bericht.",
        different="Schrijf de zin in de app zelf. En altijd een naam.",
        meaning="good",
        whose="client",
        scopes=PUBLIC,
        traits={"leeftijd": "18 tot 27 jaar"},
        cards=(
            Card(
                7,
                "Een foto van een brief",
                "Op mijn telefoon staat een foto van een brief. Ik moet hem heen en weer schuiven om een zin te "
                "lezen. Schrijf de zin in de app zelf.",
            ),
            Card(
                8,
                "Binnen een dag, met een naam",
                "Ik heb een keer teruggemaild en kreeg netjes antwoord, binnen een dag, van een meneer die zijn "
                "naam eronder zette. Toen dacht ik: het kan dus wel.",
            ),
        ),
    ),
]
