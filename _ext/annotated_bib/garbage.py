"""Python's collector of cyclic garbage, during a build: what is kept is set apart, and it comes less often.

A doctree is one cycle, since nodes know their parents, so there must be a collector. But it would come every 700 objects, of which
one page has tens of thousands, and walk now and then through all that is kept, which grows with the bibliography.
"""

from __future__ import annotations

import atexit
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: New objects between two of its visits.
_SELDOM = 30_000

atexit.register(gc.freeze)  # or the last visit would walk through all that goes by itself


def spare_what_is_kept(app: Sphinx) -> None:
    """Set apart what there is when the bibliography has been read, and when the pages have; collect as before once all is built."""
    before = gc.get_threshold()
    app.connect("config-inited", lambda _app, _config: gc.set_threshold(_SELDOM))
    app.connect("builder-inited", lambda _app: gc.freeze(), priority=900)
    app.connect("write-started", lambda _app, _builder: gc.freeze())
    app.connect("build-finished", lambda _app, _error: collect_all(before), priority=900)


def collect_all(threshold: tuple[int, int, int]) -> None:
    """Collect garbage again of all that there is, as often as *threshold* says."""
    gc.unfreeze()
    gc.set_threshold(*threshold)
