"""Beside the pages of a site: ``404.html``, ``robots.txt``, ``sitemap.xml``; in them, what its policy asks and no idle file.

That Content-Security-Policy stands in ``_templates/page.html``: no inline style, no script made of a text, no inline
script but those named here.
"""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docutils import nodes
from furo import THEME_PATH
from jinja2 import TemplateNotFound

from .domain import WORK_PAGES, cite_domain
from .work_pages import has_work_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.config import Config

#: What serves Sphinx's own search; one of these makes a function of a text.
SEARCH_FILES = {f"_static/{name}.js" for name in ("doctools", "sphinx_highlight", "translations")}
#: What colours code, and copies it.
CODE_FILES = {f"_static/{name}" for name in ("pygments.css", "copybutton.css", "clipboard.min.js", "copybutton.js")}


def name_inline_scripts(app: Sphinx, config: Config) -> None:
    """Give the templates ``inline_scripts``: furo sets a page's theme inline, before anything is painted."""
    inline = hashes((THEME_PATH / "base.html").read_text("utf-8"), "script")
    config.html_context = config.html_context | {"inline_scripts": inline}


def keep_formatters(app: Sphinx) -> None:
    """Let Pygments make a formatter once: for each block of code, it works out anew a stylesheet that nobody asks for."""
    if not has_work_pages(app):
        return
    highlighter = app.builder.highlighter
    make: Callable[..., object] = highlighter.formatter
    made: dict[str, object] = {}

    def formatter(**options: object) -> object:
        wanted = repr(sorted(options.items()))
        if wanted not in made:
            made[wanted] = make(**options)
        return made[wanted]

    highlighter.formatter = formatter


def drop_widths(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave the widths of columns, which docutils writes as `style` attributes, to the stylesheet."""
    if has_work_pages(app):
        for table in doctree.findall(nodes.table):
            table["classes"] = [name for name in table["classes"] if name != "colwidths-given"]


def drop_files(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Leave out of a page the scripts and stylesheets that have nothing to do there."""
    if has_work_pages(app):
        idle = SEARCH_FILES if 'class="highlight' in context.get("body", "") else SEARCH_FILES | CODE_FILES
        for kind in ("script_files", "css_files"):
            context[kind] = [file for file in context[kind] if file.filename not in idle]


def hashes(html: str, element: str) -> str:
    """The sources, as a policy names them, of each inline *element* without attributes in *html*."""
    inline = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode()}'" for text in inline)


def write_site_files(app: Sphinx, exception: Exception | None) -> None:
    """Write what hosts and robots look for at the root of the site."""
    if exception is not None or not has_work_pages(app):
        return
    base = app.config.html_baseurl and f"{app.config.html_baseurl.rstrip('/')}/"
    pages = _pages(app)
    robots = "User-agent: *\nAllow: /\n"
    if base:
        robots += f"Sitemap: {base}sitemap.xml\n"
        (app.outdir / "sitemap.xml").write_text(_sitemap(base, pages), "utf-8")
    (app.outdir / "robots.txt").write_text(robots, "utf-8")
    with suppress(TemplateNotFound):  # an edition need not have one
        (app.outdir / "404.html").write_text(_not_found(app, base, pages), "utf-8")


def _pages(app: Sphinx) -> list[str]:
    """The addresses, relative to the root, of all pages that say something of their own."""
    domain = cite_domain(app.env)
    works = [f"{WORK_PAGES}/{work.id}" for work in domain.works.works if work.key in domain.notices]
    return [app.builder.get_target_uri(page) for page in (*sorted(app.env.found_docs), *works)]


def _sitemap(base: str, pages: list[str]) -> str:
    lines = "".join(f"<url><loc>{escape(base + page)}</loc></url>\n" for page in pages)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{namespace}">\n{lines}</urlset>\n'


def _not_found(app: Sphinx, base: str, pages: list[str]) -> str:
    """The page that hosts show under any missing address: it can ask for no other file, and so holds its looks itself.

    Without ``html_baseurl`` its links start from the root that the names of the site's folders mark in the address.
    """
    context = {
        "title": app.config.html_title,
        "root_doc": app.config.root_doc,
        "pathto": app.builder.get_target_uri,
        "hasdoc": app.env.found_docs.__contains__,
        "base": base,
        "folders": sorted({page.partition("/")[0] for page in pages if "/" in page}),
    }
    html = app.builder.templates.render("404.html", context)
    scripts, styles = (hashes(html, element) or "'none'" for element in ("script", "style"))
    policy = f"default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'"
    return html.replace("<!-- policy -->", f'<meta http-equiv="Content-Security-Policy" content="{policy}">')
