"""A Content-Security-Policy for the pages: no inline style, no script made of a text, no inline script but those named.

Opened from a folder a page has no origin that 'self' could name, hence ``file:``.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from docutils import nodes

from .furo import inline_scripts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.highlighting import PygmentsBridge

#: What serves Sphinx's own search; one of these makes a function of a text.
_SEARCH_FILES = {f"_static/{name}.js" for name in ("doctools", "sphinx_highlight", "translations")}
#: What colours code, and copies it.
_CODE_FILES = {f"_static/{name}" for name in ("pygments.css", "copybutton.css", "clipboard.min.js", "copybutton.js")}
_PAGE = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval' {}; style-src 'self' file:; img-src 'self' file: data:; "
    "font-src 'self' file:; connect-src 'self'; form-action 'self' file:; base-uri 'none'"
)


def prepare(context: dict[str, Any]) -> None:
    """Give the page of *context* its policy, and leave out the scripts and stylesheets that have nothing to do there."""
    idle = _SEARCH_FILES if 'class="highlight' in context.get("body", "") else _SEARCH_FILES | _CODE_FILES
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if file.filename not in idle]
    policy = _PAGE.format(_hashes(inline_scripts(), "script"))
    context["metatags"] = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{context["metatags"]}'


def stamped(html: str) -> str:
    """The page *html*, which asks for no file, with a policy in the place of its comment « policy »."""
    scripts, styles = (_hashes(html, element) or "'none'" for element in ("script", "style"))
    policy = f"default-src 'none'; img-src data:; script-src {scripts}; style-src {styles}; base-uri 'none'"
    return html.replace("<!-- policy -->", f'<meta http-equiv="Content-Security-Policy" content="{policy}">')


def drop_widths(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave the widths of columns, which docutils writes as `style` attributes, to the stylesheet."""
    if app.config.annotated_bib_policy and app.builder.name in ("html", "dirhtml"):
        for table in doctree.findall(nodes.table):
            table["classes"] = [name for name in table["classes"] if name != "colwidths-given"]


def keep_formatters(highlighter: PygmentsBridge) -> None:
    """Let Pygments make a formatter once: for each block of code, it works out anew a stylesheet that nobody asks for."""
    make: Callable[..., object] = highlighter.formatter
    made: dict[str, object] = {}

    def formatter(**options: object) -> object:
        wanted = repr(sorted(options.items()))
        if wanted not in made:
            made[wanted] = make(**options)
        return made[wanted]

    highlighter.formatter = formatter  # type: ignore[assignment]


def _hashes(html: str, element: str) -> str:
    """The sources, as a policy names them, of each inline *element* without attributes in *html*."""
    inline = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'" for text in inline)
