"""The guides for those who make an edition: what they tell to type makes one, and what they show is true."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from annotated_bib.__main__ import main
from annotated_bib.checks.rules import RULES
from annotated_bib.source.datamodel import EDITION_FIELDS
from babel.messages.pofile import read_po
from helpers import ENTRY, ROOT, requirements, soup
from pybtex.plugin import enumerate_plugin_names

if TYPE_CHECKING:
    from pathlib import Path

GUIDES = {name: (ROOT / name).read_text("utf-8") for name in ("docs/making-an-edition.md", "docs/faire-une-edition.md")}
README = (ROOT / "README.md").read_text("utf-8").partition("## Make your own")[2].partition("\n## ")[0]
#: What --from is given: the works that the pages of the guides cite.
WORKS = "".join(ENTRY % (key, key, "documents", "Un mot.") for key in ("Briet1951", "Otlet1934", "Buckland1997"))


def blocks(text: str, language: str) -> list[str]:
    """The examples in *language* of a guide."""
    found = re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)
    return [block for _, block in found]


def commands(text: str) -> list[list[str]]:
    """What a guide tells to type, word by word."""
    lines = "".join(blocks(text, "console")).splitlines()
    assert all(line.startswith("$ ") for line in lines)
    return [shlex.split(command) for line in lines for command in line[2:].split(" && ")]


def follow(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, write: dict[str, str]) -> Path:
    """Type the commands of a guide in *folder*, add what it says to *write* to the files of the edition, and tell where it is."""
    monkeypatch.chdir(folder)
    typed = commands(text)
    for words in typed:
        if words[0] == "cd":
            folder /= words[1]
            monkeypatch.chdir(folder)
            for name, added in write.items():
                (folder / name).write_text(added.replace("…", "M. N."), "utf-8")
        elif words[0] == "annotated-bib":
            if "--from" in words:
                (folder / words[words.index("--from") + 1]).write_text(WORKS, "utf-8")
            assert main(words[1:]) == 0, words
            if words[1] == "new":
                settings = (folder / words[2] / "conf.py").read_text("utf-8")
                write = {name: (settings if name == "conf.py" else "") + added for name, added in write.items()}
        else:
            assert words[:3] == ["python", "-m", "venv"] or "install" in words, "any other command has its own test"
    assert {words[1] for words in typed if words[0] == "annotated-bib"} >= {"new", "build"}
    return folder


@pytest.mark.parametrize("name", GUIDES)
def test_who_follows_a_guide_has_an_edition(tmp_path, monkeypatch, name):
    guide = GUIDES[name]
    (settings,), (page,) = blocks(guide, "python"), blocks(guide, "markdown")
    folder = follow(guide, tmp_path, monkeypatch, {"conf.py": settings, "sections/documents.md": page})
    said = dict(re.findall(r'^(\w+) = "(.*)"$', settings.replace("…", "M. N."), re.MULTILINE))
    site = folder / "_build" / "html"
    first, documents = soup(site / "index.html"), soup(site / "sections" / "documents.html")
    assert first.html["lang"] == re.search(r"--language (\w+)", guide)[1]
    assert first.find("link", rel="canonical")["href"].startswith(said["html_baseurl"])
    assert said["annotated_bib_publisher"] in first.get_text()
    records = [json.loads(node.string) for node in first.find_all("script", type="application/ld+json")]
    assert said["annotated_bib_license"] in json.dumps(records)
    assert any(said["annotated_bib_contact"] in path.read_text("utf-8") for path in site.rglob("*.html"))
    light, dark = re.findall("#[0-9a-f]{6}", settings)
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert light in styles
    assert dark in styles
    assert documents.h1.get_text().startswith(page.partition("\n")[0].removeprefix("# "))
    assert len(documents.select(".heading + p a[href]")) == 3
    assert len(list((folder / "_build").glob("pdf/*.pdf"))) == len(list((folder / "_build").glob("epub/*.epub"))) == 1


def test_what_the_readme_tells_makes_an_edition(tmp_path, monkeypatch):
    folder = follow(README, tmp_path, monkeypatch, {})
    assert len(soup(folder / "_build" / "html" / "sections" / "documents.html").select("section.notice")) == 3


@pytest.mark.parametrize("name", GUIDES)
def test_what_a_guide_names_is_there(name):
    guide = GUIDES[name]
    (install,) = {word for words in commands(guide) for word in words if "[" in word}
    for extra in re.findall(r"\w+", install.partition("[")[2]):
        assert requirements(extra)
    heads = [line.split(" | ")[0] for line in guide.splitlines() if line.startswith("| `")]
    table = re.findall(r"`(\w+)`", " ".join(heads))
    assert len(table) == 9
    assert set(table) <= set(EDITION_FIELDS)
    assert set(re.findall(r'"annotated_bib\.([\w-]+)"', guide)) <= set(RULES)
    assert set(re.findall(r'bibtex_default_style = "(\w+)"', guide)) <= set(enumerate_plugin_names("pybtex.style.formatting"))
    for link in re.findall(r"\]\(([^)#]+)\)", guide):
        assert (ROOT / "docs" / link).exists()


def test_the_catalogue_that_the_guide_begins_has_messages_of_the_extension(tmp_path):
    (shown,) = blocks(GUIDES["docs/making-an-edition.md"], "po")
    (tmp_path / "de.po").write_text(shown, "utf-8")
    french = ROOT / "_ext" / "annotated_bib" / "language" / "locale" / "fr" / "LC_MESSAGES" / "annotated_bib.po"
    with (tmp_path / "de.po").open("rb") as begun, french.open("rb") as whole:
        ids, known = ({message.id for message in read_po(file) if message.id} for file in (begun, whole))
    assert ids
    assert ids <= known
