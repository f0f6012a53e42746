"""The room on phones without an account, the facilitator's desk, the wall, and the sheet for who was there."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.core.cache import cache

from projects.models import Phase
from tests.conftest import Browser
from tests.projects import make as rounds
from tests.report import verapdf
from tests.values import make
from values import entrance
from values.models import Ballot, Stage, Tally, Workshop, WorkshopWord, close_room
from values.result import sheet

WORDS = {"word_1": "Respect", "notice_1": "Niet te snel je en jij."}


@pytest.fixture(autouse=True)
def nobody_guessed_yet():
    cache.clear()
    yield
    cache.clear()


class Phone(Browser):
    """A phone that found the room by the drawing on the wall."""

    def __init__(self, room, scan=True):
        super().__init__()
        self.room = room
        if scan:
            self.get(f"/zaal/{room.door_key}/")

    def page(self, query=""):
        return self.get(f"/zaal/{self.room.code}/{query}").content.decode()

    def send(self, step, data=None, **kwargs):
        return self.post(f"/zaal/{self.room.code}/{step}/", data or {}, **kwargs)

    def join(self, position=1):
        self.send("groep", {"group": self.room.groups().get(position=position).pk})
        return self

    def tell(self, example="Ze keek mij aan.", **more):
        self.send("voorbeeld", {"example": example, **more})
        return self


@pytest.fixture
def room(nico):
    return make.room(nico)


def test_a_phone_goes_through_the_room_without_an_account(room, nico):
    phone = Phone(room)
    assert "Waar hoort u bij?" in phone.page()
    phone.join()
    assert "U doet mee" in phone.page()
    room.move(nico, Stage.JOIN)
    assert "Wat maakte u mee?" in phone.page()
    phone.tell(may_show="on")
    assert "Dit mag op het grote scherm" in phone.page()
    room.move(nico, Stage.EXAMPLE)
    first = phone.page()
    # Their own words first: no list that primes them.
    assert "Hoogstens vijf woorden, van uzelf" in first and "Gelijkwaardigheid" not in first
    phone.send("waarden", WORDS)
    second = phone.page()
    assert 'value="Respect"' in second and "Gelijkwaardigheid" in second
    phone.send("waarden", WORDS | {"picks": ["Gelijkwaardigheid", "Vertrouwen"]})
    assert {one.name for one in Tally(room).named} == {"Respect", "Gelijkwaardigheid", "Vertrouwen"}


def test_who_comes_late_or_reads_the_page_again_arrives_in_the_right_place(nico):
    room = make.room(nico, Stage.VALUES)
    late = Phone(room)
    assert "Waar hoort u bij?" in late.page()
    late.join()
    assert "De zaal kiest nu waarden." in late.page() and "Ga door zonder voorbeeld" in late.page()
    late.tell("", none_now="1")
    assert "Hoogstens vijf woorden" in late.page() and "Hoogstens vijf woorden" in late.page()


def test_the_list_holds_what_both_sides_share_and_nothing_that_only_one_of_them_said(nico, bram, anna):
    make.view(bram, "Alleen van de raad")
    make.value(bram, anna, "Klantvriendelijkheid", agreed=(bram, anna))
    room = make.room(nico, Stage.VALUES)
    phone = Phone(room).join().tell()
    phone.send("waarden", WORDS)
    page = phone.page()
    assert "Klantvriendelijkheid" in page and "Alleen van de raad" not in page
    # Where the list comes from: nobody in this room named it.
    assert "Deze lijst komt niet uit deze zaal." in page and "of raad en gemeente kozen het hier samen" in page


@pytest.mark.promise("R2")
def test_a_double_click_and_a_second_tab_make_one_ballot(room):
    phone = Phone(room)
    for _ in range(3):
        phone.join()
    assert Ballot.objects.count() == 1
    Phone(room).join()
    assert Ballot.objects.count() == 2


def test_looking_at_the_room_makes_no_ballot(room):
    Phone(room).page()
    assert not Ballot.objects.exists()


def test_the_cookie_is_signed_hidden_from_scripts_and_of_this_room_only(room, nico):
    phone = Phone(room)
    (cookie,) = [one for name, one in phone.cookies.items() if name.startswith("zaal-")]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and room.code in cookie.key
    phone.cookies[cookie.key] = "verzonnen:handtekening"
    phone.join()
    other = Phone(room)
    other.join()
    # A made-up cookie is nobody: each got a ballot of its own.
    assert Ballot.objects.count() == 2
    assert make.room(nico).code not in str(phone.cookies)


def test_a_typed_code_with_a_space_or_a_dash_leads_in_and_a_wrong_one_says_so(room):
    phone = Phone(room, scan=False)
    for sent in (room.spaced_code, room.spaced_code.replace(" ", "-"), f" {room.code[:2]}.{room.code[2:]} "):
        assert phone.post("/zaal/", {"code": sent})["Location"] == f"/zaal/{room.code}/"
    assert Workshop.behind(f"a{room.code}") is None
    wrong = phone.post("/zaal/", {"code": "1234 5678"})
    assert wrong.status_code == 404 and "Deze code klopt niet" in wrong.content.decode()
    assert "Typ de code" in phone.post("/zaal/", {"code": "  "}).content.decode()


def test_who_guesses_is_stopped_and_the_room_is_not(room):
    inside, guesser, newcomer = Phone(room).join(), Phone(room, scan=False), Phone(room, scan=False)
    for number in range(entrance.WRONG_PER_ADDRESS):
        guesser.get(f"/zaal/{number:08}/")
    stopped = guesser.post("/zaal/", {"code": room.code})
    assert stopped.status_code == 429 and "Scan de QR-code" in stopped.content.decode()
    assert guesser.get(f"/zaal/{room.code}/").status_code == 429
    # All of them come from one address. Who is inside goes on, who scans comes in.
    assert "U doet mee" in inside.page()
    newcomer.get(f"/zaal/{room.door_key}/")
    assert "Waar hoort u bij?" in newcomer.page()


def test_three_hundred_people_who_type_the_right_code_from_one_address_all_come_in(room):
    assert all(Phone(room, scan=False).post("/zaal/", {"code": room.code}).status_code == 302 for _ in range(300))


def test_a_code_that_is_over_is_like_a_code_that_never_was(room, nico):
    while room.stage < Stage.TOGETHER:
        room.move(nico, room.stage)
    close_room(room, nico, Stage.TOGETHER)
    assert "De zaal is gesloten" in Phone(room).page()
    with time_machine.travel(room.reachable_until + timedelta(minutes=1)):
        assert Phone(room).get(f"/zaal/{room.code}/").status_code == 404


def test_after_closing_a_phone_gets_a_sentence_and_the_result(nico):
    room = make.room(nico, Stage.VALUES)
    phone = Phone(room).join().tell()
    for number in range(3):
        make.vote(room, f"p{number}", "Respect")
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    refused = phone.send("waarden", WORDS)
    assert refused.status_code == 422 and "Deze bijeenkomst is gesloten" in refused.content.decode()
    assert "3 van de 3" in phone.page()
    assert phone.get(f"/zaal/{room.code}/uitslag/").content.startswith(b"%PDF")


def test_words_that_are_too_long_or_too_many_come_back_with_all_that_was_typed(nico):
    phone = Phone(make.room(nico, Stage.VALUES)).join().tell()
    long = phone.send("waarden", WORDS | {"word_2": "x" * 41}).content.decode()
    assert "Dit is te lang" in long and "x" * 41 in long and "Niet te snel je en jij." in long
    phone.send("waarden", WORDS)
    many = {f"word_{place}": f"Woord {place}" for place in range(1, 6)} | {"picks": ["Vertrouwen"]}
    refused = phone.send("waarden", many)
    assert refused.status_code == 422 and "U hebt er nu 6" in refused.content.decode()
    assert 'value="Vertrouwen" checked' in refused.content.decode()
    assert "Schrijf ten minste één waarde op" in phone.send("waarden", {}).content.decode()
    assert "Bij één zin staat geen waarde" in phone.send("waarden", {"notice_1": "Los"}).content.decode()


def test_emoji_odd_signs_and_markup_are_words_like_any_other(nico):
    room = make.room(nico, Stage.VALUES)
    nasty = ["👂 écht luisteren", "<script>alert(1)</script>", "a\0b\u202e", "{{ 7|add:7 }}", "'; --"]
    for number, word in enumerate(nasty):
        phone = Phone(room).join().tell("Voorbeeld\0 " + word, may_show="on")
        assert phone.send("waarden", {"word_1": word, "notice_1": word}).status_code == 302, number
        assert "<script>alert" not in phone.page()
    wall = Browser(nico).at("values:workshop_screen", workshop=room.pk).content.decode()
    assert "👂 écht luisteren" in wall and "&lt;script&gt;" in wall and ">ab<" in wall.replace("\n", "")


@pytest.mark.promise("S3")
@pytest.mark.parametrize("step", ["groep", "voorbeeld", "waarden"])
def test_no_form_of_the_room_breaks_on_nasty_values(nico, step):
    room = make.room(nico, Stage.VALUES)
    phone = Phone(room).join().tell()
    for nasty in (
        "",
        "a\0b",
        "x" * 5000,
        "\u202e\ufffe",
        "99999999999999999999",
        "00000000-0000-0000-0000-00000000000g",
    ):
        names = ("group", "example", "may_show", "none_now", "word_1", "notice_5", "picks")
        assert phone.send(step, dict.fromkeys(names, nasty)).status_code in (302, 422)
        assert phone.get(f"/zaal/{room.code}/stand/", {"fase": nasty}).status_code == 200


def test_a_phone_that_knows_where_the_room_is_gets_an_empty_answer(room, nico, django_assert_max_num_queries):
    phone = Phone(room)
    with django_assert_max_num_queries(1):
        assert phone.get(f"/zaal/{room.code}/stand/?fase=0").status_code == 204
    room.move(nico, Stage.JOIN)
    assert phone.get(f"/zaal/{room.code}/stand/?fase=0").content == b"1"


def test_the_room_tells_its_phones_nothing_of_the_table(room, bram):
    make.view(bram, "Geheim van de raad")
    page = Phone(room).page()
    for secret in ("Geheim van de raad", "Bram", "Nico", str(room.pk), "data-stream", "data-seat"):
        assert secret not in page


def test_the_facilitator_joins_words_undoes_it_and_hides_what_does_not_belong(nico, browse):
    room = make.room(nico, Stage.VALUES)
    for phone in "abc":
        make.vote(room, phone, "Respect", "Eerbied" if phone == "a" else "Humor", may_show=True)
    desk = browse(nico)
    keys = {word.name: str(word.pk) for word in WorkshopWord.objects.all()}
    desk.do("values:lay_words", {"word": keys["Eerbied"], "other": keys["Respect"]}, workshop=room.pk)
    assert "Nico Blom legde ‘Eerbied’ bij ‘Respect’" in desk.at("values:workshop", workshop=room.pk).content.decode()
    desk.do("values:part_words", {"word": keys["Eerbied"]}, workshop=room.pk)
    desk.do("values:hide_word", {"word": keys["Humor"]}, workshop=room.pk)
    wall = desk.at("values:workshop_screen", workshop=room.pk).content.decode()
    assert "Eerbied" in wall and "Humor" not in wall
    example = Ballot.objects.first()
    desk.do("values:hide_example", {"example": example.pk}, workshop=room.pk)
    told = desk.at("values:workshop", workshop=room.pk).content.decode()
    assert "Zet terug op het scherm" in told
    desk.do("values:hide_example", {"example": example.pk, "to": "terug"}, workshop=room.pk)
    assert not Ballot.objects.filter(hidden_at__isnull=False).exists()


@pytest.mark.parametrize("phase, status", [(Phase.COLLECT, 302), (Phase.CLOSED, 403)])
@pytest.mark.parametrize("lead", ["joost", "dora"])
def test_who_leads_a_round_that_runs_may_lead_a_room_too(request, nico, browse, lead, phase, status):
    lead, opened = request.getfixturevalue(lead), make.room(nico)
    assert browse(lead).do("values:move_workshop", {"expected": opened.stage}, workshop=opened.pk).status_code == 403
    rounds.project(nico, phase, lead=lead)
    moved = browse(lead).do("values:move_workshop", {"expected": opened.stage}, workshop=opened.pk)
    assert moved.status_code == status


def test_the_wall_shows_the_code_and_the_drawing_in_every_stage(room, nico, browse):
    for stage in Stage:
        wall = browse(nico).at("values:workshop_screen", workshop=room.pk).content.decode()
        assert room.spaced_code in wall and re.search(r'class="qr"[^>]*><path d="M0 0h7', wall)
        if stage < Stage.TOGETHER:
            room.move(nico, room.stage)
        elif stage == Stage.TOGETHER:
            close_room(room, nico, room.stage)


def test_candidates_are_offered_after_own_input_only_with_where_they_came_from(nico, bram, anna, browse):
    room = make.room(nico, Stage.VALUES)
    for phone in "abc":
        make.vote(room, phone, "Gastvrijheid")
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    council = browse(bram)
    assert "Gastvrijheid" not in council.at("values:own").content.decode()
    make.view(bram, "Respect")
    page = council.at("values:own").content.decode()
    assert "Gastvrijheid" in page and "3 van de 3 mensen, wijkcentrum De Brink" in page
    link = re.search(r"\?uit=([0-9a-f-]+)", page)[1]
    assert 'value="Gastvrijheid"' in council.at("values:write", {"uit": link}).content.decode()
    # What the other side already wrote plays no part in it.
    assert "Gastvrijheid" not in browse(anna).at("values:own").content.decode()


@pytest.mark.promise("A4")
def test_the_result_is_one_accessible_page(nico, tmp_path):
    room = make.room(nico, Stage.VALUES)
    for number in range(30):
        words = ["Respect", f"Heel bijzonder eigen woord nummer {number}", "👂"]
        make.vote(room, f"p{number}", *words, group=number % 3 + 1, example="Een lang voorbeeld. " * 19, may_show=True)
    room.move(nico, Stage.VALUES)
    close_room(room, nico, Stage.TOGETHER)
    file = tmp_path / "uitslag.pdf"
    file.write_bytes(sheet(room))
    reader = pypdf.PdfReader(io.BytesIO(file.read_bytes()))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1 and "Respect" in text and "Cliëntenraad" in text
    assert reader.metadata.author == "Cliëntenraad Oosterhage en Gemeente Oosterhage"
    verapdf.passes(file)
