"""Minutes that two sides write and sign, and what was decided at a meeting."""

import re
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from dialoog.partnerships.agenda import OpenItem
from dialoog.partnerships.models import Event
from projects.consulting import agenda, open_items
from projects.models import AgendaItem, Attendance, Commitment, Decision, Minute, Phase, Project, Task
from projects.waiting import waiting
from tests.analysis import make as bundled
from tests.projects import make
from tests.values import make as values

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(bram):
    return make.meeting(bram, days=-1)


def test_the_agenda_stands_from_when_the_minutes_begin(anna, bram, held):
    make.agenda_item(bram, held, "Wachttijd aan de telefoon")
    theme = OpenItem("theme", "Wachten", bram.pk, "projects:meetings", note="Nog niet besproken.")
    minute = Minute.begin(anna, held, [theme])
    titles = [item.title for item in AgendaItem.objects.of(held)]
    assert titles == ["Wat wij hebben afgesproken", "Wachten", "Wachttijd aan de telefoon"]
    assert [point.url for point in agenda(held)] == [bram.url("projects:meetings"), ""]
    # Whoever begins second finds what is there.
    assert Minute.begin(bram, held, []) == minute
    assert AgendaItem.objects.of(held).count() == 3


def test_an_evening_that_is_over_gets_no_points_of_today(anna, bram, held, browse):
    values.shared(bram, anna)
    make.agenda_item(bram, held, "Wachttijd aan de telefoon")
    page = browse(bram).at("projects:meeting", meeting=held.pk).content.decode()
    assert "alleen de punten die hieronder" in page and "Laat punten weg" not in page
    assert browse(bram).do("projects:begin_minutes", meeting=held.pk).status_code == 302
    titles = [item.title for item in AgendaItem.objects.of(held)]
    assert titles == ["Wat wij hebben afgesproken", "Wachttijd aan de telefoon"]


def test_on_the_day_itself_open_points_can_be_left_out_before_the_agenda_stands(anna, bram, browse):
    kept, left_out = values.shared(bram, anna), values.shared(bram, anna, "Vertrouwen")
    today = make.meeting(bram, days=0)
    page = browse(bram).at("projects:meeting", meeting=today.pk).content.decode()
    assert "Laat punten weg die nu openstaan" in page and f'value="{left_out.pk}"' in page
    browse(bram).do("projects:begin_minutes", {"leave_out": [left_out.pk]}, meeting=today.pk)
    assert [item.thing for item in AgendaItem.objects.of(today)] == [None, kept.pk]


def test_what_one_side_leaves_out_stays_in_sight_with_its_name_and_the_other_puts_it_back(anna, bram, nico, browse):
    left_out = values.shared(bram, anna, "Vertrouwen")
    today = make.meeting(bram, days=0)
    browse(anna).do("projects:begin_minutes", {"leave_out": [left_out.pk]}, meeting=today.pk)
    point = AgendaItem.objects.left_out_of(today).get()
    title = point.title
    page = browse(bram).at("projects:minutes", meeting=today.pk).content.decode()
    assert title in page and "kwam niet op de agenda" in page
    assert Event.objects.filter(sentence=f"liet van de agenda: {title}", by=anna).exists()
    assert f"{title} (weggelaten door Anna de Wit)" in Minute.objects.get().body()
    # It cannot be taken away altogether, and nothing is written about it while it is not on the agenda.
    assert browse(anna).do("projects:drop_item", item=point.pk).status_code == 403
    for route in ("projects:write_item", "projects:decide"):
        assert browse(bram).at(route, item=point.pk).status_code == 403
    browse(bram).do("projects:put_back", item=point.pk)
    assert [item.thing for item in AgendaItem.objects.of(today)] == [None, left_out.pk]
    assert not AgendaItem.objects.left_out_of(today).exists()
    assert "weggelaten" not in Minute.objects.get().body()
    # What stands there by itself is of neither side.
    assert browse(anna).do("projects:drop_item", item=point.pk).status_code == 403
    assert browse(nico).at("projects:write_item", item=point.pk).status_code == 200


def test_once_signed_nothing_comes_on_the_agenda_any_more(anna, bram):
    left_out = OpenItem("theme", "Wachten", bram.pk, "projects:meetings")
    today = make.meeting(bram, days=0)
    Minute.begin(anna, today, [], [left_out])
    point = AgendaItem.objects.left_out_of(today).get()
    today.minutes_signed_at = timezone.now()
    today.save()
    with pytest.raises(ValidationError, match="Er kan niets meer aan veranderen"):
        AgendaItem.objects.get(pk=point.pk).put_back(bram)


def test_minutes_begin_on_the_day_itself(bram):
    with pytest.raises(ValidationError, match="begint op de dag van het overleg zelf"):
        Minute.begin(bram, make.meeting(bram, days=2), [])


def test_two_people_write_about_one_point_and_no_word_is_lost(anna, bram, held, browse):
    make.minute(bram, held, words="")
    item = AgendaItem.objects.of(held).first()
    AgendaItem.objects.get(pk=item.pk).write(anna, 1, minutes="Er is gebeld.")
    copies = AgendaItem.objects.get(pk=item.pk).write(bram, 1, minutes="Niemand belde.")
    item.refresh_from_db()
    assert item.minutes == "Er is gebeld." and [copy.yours for copy in copies] == ["Niemand belde."]
    # Twelve texts of one name stand on this page: the box says at which point it belongs.
    page = browse(anna).at("projects:minutes", meeting=held.pk).content.decode()
    assert f"Wat wij bespraken: {item.title}" in page


def test_both_sides_sign_the_same_words_and_then_nothing_changes(anna, bram, nico, held):
    minute = make.minute(bram, held)
    item = AgendaItem.objects.of(held).first()
    minute.sign(bram, minute.hash_of(minute.body()))
    item.write(anna, 2, minutes="Wij spraken over terugbellen en over brieven.")
    # The first name stood under other words.
    assert not minute.is_frozen and minute.signatures()["council"].fingerprint != minute.hash_of(minute.body())
    make.sign(minute, anna)
    assert not minute.is_frozen
    with pytest.raises(ValidationError, match="Alleen de twee kanten tekenen"):
        minute.sign(nico, minute.hash_of(minute.body()))
    make.sign(minute, bram)
    kept = Minute.objects.get(pk=minute.pk)
    assert kept.is_frozen and kept.is_intact and "over brieven" in kept.text
    for act in (
        lambda: AgendaItem.objects.get(pk=item.pk).write(anna, 3, minutes="Anders."),
        lambda: Decision.take(bram, AgendaItem.objects.get(pk=item.pk), "Nog iets."),
        lambda: kept.differ(anna, "Toch niet."),
        lambda: kept.take_back(bram),
        lambda: kept.write(bram, 1, present="Niemand"),
    ):
        with pytest.raises(ValidationError, match="Er kan niets meer aan veranderen"):
            act()
    Minute.objects.filter(pk=kept.pk).update(text=kept.text.replace("brieven", "boetes"))
    assert not Minute.objects.get(pk=kept.pk).is_intact


def test_who_read_another_text_does_not_sign_this_one(bram, held):
    minute = make.minute(bram, held)
    with pytest.raises(ValidationError, match="De tekst is veranderd terwijl u las"):
        minute.sign(bram, "0" * 64)
    empty = make.minute(bram, make.meeting(bram, days=-2), words="")
    with pytest.raises(ValidationError, match="Er staat nog niets in het verslag"):
        make.sign(empty, bram)


def test_a_side_says_why_it_does_not_sign_the_minutes_yet(anna, bram, nico, held, browse):
    minute = make.minute(bram, held)
    make.sign(minute, bram)
    browse(bram).do("projects:not_yet", {"why": "punt 1 klopt niet"}, meeting=held.pk)
    assert minute.signatures() == {}
    for seat in (anna, bram):
        for route in ("projects:minutes", "projects:read_minutes"):
            assert "omdat:</b> punt 1 klopt niet" in browse(seat).at(route, meeting=held.pk).content.decode()
    assert "punt 1" not in minute.body()
    asked = [line for line in waiting(anna) if "punt 1" in line.note]
    assert [line.title.split(" het ")[0] for line in asked if line.is_for(anna)] == ["De cliëntenraad tekent"]
    browse(bram).do("projects:not_yet", {"why": ""}, meeting=held.pk)
    assert minute.refusals() == {}
    minute.refuse(anna, "de wethouder leest eerst")
    make.sign(minute, anna)
    assert minute.refusals() == {}
    with pytest.raises(ValidationError, match="Alleen de twee kanten"):
        minute.refuse(nico, "ik lees nog")
    make.sign(minute, bram)
    with pytest.raises(ValidationError, match="getekend"):
        minute.refuse(anna, "te laat")


def test_a_dissent_stands_beside_an_equally_large_place_for_the_other(anna, bram, held):
    minute = make.minute(bram, held)
    make.sign(minute, bram)
    minute.differ(anna, "Wij zeiden niet dat het dit jaar lukt.")
    body = minute.body()
    assert "Wij zeiden niet dat het dit jaar lukt." in body
    assert body.count('class="voice') == 2 and "De cliëntenraad voegde niets toe." in body
    # Who signed before did not read this.
    assert minute.signatures()["council"].fingerprint != minute.hash_of(body)
    minute.differ(anna, "")
    assert minute.dissents() == {}


def test_minutes_that_wait_for_a_name_come_up_at_the_next_meeting(anna, bram, held):
    minute = make.minute(bram, held)
    assert [item.thing for item in open_items(bram.partnership) if item.kind == "minute"] == [minute.pk]
    make.sign(minute, bram, anna)
    assert not [item for item in open_items(bram.partnership) if item.kind == "minute"]


def test_a_decision_is_a_commitment_in_one_step_also_outside_a_round(anna, bram, held, browse):
    make.minute(bram, held)
    item = AgendaItem.objects.of(held).first()
    sent = {
        "what": "Terugbellen op dezelfde dag", "because": "Wachten", "owner_member": anna.pk, "due": "2027-03-01",
        "client_notices": "U hoeft niet te wachten.",
    }  # fmt: skip
    browser = browse(bram)
    address = bram.url("projects:decide", item=item.pk) + "?als=afspraak"
    page = browser.get(address)
    key = page.context["form"].initial["key"]
    for _ in range(2):
        assert browser.post(address, sent | {"key": key}).status_code == 302
    [made] = Commitment.objects.all()
    assert (made.project, made.meeting, made.owner_member) == (None, held, anna)
    [decision] = Decision.objects.all()
    assert decision.commitment == made and decision.item == item
    text = browse(anna).at("projects:minutes", meeting=held.pk).content.decode()
    assert "Terugbellen op dezelfde dag" in text and anna.url("projects:commitment", commitment=made.pk) in text
    # In what both sides sign stands who was to do it, and by when.
    assert f"(afspraak: {anna.name}, gevraagd, uiterlijk 1 maart 2027)" in Minute.objects.get().body()
    assert browse(anna).at("projects:commitment", commitment=made.pk).status_code == 200
    assert browse(anna).at("projects:commitments").status_code == 200


def test_who_came_along_later_is_offered_among_who_were_there(anna, bram, dora, browse):
    held = make.meeting(bram, days=0)
    Attendance.objects.create(partnership=held.partnership, meeting=held, member=dora, coming=True)
    minute = make.minute(bram, held, words="")
    told = browse(bram).at("projects:minutes", meeting=held.pk).content.decode()
    assert minute.present == "Dora Vermeulen" and "staat er nog niet bij" not in told
    point = minute.meeting_items()[0]
    browse(anna).do("projects:write_item", {"version": point.version, "minutes": "Gezegd."}, item=point.pk)
    told = browse(bram).at("projects:minutes", meeting=held.pk).content.decode()
    assert "staat er nog niet bij: Anna de Wit." in told
    form = browse(bram).at("projects:present", meeting=held.pk).context["form"]
    assert form["present"].value().endswith("Anna de Wit")
    browse(bram).do(
        "projects:present", {"version": minute.version, "present": form["present"].value()}, meeting=held.pk
    )
    minute.refresh_from_db()
    assert minute.not_named() == [] and "Anna de Wit" in minute.body()


def test_what_a_meeting_decides_may_be_for_a_theme_once_the_round_listened(anna, bram, held, browse):
    project = make.project(bram, Phase.DIALOGUE)
    theme = bundled.theme(bram, project, "Brieven in gewone taal", bundled.cards(bram, project, 2))
    make.minute(bram, held)
    item = AgendaItem.objects.of(held).first()
    address = bram.url("projects:decide", item=item.pk) + "?als=afspraak"
    # First listen: nobody goes round that by way of a meeting.
    assert "theme" not in browse(bram).get(address).context["form"].fields
    Project.objects.update(listened_at=timezone.now())
    sent = {
        "what": "Elke brief eerst voorleggen", "because": "", "theme": theme.pk, "owner_member": anna.pk,
        "due": "2027-03-01", "client_notices": "U begrijpt de brief in één keer.",
    }  # fmt: skip
    assert browse(bram).post(address, sent).status_code == 302
    [made] = Commitment.objects.all()
    assert (made.project, made.because, list(theme.commitments.all())) == (project, "Brieven in gewone taal", [made])
    assert browse(bram).at("projects:commitment", commitment=made.pk).context["themes"] == ["Brieven in gewone taal"]
    # What was chosen stands among what the round agreed on, and nothing else is filled in as its reason.
    assert made in browse(bram).at("projects:detail", project=project.pk).context["commitments"]
    assert not browse(bram).get(address).context["form"]["because"].value()


def test_a_decision_is_a_task_in_the_running_round_in_one_step(anna, bram, held, browse):
    project = make.project(bram, Phase.COMMIT)
    make.minute(bram, held)
    item = AgendaItem.objects.of(held).first()
    sent = {"what": "Zeven mensen bellen", "member": bram.pk, "due": str(timezone.localdate() + timedelta(days=9))}
    answer = browse(anna).post(anna.url("projects:decide", item=item.pk) + "?als=taak", sent)
    assert answer.status_code == 302
    [task] = Task.objects.filter(project=project)
    [decision] = Decision.objects.all()
    assert decision.task == task
    item.refresh_from_db()
    item.write(anna, item.version, minutes="")
    page = browse(anna).at("projects:read_minutes", meeting=held.pk).content.decode()
    [point] = [part for part in page.split('<section class="minute-point">') if "Zeven mensen bellen" in part]
    assert "Niet besproken" not in point
    # The task may go; what was decided stays.
    task.drop(bram)
    decision.refresh_from_db()
    assert decision.text == "Zeven mensen bellen" and decision.task is None


def test_of_two_running_rounds_somebody_chooses_where_the_task_belongs(anna, bram, held, browse):
    first, second = make.project(bram, Phase.COMMIT), make.project(bram, Phase.COLLECT)
    make.minute(bram, held)
    item = AgendaItem.objects.of(held).first()
    sent = {"what": "Zeven mensen bellen", "member": bram.pk, "due": str(timezone.localdate() + timedelta(days=9))}
    address = anna.url("projects:decide", item=item.pk) + "?als=taak"
    assert "Kies een ronde." in browse(anna).post(address, sent).content.decode()
    assert browse(anna).post(address, sent | {"project": first.pk}).status_code == 302
    assert (Task.objects.filter(project=first).count(), Task.objects.filter(project=second).count()) == (1, 0)


def test_signing_goes_through_the_page(anna, bram, held, browse):
    minute = make.minute(bram, held)
    page = browse(bram).at("projects:read_minutes", meeting=held.pk)
    fingerprint = page.context["fingerprint"]
    assert "Teken voor de cliëntenraad" in page.content.decode()
    browse(bram).do("projects:sign_minutes", {"fingerprint": fingerprint}, meeting=held.pk)
    browse(bram).do("projects:sign_minutes", {"back": "yes"}, meeting=held.pk)
    assert minute.signatures() == {}
    sent = {"fingerprint": fingerprint}
    browse(bram).do("projects:sign_minutes", sent, meeting=held.pk)
    # The second name, after which nothing changes, is asked first.
    asked = browse(anna).do("projects:sign_minutes", sent, meeting=held.pk)
    assert asked.status_code == 422 and "daarna ligt het verslag vast" in asked.content.decode()
    assert set(minute.signatures()) == {"council"}
    browse(anna).do("projects:sign_minutes", sent | {"sure": "yes"}, meeting=held.pk)
    read = browse(anna).at("projects:minutes", meeting=held.pk).content.decode()
    assert fingerprint in read and "Het verandert niet meer" in read and "Schrijf<" not in read
    sentences = [event.sentence for event in Event.objects.visible_to(anna).about(held)]
    assert sentences[0] == "legde het verslag van het overleg vast"


def test_a_point_that_came_since_stands_under_an_open_page_of_the_minutes(anna, bram, held, browse):
    make.minute(bram, held)
    page = browse(bram).at("projects:minutes", meeting=held.pk)
    assert page.context["added"] == []
    again = bram.url("projects:minutes", meeting=held.pk)
    assert f'data-live="{again}?sinds=' in page.content.decode()
    item = make.agenda_item(anna, held, "De wachttijd")
    told = browse(bram).get(again, {"sinds": page.context["since"]})
    assert told.context["added"] == [item] and "Er kwam een punt bij: De wachttijd" in told.content.decode()
    for nonsense in ("2026-02-31T00:00", "2026-02-01T00:00", "gisteren"):
        assert browse(bram).get(again, {"sinds": nonsense}).context["added"] == []


def test_where_a_side_sees_it_differently_stands_on_the_page_where_it_was_saved(anna, bram, held, browse):
    minute = make.minute(bram, held)
    assert "voegde niets toe" not in browse(anna).at("projects:minutes", meeting=held.pk).content.decode()
    minute.differ(bram, "Wij hoorden iets anders.")
    told = browse(anna).at("projects:minutes", meeting=held.pk).content.decode()
    assert "Wij hoorden iets anders." in told and "De gemeente voegde niets toe." in told
    assert "afwijkend" not in told and "schreef op wat de cliëntenraad anders ziet" in told


def test_a_point_that_comes_under_open_minutes_opens_with_its_text_ready(anna, bram, browse):
    meeting, browser = make.meeting(bram, days=-1), browse(anna)
    sent = {"title": "De oppas"}
    # Without minutes there is nothing to write yet.
    assert browser.do("projects:add_item", sent, meeting=meeting.pk).url.endswith("#agenda")
    Minute.begin(anna, meeting, [])
    url = browser.do("projects:add_item", sent, meeting=meeting.pk).url
    item = AgendaItem.objects.order_by("added_at").last()
    assert url == f"{anna.url('projects:minutes', meeting=meeting.pk)}?bij={item.topic}"
    page = browser.get(url).content.decode()
    (field,) = re.findall(r"<textarea[^>]* autofocus[^>]*>", page)
    assert f'data-thing="{item.topic}"' in field
    assert "autofocus" not in browser.at("projects:minutes", meeting=meeting.pk).content.decode()


@pytest.mark.only("postgresql")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["decides", "writes"])
def test_nobody_puts_the_last_name_while_something_is_still_being_written(anna, bram, act):
    meeting = make.meeting(bram, days=-1)
    minute = make.minute(bram, meeting)
    item = AgendaItem.objects.of(meeting).first()
    item.write(bram, item.version, minutes="Wij spraken over de brieven.")
    make.sign(minute, bram)
    busy, go_on = threading.Event(), threading.Event()

    def beside():
        with transaction.atomic():
            if act == "decides":
                Decision.take(bram, item, "De gemeente betaalt alles terug.")
            else:
                item.write(bram, item.version, minutes="De gemeente zat fout.")
            busy.set()
            go_on.wait(20)
        connection.close()

    other = threading.Thread(target=beside)
    other.start()
    busy.wait(20)
    threading.Timer(0.5, go_on.set).start()
    with pytest.raises(ValidationError, match="De tekst is veranderd terwijl u las"):
        make.sign(Minute.objects.get(pk=minute.pk), anna)
    other.join(20)
