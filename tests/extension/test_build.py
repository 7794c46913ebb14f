"""`annotated-bib build`, as someone who keeps an edition meets it: all of it is published, or nothing changes."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from annotated_bib.__main__ import main
from annotated_bib.commands import build
from helpers import EDITION, ROOT, contents, edit, soup

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILD = [sys.executable, "-m", "annotated_bib", "build"]
#: What the tests change, besides the bibliography.
MORE = {"sections/more.md": "# Une page de plus\n\nUn mot.\n", "_static/more.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}

#: For conf.py: the build stops at the first page that it writes, as long as there is a file « stop ».
STOPS = """
from pathlib import Path
from time import sleep

def stop(*_):
    while Path(__file__).with_name("stop").exists():
        Path(__file__).with_name("stopped").touch()
        sleep(600)

def setup(app):
    app.connect("html-page-context", stop)
"""

#: For conf.py: no page can be written, as there is a folder where it should be.
BLOCKS = """
from pathlib import Path

def block(app, page, *_):
    path = Path(app.outdir, f"{page}.html")
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)

def setup(app):
    app.connect("html-page-context", block)
"""
#: For conf.py: what is built is removed by hand before the last builder ends.
REMOVES = """
from pathlib import Path
from shutil import rmtree

def remove(app, error):
    if app.builder.name == "epub":
        rmtree(Path(__file__).with_name(".cache"))

def setup(app):
    app.connect("build-finished", remove)
"""


def write(folder: Path) -> Path:
    """A new edition in *folder*, with a page more and a file more."""
    assert main(["new", str(folder), "--language", "fr", "--title", "Un essai"]) == 0
    for name, text in MORE.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    edit(folder / "index.md", "\nsections/oeuvres\n", "\nsections/oeuvres\nsections/more\n")
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('html_static_path = ["_static"]\nepub_exclude_files = ["_static/more.svg"]\n')
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition that has been built."""
    folder = write(tmp_path_factory.mktemp("build") / "essai")
    assert main(["build", str(folder)]) == 0
    return folder


@pytest.fixture
def small(first: Path, tmp_path: Path) -> Iterator[Path]:
    """The edition that has been built, to change where it stands: elsewhere, all of it would be made anew."""
    shutil.copytree(first, tmp_path / "kept")
    yield first
    shutil.rmtree(first)
    shutil.copytree(tmp_path / "kept", first)


def published(folder: Path) -> dict[str, bytes]:
    """What stands in ``_build`` of *folder*."""
    return contents(folder / "_build")


def dates(folder: Path) -> dict[Path, int]:
    """When each file of *folder* was written, but the lock of a build."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


def run(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    return subprocess.run([*BUILD, *arguments, folder], capture_output=True, text=True, check=False, **options)


def start(folder: Path) -> subprocess.Popen[bytes]:
    """The command, to be waited for; it obeys an interrupt even where the tests, run in the background, do not."""
    return subprocess.Popen(
        [*BUILD, folder],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


# -- What is published -------------------------------------------------------------------------------------------------


def test_what_is_published_is_what_sphinx_makes_of_the_same_source(tmp_path, edition, book, epub):
    """In one process, where pages are read once for three builders, to the byte."""
    folder = shutil.copytree(EDITION, tmp_path / "autre" / "dossier")
    assert main(["build", str(folder)]) == 0
    made = published(folder)
    assert made.pop("pdf/grain.pdf") == made.pop("html/grain.pdf") == book.read_bytes()
    assert made.pop("epub/grain.epub") == made.pop("html/grain.epub") == epub.read_bytes()
    site = {f"html/{name}": data for name, data in contents(edition).items() if not name.startswith(".")}
    assert made.keys() == site.keys()
    assert [name for name, data in made.items() if data != site[name]] == []


def test_a_build_says_where_each_output_is(small, capsys, monkeypatch):
    monkeypatch.chdir(small)
    assert main(["build"]) == 0
    assert capsys.readouterr().out.split() == ["_build/html/index.html", "_build/pdf/un-essai.pdf", "_build/epub/un-essai.epub"]


def test_a_second_build_with_nothing_changed_writes_nothing(small):
    before = dates(small)
    assert main(["build", str(small)]) == 0
    assert dates(small) == before


def test_what_is_edited_changes_and_what_is_deleted_disappears(small):
    before, written = published(small), dates(small / "_build")
    assert {"html/sections/more.html", "html/_static/more.svg"} < before.keys()
    edit(small / "refs.bib", "Traité de documentation", "Petit traité")
    edit(small / "index.md", "\nsections/more\n", "\n")
    for name in MORE:
        (small / name).unlink()
    assert main(["build", str(small)]) == 0
    after = published(small)
    gone = {name for name in before.keys() - after.keys() if "/pagefind/" not in name}  # whose names are digests
    assert gone == {"html/sections/more.html", "html/_static/more.svg"}
    assert "Petit traité".encode() in after["html/sections/oeuvres.html"]
    assert after["html/un-essai.pdf"] == after["pdf/un-essai.pdf"] != before["pdf/un-essai.pdf"]
    newer = {path for path, date in dates(small / "_build").items() if written.get(path) != date}
    assert newer == {small / "_build" / name for name in after if before.get(name) != after[name]}


@pytest.mark.parametrize("only", ["pdf", "epub"])
def test_one_output_leaves_the_others_as_they_were(small, only):
    before, written = published(small), dates(small / "_build" / "html")
    edit(small / "refs.bib", "Traité de documentation", "Petit traité")
    assert main(["build", "--only", only, str(small)]) == 0
    after = published(small)
    assert before.keys() == after.keys()
    assert [name for name in before if after[name] != before[name]] == [f"{only}/un-essai.{only}"]
    assert dates(small / "_build" / "html") == written


# -- What is not -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "rule", "above"),
    [
        ("{Briet, Suzanne},", "{Briet, Suzanne,", "syntax", 1),  # an entry that does not close is named by its first line
        ("{Otlet, Paul}", "{Otlet, Paul and}", "name-list", 0),
    ],
)
def test_a_fault_is_named_with_its_line_and_nothing_is_published(small, capsys, old, new, rule, above):
    before = published(small)
    line = edit(small / "refs.bib", old, new) - above
    assert main(["build", str(small)]) == 1
    assert f"refs.bib:{line}: [{rule}] " in capsys.readouterr().err
    assert published(small) == before


def test_a_missing_file_is_named_and_nothing_is_published(small, capsys):
    before = published(small)
    (small / "refs.bib").unlink()
    assert main(["build", str(small)]) == 1
    assert "refs.bib:1: [missing-file] " in capsys.readouterr().err
    assert published(small) == before


def test_a_page_with_a_warning_is_never_published(small, capsys):
    before = published(small)
    edit(small / "sections" / "more.md", "Un mot.", "![Une image](absente.png)")
    # What was read in the first build must not hide the warning from the second.
    for _ in range(2):
        assert main(["build", str(small)]) == 1
        assert "absente.png" in capsys.readouterr().err
        assert published(small) == before


@pytest.mark.parametrize("size", [0, 3_000, 20_000])
def test_a_full_disk_leaves_the_last_edition_as_it_was(small, size):
    before = published(small)
    edit(small / "refs.bib", "Traité de documentation", "Petit traité")
    # No file may be longer than that, which stops the build as a full disk would.
    limits = (resource.RLIMIT_FSIZE, (size, size))
    speaking = os.environ | {"PYTHONUTF8": "1", "LC_MESSAGES": "fr_FR"}
    done = run(small, preexec_fn=lambda: resource.setrlimit(*limits), env=speaking)
    assert done.returncode == 1
    assert re.fullmatch("rien n’est publié : il n’y a plus de place pour .*\n", done.stderr)
    assert published(small) == before


def test_what_the_system_refuses_of_every_page_is_said_once(small, capsys):
    before = published(small)
    edit(small / "refs.bib", "Traité de documentation", "Petit traité")
    with (small / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(BLOCKS)
    assert main(["build", str(small)]) == 1
    assert re.fullmatch("rien n’est publié : .*\\.html est au milieu du chemin .*\n", capsys.readouterr().err)
    assert published(small) == before


@pytest.mark.parametrize("name", ["_build", ".cache"])
def test_a_file_of_another_is_not_replaced(small, capsys, name):
    shutil.rmtree(small / name)
    (small / name).write_text("À moi.", "utf-8")
    assert main(["build", str(small)]) == 1
    assert capsys.readouterr().err.endswith(f"{name} est au milieu du chemin ; renommez-le\n")
    assert (small / name).read_text("utf-8") == "À moi."


def test_what_is_published_may_stand_elsewhere(small, tmp_path):
    shutil.move(small / "_build", tmp_path / "www")
    (small / "_build").symlink_to(tmp_path / "www")
    edit(small / "refs.bib", "Traité de documentation", "Petit traité")
    assert main(["build", str(small)]) == 0
    assert "Petit traité" in (tmp_path / "www" / "html" / "sections" / "oeuvres.html").read_text("utf-8")


# -- What an interrupted build leaves ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["html/sections/more.html", "html/.buildinfo", "doctrees/index.doctree"])
def test_what_was_cut_short_serves_no_other_build(small, capsys, name):
    before = published(small)
    path = small / ".cache" / name
    path.write_bytes(path.read_bytes()[:20])
    (small / "conf.py").touch()
    assert main(["build", str(small)]) == 0
    assert capsys.readouterr().err == ""
    assert published(small) == before


def test_what_is_published_is_mended(small):
    before = published(small)
    (small / "_build" / "html" / "index.html").unlink()
    assert main(["build", str(small)]) == 0
    assert published(small) == before


def test_what_is_removed_while_it_is_built_is_not_published(small, capsys):
    before = published(small)
    with (small / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(REMOVES)
    assert main(["build", str(small)]) == 1
    assert "supprimé pendant la construction" in capsys.readouterr().err
    assert published(small) == before


def test_clean_waits_for_a_build_and_removes_what_it_has_made(small):
    with build.alone(small / ".cache"):
        cleaning = Thread(target=main, args=[["clean", str(small)]])
        cleaning.start()
        cleaning.join(0.5)
        assert cleaning.is_alive()
        assert (small / "_build" / "html" / "index.html").exists()
    cleaning.join()
    assert not (small / "_build").exists()
    assert [path.name for path in (small / ".cache").iterdir()] == ["lock"]


def test_clean_removes_nothing_where_there_is_no_edition(tmp_path, capsys):
    (tmp_path / ".cache").mkdir()
    assert main(["clean", str(tmp_path)]) == 1
    assert "conf.py" in capsys.readouterr().err
    assert (tmp_path / ".cache").exists()


#: Ends the process that makes the book before it has said why.
KILLS = """
import os
import signal

def kill(app):
    if app.builder.name == "pdf":
        os.kill(os.getpid(), signal.SIGKILL)

def setup(app):
    app.connect("builder-inited", kill)
"""


def test_a_book_that_fails_is_told_after_the_site_and_nothing_is_published(small):
    before = published(small)
    (small / "_templates" / "typst").mkdir(parents=True)
    (small / "_templates" / "typst" / "design.typ").write_text("#panic()", "utf-8")
    with (small / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('templates_path = ["_templates"]\n')
    done = run(small)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["html…", "pdf…"]
    assert done.stderr.count("panicked") == 1
    assert published(small) == before


def test_a_process_that_the_system_stops_publishes_nothing(small):
    before = published(small)
    with (small / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(KILLS)
    done = run(small)
    if sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1:
        assert done.returncode == 1
        assert "pdf : arrêté par le système" in done.stderr
    else:  # all are built by one
        assert done.returncode == -signal.SIGKILL
    assert published(small) == before


#: Dies while two builders run, each of which then has more to say than a pipe holds.
DIES = """
import os
import signal
import time
from annotated_bib.commands.aside import aside

own = os.getpid()

def speak(name):
    while os.getppid() == own:
        time.sleep(0.01)
    print("." * 1_000_000)
    return 0

with aside(["pdf", "epub"], speak) as (waiting, begin):
    begin()
    os.kill(own, signal.SIGKILL)
"""


def test_builders_end_in_silence_when_nobody_is_left_to_hear_them():
    # It returns once all that hold its output have ended.
    done = subprocess.run([sys.executable, "-c", DIES], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "", "")


def test_an_interrupted_build_publishes_nothing_and_two_at_once_make_one(tmp_path):
    folder = write(tmp_path / "essai")
    with (folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(STOPS)
    (folder / "stop").touch()
    begun = start(folder)
    while begun.poll() is None and not (folder / "stopped").exists():
        time.sleep(0.02)
    (folder / "stop").unlink()
    os.killpg(begun.pid, signal.SIGINT)
    assert begun.wait() == 130, "it was interrupted while it wrote the site"
    assert not (folder / "_build").exists()
    # One waits for the other, and has nothing to do.
    both = [start(folder), start(folder)]
    assert [process.wait() for process in both] == [0, 0]
    names = published(folder).keys()
    assert {"pdf/un-essai.pdf", "epub/un-essai.epub"} <= names
    assert {f"html/{name}" for name in ("index.html", "un-essai.pdf", "un-essai.epub", "refs.bib")} <= names
    assert not [name for name in names if name.endswith((".new", ".old", ".buildinfo", ".written.json"))]


def test_the_example_in_english_is_checked_and_published_with_no_word_of_french(tmp_path, capsys):
    source = ROOT / "examples" / "documents"
    folder = shutil.copytree(source, tmp_path / "documents", ignore=shutil.ignore_patterns("_build", ".cache"))
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("No fault.")
    assert main(["build", str(folder)]) == 0
    assert capsys.readouterr().err == ""
    out = folder / "_build"
    assert (out / "epub" / "documents-and-machines.epub").is_file()
    site = [soup(path) for path in (out / "html").rglob("*.html")]
    assert {page.html["lang"] for page in site} == {"en"}
    assert sum(len(page.select("section.notice")) for page in site if len(page.select("section.notice")) > 1) == 10
    book = " ".join(page.extract_text() for page in pypdf.PdfReader(out / "pdf" / "documents-and-machines.pdf").pages)
    for text in (book, *(page.get_text() for page in site)):
        assert not re.search("Citée dans|Voir aussi|Note d’édition|Table des matières|en ligne|Haut de page", text)
    assert "Cited in" in book


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("sections/more.md", "\n```{nothing}\n```\n\n![A picture](absent.png)\n", ["```{nothing}", "![A picture"]),
        ("conf.py", 'html_theme = "absent"\n', ["annotated_bib_policy"]),
        ("conf.py", 'extensions += ["absent"]\n', ["extensions +="]),
    ],
)
def test_what_the_build_refuses_the_check_has_said(small, capsys, name, text, named):
    with (small / name).open("a", encoding="utf-8") as file:
        file.write(text)
    assert main(["check", str(small)]) == 1
    said = capsys.readouterr().err
    lines = (small / name).read_text("utf-8").splitlines()
    found = [lines[int(line) - 1] for line in re.findall(rf"^{name}:(\d+): \[sphinx\] ", said, re.M)]
    assert [line.startswith(start) for line, start in zip(found, named, strict=True)] == [True] * len(named)
    assert run(small).returncode == 1
