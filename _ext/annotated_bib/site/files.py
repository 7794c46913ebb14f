"""What hosts and robots look for at the root of a site: ``404.html``, ``robots.txt``, ``sitemap.xml``."""

from __future__ import annotations

from base64 import b64encode
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ..language.catalogue import current_language
from ..language.typography import set_text
from . import policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .builder import SiteMixin


def texts(builder: SiteMixin) -> Iterator[tuple[str, str]]:
    """The name and the text of each file; a site map needs the site's address."""
    base = builder.address("")
    pages = [builder.get_target_uri(page) for page in (*sorted(builder.env.found_docs), *builder.works.pages)]
    robots = "User-agent: *\nAllow: /\n"
    if base:
        robots += f"Sitemap: {base}sitemap.xml\n"
        yield "sitemap.xml", _sitemap(base, pages)
    yield "robots.txt", robots
    yield "404.html", _not_found(builder, base, pages)


def _sitemap(base: str, pages: list[str]) -> str:
    lines = "".join(f"<url><loc>{escape(base + page)}</loc></url>\n" for page in pages)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{namespace}">\n{lines}</urlset>\n'


def _not_found(builder: SiteMixin, base: str, pages: list[str]) -> str:
    """The page that hosts show under any missing address: it can ask for no other file, and so holds its looks itself.

    Without ``html_baseurl`` its links start from the root that the names of the site's folders mark in the address.
    """
    context = {
        "language": current_language().replace("_", "-"),
        "title": set_text(builder.config.html_title),
        "icon": _icon(builder),
        "root_doc": builder.config.root_doc,
        "pathto": builder.get_target_uri,
        "catalogue": builder.domain.page_of("catalogue"),
        "index": builder.domain.page_of("work-index"),
        "base": base,
        "folders": sorted({page.partition("/")[0] for page in pages if "/" in page}),
    }
    return policy.stamped(builder.templates.render("404.html", context))


def _icon(builder: SiteMixin) -> str:
    """The site's icon as an address that holds the image itself; empty where no file of the project is one."""
    path = Path(builder.confdir, builder.config.html_favicon or "")
    if not path.is_file():
        return ""
    return f"data:{guess_type(path)[0]};base64,{b64encode(path.read_bytes()).decode()}"
