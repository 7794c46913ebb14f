"""furo in French.

Some of furo's words go through gettext, for which it has no French catalogue; others stand as they are in its
templates, among them the labels that only a screen reader says. Both are replaced in the source of a template as Jinja
loads it, so that no template is copied. What Sphinx itself translates is left alone. A word that a later furo no longer
says is a warning: translations do not rot unseen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from furo import THEME_PATH
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from sphinx.application import Sphinx
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


class FrenchFuro(BuiltinTemplateLoader):
    """Sphinx's template bridge, with French words in furo's templates."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of *template*, its file, and whether it is up to date."""
        source, filename, uptodate = super().get_source(environment, template)
        path = Path(filename)
        if path.is_relative_to(THEME_PATH):
            source = in_french(source, path.relative_to(THEME_PATH).as_posix())
        return source, filename, uptodate


def in_french(source: str, name: str) -> str:
    """The *source* of furo's template *name*, in French; warns of each word that is no longer there."""
    for english, french in WORDS.get(name, {}).items():
        if english not in source:
            message = "furo ne dit plus « %s » dans %s ; revoyez les mots de annotated_bib/furo_french.py"
            logger.warning(message, english, name, type="annotated_bib", subtype="furo")
        source = source.replace(english, french)
    return source


def use_french_furo(app: Sphinx, config: Config) -> None:
    """Have furo speak French on a site in French, unless it loads its templates in its own way."""
    if (config.language or "").startswith("fr") and config.html_theme == "furo" and not config.template_bridge:
        config.template_bridge = f"{__name__}.{FrenchFuro.__name__}"
