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
_OFTEN, _SELDOM = gc.get_threshold()[0], 30_000

atexit.register(gc.freeze)  # or the last visit would walk through all that goes by itself


def spare_what_is_kept(app: Sphinx) -> None:
    """Set apart what there is when the bibliography has been read, and when the pages have; collect as before once all is built."""
    app.connect("config-inited", lambda _app, _config: gc.set_threshold(_SELDOM))
    app.connect("builder-inited", lambda _app: gc.freeze(), priority=900)
    app.connect("write-started", lambda _app, _builder: gc.freeze())
    app.connect("build-finished", lambda _app, _error: _collect_as_before(), priority=900)


def _collect_as_before() -> None:
    gc.unfreeze()
    gc.set_threshold(_OFTEN)
