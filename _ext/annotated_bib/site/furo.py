"""furo in French.

Some of furo's words go through gettext, for which it has no French catalogue; others stand as they are in its
templates, among them the labels that only a screen reader says. Both are replaced in the source of a template as Jinja
loads it, so that no template is copied. What Sphinx itself translates is left alone. A word that a later furo no longer
says is a warning: translations do not rot unseen.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

try:
    from furo import THEME_PATH
except ImportError:  # the extra « furo » is not installed
    THEME_PATH = None

if TYPE_CHECKING:
    from sphinx.config import Config

logger = logging.getLogger(__name__)

#: For each template of furo, what it says and what it is to say; quotes and tags are there to hit nothing else.
WORDS = {
    "page.html": {
        "Toggle site navigation sidebar": "Afficher ou masquer le sommaire du site",
        "Toggle table of contents sidebar": "Afficher ou masquer le plan de la page",
        "Toggle Light / Dark / Auto color theme": "Changer d’apparence (claire, sombre, automatique)",
        "Skip to content": "Aller au contenu",
        "Back to top": "Haut de page",
        '"On this page"': '"Sur cette page"',
        '"Next"': '"Suivant"',
        '"Previous"': '"Précédent"',
        '"Home"': '"Accueil"',
        "Copyright &#169; {{": "&#169; {{",
        "Last updated on": "Mis à jour le",
        "Made with ": "Réalisé avec ",
        "Sphinx</a> and ": "Sphinx</a> et, de ",
        "@pradyunsg</a>'s": "@pradyunsg</a>,",
    },
    "partials/icons.html": {
        "<title>Contents<": "<title>Plan de la page<",
        "<title>Menu<": "<title>Sommaire<",
        "<title>Expand<": "<title>Flèche<",  # it also points to the next and the previous page
        "<title>Light mode<": "<title>Apparence claire<",
        "<title>Dark mode<": "<title>Apparence sombre<",
        "<title>Auto light/dark, in light mode<": "<title>Apparence automatique, claire<",
        "<title>Auto light/dark, in dark mode<": "<title>Apparence automatique, sombre<",
    },
    "components/edit-this-page.html": {"Edit this page": "Modifier cette page"},
    "components/view-this-page.html": {"View this page": "Voir la source de cette page"},
    "sidebar/brand.html": {'"Light Logo"': '"Logo"', '"Dark Logo"': '"Logo"'},
    # furo's Python makes this label; only its template can be reached.
    "sidebar/navigation.html": {
        "furo_navigation_tree }}": "furo_navigation_tree|replace('Toggle navigation of ', 'Déplier ou replier ') }}",
    },
    "search.html": {
        "Please activate JavaScript to enable the search functionality.": "La recherche a besoin de JavaScript.",
    },
}


def is_furo(config: Config) -> bool:
    """Whether the site has the theme furo."""
    return bool(config.html_theme == "furo")


def is_dressed(config: Config) -> bool:
    """Whether furo is dressed for a project that is nothing but an edition."""
    return is_furo(config) and bool(config.annotated_bib_standalone)


def name_in_furo(path: Path) -> str:
    """The name of furo's template at *path*; empty for any other file."""
    return path.relative_to(THEME_PATH).as_posix() if THEME_PATH and path.is_relative_to(THEME_PATH) else ""


@cache
def inline_scripts() -> str:
    """furo's template with the scripts that must run before anything is painted: a page's theme is set inline."""
    return (THEME_PATH / "base.html").read_text("utf-8") if THEME_PATH else ""


def in_french(source: str, name: str) -> str:
    """The *source* of furo's template *name*, in French; warns of each word that is no longer there."""
    for english, french in WORDS.get(name, {}).items():
        if english not in source:
            message = "furo ne dit plus « %s » dans %s ; revoyez les mots de annotated_bib/site/furo.py"
            logger.warning(message, english, name, type="annotated_bib", subtype="furo")
        source = source.replace(english, french)
    return source
