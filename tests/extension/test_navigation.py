"""The contents beside each page: those of Sphinx, at the cost of titles alone."""

from __future__ import annotations

import sphinx.builders.html
from annotated_bib.site.navigation import Navigation
from docutils import nodes
from helpers import NOTICES, TWO_THEMES, build, contents

PAGES = TWO_THEMES | {
    "index.md": "# Dossier\n\n```{toctree}\n:maxdepth: 2\nterrain\nautres\n```\n\n## Suite\n\n```{toctree}\nBois <theorie>\n```\n",
    "autres.md": "# Autres\n\n## Un titre\n\n```{toctree}\ndedans\nhttps://example.org/\n```\n\n## Sans pages\n\nTexte.\n",
    "dedans.md": "# Dedans\n\n## Un titre\n\n### Et un autre\n\nTexte.\n",
    "theorie.md": f"# Théorie\n\n{NOTICES}",
}


def test_the_contents_are_those_of_sphinx(dossier, monkeypatch):
    source = dossier(PAGES)
    own = contents(build(source, html_theme="furo").out)
    monkeypatch.setattr(Navigation, "of_page", lambda self, contents: contents)
    assert contents(build(source, html_theme="furo", fresh=True).out) == own


def test_no_notice_is_copied_for_the_titles_of_the_contents(dossier, monkeypatch):
    asked = []
    resolve = sphinx.builders.html.global_toctree_for_doc

    def noting(env, docname, builder, **options):
        outlines = [env.tocs[page] for page in ("theorie", "terrain")]
        asked.append([len(list(outline.findall(nodes.reference))) for outline in outlines])
        return resolve(env, docname, builder, **options)

    monkeypatch.setattr(sphinx.builders.html, "global_toctree_for_doc", noting)
    build(dossier(PAGES), html_theme="furo")
    assert asked
    assert all(number == [1, 1] for number in asked)
