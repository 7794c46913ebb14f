"""furo in the language of the edition.

Some of furo's words go through gettext, for which it has no catalogue; others stand as they are in its templates, among them
the labels that only a screen reader says. Those that the extension's catalogue has are replaced in the source of a template
as Jinja loads it, so that no template is copied. What Sphinx itself translates is left alone. A word that a later furo no
longer says is a warning: translations do not rot unseen.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sphinx.util import logging

from ..language.catalogue import NP_, _, pgettext
from ..language.typography import set_text
from .words import placeholders

try:
    from furo import THEME_PATH
except ImportError:  # the extra « furo » is not installed
    THEME_PATH = None

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sphinx.config import Config

logger = logging.getLogger(__name__)

#: For each template of furo, what it says, and what stands around it there, to hit nothing else; a name between braces is one
#: of Jinja's. All are of the context « furo ».
WORDS = {
    "page.html": {
        NP_("furo", "Toggle site navigation sidebar"): "%s",
        NP_("furo", "Toggle table of contents sidebar"): "%s",
        NP_("furo", "Toggle Light / Dark / Auto color theme"): "%s",
        NP_("furo", "Skip to content"): "%s",
        NP_("furo", "Back to top"): "%s",
        NP_("furo", "On this page"): '"%s"',
        NP_("furo", "Next"): '"%s"',
        NP_("furo", "Previous"): '"%s"',
        NP_("furo", "Home"): '"%s"',
        NP_("furo", "Copyright &#169; {copyright}"): "%s",
        NP_("furo", "Last updated on {last_updated}"): "%s",
    },
    "partials/icons.html": {
        NP_("furo", "Contents"): "<title>%s<",
        NP_("furo", "Menu"): "<title>%s<",
        NP_("furo", "Expand"): "<title>%s<",  # it also points to the next and the previous page
        NP_("furo", "Light mode"): "<title>%s<",
        NP_("furo", "Dark mode"): "<title>%s<",
        NP_("furo", "Auto light/dark, in light mode"): "<title>%s<",
        NP_("furo", "Auto light/dark, in dark mode"): "<title>%s<",
    },
    "components/edit-this-page.html": {NP_("furo", "Edit this page"): "%s"},
    "components/view-this-page.html": {NP_("furo", "View this page"): "%s"},
    "sidebar/brand.html": {NP_("furo", "Light Logo"): '"%s"', NP_("furo", "Dark Logo"): '"%s"'},
    "search.html": {NP_("furo", "Please activate JavaScript to enable the search functionality."): "%s"},
}
_MADE, _MADE_WITH_SPHINX = NP_("furo", "Made with {furo}"), NP_("furo", "Made with {sphinx} and {author}’s {furo}")
#: This sentence at the foot of each page, whose parts stand in several blocks of a template; it names Sphinx where conf.py does.
_CREDITS = re.compile(
    r"\{% trans %\}Made with \{% endtrans -%\}\s*\{%- if show_sphinx -%\}\s*"
    r"\{% trans %\}(?P<sphinx><a [^>]*>Sphinx</a>) and \{% endtrans -%\}\s*(?P<author><a [^>]*>@pradyunsg</a>)'s\s*"
    r"\{% endif -%\}\s*\{% trans %\}(?P<furo>\s*<a [^>]*>Furo</a>\s*)\{% endtrans %\}"
)
#: A label that furo's Python makes; only the template that prints it can be reached.
_TOGGLE = NP_("furo", "Toggle navigation of {title}")


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


def in_words(source: str, name: str) -> str:
    """The *source* of furo's template *name* in the language of the edition; warns of each word that is no longer there."""
    for said, words in pieces(source, name):
        if said not in source:
            message = _(
                "furo no longer says “{words}” in {template}; review the words in annotated_bib/site/furo.py",
                words=said,
                template=name,
            )
            logger.warning("%s", message, type="annotated_bib", subtype="furo")
        source = source.replace(said, words)
    return source


def pieces(source: str, name: str) -> Iterator[tuple[str, str]]:
    """What the *source* of furo's template *name* says, and what it is to say, of all that the catalogue has."""
    for message, frame in WORDS.get(name, {}).items():
        if _is_translated(message):
            values = {value: f"{{{{ {value} }}}}" for value in placeholders(message)}
            yield frame % message.format(**values), frame % _words(message, values).replace('"', "&quot;")
    if name == "page.html" and _is_translated(_MADE) and _is_translated(_MADE_WITH_SPHINX):
        found = _CREDITS.search(source)
        parts = found.groupdict() if found else {"sphinx": "Sphinx", "author": "@pradyunsg", "furo": "Furo"}
        said = found[0] if found else _MADE_WITH_SPHINX.format(**parts)
        yield said, f"{{% if show_sphinx %}}{_words(_MADE_WITH_SPHINX, parts)}{{% else %}}{_words(_MADE, parts)}{{% endif %}}"
    if name == "sidebar/navigation.html" and _is_translated(_TOGGLE):
        yield "furo_navigation_tree }}", "label_toggles(furo_navigation_tree) }}"


def label_toggles(tree: str) -> str:
    """furo's navigation *tree*, whose checkboxes have labels, with these in the language of the edition."""

    def label(found: re.Match[str]) -> str:
        words = _words(_TOGGLE, {"title": found[2]}).replace('"', "&quot;")
        return f'aria-label="{words}"'

    return re.sub(r"""aria-label=(["'])Toggle navigation of (.*?)\1""", label, tree)


def _is_translated(message: str) -> bool:
    return _words(message, {value: f"{{{value}}}" for value in placeholders(message)}) != message


def _words(message: str, values: Mapping[str, str]) -> str:
    return set_text(pgettext("furo", message, **values))
