"""Which parts a report has and for whom; who saw which text; and whether a file is the one that both signed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dialoog.report import blocks, composition, path
from dialoog.report.blocks import BLOCKS, Readers
from dialoog.report.models import Report, Version
from dialoog.report.views import checking
from experiences.models import Fragment
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.report import make


@pytest.fixture
def report(bram, anna):
    return make.full(bram, anna)


def words(answer):
    return " ".join(answer.content.decode().split())


def titles(report, readers):
    return [heading.title for heading in composition.compose(report, readers=readers).headings]


# Parts.


def test_the_parts_come_in_the_chosen_order_and_a_dissent_stands_before_the_annex(report, anna):
    make.dissent(anna, report)
    report.arrange(anna, Readers.BOARDS, ["afspraken", "kort", "bijlage"], report.parts("boards"))
    assert titles(report, "boards") == [
        "Wat wij afspreken",
        "In het kort",
        "Hoe de gemeente het anders ziet",
        "Hoe dit verslag is gemaakt",
    ]
    # The version for both sides keeps all its parts.
    assert "Om hulp vragen voelt als schaamte" in titles(report, "closed")


def test_what_the_sides_say_apart_can_be_left_out_for_both_at_once_only(report, bram):
    mine = make.ANSWERS["council"][0]
    assert mine in composition.plain(composition.compose(report).body)
    every = [slot for slot in BLOCKS if slot != "standpunten"]
    report.arrange(bram, Readers.CLOSED, every, report.parts("closed"))
    body = composition.plain(composition.compose(report).body)
    assert [text for texts in make.ANSWERS.values() for text in texts if text in body] == []


def test_who_signs_reads_also_what_only_others_will_read_and_for_whom_it_is(report, browse, bram, anna):
    make.dissent(anna, report)
    shown = words(browse(bram).at("report:preview", report=report.pk))
    assert "Wat alleen anderen lezen" not in shown
    kept = [slot for slot in BLOCKS if slot not in ("afspraken", "vraag", "standpunten")]
    report.arrange(bram, Readers.CLOSED, kept, report.parts("closed"))
    report.arrange(bram, Readers.PUBLIC, ["kort", "vraag"], report.parts("public"))
    own, _, others = words(browse(anna).at("report:preview", report=report.pk)).partition("Wat alleen anderen lezen")
    # Who reads which part: the boards the commitments and the views on each theme, both groups the question.
    for_both, for_boards = others.split("Alleen in de versie voor ")[1:]
    if for_both.startswith("besturen van raad en gemeente."):
        for_both, for_boards = for_boards, for_both
    assert for_both.startswith("besturen van raad en gemeente en voor iedereen.") and "De vraag, en waarom" in for_both
    assert for_boards.startswith("besturen van raad en gemeente.") and "Wat wij afspreken" in for_boards
    assert make.ANSWERS["council"][0] in for_boards and make.ANSWERS["council"][0] not in own
    # Where a side differs stands once, above what is signed.
    assert "Hoe de gemeente het anders ziet" in own and "Hoe de gemeente het anders ziet" not in others


def test_the_short_version_stays_and_nobody_overwrites_the_other_unseen(report, anna, bram):
    with pytest.raises(ValidationError, match="‘In het kort’ blijft staan"):
        report.arrange(anna, Readers.BOARDS, ["themas"], report.parts("boards"))
    seen = report.parts("boards")
    report.arrange(anna, Readers.BOARDS, ["kort", "themas"], seen)
    with pytest.raises(ValidationError, match="Iemand koos net iets anders"):
        report.arrange(bram, Readers.BOARDS, ["kort"], seen)
    assert report.parts("boards") == ["kort", "themas"]


def test_another_choice_ends_a_signature_and_after_both_signed_none_is_possible(report, anna, bram):
    make.signed(bram, report=report)
    report.arrange(anna, Readers.PUBLIC, ["kort"], report.parts("public"))
    make.signed(anna, report=report)
    assert not report.is_frozen
    make.signed(bram, report=report)
    with pytest.raises(ValidationError, match="kan niets meer veranderen"):
        report.arrange(anna, Readers.PUBLIC, ["kort", "themas"], ["kort"])
    assert "Om hulp vragen" not in report.edition("public").html


def test_nico_chooses_no_parts(report, nico):
    with pytest.raises(ValidationError, match="Alleen de twee kanten"):
        report.arrange(nico, Readers.CLOSED, ["kort"], report.parts("closed"))


def test_the_page_shows_a_choice_before_it_is_kept(browse, report, anna):
    town, where = browse(anna), {"report": report.pk, "readers": "boards"}
    order = ",".join(blocks.every(report.parts("boards")))
    sent = {"order": order, "part": ["afspraken"], "known": ",".join(report.parts("boards"))}
    page = words(town.at("report:arrange", sent | {"move": "afspraken:up"}, **where))
    assert "Nog niet bewaard." in page and "Mensen weten niet welke regelingen er zijn." not in page
    assert page.index('value="afspraken:up"') < page.index('value="dialoog:up"')
    report.refresh_from_db()
    assert report.blocks == {}
    assert "Opgeslagen." in words(town.do("report:arrange", sent, follow=True, **where))
    report.refresh_from_db()
    assert report.parts("boards") == ["kort", "afspraken"]
    assert browse(anna).at("report:arrange", report=report.pk, readers="niemand").status_code == 404


@pytest.mark.parametrize("chosen", [[], ["kort"], ["bijlage", "kort"], ["pad", "themas", "standpunten", "kort"]])
def test_every_part_stands_once_in_the_list_whatever_was_chosen(chosen):
    every = blocks.every(chosen)
    assert sorted(every) == sorted(BLOCKS)
    assert every.index("standpunten") == every.index("themas") + 1
    assert [slot for slot in every if slot in chosen and slot != "standpunten"] == [
        slot for slot in chosen if slot != "standpunten"
    ]


# Who saw which version.


def test_each_text_that_somebody_read_has_a_number_and_its_readers(browse, report, anna, bram):
    browse(anna).at("report:preview", report=report.pk)
    browse(bram).at("report:preview", report=report.pk)
    report.write(bram, report.version, brief="Eén mens die meedenkt. Dat helpt.")
    browse(anna).at("report:preview", report=report.pk)
    assert [one.number for one in Version.objects.visible_to(bram).filter(report=report)] == [2, 1]
    page = browse(bram).at("report:versions", {"van": "1", "naar": "2"}, report=report.pk)
    seen = [(version.number, [one.member for one in seen]) for version, seen in page.context["versions"]]
    assert seen == [(2, [anna]), (1, [anna, bram])]
    assert [title for title, _ in page.context["changes"]] == ["In het kort"]
    assert '<ins class="new"><span class="unseen">nieuw: </span>' in words(page)


def test_no_version_holds_a_word_of_a_teller_so_nothing_stays_after_a_withdrawal(browse, report, bram):
    quoted = Fragment.objects.visible_to(bram).get(number=1)
    report.write(bram, report.version, brief=f"Iemand zei: {quoted.text}")
    assert quoted.text in words(browse(bram).at("report:preview", report=report.pk))
    kept = str(Version.objects.visible_to(bram).get(report=report).chapters)
    cards = Fragment.objects.visible_to(bram).filter(project=report.project)
    told = [sentence for card in cards for sentence in composition.sentences(card.text)]
    assert told and [sentence for sentence in told if " ".join(sentence) in kept] == []
    assert "[citaat]" in kept and "[woorden van een kaartje]" in kept


def test_who_reads_the_text_beside_the_choice_or_as_others_will_read_it_saw_that_version(browse, report, anna, bram):
    tried = {"order": "kort,themas", "part": "kort"}
    browse(bram).at("report:arrange", tried, report=report.pk, readers="closed")
    assert "Nog niemand opende de hele tekst" in words(browse(bram).at("report:versions", report=report.pk))
    browse(bram).at("report:arrange", report=report.pk, readers="boards")
    browse(anna).at("report:preview_for", report=report.pk, readers="public")
    [version] = Version.objects.visible_to(anna).filter(report=report)
    assert version.fingerprint == make.fingerprint(report)
    page = words(browse(anna).at("report:versions", report=report.pk))
    assert "Bram Hoekstra, op het scherm" in page and "Anna de Wit, op het scherm" in page


def test_the_picture_of_a_large_round_stands_on_one_page_with_what_led_somewhere(bram, anna, monkeypatch):
    small = make.full(bram, anna).project
    drawn = path.picture(small)
    assert drawn["drawn"] and not drawn["only_agreed"] and len(drawn["themes"]) == 4
    loose = bundled.theme(bram, small, "Wachten", [make.card(bram, small, n, f"Kaart {n}.") for n in range(20, 60)], 9)
    large = path.picture(small)
    assert large["drawn"] and large["only_agreed"] and float(large["frame"]) <= path.HIGHEST + 12
    assert loose.sentence not in [stop.words for stop in large["themes"]] and len(large["cards"]) == len(drawn["cards"])
    assert large["rows"] == drawn["rows"]
    # When even that is too much, the table says it alone.
    monkeypatch.setattr(path, "HIGHEST", 20)
    report = Report.objects.get(project=small)
    body = composition.compose(report, blocks=["kort", "pad"]).body
    assert "Van waarde naar afspraak" in body and 'class="route"' not in body and drawn["rows"][0]["what"] in body


# Is it real?


def ask(browser, **sent):
    return words(browser.post(reverse("check_report"), sent))


def test_whoever_holds_the_file_learns_yes_or_no_and_for_whom_it_is_and_nothing_else(anonymous, anna, bram):
    report = make.signed(bram, anna, report=make.report(bram))
    file = bytes(make.kept(report).pdf)
    genuine = ask(anonymous, file=SimpleUploadedFile("x.pdf", file))
    assert "Ja, dit bestand is echt." in genuine and "Het is de versie voor beide kanten." in genuine
    boards = ask(anonymous, mark=make.kept(report, "boards").pdf_sha256)
    assert "de versie voor besturen van raad en gemeente. Welke delen daarin staan" in " ".join(boards.split())
    mark = report.edition("closed").pdf_sha256
    assert "Ja, dit bestand is echt." in ask(anonymous, mark=f" {mark[:32].upper()} {mark[32:]} ")
    for told in (genuine, ask(anonymous, file=SimpleUploadedFile("x.pdf", file + b" ")), ask(anonymous, mark="a" * 64)):
        hidden = (report.project.subject, report.partnership.council_name, anna.name, bram.name, mark)
        assert [word for word in hidden if word in told] == []
    assert "Nee, dit bestand kennen wij hier niet." in ask(anonymous, mark="a" * 64)


def test_the_mark_under_the_minutes_of_a_meeting_is_known_too(anonymous, anna, bram):
    minute = projects.minute(bram, projects.meeting(bram, days=-1))
    assert "Nee, dit bestand" in ask(anonymous, mark=minute.hash_of(minute.body()))
    projects.sign(minute, anna, bram)
    minute.refresh_from_db()
    assert "Ja, dit kenmerk kennen wij." in ask(anonymous, mark=minute.fingerprint)


def test_what_cannot_be_checked_comes_back_with_what_to_do(anonymous, db):
    cache.clear()
    assert "Kies een bestand, of vul het kenmerk in." in ask(anonymous)
    assert "Een kenmerk heeft 64 tekens" in ask(anonymous, mark="zz")
    large = SimpleUploadedFile("groot.pdf", b"0" * (10 * 1024 * 1024 + 1))
    assert "Dit bestand is te groot." in ask(anonymous, file=large)


def test_who_asks_too_often_waits(anonymous, db):
    cache.clear()
    for _ in range(checking.MOST):
        assert "U vroeg dit net heel vaak" not in ask(anonymous, mark="a" * 64)
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        assert "U vroeg dit net heel vaak" in ask(anonymous, mark="a" * 64)
    cache.clear()
