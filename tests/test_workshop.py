"""`make`, as someone who keeps the edition meets it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, tool

PARTS = (
    "Makefile",
    "conf.py",
    "refs.bib",
    "index.md",
    "requirements.txt",
    "pyproject.toml",
    "sections",
    "annexes",
    "_ext",
    "_static",
)


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """A copy of the project in which an edition, here a mere sign of one, has been published."""
    monkeypatch.delenv("FORMAT", raising=False)  # CI asks for messages of another form
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / part)
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("the last good edition", "utf-8")
    os.utime(tmp_path / "_build" / "html" / "index.html", (0, 0))
    return tmp_path


def make(folder: Path, *arguments: str, venv: str = sys.prefix, **options: Any) -> subprocess.CompletedProcess[str]:
    """`make` with the environment of the tests, which it takes as ready."""
    command = [tool("make"), f"VENV={venv}", *(("-o", f"{venv}/ready") if venv == sys.prefix else ()), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **options)


def start(folder: Path) -> subprocess.Popen[bytes]:
    """`make`, to be waited for."""
    command = [tool("make"), f"VENV={sys.prefix}", "-o", f"{sys.prefix}/ready"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def published(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in (folder / "_build").rglob("*") if path.is_file()}


def edit(path: Path, old: str, new: str) -> int:
    """Replace *old*, which stands once, and tell its line."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("{Leydier, Jocelyne},", "{Leydier, Jocelyne,", "syntax"),
        ("@book{Ion2000,", "@book{Dhume2001,", "duplicate-key"),
        ("  year          = {2000},", "  year          = {an 2000},", "year"),
        (r"annotation    = {Fondé", r"annotation    = {\textbf{Fondé}", "markup"),
        ("  month         = mar,", "  month         = mars,", "unknown-string"),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_published(workshop, old, new, rule):
    before = published(workshop)
    line = edit(workshop / "refs.bib", old, new)
    if rule == "syntax":
        line -= 1  # the entry that does not close is named by its first line
    done = make(workshop, "html")
    assert done.returncode != 0
    assert f"refs.bib:{line}: [{rule}] " in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert published(workshop) == before


def test_a_missing_file_is_named(workshop):
    before = published(workshop)
    (workshop / "refs.bib").unlink()
    done = make(workshop, "check")
    assert done.returncode != 0
    assert "refs.bib:1: [missing-file] " in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert published(workshop) == before


def test_a_page_with_a_warning_is_never_published(workshop):
    before = published(workshop)
    edit(workshop / "index.md", "](annexes/edition.md)", "](annexes/absente.md)")
    # What was read in the first build must not hide the warning from the second.
    for _ in range(2):
        done = make(workshop, "html")
        assert done.returncode != 0
        assert "absente" in done.stdout + done.stderr
        assert published(workshop) == before


def test_a_full_disk_leaves_the_last_edition_as_it_was(workshop):
    before = published(workshop)
    # No file may be longer than some kilobytes, which stops the build as a full disk would.
    limits = (resource.RLIMIT_FSIZE, (20_000, 20_000))
    done = make(workshop, preexec_fn=lambda: resource.setrlimit(*limits))
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert "rien n’est publié" in done.stderr
    assert published(workshop) == before


def test_make_publishes_everything_whole_and_once(workshop):
    before = published(workshop)
    shutil.copy(workshop / "_static" / "favicon.svg", workshop / "_static" / "more.svg")
    begun = start(workshop)
    while begun.poll() is None and not list((workshop / ".cache" / "html").glob("*.html")):
        time.sleep(0.05)
    os.killpg(begun.pid, signal.SIGINT)
    assert begun.wait() != 0, "it was interrupted while it wrote the site"
    assert published(workshop) == before
    # Two at once: one waits for the other, and has nothing to do.
    both = [start(workshop), start(workshop)]
    assert [process.wait() for process in both] == [0, 0]
    names = published(workshop).keys()
    assert {"_build/pdf/cooperations.pdf", "_build/epub/cooperations.epub"} <= names
    assert {f"_build/html/{name}" for name in ("index.html", "cooperations.pdf", "cooperations.epub", "refs.bib")} <= names
    assert not [name for name in names if name.endswith((".new", ".old", ".buildinfo", ".written.json"))]
    times = {name: (workshop / name).stat().st_mtime_ns for name in names}
    assert make(workshop).returncode == 0
    assert times == {name: (workshop / name).stat().st_mtime_ns for name in published(workshop)}
    (workshop / "_static" / "more.svg").unlink()
    edit(workshop / "refs.bib", "premier bilan", "premier état")
    done = make(workshop)
    assert done.returncode == 0, done.stderr
    assert "premier état".encode() in published(workshop)["_build/html/sections/travail-social.html"]
    assert "_build/html/_static/more.svg" in names - published(workshop).keys()


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("exit 1", "Python 3.11 ou plus récent est nécessaire"),
        ('case "$2" in *venv*) exit 1;; esac', "python3-venv"),
    ],
)
def test_an_unfit_python_is_told_what_to_install(workshop, python, said):
    fake = workshop / "python"
    fake.write_text(f"#!/bin/sh\n{python}\n", "utf-8")
    fake.chmod(0o755)
    done = make(workshop, f"PYTHON={fake}", "check", venv=str(workshop / "venv"))
    assert done.returncode != 0
    assert said in done.stderr


def test_no_python_at_all_is_said(workshop):
    done = make(workshop, "PYTHON=python-absent", "check", venv=str(workshop / "venv"))
    assert done.returncode != 0
    assert "installez Python 3.11" in done.stderr
