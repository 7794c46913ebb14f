"""Pictures of words, which Typst sets: the cover of an EPUB, and the card of a site; none are made where it is not installed."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..configuration import fonts
from ..language.catalogue import current_language
from ..language.typography import set_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config

can_draw = find_spec("typst") is not None


def drawn(source: Path, words: Mapping[str, str], config: Config, folder: Path, ppi: int, colours: str = "") -> bytes:
    """The one page of the Typst file *source* as PNG, at *ppi* pixels an inch.

    It finds in ``sys.inputs`` the *words*, set in the edition's typography, its ``language`` without a region, and the *colours*
    as they are; *folder* is that of ``conf.py``.
    """
    import typst  # an extra, and slow to load

    inputs = {name: set_text(text) for name, text in words.items()}
    inputs |= {"language": re.split("[-_@]", current_language())[0], "colours": colours}
    picture: bytes = typst.compile(
        source,
        format="png",
        ppi=ppi,
        font_paths=[*fonts(config, folder)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    return picture
