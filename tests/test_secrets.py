"""The source stays hidden: words planted in every secret field, and a walk through all that the other side can read."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection

from analysis.models import Stage
from dialoog.live.models import Bell
from experiences.models import Fragment, FragmentDraft, Interview, Story, Teller
from projects.models import Phase
from tests.analysis import make as bundled
from tests.crawl import crawl, leaks, unpacked
from tests.experiences import make
from tests.projects import make as projects
from tests.values import make as values

# Words that nobody would write by chance, one for each secret field.
CANARIES = {
    "story": "Zebravink Kwartelmeer",
    "effect": "schaduwpapegaai",
    "name": "Ypma-Quist",
    "phone": "06-98765432",
    "email": "ypma.quist@post.example",
    "street": "Zwavelzuurstraat 77",
    "note": "bijtende hond Xerxes",
    "remark": "sprak alleen Tigrinya-dialect",
    "code": "Z7X 99",
    "date": "29 februari 2024",
    "place": "Kerk, moskee of vereniging",
    "draft heading": "Kwikstaartkop",
    "draft text": "purperreigerzin",
    "thread": "kwikstaartbezwaar",
    "value": "Vleermuisgeduld",
    "answer": "haviksoordeel",
    "pile": "Uilenballen",
}


@pytest.fixture
def planted(table, anna, joost, bram, dora):
    """A round in full swing with a canary in every secret field, and three cards that did cross."""
    values.view(bram, CANARIES["value"], "Alleen de raad weet hiervan.")
    project = projects.project(bram, Phase.COLLECT)
    make.released(bram, dora, project)
    held = make.interview(
        dora,
        project,
        code=CANARIES["code"],
        note=CANARIES["note"],
        held_on="2024-02-29",
        place="faith",
        interviewers=[dora],
    )
    make.consent(dora, held, remark=CANARIES["remark"], may_call_back=True)
    make.story(dora, held, happened=f"Ik ben {CANARIES['story']} en ik vertel dit.", effect=CANARIES["effect"])
    details = {"name": CANARIES["name"], "phone": CANARIES["phone"]}
    make.contact(dora, held, **details, email=CANARIES["email"], address=CANARIES["street"])
    text = f"Een {CANARIES['draft text']} die nog niemand nakeek."
    made = make.draft(dora, held, heading=CANARIES["draft heading"], text=text)
    made.offer(dora, made.version)
    made.send_back(bram, f"Ik heb een {CANARIES['thread']}.")
    return project


def everything_read_by(seat, browse):
    """All that this person can reach: pages, parts, headers, and the letters that were sent."""
    pages = crawl(browse(seat), seat.url("start"))
    assert len(pages) > 15, "the walk did not get anywhere"
    assert [address for address, answer in pages.items() if answer.status_code not in (200, 302)] == []
    texts = [part for answer in pages.values() if not answer.streaming for part in unpacked(answer.content)]
    texts += [b"".join(answer.streaming_content) for answer in pages.values() if answer.streaming]
    heads = [str(answer.headers) for answer in pages.values()]
    letters = [str(letter.message()) for letter in mail.outbox]
    return [*texts, *heads, *letters, *pages]


@pytest.mark.promise("P1")
@pytest.mark.parametrize("who", ["anna", "joost", "nico"])
def test_nothing_planted_is_read_by_who_is_not_of_the_council(planted, browse, world, who):
    secret = (FragmentDraft, Interview, Story, Teller)
    ids = {str(key) for kind in secret for key in kind.objects.values_list("pk", flat=True)}
    assert leaks(ids.union(CANARIES.values()), *everything_read_by(getattr(world, who), browse)) == set()


@pytest.mark.promise("P1", control=True)
def test_the_council_itself_reads_what_was_planted(planted, browse, bram):
    shown = leaks(CANARIES.values(), *everything_read_by(bram, browse))
    hidden_for_other_reasons = {CANARIES["answer"], CANARIES["pile"]}
    assert set(CANARIES.values()) - shown - hidden_for_other_reasons == set()


@pytest.mark.promise("P1", control=True)
def test_a_canary_on_the_shared_side_is_found(planted, browse, anna):
    card = Fragment.objects.get(number=1)
    card.heading = CANARIES["story"]
    card.save()
    assert leaks(CANARIES.values(), *everything_read_by(anna, browse)) == {CANARIES["story"]}


@pytest.mark.promise("P1")
def test_what_lies_in_the_vault_stands_nowhere_in_the_database_as_words(planted):
    told = ("story", "effect", "name", "phone", "email", "street", "note", "remark", "thread")
    kept = [CANARIES[name] for name in told]
    with connection.cursor() as cursor:
        rows = []
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            rows += [bytes(cell) if isinstance(cell, memoryview) else str(cell) for row in cursor for cell in row]
    assert leaks(kept, *rows) == set()
    assert leaks([CANARIES["story"]], Story.objects.order_by("begun_at").last().whole()) == {CANARIES["story"]}


@pytest.mark.promise("P1")
def test_no_bell_that_the_whole_table_hears_tells_of_a_conversation(planted, table):
    heard = set(Bell.objects.filter(channel=table.channel()).values_list("topic", flat=True))
    whispered = set(Bell.objects.filter(channel=table.channel("council")).values_list("topic", flat=True))
    kinds = (
        "interview teller story passage consent contactdetail fragmentdraft remark reading terms warned wrongcode "
        "valueview"
    )
    secret = re.compile(rf"({'|'.join(kinds.split())})(-|$)")
    assert [topic for topic in heard if secret.match(topic)] == []
    assert [topic for topic in whispered if secret.match(topic)] != []
    assert any(topic.startswith("fragment") for topic in heard)


@pytest.mark.promise("P1")
def test_sealed_words_of_the_council_stay_sealed_in_the_meeting_and_the_deliberation(browse, anna, joost, bram, dora):
    meeting = bundled.session(bram, stage=Stage.OWN_SORT, present=(bram, dora, anna, joost))
    bundled.own_sort(bram, meeting, **{CANARIES["pile"]: [1, 2], "Papieren": [3]})
    assert leaks(CANARIES.values(), *everything_read_by(anna, browse)) == set()
    pile = [CANARIES["pile"]]
    assert leaks(pile, *everything_read_by(dora, browse)) == set()
    assert leaks(pile, *everything_read_by(bram, browse)) == set(pile)


@pytest.mark.promise("P2")
def test_a_card_knows_no_date_no_person_and_no_story(table):
    known = {field.name for field in Fragment._meta.get_fields()}
    assert known == {"id", "partnership", "project", "number", "heading", "text", "may_quote", "may_publish"}
    assert FragmentDraft._meta.get_field("fragment").related_model is Fragment


@pytest.mark.promise("P1")
def test_the_councils_keys_lie_apart_from_the_database(planted):
    keys = [file for file in Path(settings.VAULT_DIR).rglob("*") if file.is_file()]
    assert keys and all(file.stat().st_mode & 0o077 == 0 for file in keys)
