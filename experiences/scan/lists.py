"""Names and places as they are heard in the Netherlands: short lists, written for this, to look words up in."""

# First names that are no other Dutch word.
FIRST_NAMES = """
aad aafke albert aaltje aart abdel abdellah abderrahim abdul abdullah achmed adam adriaan adrie agnes ahmad ahmed aisha aïcha
albert aleksandra alex alexander ali alice alida alina alma amal amber amin amina amir amira an anass andré andrea andrea
andries andrzej angela angelique anita anja anke ankie ann anna annabel anne anneke annelies annemarie annemiek annet
annette annie anniek anouar anouk antje anton antoon antonio arend arie arjan arjen arnold aron arthur asha astrid aya
ayaan aylin ayoub ayşe aziz azra barbara barend bart bas bea beatrix ben benjamin bennie berend bernadette bernard bert
berta bertus betsie betty bianca bilal birgit bob boris boudewijn bouchra bram brahim brenda brigitte britt burak
carin carina carla carlo carlos carmen carolien caroline casper catharina cathy cem chaima chantal charlotte chris
christa christel christiaan christian christine cindy claudia colette conny cor corina corine cornelia cornelis corrie
daan daniel daniëlle danny danuta dave david dawid debbie demi demir denise dennis derk desiree diana dick diederik diego
dilan dimitri dina dirk djamila dolf dominique dora doreen doris dorien driss dylan ed eddy edith eduard edwin eefje eelco
egbert ekrem eleonora elena elia elif elin elina elisa elisabeth elise ella ellen elly els elsbeth elsje emel emiel
emilia emine emily emine emma emre engel enrico erica erik erika erna ernst erwin esmee esra esther eva evelien evelyn
evert ewa ezra fabian fadila fadma faisal farah farid farida fatiha fatima fatma fatme femke fenna ferdi ferdinand ferry
fien fleur floor flip frans fransje fred freddie frederik freek frida frits gabriel gabriëlle geert geertje geertruida
gerard gerda gerrie gerrit gerben gert gertruda gijs gijsbert gina giovanni gonnie greet greetje greta guido guus gülsen
hafida hakan hakim halima hamid hamza hana hanan hanna hannah hanneke hanny hans harm harold harrie harry hasan hassan
hatice hayat hedwig heidi heleen helena helga hella hendrik hendrika henk henny henri henriëtte herman hetty hicham hilde
hilda hind houda hugo hussein huub hüseyin ibrahim ida ilham ilja ilona ilse iman imane imke ina ine ineke ines inge ingeborg
ingrid irene iris irma isa isabel isabella ismail ivan ivo iwona jaap jac jaco jacob jacoba jacqueline jacques jade jamal
jamila jan janet jannie jannes janneke jantje janny jantina janusz jari jasmijn jasper jean jeanette jeanine jeannette
jelle jennifer jenny jeroen jerzy jesper jessica jet jill jim jo joachim joan joanna job jochem joe joep joey johan johanna
johannes john johnny joke jolanda jolanta jolien jon jonas jonathan joop joost jordi jordy jorien joris jos josé josef
josefien josephine joyce juan judith jules julia julian julie juliette jurgen jurre justin kaatje kamal karel karen karima
karim karin karina karl karlijn katarzyna karolina kas kasper kathleen katja katrien kees kelly kemal ken kenan kenza kevin
khadija khalid kim kirsten klaas klaasje koen koos kris krista kristel krystyna krzysztof kübra lamia lars latifa laura
laurens leen leendert leila leni lennart leo leon leonie leonard leontien leyla lia lian lidia liesbeth lieke lieneke liesje lieve
lina linda lisa lisanne lisette livia loes lorenzo lotte lou louis louisa louise lourens luc luca lucas lucia lucie luuk lydia
lynn maaike maarten maartje maas madelon magda magdalena mahmoud malika manon manuel manuela mara marc marcel marcella marco
marcus margaret margreet margriet maria mariam mariana marianne maribel marie mariëlle marieke mariet marijke marijn marika
marina marinus mario marion marisa marit marja marjan marjo marjolein marjolijn mariska marlies marloes marnix maroua marten martha
martien martijn martin martina martine marwa mary maryam marzena mathieu mathijs mats matthijs maud maureen maurice maurits max
maxime mees mehmet melanie melek melissa melvin merel meryem mia michael michał michel michelle michiel miek mieke mien miep
mies mike mila milan mimi mimoun mina mira miranda mirella mirjam mitchell mo moh mohamed mohammed moniek monika monique
mounir mourad murat mustafa myrthe naaima nabil nadia nadine naima najat najib nancy naomi natalia natasja natasha nathalie
nawal nel nele nelleke nellie nelly nick nico nicolaas nicole nicolette niek niels nienke nina ninke noa noah noor nora noura
nur nynke okke olaf olga olivia omar onno oscar osman otto paul paula paulien pauline paweł peggy pepijn perry peter petra
petronella philip phil pien pier piet pieter pietje piotr pleun priscilla quinten rabia rachel rachid rachida radboud rafael
rafik raymond ramazan ramon ramona randy raoul rashid rebecca reinier reinoud rein rené renate renée renske ria riad ricardo
richard rianne rick rieks riek riet rik rianne rina rinus rita rob robbert robert robin roderick roel roelof roger rogier roland
rolf romy ron ronald ronnie rosa rosalie rosan rosanne roxanne roy ruben rudi rudolf rudy ruud ruth sabine sabrina sadia sofia
safae said saïd saida salim salma sam samantha samir samira sammy samuel sander sandra sandrine sanne sara sarah saskia
sebastiaan selim selma semih serdar serge serkan shanti sharon sheila shirley siem siham silvana silvia simon simone sina sjaak
sjaan sjef sjoerd sjors soad sofie songül sonja sonya sophia sophie souad soumaya stan stanisław stef stefan stefanie stella
stephan steven stijn suleyman sultan suzan suzanne suze svetlana sylvia süleyman tamara tanja tarik tatjana teun teunis theo
thea theresa therese thijs thirza thomas thérèse tiemen tijmen tijn tilly tim timo tina tineke tinus tjalling tjeerd tobias tom
tomasz ton tonnie tonny toon toos trees tristan trudy truus turgay tycho uğur ursula valentina valerie vera veronica victor
vincent viola wafa walid walter wanda ward wendy werner wesley wessel wiebe wieke wiesława wietske willeke willem willemien
willemijn wilma wim winnie wolter wouter xander yara yasemin yasin yasmin yasmina yassin yassine yorick youssef yousra yusuf
yvette yvonne zahra zakaria zara zehra zeynep zineb zoë zofia zohra
""".split()

# First names that are other words too: only in the middle of a sentence, or with a surname behind them.
SHY_NAMES = """
bloem bo bodil elke dag eef faith fay floortje gerben ger han hein hidde hope iede ivo joy jul kiki kai lies lot luna mark mei
mees mik mirte nol pim puck quint roos rien sem sil silke sterre stien sunny tess tygo vos wil will wies zita zus
""".split()

# The most common surnames, without what stands before them; diacritics as written.
SURNAMES = """
aalbers aarts abbas achterberg akkerman aksoy albers alkema amrani andriessen appel arends arslan aydin aydın baars
baas bakker bakkers barends bartels bekker benali berends berg bergman bergsma berkhout bloem blok blom boer boersma bonte
boogaard boom bos bosch bosma bosman boukhari bouwman brand brands brink broek broekhuizen brouwer brouwers bruijn bruin
bruins bulut burger buijs bosscher can celik çelik chen cohen coenen coppens cornelissen daalen damen dekker dekkers demir
dijk dijkman dijkstra dikken dirks doğan doorn driessen drost duin dubois eijk elbers engel evers faber feenstra franke
franken fransen gerrits gerritsen goossens graaf graaff groen groenewoud groot haan haas hamers hansen hartman heijden
heijmans hendriks hendriksen hermans heuvel hoek hoekstra hoeven hofman hofstra hoogland horst houtman hout huisman
huizinga janse jansen janssen janssens jong jonge jongen jonker joosten kaya kamp karaca kaplan keizer kemper khan kiliç
klein kok koning koopman koopmans kooij koster kramer kroon kuijpers kuiper kuipers kurt lange leeuw leeuwen linden loon
louis maas maassen martens mathijssen meer meijer meijers mertens meulen meyer michels miedema moerman mol molenaar mulder
mulders muller nguyen nijhuis nowak kowalski kowalska oosten ouali oudshoorn öztürk özdemir pater peeters pereira peters
pieters pietersen pinas pol polat poort post postma pouw prins pronk ramdin rashid rietveld rijk rijn rodriguez roos rooij
rosier ruiter şahin sahin sanders santos schaap schaik scholten schouten schippers schreurs schut schuurman schuurmans silva
simons singh slot smeets smit smits smulders snijder snijders spaan stam steen stevens stolk storm swart tahiri teunissen
thijssen timmer timmerman timmermans tiemersma toorn tran tromp ünal vaart veen veenstra velde velden ven verbeek verhagen
verhoeven verkerk vermeer vermeulen verschoor versteeg vink visser visscher vliet vogel vos vries vroom wal walraven
wang wessels wit wiersma wijk willems willemsen witte wolf wolff wouters yildirim yıldırım yildiz yıldız yilmaz yılmaz zwart
""".split()

# Municipalities and towns.
PLACES = (
    """
Aalsmeer|Aalten|Alblasserdam|Alkmaar|Almelo|Almere|Alphen aan den Rijn|Amersfoort|Amstelveen|Amsterdam|Apeldoorn
Appingedam|Arnhem|Assen|Asten|Baarle-Nassau|Baarn|Barendrecht|Barneveld|Beek en Donk|Bergen op Zoom|Berkelland|Bernheze
Beuningen|Beverwijk|Bladel|Blaricum|Bloemendaal|Bodegraven|Bolsward|Borculo|Borne|Boskoop|Boxmeer|Boxtel|Breda|Brielle
Bronckhorst|Brummen|Brunssum|Bunnik|Bunschoten|Buren|Bussum|Capelle aan den IJssel|Castricum|Coevorden|Cranendonck|Cuijk
Culemborg|Dalfsen|De Bilt|De Meern|De Ronde Venen|De Wolden|Delft|Delfzijl|Den Bosch|Den Burg|Den Haag|Den Helder|Deurne
Deventer|Diemen|Doesburg|Doetinchem|Dokkum|Dongen|Dordrecht|Drachten|Drechterland|Driebergen|Drimmelen|Dronten|Druten
Duiven|Echt-Susteren|Edam|Ede|Eemnes|Eemsdelta|Eersel|Eijsden|Eindhoven|Elburg|Emmeloord|Emmen|Enkhuizen|Enschede|Epe|Ermelo
Etten-Leur|Franeker|Geertruidenberg|Geldermalsen|Geldrop|Geleen|Gemert|Gennep|Gilze|Goes|Goirle|Gooise Meren|Gorinchem|Gorssel
Gouda|Groenlo|Groesbeek|Haaksbergen|Haaren|Haarlem|Haarlemmermeer|Halderberge|Hardenberg|Harderwijk|Hardinxveld-Giessendam
Haren|Harlingen|Hattem|Heemskerk|Heemstede|Heerde|Heerenveen|Heerhugowaard|Heerlen|Heiloo|Hellendoorn|Hellevoetsluis|Helmond
Hendrik-Ido-Ambacht|Hengelo|Heusden|Hillegom|Hilvarenbeek|Hilversum|Hoeksche Waard|Hof van Twente|Hoofddorp|Hoogeveen|Hoogezand
Hoorn|Horst aan de Maas|Houten|Huissen|Huizen|Hulst|IJmuiden|IJsselstein|Joure|Kaatsheuvel|Kampen|Katwijk|Kerkrade|Krimpen aan den IJssel
Krommenie|Laarbeek|Landgraaf|Landsmeer|Lansingerland|Leek|Leerdam|Leeuwarden|Leiden|Leiderdorp|Leidschendam|Lelystad
Leusden|Lingewaard|Lisse|Lochem|Loon op Zand|Losser|Maarssen|Maasbree|Maasdriel|Maassluis|Maastricht|Medemblik|Meerssen
Meierijstad|Meppel|Middelburg|Middelharnis|Midden-Groningen|Mijdrecht|Moerdijk|Monnickendam|Montferland|Montfoort|Mook
Naaldwijk|Naarden|Neder-Betuwe|Nieuwegein|Nieuwkoop|Nijkerk|Nijmegen|Nijverdal|Nissewaard|Noordoostpolder|Noordwijk|Nuenen
Nunspeet|Oegstgeest|Oirschot|Oisterwijk|Oldebroek|Oldenzaal|Olst-Wijhe|Ommen|Oosterhout|Oosterbeek|Oostzaan|Opmeer|Opsterland|Oss
Oud-Beijerland|Oude IJsselstreek|Ouder-Amstel|Oudewater|Papendrecht|Pijnacker|Purmerend|Putten|Raalte|Reimerswaal|Renkum
Renswoude|Rheden|Rhenen|Ridderkerk|Rijssen|Rijswijk|Roermond|Roosendaal|Rotterdam|Rozendaal|Rucphen|Sassenheim|Schagen
Scheveningen|Schiedam|Schiermonnikoog|Schijndel|'s-Hertogenbosch|'s-Gravenhage|Sint-Michielsgestel|Sint-Oedenrode|Sittard
Sliedrecht|Sluis|Smallingerland|Sneek|Soest|Someren|Spijkenisse|Stadskanaal|Staphorst|Stede Broec|Steenbergen|Steenwijk
Stein|Terneuzen|Terschelling|Texel|Teylingen|Tholen|Tiel|Tilburg|Tubbergen|Twenterand|Tynaarlo|Uden|Uitgeest|Uithoorn|Urk
Utrecht|Utrechtse Heuvelrug|Vaals|Valkenburg|Valkenswaard|Veendam|Veenendaal|Veere|Veghel|Veldhoven|Velp|Velsen|Venlo|Venray
Vianen|Vlaardingen|Vlieland|Vlissingen|Volendam|Voorburg|Voorschoten|Voorst|Vught|Waalre|Waalwijk|Waddinxveen|Wageningen|Wassenaar
Waterland|Weert|Weesp|Westervoort|Westland|Weststellingwerf|Wierden|Wijchen|Wijk bij Duurstede|Wijk aan Zee|Winschoten|Winterswijk
Woensdrecht|Woerden|Wormerveer|Woudenberg|Woudrichem|Zaandam|Zaanstad|Zaltbommel|Zandvoort|Zeewolde|Zeist|Zevenaar|Zevenbergen
Zierikzee|Zoetermeer|Zoeterwoude|Zuidplas|Zundert|Zutphen|Zwartewaterland|Zwijndrecht|Zwolle
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

# Towns that are other words too: only after 'in', 'uit', 'naar' and the like.
SHY_PLACES = (
    "Asten|Best|Beek|Bergen|Buren|Delden|Elst|Groningen|Heel|Heeze|Laren|Leek|Mill|Noord|Stein|Velp|Weert".split("|")
)

# Words with a capital that stand behind a cue for a name, and are none.
NO_NAMES = """
heijn cuyp kruidvat hema blokker actie action ah aow albert allah april arabisch belastingdienst benefiet bijstand cak christen corona de den der dat die dit
digid duits een en engels er europa facebook frans geen gemeente god google haar hallo heer hem het hij hoe hun ik in is ja je
jezus kerst koningsdag kunt leger lidl maar maandag dinsdag woensdag donderdag vrijdag zaterdag zondag marokkaans marokkaanse
marokko me meneer met mevrouw mij mijn moslim na nee nederland nederlander nederlands nederlandse niet niemand niks nou nu of om
onze op ouders pas pgb poolse pools pasen raad ramadan roemeens sinterklaas sociale sinds spaans surinaams suriname svb syrië
syrisch te toen turks turkse turkije u uw uwv van voedselbank voor waar want wanneer wat we weet werk wet whatsapp wie wij wijkteam
wlz wmo wsnp zeg ze zei zelf zij zijn zo
""".split()

# Ways and squares that everybody has.
COMMON_WAYS = """
achterstraat autoweg buitenweg dwarsstraat eenrichtingsstraat fietspad heenweg hoofdstraat hoofdweg kantoorpark marktplein
omweg oprijlaan parkeerplein rijbaan rijksweg schoolplein snelweg speelplein startbaan terugweg uitweg voetpad voorstraat
vakantiepark vrijheidsplein winkelstraat woonstraat zandweg zijstraat zijweg busbaan woonerf bungalowpark speeltuin moestuin
volkstuin achtertuin voortuin kerkhof gerechtshof hof vliegveld voetbalveld sportveld speelveld sportpark
""".split()
