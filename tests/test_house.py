"""The house holds: storeys, locks and habits, each read from the code itself."""

import ast
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, include, path

from dialoog.partnerships import rules
from dialoog.partnerships.door import guard, seated

ROOT = Path(__file__).resolve().parent.parent
STOREYS = {
    "dialoog.standing": 0,
    "dialoog.accounts": 0,
    "dialoog.letters": 0,
    "dialoog.live": 1,
    "dialoog.pages": 1,
    "dialoog.paper": 1,
    "dialoog.small_numbers": 1,
    "dialoog.partnerships": 2,
    "values": 3,
    "projects": 4,
    "experiences": 5,
    "analysis": 6,
    "dialoog.advice": 7,
    "dialoog.report": 8,
    "dialoog": 9,
}
APPS_ABOVE = ("projects", "experiences", "analysis")
ASKED = {"views", "forms", "start", "handover"}
SOURCES = sorted(
    file
    for package in ("dialoog", "values", "projects", "experiences", "analysis")
    for file in (ROOT / package).rglob("*.py")
    if "migrations" not in file.parts
)

# The code reads the same with either database.
pytestmark = pytest.mark.only("sqlite")


def storey(module):
    """The storey of a module by the longest package name that fits, or None for somebody else's."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if (found := STOREYS.get(".".join(parts[:length]))) is not None:
            return found
    return None


def imports(source):
    """The modules a source imports, wherever it does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def climbs(module, source):
    """The imports in this source that go up, from the storey of `module`."""
    here = storey(module)
    names = set(imports(source))
    # `from dialoog import live` names the package and then the part: only the part counts.
    return [name for name in names if name != "dialoog" and (storey(name) or 0) > here]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_go_down_only(file):
    module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    assert climbs(module, file.read_text()) == []


def test_an_import_that_climbs_is_seen():
    assert climbs("values.models", "from projects.models import Project")
    assert climbs("dialoog.partnerships.models", "from dialoog import start")


def unscoped(source):
    """The places where a view or form reaches for all rows instead of those its seat may see."""
    return re.findall(r"\w+\.(?:objects|_base_manager|_default_manager)\b(?!\s*\.\s*visible_to\()", source)


@pytest.mark.promise("S2")
@pytest.mark.parametrize(
    "file", [f for f in SOURCES if ASKED & {f.stem, f.parent.name}], ids=lambda f: str(f.relative_to(ROOT))
)
def test_views_and_forms_look_things_up_through_the_seat(file):
    allowed = {"Member.objects"} if file.parent.name == "partnerships" else set()
    assert [place for place in unscoped(file.read_text()) if place not in allowed] == []


@pytest.mark.promise("S2", control=True)
def test_an_unscoped_lookup_is_seen():
    assert unscoped("value = Value.objects.get(pk=1)")
    assert not unscoped("value = Value.objects.visible_to(seat).get(pk=1)")


@pytest.mark.promise("S2")
def test_a_bare_view_under_a_table_does_not_load():
    def bare(request, table):
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured, match="no @seated rule"):
        guard([path("<slug:table>/", include([path("bloot/", bare)]))])


@pytest.mark.promise("S2", control=True)
def test_a_seated_view_under_a_table_loads():
    @seated(rules.any_member)
    def dressed(request, seat):
        return HttpResponse()

    guard([path("<slug:table>/", include([path("aangekleed/", dressed)]))])


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_only_models_write_behind_the_back_of_the_bell(file):
    if file.stem == "models" or "models" in file.parts or file.stem in ("bells", "writing"):
        return
    assert re.findall(r"\.(?:update|bulk_create|bulk_update)\(\s*\w+=", file.read_text()) == []


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_import_hides_inside_a_function(file):
    tree = ast.parse(file.read_text())
    hidden = [
        node.lineno
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_template_holds_script_or_style_that_the_policy_forbids(file):
    if "print" in file.stem or file.stem.startswith("report_") or "mail" in file.stem:
        return
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", file.read_text()) == []


# Whatever is not in this list asks for a login. A new open door is a decision, and stands in docs/security.md.
OPEN_DOORS = {
    "help",
    "invitation",
    "pledge_letter",
    "progress",
    "stop_progress",
    "stop_reminders",
    "calendar",
    "withdraw_alone",
    "check_report",
    "room:entrance",
    "room:room",
    "room:group",
    "room:example",
    "room:words",
    "room:stand",
    "room:result",
}


def open_doors(patterns, namespace=""):
    """The names of the routes of our own that ask for no login; those of the login itself come from allauth."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            home = pattern.callback.__module__
            # The buttons of the invented people exist in a try-out only.
            ours = home.split(".")[0] in ("dialoog", "values", *APPS_ABOVE) and home != "dialoog.partnerships.demo"
            if ours and not getattr(pattern.callback, "login_required", True):
                yield f"{namespace}{pattern.name}"
        else:
            yield from open_doors(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)


def test_only_named_doors_are_open_without_an_account():
    assert set(open_doors(get_resolver().url_patterns)) == OPEN_DOORS


def addresses(patterns, before=""):
    """The shape of every address: what kind of thing stands where, without its name."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield re.sub(r"<(\w+):\w+>", r"<\1>", here)
        else:
            yield from addresses(pattern.url_patterns, here)


def test_no_two_routes_share_one_address():
    shapes = list(addresses(get_resolver().url_patterns))
    assert sorted({shape for shape in shapes if shapes.count(shape) > 1}) == []


@pytest.mark.django_db
def test_the_migrations_make_the_tables_that_the_models_describe():
    """The tests make their tables from the models, so this is where a forgotten migration is noticed."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def names_in(stylesheet):
    """The classes that a stylesheet gives a look of their own, wherever they stand."""
    rules_only = re.sub(r"/\*.*?\*/|@(?:media|layer|container|supports)[^{]*{", "", stylesheet, flags=re.S)
    selectors = [one.strip() for head in re.findall(r"([^{}]+){", rules_only) for one in head.split(",")]
    return {one for one in selectors if re.fullmatch(r"\.[\w-]+", one)}


def test_no_class_stands_for_two_things():
    """Every page loads the sheets of all apps: a name of two of them makes the pages of one look like the other."""
    apps = ("frame", "partnerships", "values", "projects", "experiences", "analysis", "advice", "report")
    seen = {app: names_in((ROOT / f"static/css/{app}.css").read_text()) for app in apps}
    shared = {name for one in apps for other in apps if one < other for name in seen[one] & seen[other]}
    assert shared == set()
    assert names_in("@layer pages { .stakes { color: red; } .card .stakes, .slip {} }") == {".stakes", ".slip"}
