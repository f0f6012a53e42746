"""How long a large report takes on its way to paper, how much memory, and how quick the pages stay meanwhile.

`python -m tests.bench.report [runs]` makes a table of its own in a folder of its own: 200 cards, some 40 pages. It
compares our paper with WeasyPrint alone on the same text, and asks a page again and again while the press works.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "dialoog.settings",
    "DIALOOG_HTTPS": "no",
    "DIALOOG_PLAIN_STATIC": "yes",
    "DIALOOG_PRESS": "elsewhere",
    "DIALOOG_VAR": os.environ.get("DIALOOG_BENCH_VAR") or tempfile.mkdtemp(prefix="dialoog-bench-"),
    "DIALOOG_SECRET_KEY": "only-for-measuring-" * 4,
}
CARDS, THEMES, PAGES, MOST, MEMORY = 200, 25, 40, 1.2, 300
ALONE = """
import sys, time
from weasyprint import HTML
html, begin = open(sys.argv[1]).read(), time.process_time()
pages = HTML(string=html).render(pdf_variant="pdf/a-3a")
pages.write_pdf()
print(time.process_time() - begin, len(pages.pages))
"""
OURS = """
import sys, time, django
django.setup()
from dialoog import paper
html, begin = open(sys.argv[1]).read(), time.process_time()
paper.render(html, told=lambda pages, percent: None)
print(time.process_time() - begin, 0)
"""


def large(bram, anna):
    """A round with as many cards and themes as a table will ever have."""
    report = make.full(bram, anna)
    project, number = report.project, 100
    for place in range(THEMES):
        cards = []
        for _ in range(CARDS // THEMES):
            number += 1
            text = f"Ik vroeg het op dag {number} en hoorde pas weken later iets. Toen was het al te laat voor mij."
            cards.append(make.card(bram, project, number, text, may_quote=True))
        explanation = "Mensen stellen hun vraag waar anderen bij staan. Sommigen gaan daarom weg. " * 3
        bundled.theme(bram, project, f"Thema nummer {place}: wachten zonder te weten waarop", cards, place + 10,
                      explanation=explanation, going_well="De vrijwilliger die met iemand meeloopt. " * 3)  # fmt: skip
    return report


def alone(script, file):
    """Seconds of the processor and pages of one way, in a process that does nothing else; the best of some."""
    runs = []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=True)
        runs.append([float(part) for part in done.stdout.split()[-2:]])
    return min(runs)


def asked_while(process, seat):
    """The median answer of a page, in milliseconds, as long as a process runs (or thirty times without one)."""
    browser, took = Browser(seat), []
    while (process.poll() is None) if process else len(took) < 30:
        begin = time.perf_counter()
        assert browser.at("report:list").status_code == 200
        took.append((time.perf_counter() - begin) * 1000)
        time.sleep(0.05)
    return statistics.median(took)


def main():
    call_command("migrate", verbosity=0)
    table = people.partnership()
    bram, anna = people.council(table), people.municipal(table)
    report = large(bram, anna)
    html = composition.compose(report).html()
    file = Path(os.environ["DIALOOG_VAR"]) / "large.html"
    file.write_text(html)
    bare, pages = alone(ALONE, str(file))
    ours, _ = alone(OURS, str(file))
    print(f"{pages:.0f} pages, {CARDS} cards")
    print(f"WeasyPrint alone {bare:.1f} s, ours {ours:.1f} s: {ours / bare:.2f} times (at most {MOST})", flush=True)
    quiet = asked_while(None, anna)
    Printing.ask(anna, "Een groot verslag", "groot", html, report=report)
    begin = time.perf_counter()
    press = subprocess.Popen([sys.executable, "manage.py", "press", "--once"])
    meanwhile = asked_while(press, anna)
    whole = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert Printing.objects.get(name="groot").is_done
    print(f"the press from its start to the file: {whole:.1f} s; memory at most {memory:.0f} MB (at most {MEMORY})")
    print(f"a page meanwhile: {meanwhile:.0f} ms in the middle, without the press {quiet:.0f} ms")
    sys.exit(not (pages >= PAGES and ours <= MOST * bare and memory <= MEMORY))


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()

    from dialoog.report import composition
    from dialoog.report.models import Printing
    from tests import make as people
    from tests.analysis import make as bundled
    from tests.conftest import Browser
    from tests.report import make

    main()
