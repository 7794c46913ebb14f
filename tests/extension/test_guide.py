"""What the guides say is true."""

from __future__ import annotations

import re

import pytest
from annotated_bib.book.builder import TEMPLATES
from annotated_bib.checks.contents import DIRECTIVES, ROLES
from annotated_bib.configuration import VALUES
from helpers import PACKAGE, build

GUIDE = (PACKAGE.parent / "README.md").read_text("utf-8")
#: An entry for a key of the examples, an author and a year.
ENTRY = "@book{%s%s, author = {%s, Anne}, title = {Titre %s}, year = {%s}, annotation = {Un mot.}}\n"


def section(title: str) -> str:
    """The text under the heading *title* of the guide."""
    return GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def rows(title: str) -> list[list[str]]:
    """The cells of the tables under a heading, without their heads."""
    lines = [line.strip("|").split(" | ") for line in section(title).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in cells] for cells in lines]


def code(language: str) -> str:
    """The one example in *language*."""
    (text,) = re.findall(rf"^(`{{3,}}){language}\n(.*?)\n\1$", GUIDE, re.DOTALL | re.MULTILINE)
    return text[1]


def test_the_values_are_those_of_the_extension():
    shown = [(name.strip("`"), default.strip("`").replace('"', "'"), meaning) for name, default, meaning in rows("Configuration")]
    assert shown == [(name, repr(default), meaning) for name, default, _, _, meaning in VALUES]


def test_the_directives_and_roles_are_those_of_the_extension():
    names = {name for cells in rows("Directives and roles") for name in re.findall("`([^`]+)`", cells[0])}
    assert names >= set(DIRECTIVES)
    assert names - set(DIRECTIVES) <= set(ROLES)


@pytest.mark.parametrize("page", ["markdown", "rst"])
def test_the_examples_build(dossier, page):
    suffix = "md" if page == "markdown" else "rst"
    conf = code("python") + '\nproject = "Essai"\nhtml_theme = "basic"\n'
    contents = "# Essai\n\n```{toctree}\npage\n```\n"
    keys = re.findall(r"`([A-Za-z]+)(\d{4})`", code(page))
    bib = "".join(ENTRY % (name, year, name, name, year) for name, year in keys)
    source = dossier({"conf.py": conf, "refs.bib": bib, "index.md": contents, f"page.{suffix}": code(page)})
    built = build(source, nitpicky=True)
    assert built.warnings == []
    assert [notice["id"] for notice in built.page("page").select("section.notice")] == [
        f"{name}{year}".lower() for name, year in keys
    ]
    (paragraph,) = built.page("page").select("h1 + p")
    answering, answered = (f"{name}\xa0({year})" for name, year in keys)
    assert paragraph.get_text() == f"{answering} answers {answered}."


def test_the_classes_and_properties_are_there_to_be_styled(edition):
    text = section("What a design may change").partition("**In the book**")[0]
    names = re.findall("`([^`]+)`", text)
    static = PACKAGE / "site" / "static"
    styles = "".join(path.read_text("utf-8") for path in static.glob("annotated-bib.*"))
    pages = "".join(path.read_text("utf-8") for path in edition.rglob("*.html"))
    classes = {name for value in re.findall(r'class="([^"]+)"', pages) for name in value.split()}
    assert [name for name in names if name.startswith("--") and f"{name}:" not in styles] == []
    others = {name for name in names if not name.startswith("--")} - {"body", "preview"}
    assert others - classes == set()
    assert '"preview"' in styles


def test_the_typst_names_are_defined_where_they_are_said_to_be():
    text = section("What a design may change").partition("**In the book**")[2]
    parts = re.split(r"`([\w-]+\.typ)`", text)[1:]
    assert len(parts) >= 6
    for file, said in zip(parts[::2], parts[1::2], strict=True):
        defined = set(re.findall(r"^#let ([\w-]+)", (TEMPLATES / file).read_text("utf-8"), re.MULTILINE))
        assert set(re.findall("`([^`]+)`", said)) <= defined, file
