"""`make`: it prepares the environment, says what that needs, and leaves the rest to `annotated-bib`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from helpers import PACKAGE, ROOT, tool

PARTS = ("Makefile", "requirements.txt", "pyproject.toml")
#: What is asked of make, and what it asks of the command.
CALLS = {
    "": "build --format=text",
    "all FORMAT=github": "build --format=github",
    "html": "build --format=text --only=html",
    "pdf": "build --format=text --only=pdf",
    "epub FORMAT=github": "build --format=github --only=epub",
    "check": "check --format=text",
    "serve": "serve",
}


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that has what make works on."""
    # CI asks for messages of another form, and `make test` tells what runs under it that make does.
    for name in ("FORMAT", "MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
        monkeypatch.delenv(name, raising=False)
    for part in PARTS:
        shutil.copy(ROOT / part, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([tool("make"), "VENV=venv", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def program(path: Path, text: str) -> Path:
    """A program of the shell at *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(("asked", "called"), CALLS.items())
def test_make_calls_the_command_and_no_more(workshop, asked, called):
    program(workshop / "venv" / "bin" / "annotated-bib", 'echo "$@"')
    done = make(workshop, "-o", "venv/ready", *asked.split())
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{called}\n", "")


def test_make_fails_where_the_command_fails(workshop):
    program(workshop / "venv" / "bin" / "annotated-bib", "exit 1")
    assert make(workshop, "-o", "venv/ready").returncode != 0


@pytest.mark.parametrize(
    ("python", "said"),
    [
        ("exit 1", "Python 3.11 ou plus récent est nécessaire"),
        ('case "$2" in *venv*) exit 1;; esac', "python3-venv"),
    ],
)
def test_an_unfit_python_is_told_what_to_install(workshop, python, said):
    done = make(workshop, f"PYTHON={program(workshop / 'python', python)}", "check")
    assert done.returncode != 0
    assert said in done.stderr


def test_no_python_at_all_is_said(workshop):
    done = make(workshop, "PYTHON=python-absent", "check")
    assert done.returncode != 0
    assert "installez Python 3.11" in done.stderr


def test_a_fetch_that_fails_midway_leaves_no_environment_that_looks_ready(workshop):
    makes = 'mkdir -p "$4/bin" && cp "$0" "$4/bin/python"'  # python -m venv --clear FOLDER
    python = f'case "$*" in *--clear*) {makes};; *install*) exit 1;; esac'
    for _ in range(2):
        done = make(workshop, f"PYTHON={program(workshop / 'python', python)}", "check")
        assert done.returncode != 0
        assert "Préparation de l’environnement" in done.stdout, "the second call begins anew"
        assert not (workshop / "venv" / "ready").exists()


def test_goals_of_one_command_line_do_not_race(workshop):
    (workshop / "_build").mkdir()
    builds = 'sleep 0.1; test ! -e _build && mkdir -p _build && echo "$1"'
    program(workshop / "venv" / "bin" / "annotated-bib", f'case "$1" in clean) rmdir _build;; *) {builds};; esac')
    program(workshop / "venv" / "bin" / "python", "test -d _build && echo test")
    done = make(workshop, "-j8", "-o", "venv/ready", "clean", "all", "test")
    assert done.stdout.splitlines()[::2] == ["build", "test"], done.stderr


@pytest.mark.parametrize("is_ready", [True, False], ids=["ready", "not-ready"])
def test_what_is_built_is_removed_without_an_environment_too(workshop, is_ready):
    (workshop / "_build").mkdir()
    if is_ready:
        program(workshop / "venv" / "bin" / "annotated-bib", 'echo "$@"')
    done = make(workshop, "clean")
    assert (done.returncode, done.stdout, done.stderr) == (0, "clean\n" if is_ready else "", "")
    assert (workshop / "_build").exists() == is_ready


@pytest.mark.parametrize("makefile", [ROOT / "Makefile", PACKAGE / "starter" / "files" / "Makefile"], ids=["here", "starter"])
def test_the_goals_of_an_edition_follow_each_other(makefile):
    assert ".NOTPARALLEL:" in makefile.read_text("utf-8").splitlines()
