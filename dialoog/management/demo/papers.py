"""Plays the words on the papers, and telling back to whoever asked for it. All names and numbers are invented."""

from analysis.models import themes_fed
from experiences.models import Addresses, ConsentText, Feedback, Interview, InterviewGuide, first_words

REACH = "Bel 06 00 00 00 00 (maandag tot donderdag) of mail raad@oosterhage.example."
NEARBY = """\
Wijkteam: inloop in buurthuis De Schakel, Lange Dreef 2, elke ochtend.
Cliëntondersteuning: iemand die naast u staat. Gratis, en niet van de gemeente. Bel 06 00 00 00 01.
0800-8020: het Juridisch Loket. Gratis hulp bij een besluit waar u het niet mee eens bent."""
OPENING = """\
Dag, ik ben … van de cliëntenraad. Wij zijn niet van de gemeente.
Fijn dat u even tijd hebt. Het mag kort, en het mag lang.
Mag ik voorlezen hoe wij met uw verhaal omgaan? U mag altijd stoppen."""
# Made up for the demo, like everything here; a council has its own translation read by somebody it trusts.
TURKISH = """\
Cliëntenraad belediyeye bağlı değildir. Biz, yardım alan insanların haklarını savunan kişileriz.

Neler yaşadığınızı duymak istiyoruz. Anlattıklarınızdan kısa kartlar yapıyoruz. Kartlarda isim, tarih ve yer yazmaz. \
Onları iki kişi kontrol ediyor. Yine de kimsenin sizi tanımayacağına söz veremeyiz.

Kartları belediye ile birlikte okuyoruz. Hikâyenizin tamamını belediye hiçbir zaman görmez.

İstemediğiniz hiçbir şeyi anlatmak zorunda değilsiniz. Her zaman durabilirsiniz. Daha sonra vazgeçerseniz kartınızdaki \
kodu söyleyin. O zaman hikâyenizi ve kartlarınızı henüz bitmemiş her şeyden çıkarırız.

Bilgilerinizden şu kurum sorumludur: het college van de gemeente Oosterhage. Telefon numaranızı yalnızca siz \
isterseniz, en fazla 6 ay ve hikâyenizden ayrı olarak saklarız. \
(Bu çeviri bu deneme için hazırlanmıştır.)"""
TURKISH_CARD = {
    "not_of": "Cliëntenraad belediyeye bağlı değildir.",
    "ask": "Neye evet diyorsunuz?",
    "analyse": "Anlattıklarım, belediyeyle yapılan konuşmalarda kart olarak kullanılabilir.",
    "quote": "Kendi sözlerim raporda yer alabilir.",
    "publish": "O raporu herkes okuyabilse bile.",
    "call_back": "Beni daha sonra arayabilir veya bana yazabilirsiniz.",
    "feedback": "Anlattıklarımla ne yapıldığını duymak istiyorum.",
    "controller": "Bilgilerinizden sorumlu olan",
    "readers": "Hikâyenizi kim okur?",
    "who": "Yalnızca Cliëntenraad. Belediye kartları okur.",
    "kept": "Hikâyenizden neyi saklıyoruz?",
    "how_long": "Bu turdan sonra 6 ay, kilit altında.",
    "reach": "Size nasıl ulaşılır?",
    "reach_long": "Yalnızca siz isterseniz, ayrı olarak. En fazla 6 ay.",
    "strip": "Sizin için, saklayın",
    "stop": "Artık katılmak istemiyor musunuz?",
    "tell": "Cliëntenraad’dan birine söyleyin.",
    "say_code": "Kodunuzu söyleyin. Nedenini söylemeniz gerekmez.",
    "phone": "Telefon veya e-posta:",
    "alone": "Kendiniz de yapabilirsiniz:",
    "code": "Kodunuz",
}
EARLIER = """\
Beste verteller,

U vertelde ons over de brieven en de telefoon van de gemeente. Dank u wel daarvoor.

Dit is afgesproken. Brieven komen in gewone taal, en twee mensen lezen ze eerst. U begrijpt de brief dan in één keer. \
En wie belt, wordt binnen twee werkdagen teruggebeld.

Het avondspreekuur aan de telefoon is gestopt. Er belden te weinig mensen. Bellen op afspraak kan nu wel.

Merkt u er niets van? Laat het ons weten. Bel 06 00 00 00 00.

Met vriendelijke groet,
Cliëntenraad Werk en Inkomen Oosterhage"""


def put_words(cast, clock, project, days):
    """The council puts its own numbers on the papers, its own words in the guide, and adds a translation."""
    with clock.at(days, "10:15"):
        addresses = Addresses.of(project.partnership)
        addresses.write(cast["bram"], addresses.version, reach=REACH, nearby=NEARBY)
        ConsentText.of(project.partnership)
        ConsentText.rewrite(cast["fatma"], TURKISH, "Turks", TURKISH_CARD)
        InterviewGuide.of(project).write(cast["dora"], 1, opening=OPENING)


def tell_earlier(cast, clock, project, days):
    """Round 1: the three tellers all heard it, one of them at the table."""
    with clock.at(days, "15:00"):
        for interview, way in zip(_held(project), ("given", "given", "read"), strict=True):
            asked = Feedback.ask(cast["dora"], interview.teller)
            asked.write(cast["dora"], asked.version, EARLIER)
            asked.tell(cast["dora"], way, clock.day(days))


def tell_now(cast, clock, project, days):
    """Round 2: one teller heard it at the food bank, one letter is ready, one still has to be written."""
    done, ready, *_ = Feedback.objects.owed(project)
    for asked, hour in ((done, "10:30"), (ready, "11:00")):
        with clock.at(days, hour):
            asked.write(cast["kofi"], asked.version, first_words(asked, themes_fed(asked.teller)))
    with clock.at(days, "14:00"):
        done.tell(cast["dora"], Feedback.Way.READ, clock.day(days))


def _held(project):
    return Interview.objects.filter(project=project).select_related("teller").order_by("number")
