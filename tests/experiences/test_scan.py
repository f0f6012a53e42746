"""What the scan finds in invented sentences, and what it leaves alone."""

import time

import pytest

from experiences.scan import Functions, band, officials, replaced, scan

FOUND = [
    ("Ze zei: bel 06-12345678 maar.", "phone", "06-12345678"),
    ("Mijn nummer is 06 12 34 56 78.", "phone", "06 12 34 56 78"),
    ("Bel 0612345678 na zes uur", "phone", "0612345678"),
    ("Vanuit Marokko: +31 6 12345678.", "phone", "+31 6 12345678"),
    ("Of 0031612345678, dat werkt ook.", "phone", "0031612345678"),
    ("Het kantoor is (030) 123 45 67.", "phone", "(030) 123 45 67"),
    ("Het kantoor is 030-1234567.", "phone", "030-1234567"),
    ("Het duurt lang op 0900-1234567.", "phone", "0900-1234567"),
    ("Ik belde 123 4567 en niemand nam op.", "phone", "123 4567"),
    ("Zijn nummer: nul zes een twee drie vier vijf zes.", "phone", "nul zes een twee drie vier vijf zes"),
    ("Mail naar jan.de-vries@voorbeeld.nl graag.", "email", "jan.de-vries@voorbeeld.nl"),
    ("Ik woon op 1234 AB.", "postcode", "1234 AB"),
    ("Ik woon op 1234ab.", "postcode", "1234ab"),
    ("Ik woon op 3572 xk in de stad.", "postcode", "3572 xk"),
    ("Mijn nummer bij hen is 111222333.", "bsn", "111222333"),
    ("Daar staat 1112.22.333 op.", "bsn", "1112.22.333"),
    ("Mijn BSN: 12345678.", "bsn", "12345678"),
    ("Mijn burgerservicenummer is 123456789.", "bsn", "123456789"),
    ("Op NL91 ABNA 0417 1643 00 kwam niets binnen.", "iban", "NL91 ABNA 0417 1643 00"),
    ("Op nl91abna0417164300 kwam niets.", "iban", "nl91abna0417164300"),
    ("Op NL00ABNA0417164300 kwam niets.", "iban", "NL00ABNA0417164300"),
    ("Mijn zus heeft BE68 5390 0754 7034 daar.", "iban", "BE68 5390 0754 7034"),
    ("Ik ben geboren 12-03-1961 in Utrecht.", "birth", "geboren 12-03-1961"),
    ("Geboren op 12 maart 1961.", "birth", "Geboren op 12 maart 1961"),
    ("Mevrouw, geb. 12/3/61, zei niets.", "birth", "geb. 12/3/61"),
    ("Geboortedatum: 1961-03-12.", "birth", "Geboortedatum: 1961-03-12"),
    ("Op 12 maart 1961 ben ik geboren.", "birth", "Op 12 maart 1961 ben ik geboren"),
    ("Ik ben jarig op 12 maart.", "birth", "jarig op 12 maart"),
    ("Mijn verjaardag is 3 mei.", "birth", "verjaardag is 3 mei"),
    ("Ik ben geboren in 1961.", "birthyear", "geboren in 1961"),
    ("De brief was van 3 februari 2024.", "date", "3 februari 2024"),
    ("Ik ben 54 jaar en alleen.", "age", "54 jaar"),
    ("Ik ben vierenvijftig jaar.", "age", "vierenvijftig jaar"),
    ("Mijn zoon van 7 jaar vroeg het.", "age", "7 jaar"),
    ("Een 54-jarige vrouw.", "age", "54-jarige"),
    ("Ik ben 61, en moe.", "age", "61"),
    ("Ik ben 61 jaar oud.", "age", "61 jaar oud"),
    ("Mevrouw Jansen vroeg waarom.", "name", "Mevrouw Jansen"),
    ("Ik sprak met meneer Van der Berg daar.", "name", "meneer Van der Berg"),
    ("Dat zei dhr. de Wit ook.", "name", "dhr. de Wit"),
    ("Toen kwam J. Pietersen binnen.", "name", "J. Pietersen"),
    ("Mijn naam is Fatima, zei ze.", "name", "Fatima"),
    ("Ik woon in de Kerkstraat 12.", "street", "Kerkstraat 12"),
    ("Het is kerkstraat 12a, achter.", "street", "kerkstraat 12a"),
    ("Buurthuis De Schakel, Lange Dreef 2.", "street", "Lange Dreef 2"),
    ("Ik ging naar de Schakel bij Jan.", "place", "Schakel"),
    ("Op de Burgemeester van Tuyllkade 45 bis.", "street", "Burgemeester van Tuyllkade 45 bis"),
]

# As it comes out of Word, a web page or a phone: signs that only look like a blank, a dash, a figure, or like nothing.
PASTED = [
    ("Bel 06\u201112345678 maar.", "phone", "06\u201112345678"),
    ("Bel 06\u201312345678 maar.", "phone", "06\u201312345678"),
    ("Bel 06\u00a012\u00a034\u00a056\u00a078 na zes uur", "phone", "06\u00a012\u00a034\u00a056\u00a078"),
    ("Bel 06\u200b1234\u200b5678 maar.", "phone", "06\u200b1234\u200b5678"),
    ("Bel \u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668 maar.", "phone",
     "\u0660\u0666\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"),
    ("Mijn bsn is 111\u00a0222\u00a0333.", "bsn", "111\u00a0222\u00a0333"),
    ("Op NL91\u00a0ABNA\u00a00417\u00a01643\u00a000 kwam niets.", "iban", "NL91\u00a0ABNA\u00a00417\u00a01643\u00a000"),
    ("Ik woon op 1234\u202fAB.", "postcode", "1234\u202fAB"),
    ("Mail naar jan.de\u2011vries@voor\u00adbeeld.nl graag.", "email", "jan.de\u2011vries@voor\u00adbeeld.nl"),
    ("Ik ben geboren 12\u201103\u20111961.", "birth", "geboren 12\u201103\u20111961"),
    ("Ik ben 54\u00a0jaar en alleen.", "age", "54\u00a0jaar"),
    ("Toen kwam Me\u00advrouw Jan\u00adsen.", "name", "Me\u00advrouw Jan\u00adsen"),
    ("Mijn zus Zoe\u0308 hielp mij.", "name", "Zoe\u0308"),
]  # fmt: skip
FOUND += PASTED
LEFT_ALONE = [
    "Ik wacht al 5 jaar op een huis.",
    "Dat was 3 jaar geleden.",
    "Wij zijn 30 jaar getrouwd.",
    "Over twee jaar zie ik wel weer.",
    "Het kostte 1500 euro.",
    "In 2020 in de zomer ging het mis.",
    "In 2015 en 2016 kreeg ik toeslag.",
    "Ik reed 1200 km voor niets.",
    "Mijn kenmerk was 123456789.",
    "Ik kreeg 12345678 punten.",
    "Mevrouw, zei hij, zo werkt dat niet.",
    "De meneer achter het loket was aardig.",
    "Ik loop elke dag dezelfde weg 2 keer.",
    "Ik moest 10 formulieren invullen, 3 keer.",
    "Bel 112 als het brandt.",
    "De gemeente is 14 030.",
    "Van maandag tot vrijdag, van 9.00 tot 17.00 uur.",
    "De huur is 612,34 per maand.",
    "Ik ben 3 keer weggestuurd.",
    "Ik stuurde het via e-mail en kreeg niets terug.",
    "Artikel 2.3.5 van de wet.",
    "",
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_finds(text, kind, words):
    assert (kind, words) in [(hit.kind, hit.text) for hit in scan(text)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_leaves_alone(text):
    assert [(hit.kind, hit.text) for hit in scan(text)] == []


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_a_hit_says_where_it_stands_and_what_may_replace_it(text, kind, words):
    for hit in scan(text):
        assert text[hit.start : hit.end] == hit.text
        assert hit.proposal and hit.text not in hit.proposal


GRAVE = {"email", "iban", "birth", "bsn", "phone", "postcode"}


def test_what_points_at_one_person_must_go_and_the_rest_may_stay():
    hits = [hit for text, *_ in FOUND for hit in scan(text)]
    assert {hit.kind for hit in hits if hit.must_clear} == GRAVE
    assert {hit.kind for hit in hits if not hit.must_clear} == {"birthyear", "date", "age", "name", "street", "place"}


@pytest.mark.parametrize(
    ("text", "found"),
    [("Zij belde in maart.", ["in maart"]), ("Eind mei 2025 kwam het.", ["Eind mei 2025"]), ("In de maart.", [])],
)
def test_a_month_alone_is_pointed_out_and_may_stay(text, found):
    assert [hit.text for hit in scan(text)] == found and not any(hit.must_clear for hit in scan(text))


def test_the_text_of_the_drawing():
    text = (
        "Iedereen in de rij kon horen wat ik zei. Mevrouw Jansen vroeg waarom ik geen toeslag had. "
        "Ze zei: bel 06-12345678 maar. Ik ben 54 jaar en ik heb nog nooit ergens om gevraagd."
    )
    assert [(hit.text, hit.proposal, hit.must_clear) for hit in scan(text)] == [
        ("Mevrouw Jansen", "iemand", False),
        ("06-12345678", "een telefoonnummer", True),
        ("54 jaar", "vijftiger", False),
    ]


def test_replacing_begins_a_sentence_with_a_capital():
    text = "Ik wachtte. Mevrouw Jansen riep: mevrouw Jansen is weg."
    assert replaced(text, scan(text)[0]) == "Ik wachtte. Iemand riep: mevrouw Jansen is weg."
    assert replaced(text, scan(text)[1]).endswith("riep: Iemand is weg.")


def test_what_replaced_a_hit_is_no_hit_itself():
    for text, kind, _ in FOUND:
        again = text
        for _ in range(5):
            hits = [hit for hit in scan(again) if hit.kind == kind]
            if not hits:
                break
            again = replaced(again, hits[0])
        assert kind not in [hit.kind for hit in scan(again)], again


@pytest.mark.parametrize(
    ("years", "words"),
    [(4, "jonger dan 10 jaar"), (10, "tussen 10 en 20 jaar"), (54, "tussen 50 en 60 jaar"),
     (60, "tussen 60 en 70 jaar"), (97, "ouder dan 90 jaar")],
)  # fmt: skip
def test_bands(years, words):
    assert band(years) == words


def test_long_and_odd_texts_are_read_in_no_time():
    for text in ("a" * 100_000, "1 " * 30_000, "0-" * 30_000, "A. " * 20_000, "😀\u202e\0" * 10_000, "van de " * 9000):
        # Processor time: what else the machine does has no part in it.
        begun = time.process_time()
        scan(text)
        assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("function", "told"),
    [("Hoofd Inkomen", "het hoofd Inkomen"), ("lid, gastvrouw hier", "het lid (gastvrouw hier)"),
     ("teamleider", "de teamleider"), ("", "een medewerker")],
)  # fmt: skip
def test_an_official_is_told_as_what_they_are_with_the_article_of_that_word(function, told):
    by_function = Functions(officials([("Anna de Wit", function)]))
    assert by_function("Dat deed Anna de Wit.") == f"Dat deed {told}."
