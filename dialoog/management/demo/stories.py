"""The eight conversations of round 2 and the cards taken from them. Nobody in them exists.

The conversations name streets, names and numbers on purpose: they show what stays with the council. The cards do not.
"""

from typing import NamedTuple


class Card(NamedTuple):
    """One card: the heading in the teller's manner of speaking, and the checked text."""

    number: int
    heading: str
    text: str


class Told(NamedTuple):
    """One conversation as a pair of interviewers typed it in."""

    key: str
    interviewers: tuple[str, ...]
    days_ago: int
    minutes: int
    approached: str
    happened: str
    effect: str
    went_well: str
    went_badly: str
    different: str
    meaning: str
    whose: str
    scopes: tuple[str, ...]
    traits: dict[str, str]
    cards: tuple[Card, ...]
    contact: tuple[str, str] | None = None
    language: str = "Nederlands"


QUOTE = ("analysis", "quote")
PUBLIC = ("analysis", "quote", "public")
CALL_BACK = ("analysis", "quote", "public", "call_back")

STORIES = [
    Told(
        key="auto",
        interviewers=("bram", "dora"),
        days_ago=53,
        minutes=35,
        approached="personally",
        happened="""\
Ik kom hier nu een half jaar. De eerste keer zat ik een kwartier in de auto, de rode Panda van mijn broer. Ik \
durfde het niet te vragen, ik durfde niet eens naar binnen. Vijfendertig jaar heb ik in het magazijn van Van \
Rossum gewerkt, altijd op tijd, nooit gezeur. Toen ging de zaak dicht. Eerst denk je: dat los ik zelf op. Dan is \
de ene spaarpot leeg, en dan de andere ook. Mijn broer heeft mij aangemeld. Ik niet.

Ik stond achteraan met mijn pet diep. Toen ik aan de beurt was, vroeg ik het zacht. 'Wat zegt u?' riep mevrouw \
Jansen. Toen wist de hele rij het. Iedereen kon horen wat ik zei. Ze vroeg ook waarom ik geen toeslag had. Welke \
toeslag, zei ik. Ik wist niet dat die bestond! Ik dacht: als er iets is, dan weet de gemeente mij wel te vinden. \
Zij hebben toch al mijn gegevens? Ze zei: bel 06-12345678 maar. Dat papiertje heb ik nog. Ik ben 54 jaar en ik heb \
nog nooit ergens om gevraagd.""",
        effect="""\
Eerst schaamte. Ik heb drie keer voor de deur gestaan, de vierde keer ging ik pas naar binnen. Daarna werd ik \
boos, maar niet op die vrijwilligers. Op mijzelf, en ook op de gemeente: waarom heeft niemand dit eerder gezegd? \
Ik heb twee jaar te weinig gehad, terwijl er gewoon iets was. Een buurman van vroeger stond ook in de rij. We \
knikken nu naar elkaar en we zeggen niks.""",
        went_well="""\
Het zijn hier goede mensen. Die jongen met die baard wist mijn naam nog, de tweede week al. Dat doet wat met je.""",
        went_badly="""\
Dat je je hele verhaal moet doen waar iedereen bij staat. En dat je alles zelf moet weten. Als je nooit iets hebt \
aangevraagd, weet je ook niet wat je vragen moet.""",
        different="""\
Zet een tafel apart, om de hoek. Dan kun je gewoon praten. En stuur mensen een brief als hun uitkering begint: \
hier hebt u ook recht op, kruis aan en stuur terug. Meer hoeft het niet te zijn.""",
        meaning="mixed",
        whose="client",
        scopes=PUBLIC,
        traits={
            "leeftijd": "45 tot 65 jaar",
            "huishouden": "alleen",
            "inkomen": "uitkering",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                1,
                "Ik wist niet dat het bestond",
                "Welke toeslag, zei ik. Ik wist niet dat die bestond! Ik dacht: als er iets is, dan weet de "
                "gemeente mij wel te vinden. Zij hebben toch al mijn gegevens? Ik heb twee jaar te weinig gehad, "
                "terwijl er gewoon iets was.",
            ),
            Card(
                12,
                "Ik durfde het niet te vragen",
                "De eerste keer zat ik een kwartier in de auto. Ik heb drie keer voor de deur gestaan. De vierde "
                "keer ging ik pas naar binnen. Ik heb nog nooit ergens om gevraagd.",
            ),
            Card(
                13,
                "Iedereen in de rij kon het horen",
                "Ik vroeg het zacht. Wat zegt u, riep ze. Toen wist de hele rij het. Je moet je hele verhaal doen "
                "waar iedereen bij staat.",
            ),
        ),
    ),
    Told(
        key="werk",
        interviewers=("fatma", "ria"),
        days_ago=53,
        minutes=40,
        approached="personally",
        happened="""\
Nou, ik zal het maar gewoon zeggen: ik werk. Vierentwintig uur in de week, bij de thuiszorg, en als er iemand ziek \
is nog meer. Drie kinderen, alleen. En toch sta ik hier op donderdag. Weet je wat ze zei, die mevrouw van de \
gemeente die hier toen aan het tafeltje zat? 'Wie werkt hoort hier niet.' Waar die kinderen bij stonden! Ik werk \
en ik houd minder over dan mijn buurman met een uitkering, dat heb ik haar voorgerekend, op de achterkant van een \
bonnetje.

Want het zit zo. In de zomer kon ik meer uren krijgen. Leuk, dacht ik. Ik deed het. Toen ging de huurtoeslag \
omlaag, de kinderopvang omhoog, en de gemeente zei: dan vervalt het schoolgeld ook. Aan het eind van de maand had \
ik achttien euro minder dan daarvoor. Minder! Dus nu werk ik weer minder, en mijn baas snapt er niks van.

En dan de kinderen. Voor Yara is er het jeugdfonds voor turnen, voor de jongste is er de stichting van de \
schoolspullen, en voor de oudste is er een laptop via de gemeente, maar alleen in september. Per kind is er weer \
een andere pot, met een ander briefje en een ander mens. Ik heb er een schriftje voor.""",
        effect="""\
Ik ben trots, hè. Ik poets andermans huis, ik was andermans moeder, ik kan heus wel wat. Maar van zo'n zinnetje \
lig ik 's nachts wakker. En de kinderen mogen het niet merken. Ik zeg dat ik boodschappen ga doen, en dat is ook \
zo. De jongste vroeg laatst waarom wij altijd op donderdag boodschappen doen. Toen moest ik even wegkijken.""",
        went_well="""\
Het turnen! Dat fonds belde en een week later kon ze beginnen, zonder dat haar juf iets hoefde te weten. Zo kan \
het dus ook.""",
        went_badly="""\
Dat werken straf is. Dat iedereen een eigen grens heeft en niemand ze bij elkaar optelt. En dat je voor elk kind \
weer opnieuw je loonstrookjes moet laten zien.""",
        different="""\
Eén aanvraag voor het hele gezin. En reken het een keer voor, vóórdat iemand ja zegt tegen meer uren. Dan kun je \
kiezen.""",
        meaning="bad",
        whose="client",
        scopes=CALL_BACK,
        traits={
            "leeftijd": "27 tot 45 jaar",
            "huishouden": "met kinderen",
            "inkomen": "werk",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                15,
                "De kinderen mogen het niet merken",
                "De kinderen mogen het niet merken. Ik zeg dat ik boodschappen ga doen, en dat is ook zo. De "
                "jongste vroeg waarom wij dat altijd op dezelfde dag doen. Toen moest ik even wegkijken.",
            ),
            Card(
                16,
                "‘Wie werkt hoort hier niet’, zei ze",
                "‘Wie werkt hoort hier niet’, zei ze. Waar die kinderen bij stonden! Ik werk en ik houd minder over "
                "dan mijn buurman met een uitkering, dat heb ik haar voorgerekend op de achterkant van een "
                "bonnetje.",
            ),
            Card(
                22,
                "Meer werken en minder overhouden",
                "Ik ging meer uren werken, en aan het eind van de maand had ik minder dan daarvoor. De toeslag ging "
                "omlaag, de opvang omhoog en het schoolgeld verviel. Nu werk ik weer minder, en mijn baas snapt er "
                "niks van.",
            ),
            Card(
                24,
                "Per kind is er weer een andere pot",
                "Per kind is er weer een andere pot, met een ander briefje en een ander mens. Voor elk kind moet je "
                "opnieuw je loonstrookjes laten zien. Ik heb er een schriftje voor.",
            ),
        ),
        contact=("Naima", "06 87654321"),
    ),
    Told(
        key="weduwe",
        interviewers=("dora", "wim"),
        days_ago=46,
        minutes=50,
        approached="personally",
        happened="""\
Komt u zitten, dan schenk ik in. Ik ben 78 en ik woon nog altijd in de Kerkstraat, boven de oude bakkerij. Mijn \
man deed vroeger de papieren. Toen hij overleed, lag er een doos waar ik niet in durfde te kijken.

Van de regeling voor de zorgkosten hoorde ik van de buurvrouw, mevrouw De Graaf, bij het ophangen van de was. Zij \
kreeg het al jaren. Ik zei: dat is zeker voor mensen die niets hebben. Nee hoor, zei zij, dat is voor ons. Zo \
hoort u het dus: aan de waslijn. Als het die dag had geregend, had ik het nóg niet geweten.

Toen kwam de brief van de gemeente. Drie bladzijden. Ik heb hem gelezen, met mijn bril en daarna met het \
vergrootglas. De brief begreep ik pas bij de derde keer, en toen nog niet helemaal. Er stond 'draagkracht' in en \
'peildatum'. Ik heb op de mulo gezeten, ik ben niet dom, maar zulke woorden zegt geen mens.

Het formulier stond in de computer. Ik heb geen computer. Mijn dochter vulde het voor mij in, op een zondagmiddag. \
Zij heeft het zelf ook druk. En zij ziet dan alles: wat er op de bank staat, wat ik aan haar broer geef.""",
        effect="""\
Ik vond het vooral verdrietig dat ik het niet zelf kon. Je wordt weer een kind, en je kind wordt je moeder. Verder \
mopper ik niet, want er zijn er die het slechter hebben. Maar ik heb wel een jaar lang de verwarming laag \
gehouden, en achteraf was dat nergens voor nodig.""",
        went_well="""\
Mijn dochter belde om iets te vragen en toen was de mevrouw aan de telefoon heel vriendelijk. Zij zei 'u' en zij \
had geduld.""",
        went_badly="""\
Dat alles met de computer moet. En dat er onder aan de brief geen naam staat van iemand die je kunt bellen.""",
        different="""\
Schrijft u een brief alsof u tegenover iemand zit. Een halve bladzijde, grote letters, en een naam eronder. En \
laat iemand langskomen bij mensen die alleen achterblijven. Eén keer is genoeg.""",
        meaning="mixed",
        whose="client",
        scopes=CALL_BACK,
        traits={
            "leeftijd": "65 jaar en ouder",
            "huishouden": "alleen",
            "inkomen": "pensioen",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                2,
                "Ik hoorde het van de buurvrouw",
                "Ik hoorde het van de buurvrouw, bij het ophangen van de was. Zij kreeg het al jaren. Als het die "
                "dag had geregend, had ik het nóg niet geweten. Achteraf heb ik een jaar lang voor niets de "
                "verwarming laag gehouden.",
            ),
            Card(
                8,
                "De brief begreep ik pas bij de derde keer",
                "Drie bladzijden. De brief begreep ik pas bij de derde keer, en toen nog niet helemaal. Er stond "
                "‘draagkracht’ in en ‘peildatum’. Ik ben niet dom, maar zulke woorden zegt geen mens.",
            ),
            Card(
                10,
                "Mijn dochter vulde het voor mij in",
                "Het formulier stond in de computer. Mijn dochter vulde het voor mij in. Zij ziet dan alles, ook "
                "wat er op de bank staat. Je wordt weer een kind, en je kind wordt je moeder.",
            ),
        ),
        contact=("mevrouw A. Kuipers", "Kerkstraat 14, 4321 AB Oosterhage"),
    ),
    Told(
        key="stukadoor",
        interviewers=("wim", "bram"),
        days_ago=46,
        minutes=30,
        approached="personally",
        happened="""\
Stukadoor. Eigen bus, eigen spullen, twintig jaar voor mezelf. Schouder kapot. Klaar. Verzekering? Te duur, had ik \
niet.

Ik naar de gemeente. Eerste loket: u bent ondernemer, u moet naar het zelfstandigenloket. Dat zit in Veldstede, \
een uur rijden. Die zeiden: u verdient dit kwartaal niks, u bent geen ondernemer meer, u moet naar het gewone \
loket. Gewone loket: u hebt nog een bus, dus u hebt vermogen, gaat u eens naar de schuldhulp. Ik héb geen \
schulden! Drie loketten, drie antwoorden, zes weken verder. Toen ben ik kwaad weggelopen, daar ben ik niet trots \
op.

Uiteindelijk toch aangevraagd. Dan moet je hele leven op tafel. Drie jaar bankafschriften. Waarom ik in maart \
vijftig euro aan Kevin had gegeven. Dat is mijn neef, die heeft mij geholpen met de bus! Wat ik met mijn \
verjaardag had gekregen. Of mijn vriendin wel eens blijft slapen. Dat vroeg een meisje van 23 jaar, met de deur \
open.

En dan de uitslag: veertig euro boven de grens. Per jaar, hè, niet per maand. Net boven de grens, dus niets. Geen \
toeslag, geen pas, geen zwemles. Veertig euro.""",
        effect="""\
Je voelt je een dief. Terwijl ik altijd belasting heb betaald. Ik slaap slecht. Ik heb tegen mijn vriendin gezegd: \
laat maar, wij redden het wel. En nu sta ik hier dus. Sommige dingen vraag je één keer, en dan nooit meer.""",
        went_well="""\
De schuldhulp, gek genoeg. Die vent zei: u hoort hier niet, maar ik loop even met u naar mijn collega. Dat was de \
enige die opstond.""",
        went_badly="""\
Dat niemand zegt: ik ga het voor u uitzoeken. En dat ene euro te veel hetzelfde is als honderd te veel.""",
        different="""\
Eén iemand. Een naam, een nummer. En die grens: maak er een schuine lijn van. Verdien je iets meer, dan krijg je \
iets minder. Niet ineens niks.""",
        meaning="bad",
        whose="client",
        scopes=QUOTE,
        traits={
            "leeftijd": "45 tot 65 jaar",
            "huishouden": "samen",
            "inkomen": "eigen bedrijf",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                4,
                "Drie loketten, drie antwoorden",
                "Bij het eerste loket was ik ondernemer, bij het tweede juist niet meer en bij het derde moest ik "
                "naar de schuldhulp. Ik héb geen schulden! Drie loketten, drie antwoorden, zes weken verder.",
            ),
            Card(
                14,
                "Je hele leven moet op tafel",
                "Dan moet je hele leven op tafel. Waarom ik iemand vijftig euro had gegeven. Wat ik met mijn "
                "verjaardag had gekregen. Met de deur open. Je voelt je een dief.",
            ),
            Card(
                21,
                "Net boven de grens, dus niets",
                "Veertig euro boven de grens, per jaar. Net boven de grens, dus niets. Geen toeslag, geen pas, geen "
                "zwemles. Eén euro te veel is hetzelfde als honderd te veel.",
            ),
        ),
    ),
    Told(
        key="student",
        interviewers=("kofi", "fatma"),
        days_ago=46,
        minutes=25,
        approached="personally",
        happened="""\
Ja dus ik ben van school af, niet klaar, gewoon gestopt. Mijn moeder zei: dan zoek je het maar uit, dus ik zit nu \
op een kamer aan de Spoorlaan met twee gasten. Ik dacht, prima, er zal wel iets zijn voor mensen zoals ik. Ik doe \
alles op mijn telefoon, dus ik zoeken. Op de website vond ik het niet terug. Echt niet. Er was een filmpje over, \
dat had ik op TikTok gezien, van de gemeente zelf! Maar dan klik je en dan krijg je iets over parkeren. Zoekwoord \
'geld': niks. Zoekwoord 'minima': wie zoekt er nou op minima.

Uiteindelijk had ik een formulier. Inloggen met DigiD. Die had mijn moeder altijd gedaan, op háár telefoon. Nieuwe \
aanvragen: komt er een brief op je adres. Maar ik sta nog bij haar ingeschreven en we praten even niet. Dus zonder \
DigiD kon ik niet verder. Gewoon klaar. Scherm dicht.

Toen bellen. Ik haat bellen. Ik belde en werd steeds doorverbonden. Eerst zo'n menu, toen een meneer Van Vliet, \
toen een vrouw die zei 'u bent in de verkeerde wachtrij', toen muziek, toen weg. Beltegoed op. En elke keer weer: \
geboortedatum, burgerservicenummer, waar gaat het over.""",
        effect="""\
Je gaat denken dat het expres is. Dat ze hopen dat je afhaakt. Nou, dat werkt dan. Ik heb drie maanden niks \
gedaan, gewoon post in een tas. Niet omdat het mij niet boeit, maar ik werd er zo moe van. Alsof je tegen een muur \
praat die ook nog aardig doet.""",
        went_well="""\
Hier bij de voedselbank zat een keer iemand met een laptop en die zei: oké, we doen het samen, nu. Binnen een half \
uur had ik mijn DigiD-aanvraag gedaan op een ander adres. Dat kan dus gewoon.""",
        went_badly="""\
Dat alles van elkaar afhangt. Geen adres, geen brief. Geen brief, geen DigiD. Geen DigiD, geen geld. Geen geld, \
geen adres. Rondje.""",
        different="""\
Appen. Gewoon appen met een mens. En laat iemand van mijn leeftijd die website eens proberen voordat-ie online \
gaat.""",
        meaning="bad",
        whose="client",
        scopes=PUBLIC,
        traits={
            "leeftijd": "18 tot 27 jaar",
            "huishouden": "met anderen",
            "inkomen": "geen",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                3,
                "Op de website vond ik het niet terug",
                "Op de website vond ik het niet terug. Er was een filmpje over, van de gemeente zelf, maar dan klik "
                "je en dan krijg je iets over parkeren. Wie zoekt er nou op ‘minima’.",
            ),
            Card(
                5,
                "Ik belde en werd steeds doorverbonden",
                "Ik belde en werd steeds doorverbonden. Eerst een menu, toen de verkeerde wachtrij, toen muziek, "
                "toen weg. En elke keer weer vertellen waar het over gaat. Alsof je tegen een muur praat die ook "
                "nog aardig doet.",
            ),
            Card(
                9,
                "Zonder DigiD kon ik niet verder",
                "Zonder DigiD kon ik niet verder. Geen adres, geen brief. Geen brief, geen DigiD. Geen DigiD, geen "
                "geld. Rondje.",
            ),
        ),
    ),
    Told(
        key="moeder",
        language="Turks",
        interviewers=("fatma", "dora"),
        days_ago=39,
        minutes=45,
        approached="through_someone",
        happened="""\
Ik ben hier zes jaar. Ik heb de taal geleerd, niveau B1, het diploma hangt in de keuken. Ik zeg dit omdat mensen \
vaak hard praten tegen mij. Ik ben niet doof.

Mijn man was ziek, toen hadden wij weinig. In de bibliotheek was een folder, een blauwe, in het Arabisch en in het \
Nederlands. Daar stond alles in. Ik dacht: ik haal hem morgen, want ik had geen tas. De folder lag er niet meer. \
De mevrouw van de bibliotheek zei: die is op, en de nieuwe komt alleen op internet. Zo'n mooie folder, met \
tekeningen. Ik heb nog weken gevraagd.

Toen de aanvraag. Kopie paspoort, kopie huurcontract, drie keer een bankpapier. Goed, ik doe dat. Na twee maanden \
een brief: wij missen stukken. Weer dezelfde papieren inleveren. Ik ging met de bus, ik gaf alles aan de balie, ik \
kreeg een stempel. Een maand later: weer een brief, wij missen stukken. Toen heb ik gehuild aan de balie, met de \
stempel in mijn hand. De man zei: dit is een andere afdeling, die kan dat niet zien.

Mijn vriendin Hodan zei: ga naar het wijkteam, in De Schakel. Daar ging het meteen goed. Die vrouw, Marloes, keek \
naar mij, niet naar haar scherm. Zij vroeg: wat is er gebeurd, vertelt u maar. Zij heeft zelf gebeld met die \
andere afdeling en toen waren de papieren er opeens wel.""",
        effect="""\
Bij de balie voelde ik mij klein. Alsof ik lieg over mijn eigen huis. Bij het wijkteam werd ik weer een gewoon \
mens. Mijn man zei: je loopt anders. Ik heb daarna ook gevraagd naar zwemles voor de kinderen. Eerst durfde ik dat \
niet.""",
        went_well="""\
Het wijkteam. Zij maken tijd. Zij schrijven het op in makkelijke woorden en geven het mee.""",
        went_badly="""\
Papieren geven, en dan zijn ze weg. Niemand zegt sorry. En dat de folder weg is: niet iedereen leest op internet.""",
        different="""\
Als de gemeente een papier heeft, dan heeft de hele gemeente het. En leg de folder terug. Bij de bibliotheek, bij \
de dokter, bij de school.""",
        meaning="mixed",
        whose="client",
        scopes=QUOTE,
        traits={
            "leeftijd": "27 tot 45 jaar",
            "huishouden": "met kinderen",
            "inkomen": "uitkering",
            "taal": "Nederlands later geleerd",
        },
        cards=(
            Card(
                6,
                "De folder lag er niet meer",
                "Daar stond alles in, in twee talen. De volgende dag lag de folder er niet meer. Die is op, zeiden "
                "ze, en de nieuwe komt alleen op internet. Niet iedereen leest op internet.",
            ),
            Card(
                7,
                "Weer dezelfde papieren inleveren",
                "Ik gaf alles aan de balie, ik kreeg een stempel. Een maand later: wij missen stukken. Weer "
                "dezelfde papieren inleveren. Dit is een andere afdeling, zei hij, die kan dat niet zien.",
            ),
            Card(
                18,
                "Bij het wijkteam ging het meteen goed",
                "Bij het wijkteam ging het meteen goed. Die vrouw keek naar mij, niet naar haar scherm. Zij belde "
                "zelf met de andere afdeling en toen waren de papieren er opeens wel. Ik werd weer een gewoon mens.",
            ),
        ),
    ),
    Told(
        key="map",
        interviewers=("ria", "kofi"),
        days_ago=39,
        minutes=55,
        approached="personally",
        happened="""\
Ik heb MS, dus ik doe alles op volgorde, anders raak ik het kwijt. Kijk, dit is de map. Rood is zorg, geel is \
geld, groen is wat er beloofd is. Die groene is dun.

Eerst de feiten. De bijdrage voor een wasmachine moest vóór de eerste van de maand binnen zijn. Ik kwam net uit \
het ziekenhuis. Mijn formulier is aangekomen op de tweede. Ik was één dag te laat. Afgewezen, volgend jaar \
opnieuw. Ik heb gebeld, ik heb gemaild, ik heb een brief van de neuroloog gestuurd. Het antwoord was een \
standaardzin. Ik heb acht maanden met de hand gewassen, met handen die het niet altijd doen.

Dan het tweede. Van het potje voor meerkosten krijg je de helft terug. Maar de bijdrage komt pas achteraf. Eerst \
zelf betalen, dan de bon opsturen, dan wachten. Twaalf weken, de laatste keer. Wie een laag inkomen heeft, kan nu \
juist niet voorschieten. Ik heb het van mijn zus geleend, van Marjan, en dat wilde ik niet.

En dan het derde, want ik ben eerlijk. In september nam een mevrouw Oudega mijn zaak over. Ze belde zelf terug, \
dat was fijn. Op de dag die zij had genoemd, en ook nog op een tijd dat ik wakker ben. Zij had het dossier \
gelezen. Ik hoefde niets uit te leggen. Dat was de eerste keer in vier jaar.""",
        effect="""\
Moe. Niet van mijn ziekte, van het bijhouden. Ik heb een dagtaak aan bewijzen dat ik ben wie ik ben. En na dat \
telefoontje heb ik een middag op de bank gezeten met de map dicht. Dat was mijn beste middag van het jaar.""",
        went_well="""\
Iemand die belt wanneer ze zegt dat ze belt. Het lijkt zo klein. Het is het grootste wat ik in al die jaren heb \
gekregen.""",
        went_badly="""\
Regels zonder mens erachter. De datum was belangrijker dan de reden. En ziek zijn gaat niet per kwartaal.""",
        different="""\
Kijk eerst waaróm iets te laat is. Betaal vooruit, of betaal de winkel. En geef elke afspraak een naam en een dag, \
dan kan die groene map dikker worden.""",
        meaning="mixed",
        whose="client",
        scopes=CALL_BACK,
        traits={
            "leeftijd": "45 tot 65 jaar",
            "huishouden": "alleen",
            "inkomen": "uitkering",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                11,
                "Ik was één dag te laat",
                "Ik kwam net uit het ziekenhuis. Ik was één dag te laat. Afgewezen, volgend jaar opnieuw. Het "
                "antwoord was een standaardzin. De datum was belangrijker dan de reden.",
            ),
            Card(
                19,
                "Ze belde zelf terug, dat was fijn",
                "Ze belde zelf terug, dat was fijn. Op de dag die zij had genoemd. Zij had het dossier gelezen, ik "
                "hoefde niets uit te leggen. Iemand die belt wanneer ze zegt dat ze belt: het lijkt zo klein.",
            ),
            Card(
                23,
                "De bijdrage komt pas achteraf",
                "De bijdrage komt pas achteraf. Eerst zelf betalen, dan de bon opsturen, dan wachten. Wie een laag "
                "inkomen heeft, kan nu juist niet voorschieten. Ik heb het van familie geleend, en dat wilde ik "
                "niet.",
            ),
        ),
        contact=("mevrouw T. de Haan", "thdehaan@voorbeeld.example"),
    ),
    Told(
        key="vaste_klant",
        interviewers=("kofi", "ria"),
        days_ago=39,
        minutes=40,
        approached="personally",
        happened="""\
Mij mag je alles vragen, jong. Ik kom hier al drie jaar en ik help nu zelf mee met uitladen, alle kratten, elke \
donderdag om half acht. Bertus heet ik, maar schrijf maar op 'die met de muts', dat weet iedereen.

Hoe het bij mij ging? Ik ben met de muziek meegegaan, zeg maar. Dertig jaar op de kermis gewerkt, nooit gespaard, \
en toen wilde mijn rug niet meer. Ik kan niet zo goed lezen, dat zeg ik gewoon. Mijn vader kon het ook niet. En \
toen was er hier een vrijwilliger, Henk van de Wal, en die zei: ik loop met je mee. En dat deed-ie ook hè, écht. \
Naar het stadhuis, naar boven met de lift, stoel erbij. De vrijwilliger liep met mij mee en hij deed het woord \
niet, nee, hij zat ernaast. Als ik vastliep keek hij mij aan en dan wist ik het weer. Dat is een kunst, hoor.

En die dame van de gemeente, die had het ook door. Die zei: meneer, ik lees het voor, u zegt ja of nee. Klaar. Het \
was in een week geregeld. Een week! Geld op de rekening, brief erbij, en Henk heeft de brief nog voorgelezen ook. \
Sindsdien neem ik zelf mensen mee. Vier heb ik er al gebracht. Eentje wilde er halverwege weer uit, die heb ik op \
een ijsje getrakteerd, en toen ging het wel.""",
        effect="""\
Ik schaam mij niet. Ze zijn hier vriendelijk, en je ziet elke week dezelfde mensen. Dat is gezellig. Ik was \
eigenlijk meer alleen dan arm. Nu heb ik een plek waar ze mij missen als ik er niet ben.""",
        went_well="""\
Nou ja, alles hè, bij mij. Henk, die dame, de koffie. Schrijf dat ook maar eens op, want ze schrijven altijd \
alleen op wat er niet deugt.""",
        went_badly="""\
Henk is nu 81 jaar. Als Henk stopt, is er niemand. Het hangt wel aan één ouwe vent en een bromfiets, als je er \
goed over nadenkt.""",
        different="""\
Meer Henken. Geef die mensen een vergoeding, een jas en een telefoon. En zet er bij de gemeente ook zo eentje \
neer, iemand die naast je gaat zitten in plaats van ertegenover.""",
        meaning="good",
        whose="client",
        scopes=PUBLIC,
        traits={
            "leeftijd": "65 jaar en ouder",
            "huishouden": "alleen",
            "inkomen": "pensioen",
            "taal": "Nederlands van huis uit",
        },
        cards=(
            Card(
                17,
                "De vrijwilliger liep met mij mee",
                "De vrijwilliger liep met mij mee. Hij deed het woord niet, hij zat ernaast. Als ik vastliep keek "
                "hij mij aan en dan wist ik het weer. Ik schaam mij niet. Ze zijn hier vriendelijk, en je ziet elke "
                "week dezelfde mensen. Dat is gezellig.",
            ),
            Card(
                20,
                "Het was in een week geregeld",
                "Die dame van de gemeente had het door. Ik lees het voor, zei ze, en u zegt ja of nee. Het was in "
                "een week geregeld. Een week! Sindsdien neem ik zelf mensen mee.",
            ),
        ),
    ),
]
