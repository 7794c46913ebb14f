"""What holds for any edition: every work has its place, every link leads somewhere, every file to download is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from annotated_bib import project
from annotated_bib.source import bibfile, model
from bs4 import BeautifulSoup

NOT_COPIED = shutil.ignore_patterns(".*", "_build", "venv")


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config) -> Path:
    """The folder of the edition."""
    return pytestconfig.rootpath


@pytest.fixture(scope="session")
def edition(root: Path) -> project.Project:
    """The edition, as conf.py describes it."""
    return project.read(root)


@pytest.fixture(scope="session")
def works(edition: project.Project) -> tuple[model.Work, ...]:
    """The works of the edition."""
    return model.bibliography(map(bibfile.read, edition.bibfiles)).works


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a copy of the edition is built, every warning an error."""
    copy = shutil.copytree(root, tmp_path_factory.mktemp("edition") / "copy", ignore=NOT_COPIED)
    done = subprocess.run([sys.executable, "-m", "annotated_bib", "build", copy], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return copy / "_build"


@pytest.fixture(scope="session")
def pages(built: Path) -> dict[Path, BeautifulSoup]:
    """The pages of the site."""
    return {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in (built / "html").rglob("*.html")}


def test_the_check_finds_no_fault(edition):
    assert list(map(str, edition.check().faults)) == []


def test_every_work_has_one_notice_with_its_reference(pages, works):
    own_pages = {work.id for work in works}
    notices = [
        (section["id"], section)
        for path, page in pages.items()
        if path.stem not in own_pages
        for section in page.find_all("section", class_="notice")
    ]
    assert sorted(name for name, _ in notices) == sorted(own_pages)
    texts = {name: "".join(section.find(class_="notice-reference").get_text().split()) for name, section in notices}
    for work in works:
        assert not work["year"] or work["year"] in texts[work.id]


def test_every_link_of_the_site_leads_somewhere(pages):
    lost = []
    for path, page in pages.items():
        for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
            for node in page.find_all(tag, **{attribute: True}):
                scheme, host, address, _, anchor = urlsplit(node[attribute])
                if scheme or host:
                    continue
                target = (path.parent / unquote(address)).resolve() if address else path
                target = target / "index.html" if target.is_dir() else target
                if not target.exists() or (anchor and target in pages and not pages[target].find(id=unquote(anchor))):
                    lost.append((path.name, node[attribute]))
    assert lost == []


def test_no_page_asks_a_third_party_for_anything(pages):
    for path, page in pages.items():
        asked = [node["src"] for node in page.find_all(src=True)]
        asked += [node["href"] for node in page.find_all("link", rel=["stylesheet", "icon", "preload", "preconnect"])]
        assert [address for address in asked if address.startswith(("http:", "https:", "//"))] == [], path.name


def test_the_files_to_download_hold_every_work(built, edition, works):
    name = edition.bibfiles[0].stem
    records = json.loads((built / "html" / f"{name}.json").read_text("utf-8"))
    assert [record["id"] for record in records] == [work.key for work in works]
    ris = (built / "html" / f"{name}.ris").read_text("utf-8")
    assert len(re.findall(r"^ER  -", ris, re.MULTILINE)) == len(works)
    for path in edition.bibfiles:
        assert (built / "html" / path.name).read_bytes() == path.read_bytes()


def test_the_book_and_the_epub_are_there_and_on_the_site(built):
    for suffix in ("pdf", "epub"):
        files = list((built / suffix).glob(f"*.{suffix}"))
        assert files
        for path in files:
            assert (built / "html" / path.name).read_bytes() == path.read_bytes()
