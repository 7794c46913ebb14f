"""The configuration values: name, default, what must be built anew when it changes, types, meaning."""

from __future__ import annotations

import os
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .language import catalogue
from .language.catalogue import _
from .refusal import refuse

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_Rebuild = Literal["env", "html", ""]

VALUES: tuple[tuple[str, Any, _Rebuild, Any, str], ...] = (
    (
        "annotated_bib_bibfiles", [], "env", (list, tuple),
        "The BibTeX files whose works have notices; by default all of bibtex_bibfiles.",
    ),
    ("annotated_bib_publisher", "", "env", str, "Who answers for the edition."),
    ("annotated_bib_contact", "", "env", str, "The e-mail or web address at which they answer."),
    ("annotated_bib_date", None, "env", (date, type(None)), "The day of the edition, which dates the PDF and the EPUB."),
    (
        "annotated_bib_changelog", "", "env", str,
        "The changelog, whose headings “## VERSION - DAY” name the editions; without it, release and annotated_bib_date do.",
    ),
    ("annotated_bib_license", "", "html", str, "The address of the edition's licence, for search engines and the PDF."),
    ("annotated_bib_doi", "", "env", str, "The DOI of the edition, « 10.5281/zenodo.1 », by which it is cited."),
    (
        "annotated_bib_signposting", False, "html", bool,
        "Whether the pages lead programs to what describes them, by the typed links of signposting.org.",
    ),
    ("annotated_bib_work_pages", "works", "env", str, "The folder of the pages that each hold one work; none if empty."),
    (
        "annotated_bib_colours", {}, "html", dict,
        "The colour of each theme, by the name of its page: one, or a pair for a light and a dark ground.",
    ),
    ("annotated_bib_fonts", (), "env", (list, tuple), "The folders of more fonts for the book, which has Typst's own."),
    (
        "annotated_bib_volume", 2000, "", int,
        "The most works in a volume of the book, unless one theme has more; 2,000 take a gigabyte of memory and a thousand pages.",
    ),
    ("annotated_bib_search", False, "html", bool, "Whether Pagefind searches the site, and not Sphinx's own search."),
    (
        "annotated_bib_selection", False, "html", bool,
        "Whether a reader may keep a selection of works, in her own browser, and take it away from a page of its own.",
    ),
    ("annotated_bib_policy", False, "html", bool, "Whether the pages, of a site with furo, have a strict Content-Security-Policy."),
    (
        "annotated_bib_standalone", False, "html", bool,
        "Whether the project is nothing but an edition: furo is dressed for it, the EPUB given a cover, the site its 404 page.",
    ),
    (
        "annotated_bib_accessibility", (), "html", (list, tuple),
        "The page of the accessibility statement, and the words of the link to it at the foot of each page.",
    ),
)  # fmt: skip


DEFAULTS = {name: default for name, default, *_rest in VALUES}


def mistyped(config: Config) -> list[tuple[str, str]]:
    """The values of *config* that are not of the types of ours, by their names, each with the name of one that it may have."""
    given = ((name, types if isinstance(types, tuple) else (types,)) for name, _default, _rebuild, types, _meaning in VALUES)
    return [(name, types[0].__name__) for name, types in given if not isinstance(config[name], types)]


def bibfiles(config: Config, root: Path) -> list[Path]:
    """The BibTeX files of the project in *root* whose works have notices."""
    return [Path(os.path.abspath(root / name)) for name in config.annotated_bib_bibfiles or config.bibtex_bibfiles or ()]


def fonts(config: Config, root: Path) -> list[Path]:
    """The folders of fonts that the project in *root* has."""
    return [root / name for name in config.annotated_bib_fonts]


def reference_style(config: Config) -> str:
    """The pybtex style of the references: ``bibtex_default_style`` where ``conf.py`` names one, and not the default of Sphinx's."""
    is_named = "bibtex_default_style" in config._raw_config or "bibtex_default_style" in config.overrides
    return str(config.bibtex_default_style) if is_named else "iso690"


def speak(config: Config, folder: Path) -> None:
    """Use the words of the project's language; its own catalogues stand in ``locale_dirs``, from the *folder* of ``conf.py``."""
    catalogue.use(config.language or catalogue.SOURCE_LANGUAGE, [folder / name for name in config.locale_dirs])


#: The value that has Sphinx read all pages again when words or style change; it is no setting.
STATE: tuple[str, str, _Rebuild, type, str] = (
    "annotated_bib_state",
    "",
    "env",
    str,
    "What conf.py does not hold and pages are made with.",
)


def settle(app: Sphinx, config: Config) -> None:
    """Give a value of a wrong type, which Sphinx has named, its default; refuse values that nothing can follow."""
    speak(config, Path(app.confdir))
    config.annotated_bib_state = f"{reference_style(config)} {catalogue.digest()}"
    for name, _wanted in mistyped(config):
        config[name] = DEFAULTS[name]
    if config.html_theme == "furo" and not find_spec("furo"):
        refuse(_("conf.py: html_theme: furo is missing; install “sphinx-annotated-bib[furo]”, or take another theme."))
    if config.annotated_bib_selection and not config.annotated_bib_work_pages:
        refuse(_("conf.py: annotated_bib_selection: it needs pages of works; name their folder in annotated_bib_work_pages."))
    if config.annotated_bib_policy and config.html_theme != "furo":
        message = _(
            "conf.py: annotated_bib_policy: the theme {theme} has styles and scripts that such a policy refuses;"
            " take furo, or remove this setting.",
            theme=config.html_theme,
        )
        refuse(message)
