"""The first step of every command: a machine that has only Python and git gets what Dialoog needs.

Runs before anything is installed, so it uses the standard library only.
"""

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
ENVIRONMENT = BASE / ".venv"
# An own copy of the installer, for machines without it; beside the data, and as easy to throw away.
INSTALLER = BASE / "var" / "uv"
# What the two commands of the README may install by themselves; every other command runs where it is called.
PREPARED = ("run", "test")

PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# What the driver of the browser tests needs besides.
DRIVER = {"libatomic.so.1": "libatomic1"}
# The first is Chromium without a window around the page, which takes a third less time in the tests.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def main(argv):
    """Run a command of manage.py; `run` and `test` first see to it that everything they need is there."""
    command = argv[1] if len(argv) > 1 else ""
    if command in PREPARED and not {"-h", "--help"} & set(argv):
        prepare(command, argv)
    elif not in_environment() and (ENVIRONMENT / "bin" / "python").exists():
        enter(argv)
    if command == "test" and not {"-h", "--help"} & set(argv):
        run_tests(argv[2:])
    if importlib.util.find_spec("django") is None:
        sys.exit("Type `python3 manage.py run` first: it sets everything up. `--port 8001` gives it another port.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")
    wrong = importlib.import_module("django.core.exceptions").ImproperlyConfigured
    try:
        importlib.import_module("django.core.management").execute_from_command_line(argv)
    except wrong as sentence:
        sys.exit(str(sentence))
    except KeyboardInterrupt:
        sys.exit(130)


def prepare(command, argv):
    """Install what this command misses, make or renew the environment, and go on inside it."""
    if sys.version_info < (3, 11):  # noqa: UP036 (the one place where an older Python can still arrive)
        sys.exit("Dialoog needs Python 3.11 or newer. On Debian 12 or Ubuntu 24.04: apt install python3.")
    for folder in {BASE / "var", Path(os.environ.get("DIALOOG_VAR") or BASE / "var")}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            sys.exit(f"{folder} cannot be made. Make it a folder that you may write to, then try again.")
        if not os.access(folder, os.W_OK | os.X_OK):
            sys.exit(f"{folder} cannot be written to. Give yourself that right, or set DIALOOG_VAR to another folder.")
    # Container images often forbid it; then each of the many processes that follow reads all its code anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if command == "run":
        # The try-out by default; an environment that says otherwise keeps the last word.
        os.environ.setdefault("DIALOOG_DEMO", "yes")
        # Letters and signed papers print where people find this; an empty setting counts as none.
        if not os.environ.get("DIALOOG_SITE_URL"):
            os.environ["DIALOOG_SITE_URL"] = f"http://127.0.0.1:{port_of(argv)}"
    install_packages(missing_packages(command))
    if in_environment(command):
        return
    if not is_current(command):
        make_environment(command)
    enter(argv)


def port_of(argv):
    """The port that somebody asked for, as typed: `--port 8001` or `--port=8001`."""
    for here, following in zip(argv, [*argv[1:], ""], strict=True):
        name, _, given = here.partition("=")
        if name == "--port" and (given or following).isdigit():
            return given or following
    return "8000"


def in_environment(command="run"):
    """Whether this Python is one that was made for Dialoog: by us and not outdated, or by somebody who knows."""
    if sys.prefix == str(ENVIRONMENT) and (ENVIRONMENT / "made-from").exists():
        return is_current(command)
    return sys.prefix != sys.base_prefix and importlib.util.find_spec("django") is not None


def enter(argv):
    """Go on as the environment's own Python; does not return."""
    python = str(ENVIRONMENT / "bin" / "python")
    sys.stdout.flush()
    os.execv(python, [python, str(BASE / "manage.py"), *argv[1:]])


def run_tests(arguments):
    """Hand over to pytest, several tests at a time unless told otherwise; does not return."""
    chosen = any(argument.startswith(("-n", "--numprocesses")) for argument in arguments)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser:
        os.environ.setdefault("DIALOOG_CHROMIUM", browser)
    sys.stdout.flush()
    os.chdir(BASE)
    # One more than there are cores: a browser and its page often wait for each other.
    workers = [] if chosen else ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *workers, *arguments])


# What comes from the system


def missing_packages(command):
    """The Debian packages that this command needs and that are not there."""
    libraries = PANGO | DRIVER if command == "test" else PANGO
    missing = [package for library, package in libraries.items() if not has_library(library)]
    if command == "test" and not any(shutil.which(browser) for browser in BROWSERS):
        missing.append("chromium-headless-shell")
    return missing


def has_library(name):
    """Whether the system can load this shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_packages(packages):
    """Install Debian packages as root or through sudo; otherwise say in one sentence what to ask for."""
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        sys.exit(f"Please install what Debian calls {names}, then try again.")
    if os.geteuid() == 0:
        rights = []
    elif shutil.which("sudo"):
        rights = ["sudo"]
    else:
        sys.exit(f"Please ask an administrator to run `apt-get install {names}`, then try again.")
    say(f"Installing {names} …")
    # A broken list of some other source must not stop us; only the installation counts.
    quietly([*rights, "apt-get", "update", "-qq"])
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    done = quietly([*rights, *settings, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    if done.returncode:
        sys.exit(f"{last_line(done)}\nInstalling {names} failed. Install it by hand, then try again.")


# The Python environment


def fingerprint():
    """Names the environment that belongs to this lock file, this Python and this folder."""
    text = (BASE / "uv.lock").read_bytes() + f"{sys.version_info[:2]} {BASE}".encode()
    return hashlib.sha256(text).hexdigest()


def is_current(command):
    """Whether the environment was made from this lock file, with the test tools where they are needed."""
    try:
        made_from = (ENVIRONMENT / "made-from").read_text().split()
    except OSError:
        return False
    return made_from[:1] == [fingerprint()] and (command == "run" or "test" in made_from)


def make_environment(command):
    """Install exactly the locked versions in .venv."""
    say("Making the Python environment in .venv; this takes a minute the first time …")
    groups = [] if command == "test" else ["--no-dev"]
    done = None
    for installer in (shutil.which("uv"), own_installer):
        # One that is there already may be too old for the lock file; then an own copy does it.
        installer = installer() if callable(installer) else installer
        if installer is None:
            continue
        arguments = ["sync", "--frozen", "--python", base_python(), "--directory", str(BASE), *groups]
        done = quietly([installer, *arguments], UV_PROJECT_ENVIRONMENT=str(ENVIRONMENT), UV_PYTHON_DOWNLOADS="never")
        if done.returncode == 0:
            (ENVIRONMENT / "made-from").write_text(f"{fingerprint()} {command}\n")
            return
    sys.exit(f"{last_line(done)}\nThe Python packages could not be installed. Is there a network? Then try again.")


def base_python():
    """The Python under a possible virtual environment, from which ours is made."""
    return getattr(sys, "_base_executable", "") or sys.executable


def own_installer():
    """An own copy of uv, in a small virtual environment of its own."""
    uv = INSTALLER / "bin" / "uv"
    if uv.exists():
        return str(uv)
    if importlib.util.find_spec("ensurepip") is None or not has_bundled_pip():
        install_packages(["python3-venv"])
    shutil.rmtree(INSTALLER, ignore_errors=True)
    for step in (
        [base_python(), "-m", "venv", str(INSTALLER)],
        [str(INSTALLER / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"],
    ):
        done = quietly(step)
        if done.returncode:
            sys.exit(f"{last_line(done)}\nThe installer uv could not be installed. Is there a network? Then try again.")
    return str(uv)


def has_bundled_pip():
    """Whether `python3 -m venv` can work: Debian keeps the half it needs in a package of its own."""
    return quietly([base_python(), "-c", "import ensurepip; ensurepip.version()"]).returncode == 0


# Small things


def say(sentence):
    print(sentence, flush=True)


def quietly(command, **environment):
    """Run a command and keep what it says to ourselves."""
    try:
        return subprocess.run(
            command,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except OSError as broken:
        return subprocess.CompletedProcess(command, 1, stdout=str(broken))


def last_line(done):
    """The last thing a failed command said, for whoever wants to know why."""
    lines = [line for line in (done.stdout if done else "").splitlines() if line.strip()]
    return lines[-1].strip() if lines else ""
