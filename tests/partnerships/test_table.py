"""The settings of a table: local words, who is responsible, and a municipality's own look."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dialoog.partnerships.themes import theme_trouble

THEME = b".waterland-theme { --utrecht-link-color: #0b6b3a; --utrecht-document-font-family: Verdana, sans-serif; }"
SHARED = {
    "client_word": "inwoner",
    "legal_basis": "Verordening Wmo",
    "reply_weeks": 8,
    "papers_days": 7,
    "contact_retention_months": 6,
    "data_controller": "het college",
}


def settings_of(seat, **fields):
    own = {"council_name": "Adviesraad", "council_word": "adviesraad"} if seat.is_council else {}
    own = own or {"municipality_name": "Gemeente Oosterhage", "theme_class": ""}
    return SHARED | own | fields


def test_bram_changes_the_words_and_anna_reads_who_did(bram, anna, browse):
    assert browse(bram).do("partnerships:change_table", settings_of(bram)).status_code == 302
    page = browse(anna).at("partnerships:table").content.decode()
    assert "Binnen acht weken" in page and "adviesraad" in page
    assert "Bram Hoekstra wijzigde de instellingen van de tafel" in " ".join(page.split())


def test_bram_does_not_rename_the_municipality(bram, table, browse):
    browse(bram).do("partnerships:change_table", settings_of(bram, municipality_name="Gemeente Nergens"))
    table.refresh_from_db()
    assert table.municipality_name == "Gemeente Oosterhage"


def test_nobody_can_say_yes_without_somebody_responsible(bram, table, browse):
    answer = browse(bram).do("partnerships:change_table", settings_of(bram, data_controller=""))
    assert answer.status_code == 422
    table.refresh_from_db()
    assert table.data_controller == "het college van de gemeente Oosterhage"


def test_anna_drops_in_the_theme_of_her_municipality(anna, bram, browse):
    file = SimpleUploadedFile("waterland.css", THEME, "text/css")
    sent = settings_of(anna, theme_class="waterland-theme", theme_file=file)
    assert browse(anna).do("partnerships:change_table", sent).status_code == 302
    page = browse(bram).at("start").content.decode()
    address = bram.url("partnerships:theme")
    assert 'class="waterland-theme"' in page and f'href="{address}"' in page
    sheet = browse(bram).get(address)
    assert (sheet.content, sheet["Content-Type"]) == (THEME, "text/css; charset=utf-8")
    browse(anna).do("partnerships:change_table", settings_of(anna, no_theme="on"))
    assert "waterland" not in browse(bram).at("start").content.decode()


@pytest.mark.parametrize(
    ("css", "sentence"),
    [
        (".x { --dlg-council: red }", "verandert de kleuren en maten van de twee kanten niet"),
        (".x { display: none }", "alleen waarden die met --"),
        ("@import url(https://elders.example/x.css); .x { --a: 1 }", "met @ beginnen"),
        (".x { --a: url(https://elders.example/pixel) }", "niets van buiten"),
        (".x { --a: url('https://elders.example/pixel') }", "niets van buiten"),
        (".x { --a: image-set('https://elders.example/pixel' 1x) }", "niets van buiten"),
        (".ander { --a: 1 }", "staat de klasse .x niet"),
        (".x { --a: 1 } </style><script>", "niet goed te lezen"),
        (
            ".x { --a: 1 } .x form[action$='/teken/'] .utrecht-button { --b: transparent }",
            "Haal de regels met ‘.x form",
        ),
        (".x, .x .utrecht-alert { --a: transparent }", "Haal de regels met ‘.x .utrecht-alert’ eruit"),
        (".x:has([href$='/teken/']) { --a: transparent }", "geldt voor de hele pagina"),
        (".x { --a: 1 } @media (min-width: 1px) { .x p { --a: 1 } }", "Haal de regels met ‘.x p’ eruit"),
        (".x { --a: 1; & p { --a: 2 } }", "alleen waarden die met --"),
        (".x { --a: 1 } @supports (color: red) { .x { --a: 1 } }", "met @ beginnen"),
        (".x { --a: 1 } @media (min-width: 1px) { .x { --dlg-council: red } }", "van de twee kanten niet"),
        # Nor any other value that our own pages go by, so that no page of both sides shrinks to nothing.
        (".x { --a: 1 } :root { --measure: 0 }", "Haal --measure eruit"),
        (".x { --\\77 rap: 0 }", "Haal --wrap eruit"),
        (".x { --t-text: 0 }", "Haal --t-text eruit"),
        (".x { --menu-bar: none }", "Haal --menu-bar eruit"),
        (".x { --utrecht-a: cross-fade('//elders.example/x', red) }", "niets van buiten"),
        (".x { --utrecht-a: paint(iets) }", "niets van buiten"),
    ],
)
def test_a_theme_sets_values_and_nothing_else(css, sentence):
    assert sentence in theme_trouble(css, "x")


@pytest.mark.parametrize(
    "css",
    [
        THEME.decode(),
        # As published themes of NL Design System have it.
        "/* @license */ :root { --a: 1 } .waterland-theme { --utrecht-link-color: #0a5 }",
        '@charset "utf-8"; .waterland-theme { --a: 1 } @media (min-width: 768px) { .waterland-theme { --a: 24px } }',
        ":root.waterland-theme, .waterland-theme { --a: 1 }",
        """.waterland-theme { --a: url("data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'/>") }""",
    ],
)
def test_a_good_theme_has_no_trouble(css):
    assert theme_trouble(css, "waterland-theme") == ""


def test_whoever_cannot_read_the_theme_sees_the_table_without_it(anna, bram, table, browse):
    table.theme, table.theme_class = ".leeg-theme { --utrecht-document-color: transparent }", "leeg-theme"
    table.save()
    reader, other = browse(bram), browse(anna)

    def themed(browser, route):
        page = browser.at(route).content.decode()
        assert ('class="leeg-theme"' in page) is ("thema.css" in page)
        return "thema.css" in page

    # Where it can be put off it never stands.
    assert themed(reader, "start") and not themed(reader, "partnerships:profile")
    reader.do("partnerships:look", {"look": "own"})
    assert not themed(reader, "start") and themed(other, "start")
    reader.do("partnerships:look", {"look": "theme"})
    assert themed(reader, "start")


@pytest.mark.parametrize("name", ["unseen", "dissent", "theme", "utrecht-button"])
def test_a_theme_does_not_take_the_name_of_something_on_the_page(anna, browse, name):
    file = SimpleUploadedFile("thema.css", f".{name} {{ --a: transparent }}".encode(), "text/css")
    for sent in ({"theme_file": file}, {}):
        answer = browse(anna).do("partnerships:change_table", settings_of(anna, theme_class=name, **sent))
        assert answer.status_code == 422 and "eindigt op -theme" in answer.content.decode()


def test_a_picture_is_no_theme(anna, browse):
    file = SimpleUploadedFile("foto.css", b"\x89PNG\r\n\xff\xfe", "text/css")
    answer = browse(anna).do("partnerships:change_table", settings_of(anna, theme_class="x-theme", theme_file=file))
    assert answer.status_code == 422
    assert "Dit is geen CSS-bestand" in answer.content.decode()
