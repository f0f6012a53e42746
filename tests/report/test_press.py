"""Files are made beside the pages: once for the same content, again after a fall, and a sentence when it fails."""

from datetime import timedelta

from django.utils import timezone

from dialoog.report import press
from dialoog.report.models import Printing
from tests.report import make

SHORT = "<!doctype html><html lang='nl'><head><title>Kort</title></head><body><p>{}</p></body></html>"


def ask(seat, text="Dag", **kwargs):
    return Printing.ask(seat, "Een proef", "proef", SHORT.format(text), **kwargs)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_the_same_content_is_made_once_whoever_asks(browse, anna, bram):
    first = ask(anna)
    assert ask(bram).pk == first.pk
    page = browse(anna).at("report:printing", printing=first.pk)
    # A page that reloads by itself takes somebody's place away: without a script there is a link.
    assert "Wij maken het bestand." in words(page) and "Kijk of het klaar is" in words(page)
    assert press.work() == 1 and press.work() == 0
    assert ask(bram).is_done
    assert "Het bestand is klaar." in words(browse(bram).at("report:printing", printing=first.pk))
    assert browse(bram).at("report:printed", printing=first.pk).content.startswith(b"%PDF")
    # A newer text of the same name: the older file does not stay.
    ask(anna, "Anders")
    assert browse(bram).at("report:printed", printing=first.pk).status_code == 404


def test_what_a_stopped_process_left_behind_is_made_after_all(anna):
    left = ask(anna)
    assert Printing.next().pk == left.pk
    # Somebody works on it: nobody else takes it.
    assert Printing.next() is None
    left.refresh_from_db()
    left.heard_at = timezone.now() - timedelta(minutes=2)
    left.save()
    assert press.work() == 1
    left.refresh_from_db()
    assert (left.state, left.tries, left.percent) == ("done", 2, 100)


def test_what_stops_the_press_again_and_again_is_given_up(anna):
    left = ask(anna)
    left.state, left.tries, left.heard_at = "busy", 3, timezone.now() - timedelta(minutes=2)
    left.save()
    assert press.work() == 0
    left.refresh_from_db()
    assert left.has_failed


def test_what_fails_says_so_and_can_be_tried_again(browse, anna, caplog):
    broken = ask(anna, "<img alt='x' src='http://127.0.0.1:1/x.png'>")
    assert press.work() == 1
    page = words(browse(anna).at("report:printing", printing=broken.pk))
    assert "Het opmaken van dit bestand lukte niet." in page and "Probeer het opnieuw" in page
    browse(anna).do("report:print_again", printing=broken.pk)
    broken.refresh_from_db()
    assert broken.state == "waiting"


def test_drafts_on_paper_do_not_stay(anna, bram):
    report = make.report(bram)
    printing = make.printing(anna, report)
    make.signed(bram, anna, report=report)
    kept = Printing.objects.visible_to(anna).exclude(edition=None)
    assert Printing.objects.visible_to(anna).let_go() == 1
    assert not Printing.objects.visible_to(anna).filter(pk=printing.pk).exists()
    # What both signed still waits for its file.
    assert kept.count() == 1


def test_chris_at_another_table_has_no_way_to_it(browse, chris, anna):
    assert browse(chris).at("report:printing", printing=ask(anna).pk).status_code == 404


def test_how_far_it_is_is_told_at_most_once_a_second(browse, anna):
    made = ask(anna)
    tell = made.telling()
    tell(3, 40)
    assert made.pages == 0
    tell.last -= 2
    tell(3, 40)
    assert "Wij maken bladzijde 3 op." in words(browse(anna).at("report:printing", printing=made.pk))


def test_who_waits_for_a_signed_file_reads_on_that_page_that_it_is_ready(browse, anna, bram):
    report = make.signed(bram, anna, report=make.report(bram))
    boards = report.edition("boards")
    waits = browse(anna).at("report:kept_pdf", edition=boards.pk)
    where = Printing.objects.visible_to(anna).get(edition=boards)
    assert waits["Location"] == anna.url("report:printing", printing=where.pk)
    make.printed()
    # The open page reads itself again: a file in its place would leave it as it stood.
    ready = words(browse(anna).at("report:printing", printing=where.pk))
    file = anna.url("report:kept_pdf", edition=boards.pk)
    assert "Het bestand is klaar." in ready and f'href="{file}"' in ready
    assert browse(anna).get(file).content.startswith(b"%PDF")
