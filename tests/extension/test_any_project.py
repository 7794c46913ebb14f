"""The extension in a project that sphinx-quickstart made, from its wheel alone: any theme, any builder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from helpers import PACKAGE, ROOT, ROOTS, served, soup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

THEMES = ("furo", "alabaster", "sphinx_rtd_theme", "sphinx_book_theme")
BUILDERS = ("epub", "pdf", "latex", "text")
SETTINGS = """
extensions += ["myst_parser", "annotated_bib"]
bibtex_bibfiles = ["refs.bib", "methods.bib"]
annotated_bib_bibfiles = ["refs.bib"]
"""
#: The builds that follow, one after another in one process; any warning ends them.
BUILD = """
import sys
from sphinx.cmd.build import build_main
root, out, *builders = sys.argv[1:]
for name in builders:
    builder, _, theme = name.partition(":")
    options = ["-D", f"html_theme={theme}"] if theme else []
    folder = f"{out}/{name.replace(':', '-')}"
    status = build_main(["-q", "-n", "-W", "--keep-going", "-b", builder, "-d", f"{folder}-doctrees", *options, root, folder])
    if status:
        sys.exit(status)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the extension."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="session")
def package(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("package")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(package: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with *package* before all else that is installed."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, env=os.environ | environment | {"PYTHONPATH": str(package)}, capture_output=True, text=True, check=False
    )


def quickstart(root: Path, settings: str) -> Path:
    """A new project in *root*."""
    command = [sys.executable, "-m", "sphinx.cmd.quickstart", "-q", "-p", "Étude", "-a", "Nous", "-v", "1", "-l", "fr", root]
    subprocess.run(command, check=True, capture_output=True)
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(settings)
    return root


@pytest.fixture(scope="session")
def project(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with a bibliography of its own beside ours, as each theme and each builder prints it."""
    root = quickstart(tmp_path_factory.mktemp("project") / "study", SETTINGS)
    shutil.copytree(ROOTS / "study", root, dirs_exist_ok=True)
    return root


def built(project: Path, package: Path, *builders: str) -> Path:
    """Where *project* is built by *builders*, each alone or with a theme, « html:furo »."""
    out = project.parent / "built"
    done = run(package, "-c", BUILD, project, out, *builders)
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.fixture(scope="session")
def printed(package: Path, project: Path) -> Path:
    """Where the project is built with each theme, and by each builder."""
    pages = ("dirhtml:alabaster", "singlehtml:alabaster")
    return built(project, package, *(f"html:{theme}" for theme in THEMES), *pages, *BUILDERS)


@pytest.fixture(scope="session", params=THEMES)
def themed(request: pytest.FixtureRequest, printed: Path) -> tuple[Path, str]:
    """Where the project is built with a theme, and the name of the theme."""
    return printed, request.param


def test_the_wheel_holds_all_of_the_extension_and_nothing_else(wheel):
    files = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == {name for name in files if "__pycache__" not in name}


def test_the_command_runs_from_the_wheel(package, project):
    done = run(package, "-m", "annotated_bib", "check", project)
    assert (done.returncode, done.stderr) == (0, "")
    where = run(package, "-c", "import annotated_bib; print(annotated_bib.__file__)")
    assert Path(where.stdout.strip()).is_relative_to(package)


def assert_prints_the_works(page: Path) -> None:
    notice = soup(page).find("section", id="roy1999")
    reference = notice.find(class_="notice-reference").get_text().replace("\xa0", " ")
    assert reference == "Roy, Marc et Petit, Anne. « Une enquête ». Revue des enquêtes, 1999, vol. 3, n° 2, p. 12-30."
    assert "elle répond à Durand\xa0(2001)." in notice.find(class_="notice-commentary").get_text()


def test_any_theme_prints_the_works(themed):
    out, theme = themed
    assert_prints_the_works(out / f"html-{theme}" / "lectures.html")
    assert_prints_the_works(out / f"html-{theme}" / "works" / "roy1999.html")
    assert (out / f"html-{theme}" / "refs.ris").is_file()


def test_any_builder_of_pages_prints_the_works(printed):
    assert_prints_the_works(printed / "dirhtml-alabaster" / "lectures" / "index.html")
    assert_prints_the_works(printed / "dirhtml-alabaster" / "works" / "roy1999" / "index.html")
    assert_prints_the_works(printed / "singlehtml-alabaster" / "index.html")


@pytest.mark.parametrize("builder", BUILDERS)
def test_any_builder_prints_the_works(printed, builder):
    out = printed / builder
    if builder == "epub":
        with zipfile.ZipFile(next(out.glob("*.epub"))) as book:
            text = book.read("lectures.xhtml").decode()
    elif builder == "pdf":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(next(out.glob("*.pdf"))).pages)
    else:
        text = "".join(path.read_text("utf-8") for path in sorted(out.glob("*.t[ex][xt]*")))
    assert "douze familles" in " ".join(text.replace("\\sphinxhyphen{}", "-").split())


def test_works_of_two_bibliographies_are_cited_in_one_breath(printed):
    text = (printed / "text" / "methode.txt").read_text("utf-8").replace("\xa0", " ").replace("\u202f", " ")
    assert "Nous suivons Noteworthy [Not90] et (Durand, 2001 ; [Not90])." in text
    assert "[Not90] Alan Noteworthy. *The Method*. Press, 1990." in text


@pytest.mark.parametrize(
    ("builders", "modules", "settings", "said"),
    [
        (["pdf"], ["typst"], "", "sphinx-annotated-bib[pdf]"),
        (["pdf"], ["sphinxcontrib_typstbuilder"], "", "sphinx-annotated-bib[pdf]"),
        (["html"], ["pagefind"], "annotated_bib_search = True\n", "sphinx-annotated-bib[search]"),
        (["html"], ["furo"], 'html_theme = "furo"\n', "sphinx-annotated-bib[furo]"),
        (["html", "epub"], ["furo", "pagefind", "typst", "sphinxcontrib_typstbuilder"], "", ""),
    ],
)
def test_what_needs_an_extra_names_it_and_the_rest_works(package, project, tmp_path, builders, modules, settings, said):
    root = Path(shutil.copytree(project, tmp_path / "study"))
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(settings)
    absent = f"import sys\nsys.modules.update(dict.fromkeys({modules!r}))\n"
    done = run(package, "-c", absent + BUILD, root, tmp_path / "built", *builders)
    lines = done.stderr.splitlines()
    if said:
        assert done.returncode != 0
        assert [said in line for line in lines] == [True]
    else:
        assert (done.returncode, lines) == (0, [])


# -- In a browser --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def bare(package: Path, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project without the extension is built, with each theme."""
    root = quickstart(tmp_path_factory.mktemp("bare") / "study", "")
    shutil.copy(project / "page.rst", root)
    (root / "index.rst").write_text("Une étude\n=========\n\n.. toctree::\n\n   page\n", "utf-8")
    return built(root, package, *(f"html:{theme}" for theme in THEMES))


@pytest.fixture(scope="session")
def sites(themed: tuple[Path, str], bare: Path) -> Iterator[tuple[str, str]]:
    """The addresses of the project with a theme, and of one that has this theme and not the extension."""
    out, theme = themed
    (out / f"bare-{theme}").symlink_to(bare / f"html-{theme}")
    with served(out) as address:
        yield f"{address}html-{theme}/", f"{address}bare-{theme}/"


def violations(page: Page) -> set[str]:
    """The rules that axe finds broken once all that folds is open."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    page.evaluate(Path(AXE_FILE_PATH).read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return {violation["id"] for violation in found["violations"]}


def test_pages_are_as_accessible_as_those_of_the_bare_theme(browser: Browser, sites):
    ours, bare = sites
    page = browser.new_page(viewport={"width": 400, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: message.type in ("error", "warning") and said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: request.url.startswith(("http://127.0.0.1", "data:")) or said.append(request.url))
    page.goto(f"{bare}page.html")
    known, known_said, wide = violations(page), set(said), page.evaluate("document.documentElement.scrollWidth")
    for name in ("lectures", "works/durand2001"):  # a {bibliography} breaks rules of its own
        said.clear()
        page.goto(f"{ours}{name}.html")
        assert violations(page) - known == set(), name
        assert set(said) - known_said == set(), name
        assert page.evaluate("document.documentElement.scrollWidth") <= wide, name
    page.close()


def test_the_search_of_sphinx_finds_the_works(browser: Browser, sites):
    page = browser.new_page()
    page.goto(f"{sites[0]}search.html?q=singulier")
    page.locator("#search-results li a").first.wait_for()
    found = page.locator("#search-results li a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert any("lectures.html" in address for address in found)
    page.close()


def test_a_preview_opens_under_a_citation(browser: Browser, sites):
    page = browser.new_page()
    page.goto(f"{sites[0]}lectures.html")
    page.locator("a.citation", has_text="Durand").first.hover()
    page.locator(".preview").wait_for(state="visible")
    assert "Un titre singulier" in page.locator(".preview").inner_text()
    page.close()
