"""furo's pages as a screen reader, the keyboard and a finger meet them, in a project that is nothing but an edition.

Landmarks have names and are never empty; « Skip to content » comes first; a permalink is no part of a heading. furo's templates are
changed in their source as Jinja loads it, so that none is copied; what a later furo no longer writes so is a warning.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from sphinx.util import logging

from ..language.catalogue import N_, _
from .words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

logger = logging.getLogger(__name__)


def _label(message: str) -> str:
    """The attribute that names an element, for Jinja to fill in."""
    return f'aria-label="{{{{ words("{message}")|e }}}}"'


_PANELS, _CONTENTS, _OUTLINE = _label(N_("Panels")), _label(N_("Contents and search")), _label(N_("Outline of the page"))
_NEIGHBOURS = _label(N_("Previous and next pages"))
#: What is changed in furo's templates: a pattern, and what stands in its place.
CHANGES: Mapping[str, Sequence[tuple[str, str]]] = {
    "page.html": (
        (  # the first link, then the checkboxes that open the drawers, in a landmark
            r'(<input [^>]*name="__navigation"[^>]*>)\s*(<input [^>]*name="__toc"[^>]*>)(.*?)(<a class="skip-to-content.*?</a>)',
            rf'\4\n<nav class="toggles" {_PANELS}>\n\1\n{{% if not furo_hide_toc %}}\2{{% endif %}}\n</nav>\3',
        ),
        (r'<aside class="sidebar-drawer"', rf'<aside class="sidebar-drawer" {_CONTENTS}'),
        (  # an outline, where there is one
            r'<aside class="toc-drawer[^>]*>(.*?</aside>)',
            rf'{{% if not furo_hide_toc %}}<aside class="toc-drawer" {_OUTLINE}>\1{{% endif %}}',
        ),
        (r'<div class="content-icon-container"', r'<div class="content-icon-container" role="banner"'),
        (r'(<a href="#" class="back-to-top.*?</a>)(.*?<footer>)', r"\2\n\1"),
        (
            r'<div class="related-pages">\s*(\{% if next .*?)(\{% if prev .*?)</div>\s*(?=<div class="bottom-of-page">)',
            rf'{{% if prev or next %}}<nav class="related-pages" {_NEIGHBOURS}>\n\2\1</nav>{{% endif %}}\n',
        ),
        (  # what a finger closes a drawer with says nothing
            r'(<label class="overlay sidebar-overlay.*?</label>)\s*(<label class="overlay toc-overlay.*?</label>)',
            r'<div aria-hidden="true">\n\1\n{% if not furo_hide_toc %}\2{% endif %}\n</div>',
        ),
        (r'(<label class="toc-overlay-icon.*?</label>)', r"{% if not furo_hide_toc %}\1{% endif %}"),
        (r'<svg class="(?=theme-icon|furo-related-icon)', '<svg aria-hidden="true" class="'),
    ),
    "partials/icons.html": (  # a title that browsers put into the names of links, hidden or not
        (r'(<symbol id="svg-arrow-right"[^>]*>)\s*<title>.*?</title>', r"\1"),
    ),
}
_HEADING = re.compile(
    r"(?P<heading><h(?P<level>[1-6])[^>]*>(?P<title>(?:(?!</h(?P=level)>).)*))"
    r'<a class="headerlink" href="(?P<address>[^"]*)"[^>]*>(?P<icon>.*?)</a></h(?P=level)>',
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")


def arranged(source: str, name: str) -> str:
    """The *source* of furo's template *name* with its changes; warns of each that finds nothing to change."""
    for pattern, replacement in CHANGES.get(name, ()):
        source, found = re.subn(pattern, replacement, source, flags=re.DOTALL)
        if not found:
            message = _(
                "furo no longer writes “{pattern}” in {template}; review annotated_bib/site/structure.py",
                pattern=pattern,
                template=name,
            )
            logger.warning("%s", message, type="annotated_bib", subtype="furo")
    return source


def readable(body: str) -> str:
    """The *body* of a page: each permalink beside its heading, with a name of its own, and heads of columns that say so."""
    return _HEADING.sub(_beside, body).replace('<th class="head"', '<th scope="col" class="head"')


def _beside(found: re.Match[str]) -> str:
    heading, level, title, address, icon = found.group("heading", "level", "title", "address", "icon")
    name = escape(words("Permalink: {title}", title=unescape(_TAG.sub("", title)).strip()))
    link = f'<a class="headerlink" href="{address}" title="{name}"><span aria-hidden="true">{icon}</span></a>'
    return f'<div class="heading">{heading}</h{level}>{link}</div>'
