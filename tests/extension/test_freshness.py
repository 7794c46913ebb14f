"""An edit is followed by every page that it touches, and by no other: the edition is the same as when made anew."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from helpers import CONF, build
from sphinx.builders.html._assets import _file_checksum_inner

#: What Sphinx and the extension keep for the next build, and no reader is given.
KEPT = {".buildinfo", ".buildinfo.bak", ".written.json"}
FILES = {
    "conf.py": CONF
    + """
annotated_bib_search = True
html_sidebars = {"**": ["globaltoc.html", "relations.html"]}
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["looks.css"]
html_copy_source = html_use_index = False
html_baseurl = "https://example.org/"
include_patterns = ["*.md"]
epub_uid = epub_identifier = "essai"
epub_basename = "essai"
typst_documents = [{"startdocname": "index", "targetname": "essai", "title": "Essai"}]
""",
    "index.md": "# Dossier\n\n{cite:t}`Un`.\n\n```{themes}\n```\n\n```{timeline}\n```\n\n"
    "```{toctree}\nterrain\ntheorie\nlistes\nseule\n```\n",
    "terrain.md": "# Terrain\n\nSelon {cite:t}`Trois`.\n\n```{notices}\n```\n",
    "theorie.md": "# Théorie\n\n```{notices}\n```\n",
    "listes.md": "# Listes\n\n```{catalogue}\n```\n\n```{work-index} author\n```\n\n```{apparatus}\n```\n",
    "seule.md": "# Seule\n\nRien.\n",
    "refs.bib": r"""
@string{puf = {Presses}}
@book{Un,
  author = {Durand, Élise}, title = {Premier titre}, year = {2001}, theme = {terrain},
  annotation = {Contre \cite{Trois}.}, related = {Trois}, options = {related=false},
}
@book{Deux,
  author = {Durand, Élise}, title = {Deuxième titre}, year = {2002}, theme = {terrain}, added = {2025-03-04},
  annotation = {Un mot.}, completed = {year}, completedfrom = {Catalogue.},
}
@book{Trois,
  author = {Roux, Paul}, title = {Troisième titre}, year = {2003}, theme = {theorie}, added = {2025-01-02},
  annotation = {Un autre mot.}, related = {Un}, options = {related=false},
}
@book{Quatre,
  author = {Petit, Anne and {de la Tour}, Paul}, title = {Quatrième titre}, year = {2004}, publisher = puf,
  theme = {theorie}, lacuna = {Le commentaire manque.},
}
""",
    "_static/looks.css": "p { color: black; }\n",
    "_templates/layout.html": '{% extends "!layout.html" %}',
}
#: An edit of a file, and the pages that it touches (those of the works by their keys) besides the first; None where it is all.
EDITS = {
    "a commentary": ("refs.bib", "Un mot.", "Un mot de plus.", {"terrain", "deux"}),
    "a commentary that cites": ("refs.bib", "Un mot.", r"Voir \cite{Quatre}.", {"terrain", "deux", "theorie", "quatre"}),
    "a loss": ("refs.bib", "Le commentaire manque.", "Rien n’en reste.", {"theorie", "quatre", "listes"}),
    "a year, which citations print": ("refs.bib", "{2003}", "{1999}", {"terrain", "theorie", "listes", "un", "trois"}),
    "a year that another work has": ("refs.bib", "{2002}", "{2001}", {"terrain", "theorie", "listes", "un", "deux", "trois"}),
    "the language of a work": (
        "refs.bib", "{Premier titre}", "{Premier titre}, langid = {english}", {"terrain", "theorie", "listes", "un", "trois"},
    ),
    "the braces of a name": ("refs.bib", "{de la Tour}", "de la Tour", {"theorie", "quatre", "listes"}),
    "the type of a work": ("refs.bib", "@book{Quatre", "@manual{Quatre", {"theorie", "quatre", "listes"}),
    "a title, which neighbours print": ("refs.bib", "Deuxième", "Second", {"terrain", "listes", "un", "deux", "trois"}),
    "a field of the keepers": ("refs.bib", "{2004},", "{2004}, x-cote = {7},", {"theorie", "quatre", "listes"}),
    "an abbreviation": ("refs.bib", "{Presses}", "{Imprimerie}", {"theorie", "quatre", "listes"}),
    "a work that no page cites": ("refs.bib", "@book{Deux", "@book{Autre", {"terrain", "listes", "un", "autre", "trois"}),
    "a work of another theme": ("refs.bib", "theme = {theorie}, lacuna", "theme = {terrain}, lacuna", None),
    "the day on which a work came": ("refs.bib", "2025-03-04", "2024-03-04", {"terrain", "listes", "deux"}),
    "the only news of a theme": ("refs.bib", " added = {2025-01-02},", "", None),
    "the order": ("refs.bib", "@book{Un,", "@book{Zero, title = {Z}, theme = {theorie}, lacuna = {Rien.}}\n@book{Un,", None),
    "a page": ("seule.md", "Rien.", "Peu.", {"seule"}),
    "a page that cites": ("seule.md", "Rien.", "{cite:t}`Deux`.", {"seule", "terrain", "deux"}),
    "the title of a page": ("seule.md", "# Seule", "# Solitaire", None),
    "the title of a theme": ("terrain.md", "# Terrain", "# Champ", None),
    "the contents": ("index.md", "listes\nseule", "seule\nlistes", None),
    "a page less": ("index.md", "listes\nseule", "listes", None),
    "the looks": ("_static/looks.css", "black", "navy", None),
    "a template": ("_templates/layout.html", "%}", "%}{% block footer %}Fin{% endblock %}", None),
    "the title of the edition": ("conf.py", "Un petit dossier", "Un grand dossier", None),
    "the address of the edition": ("conf.py", "example.org", "example.net", None),
}  # fmt: skip


def published(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file() and path.name not in KEPT}


def edit(source: Path, name: str, old: str, new: str) -> None:
    text = (source / name).read_text("utf-8")
    assert text.count(old) == 1
    (source / name).write_text(text.replace(old, new), "utf-8")
    if old == "listes\nseule" and new == "listes":
        (source / "seule.md").unlink()
    # A second later: that is how finely some file systems tell time.
    later = time.time() + 2
    os.utime(source / name, (later, later))
    _file_checksum_inner.cache_clear()  # Sphinx does not expect two builds in one process


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The dossier, and all that was built of it."""
    folder = tmp_path_factory.mktemp("first")
    for name, text in FILES.items():
        (folder / "dossier" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "dossier" / name).write_text(text, "utf-8")
    assert build(folder / "dossier").warnings == []
    return folder


@pytest.fixture
def again(first, tmp_path):
    """The dossier with what was built of it, to edit where it stands: elsewhere, Sphinx would make all of it anew."""
    shutil.copytree(first, tmp_path / "kept")
    yield first / "dossier"
    shutil.rmtree(first)
    shutil.copytree(tmp_path / "kept", first)
    _file_checksum_inner.cache_clear()  # of a stylesheet that was edited


@pytest.mark.parametrize(("name", "old", "new", "touched"), EDITS.values(), ids=EDITS)
def test_after_an_edit_the_site_is_as_if_made_anew(again, tmp_path, name, old, new, touched):
    out = again.parent / "dossier-built" / "html"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    edit(again, name, old, new)
    assert build(again).warnings == []
    anew = shutil.copytree(again, tmp_path / "anew" / "dossier")
    assert published(out) == published(build(anew).out)
    if touched is not None:
        written = {path.stem for path in out.rglob("*.html") if before.get(path) != path.stat().st_mtime_ns}
        # Sphinx writes a page again when one in its contents has been read again.
        assert written == touched | {"index"}


def test_without_an_edit_no_page_is_written(again):
    out = again.parent / "dossier-built" / "html"
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    build(again)
    assert {path.stem for path in out.rglob("*.html") if before[path] != path.stat().st_mtime_ns} == set()


@pytest.mark.parametrize("record", ["", '{"index": "a'])
def test_after_a_build_that_did_not_end_everything_is_written_again(again, record):
    out = again.parent / "dossier-built" / "html"
    whole = published(out)
    (out / ".written.json").unlink()  # as a build does when it starts
    if record:
        (out / ".written.json").write_text(record, "utf-8")
    for name in ("terrain.html", "oeuvres/un.html", "oeuvres/un.bib"):
        (out / name).write_text("cut sh", "utf-8")
    build(again)
    assert published(out) == whole


@pytest.mark.parametrize("builder", ["html", "epub", "pdf"])
def test_two_processes_make_what_one_makes(first, tmp_path, builder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1175385600")
    one, two = (shutil.copytree(first / "dossier", tmp_path / name / "dossier") for name in ("one", "two"))
    alone, together = build(one, builder).out, build(two, builder, parallel=2).out
    assert published(alone) == published(together)
    if builder == "html":  # what the next build goes by
        records = [json.loads((out / ".written.json").read_text("utf-8")) for out in (alone, together)]
        assert records[0] == records[1]


@pytest.mark.parametrize("builder", ["epub", "pdf"])
def test_after_an_edit_a_book_is_as_if_made_anew(first, tmp_path, builder, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1175385600")
    source = shutil.copytree(first / "dossier", tmp_path / "again" / "dossier")
    [book] = build(source, builder).out.glob(f"*.{builder}")
    edit(source, "refs.bib", "{2003}", "{1999}")
    build(source, builder)
    anew = shutil.copytree(source, tmp_path / "anew" / "dossier")
    assert book.read_bytes() == (build(anew, builder).out / book.name).read_bytes()
