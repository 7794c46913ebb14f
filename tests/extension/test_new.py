"""`annotated-bib new`: what it writes builds and passes its own tests at once, and it never writes over anything."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from annotated_bib import project
from annotated_bib.__main__ import main
from helpers import build, contents, read_bib, soup

if TYPE_CHECKING:
    from pathlib import Path

#: Works for --from: a key, with what else its entry has.
ENTRY = "@book{%s,\n  author = {Durand, Élise},\n  title = {Titre %s},\n  year = {2001},%s\n}\n"
GROUPS = {"Eau1": "Moulins à eau", "Eau2": "Moulins à eau", "Vent1": "Moulins à vent", "Vent2": "Moulins à vent"}


def new(folder: Path, *options: str | Path) -> int:
    return main(["new", str(folder), *map(str, options)])


def bib(path: Path, fields: dict[str, str], after: str = "") -> Path:
    """A BibTeX file at *path*, of entries that have *fields*, by their keys, and what comes *after* them."""
    path.write_text("".join(ENTRY % (key, key, f"\n  {field}," if field else "") for key, field in fields.items()) + after, "utf-8")
    return path


def pages(folder: Path) -> dict[str, str]:
    """The titles of the pages of works in *folder*, by their names."""
    return {path.stem: path.read_text("utf-8").partition("\n")[0].removeprefix("# ") for path in folder.glob("sections/*.md")}


def themes(folder: Path) -> dict[str, str]:
    """The theme of each work of *folder*."""
    return {work.key: work.theme for work in read_bib([folder / "refs.bib"]).works}


def test_a_new_edition_passes_its_own_tests(tmp_path):
    folder = tmp_path / "edition"
    assert new(folder, "--title", "What the archive keeps", "--language", "en") == 0
    # As its Makefile does; the tests check it, then build all of it with every warning an error.
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'tests'}", "tests"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d+ passed in", done.stdout, re.MULTILINE)
    site = tmp_path / "tests" / "edition0" / "copy" / "_build" / "html"
    assert soup(site / "index.html").h1.get_text().startswith("What the archive keeps")
    assert {soup(path).h1.get_text().rstrip("¶") for path in site.rglob("*.html")} >= {"Works", "Catalogue"}


@pytest.mark.parametrize("name", ["a/conf.py", "a/.hidden", "a"])
def test_what_is_there_is_never_written_over(tmp_path, capsys, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("to be kept", "utf-8")
    before = contents(tmp_path)
    assert new(tmp_path / "a", "--language", "en") == 1
    assert contents(tmp_path) == before
    said = capsys.readouterr()
    assert said.err
    assert not said.out


def test_an_empty_folder_is_taken(tmp_path):
    assert new(tmp_path, "--language", "en") == 0
    assert (tmp_path / "conf.py").is_file()


@pytest.mark.parametrize(
    ("source", "said"),
    [(None, "a.bib:1: [missing-file] fichier introuvable"), (b"%\n\xff\xfe", "a.bib:2: [encoding] ce fichier n’est pas en UTF-8")],
    ids=["absent", "not UTF-8"],
)
def test_a_file_that_cannot_be_read_leaves_nothing(tmp_path, capsys, source, said):
    if source:
        (tmp_path / "a.bib").write_bytes(source)
    assert new(tmp_path / "edition", "--language", "fr", "--from", tmp_path / "a.bib") == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "edition").exists()


# -- From a bibliography -----------------------------------------------------------------------------------------------


def jabref_tree(groups: dict[str, list[str]]) -> str:
    """The comment in which Better BibTeX leaves the collections of Zotero, for JabRef 3."""

    def quoted(text: str) -> str:
        return re.sub(r"([\\;])", r"\\\1", text)

    lines = ["0 AllEntriesGroup:"]
    lines += [";".join([f"1 ExplicitGroup:{quoted(name)}", "0", *map(quoted, keys), ""]) for name, keys in groups.items()]
    wrapped = ["\n".join(re.findall(".{1,70}", quoted(line))) for line in lines]
    return "@Comment{jabref-meta: groupsversion:3;}\n@Comment{jabref-meta: groupstree:\n" + ";\n".join([*wrapped, ""]) + "}\n"


def test_the_themes_that_works_have_already_are_their_pages(tmp_path):
    own = {"Noria": "theme = {moulins-a-eau}", "Bief": "theme = {Moulins à vent}", "Meule": "keywords = {pierre}"}
    folder = tmp_path / "edition"
    assert new(folder, "--language", "fr", "--from", bib(tmp_path / "a.bib", own)) == 0
    assert pages(folder) == {
        "moulins-a-eau": "Moulins a eau",
        "moulins-a-vent": "Moulins à vent",
        "autres-oeuvres": "Autres œuvres",
    }
    assert themes(folder) == {"Noria": "moulins-a-eau", "Bief": "moulins-a-vent", "Meule": "autres-oeuvres"}
    assert project.read(folder).check().found == []


def test_works_go_to_the_pages_of_their_jabref_groups(tmp_path):
    source = bib(tmp_path / "a.bib", {key: f"groups = {{{group}, À lire}}" for key, group in GROUPS.items()})
    folder = tmp_path / "edition"
    assert new(folder, "--language", "fr", "--from", source) == 0
    assert pages(folder) == {"moulins-a-eau": "Moulins à eau", "moulins-a-vent": "Moulins à vent"}
    assert themes(folder) == {
        "Eau1": "moulins-a-eau",
        "Eau2": "moulins-a-eau",
        "Vent1": "moulins-a-vent",
        "Vent2": "moulins-a-vent",
    }
    assert project.read(folder).check().found == []
    built = build(folder)
    assert built.warnings == []
    assert len(built.page("sections/moulins-a-vent").select("section.notice")) == 2


def test_works_go_to_the_pages_of_the_groups_that_better_bibtex_left_in_a_comment(tmp_path):
    groups = {
        "Moulins à eau, de la source à la mer, avec leurs biefs et leurs vannes": ["Bief", "Noria", "Vanne"],
        "Moulins à vent; moulins à bras": ["Girouette", "Tonnelle", "Manivelle"],
    }
    comment = jabref_tree(groups)
    assert "leurs biefs\n et" in comment, "a long line is cut"
    placed = {key: name for name, keys in groups.items() for key in keys}
    source = bib(tmp_path / "a.bib", dict.fromkeys(placed, "keywords = {moulins}"), after=comment)
    folder = tmp_path / "edition"
    assert new(folder, "--language", "fr", "--from", source) == 0
    titles = pages(folder)
    assert {key: titles[theme] for key, theme in themes(folder).items()} == placed
    assert comment in (folder / "refs.bib").read_text("utf-8"), "what a tool has left stays"
    assert project.read(folder).check().found == []


def test_works_go_to_the_pages_of_their_keywords_and_the_others_to_one_more(tmp_path):
    keywords = {
        "Noria": "eau, moulins", "Tonnelle": "vent, moulins", "Bief": "eau, moulins", "Girouette": "vent, moulins",
        "Meule": "pierre, moulins", "Farine": "",
    }  # fmt: skip
    source = bib(tmp_path / "a.bib", {key: f"keywords = {{{words}}}" if words else "" for key, words in keywords.items()})
    folder = tmp_path / "edition"
    assert new(folder, "--language", "fr", "--from", source) == 0
    assert sorted(pages(folder).values()) == ["Autres œuvres", "eau", "vent"]
    assert themes(folder) == {
        "Noria": "eau", "Tonnelle": "vent", "Bief": "eau", "Girouette": "vent",
        "Meule": "autres-oeuvres", "Farine": "autres-oeuvres",
    }  # fmt: skip
    assert project.read(folder).check().found == []


def test_works_that_nothing_sorts_go_to_one_page(tmp_path):
    source = bib(tmp_path / "a.bib", dict.fromkeys(("Noria", "Bief", "Meule"), ""))
    folder = tmp_path / "edition"
    assert new(folder, "--language", "en", "--from", source) == 0
    assert list(pages(folder).values()) == ["Works"]
    assert (folder / "refs.bib").read_bytes() == source.read_bytes()
    built = build(folder)
    assert built.warnings == []
    assert len(built.page("sections/works").select("section.notice")) == 3


def test_the_faults_of_a_bibliography_are_said_and_the_edition_is_written(tmp_path, capsys):
    source = bib(tmp_path / "a.bib", {"Noria": "editor = {Durand and}", "Bief": ""})
    assert new(tmp_path / "edition", "--language", "fr", "--from", source) == 0
    assert "refs.bib:5: [name-list] " in capsys.readouterr().out
    assert (tmp_path / "edition" / "conf.py").is_file()


# -- Titles ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Ce qu'il faut lire « ' »",
        'Des "mots" et des \'lettres\' """',
        "C:\\temp\\new {x} {{ y }} {% z %} \\",
    ],
)
def test_any_title_is_that_of_the_settings_and_of_the_site(tmp_path, title):
    folder = tmp_path / "edition"
    assert new(folder, "--language", "fr", "--title", title) == 0
    settings = runpy.run_path(str(folder / "conf.py"))
    assert settings["project"] == settings["html_title"] == settings["epub_title"] == title
    assert re.fullmatch(r"[a-z0-9-]+", settings["epub_basename"])
    assert project.read(folder).check().found == []
    built = build(folder)
    assert built.warnings == []
    head = built.page("index").h1.get_text().rstrip("¶")
    assert re.sub(r"\s", "", head).replace("’", "'") == re.sub(r"\s", "", title).replace("’", "'")
