"""Which pages an edit touches: they are read and written again, and no others.

Sphinx knows of each page that its own file has changed. Here a page also prints works, whose entries stand in the BibTeX
files, and what other pages decide: who cites a work, what the pages of the navigation are called. So two digests are kept of
each page: of the works that it was read with, in the environment; of all that it was written with, in the output folder, as
Sphinx keeps its ``.buildinfo``. The latter is there only when the whole of the last build has succeeded: after any other,
everything is written again.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.addnodes import toctree
from sphinx.environment import CONFIG_OK

from . import markup
from .domain import SEARCH_PAGE, WORK_PAGES, cite_domain
from .work_pages import has_work_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from .domain import AnnotatedBibDomain
    from .model import Bibliography, Work

#: What each page of the output folder was written with: page names and digests.
RECORD = ".written.json"


def pages_to_read(
    app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str], removed: AbstractSet[str]
) -> list[str]:
    """The pages whose works are no longer those that they were read with."""
    domain = cite_domain(env)
    domain.prints = {work.key: _print(work, domain.works) for work in domain.works.works}
    return [docname for docname, state in _read_with(domain).items() if domain.data["read"].get(docname) != state]


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that would no longer be as they were written; the domain is told, for the pages that are no documents."""
    domain = cite_domain(env)
    domain.data["read"] = _read_with(domain)
    domain.written_with = dict(_written_with(app, domain))
    domain.last_written_with = _take_record(app.outdir / RECORD)
    # What Sphinx reads again for its configuration, it writes again; the pages that are no documents must follow.
    reads_all = env.config_status != CONFIG_OK
    domain.stale = {page for page, state in domain.written_with.items() if reads_all or domain.last_written_with.get(page) != state}
    return sorted(domain.stale & env.found_docs)


def keep_record(app: Sphinx, exception: Exception | None) -> None:
    """Keep what the pages were written with, and remove those that are no longer written."""
    if exception is not None or not has_work_pages(app):
        return
    domain = cite_domain(app.env)
    for page in domain.last_written_with.keys() - domain.written_with.keys():
        app.builder.get_output_path(page).unlink(missing_ok=True)
        if page.startswith(f"{WORK_PAGES}/"):
            for suffix in ("bib", "ris"):
                (app.outdir / f"{page}.{suffix}").unlink(missing_ok=True)
    (app.outdir / RECORD).write_text(json.dumps(domain.written_with), "utf-8")


def _take_record(path: Path) -> dict[str, str]:
    """What the last build kept; nothing, where it did not end or was cut short while it wrote that."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        record = {}
    path.unlink(missing_ok=True)
    return record


def _read_with(domain: AnnotatedBibDomain) -> dict[str, str]:
    """Of each page that prints or cites works, a digest of what it takes from the bibliography while it is read."""
    bibliography, data = domain.works, domain.data
    outlines = _digest([_outline(work) for work in bibliography.works]) if data["listings"] else ""
    return {
        docname: _digest(
            [domain.prints[work.key] for theme in data["themes"].get(docname, ()) for work in bibliography.of_theme(theme)],
            [_label(key, bibliography) for key, place in data["places"].get(docname, ()) if not place.notice],
            outlines if docname in data["listings"] else "",
        )
        for docname in sorted({*data["themes"], *data["places"], *data["listings"]})
    }


def _written_with(app: Sphinx, domain: AnnotatedBibDomain) -> Iterator[tuple[str, str]]:
    """Of each page, of documents and works, a digest of all that it prints and that is not in its own file."""
    env, bibliography = app.env, domain.works
    titles = {docname: env.titles[docname].astext() for docname in env.found_docs}
    every = _digest(list(_look(app)), sorted(titles.items()), domain.theme_pages) if has_work_pages(app) else ""

    def cited_in(key: str) -> list[object]:
        places = domain.cited_in.get(key, ())
        return [(place, titles[place.docname], _label(place.notice, bibliography)) for place in places]

    held = {docname: [key for key, page in domain.notices.items() if page == docname] for docname in domain.theme_pages}
    for docname in sorted(env.found_docs):
        notices = held.get(docname, ())
        keys = {key for key, _ in domain.data["places"].get(docname, ())}.union(
            *(bibliography.by_key[key].related for key in notices if key in bibliography.by_key)
        )
        lists = sorted(domain.notices.items()) if docname in domain.data["listings"] else []
        links = [(key, domain.notices.get(key)) for key in sorted(keys)]
        collection = [_outline(work) for work in bibliography.works] if docname == app.config.root_doc else []
        read = env.all_docs[docname], domain.data["read"].get(docname)
        yield docname, _digest(every, read, [cited_in(key) for key in notices], links, lists, collection)
    works = [work for work in bibliography.works if work.key in domain.notices]
    for before, work, after in zip([None, *works], works, [*works[1:], None], strict=False):
        around = [(other.id, other.title) if other else None for other in (before, after)]
        page = domain.notices[work.key]
        yield f"{WORK_PAGES}/{work.id}", _digest(every, domain.prints[work.key], cited_in(work.key), page, around)
    yield SEARCH_PAGE, every


def _look(app: Sphinx) -> Iterator[object]:
    """What every page of a site has in common: the configuration, the templates, the navigation, the checksums of its files."""
    yield app.builder.build_info.config_hash
    yield app.builder.templates.newest_template_mtime()
    tocs = (app.env.tocs[docname] for docname in sorted(app.env.toctree_includes))
    yield [sorted(node.attributes.items()) for toc in tocs for node in toc.findall(toctree)]
    for folder in (Path(app.confdir, name) for name in app.config.html_static_path):
        files = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        yield [(file.name, file.read_bytes()) for file in files if file.is_file()]


def _print(work: Work, bibliography: Bibliography) -> str:
    """A digest of what the notice of *work* prints."""
    texts = (*work.rich.values(), *work.reasons.values())
    keys = chain(work.related, *((key for key, _ in markup.cited_keys(latex)) for latex in texts))
    return _digest(work.raw, work.suffix, bibliography.numbers[work.key], [_label(key, bibliography) for key in keys])


def _label(key: str, bibliography: Bibliography) -> object:
    """What a citation of *key* prints, and where it leads."""
    work = bibliography.by_key.get(key)
    return (key, work.author_label, work.year_label, work.title, work.theme) if work else key


def _outline(work: Work) -> object:
    """What lists print of *work*: all but its commentary."""
    said = {name: text for name, text in work.rich.items() if name != "annotation"}
    return work.key, work.type, work.fields, said, work.authors, work.editors, work.related, sorted(work.completed), sorted(work.lost), work.suffix


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
