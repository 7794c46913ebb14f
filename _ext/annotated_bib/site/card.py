"""The picture that stands for the edition where a link to it is shared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..pages.pictures import can_draw, drawn
from .colours import theme_colours

if TYPE_CHECKING:
    from sphinx.config import Config

FILE = "_static/card.png"


def is_drawn(config: Config) -> bool:
    """Whether the site has a card: others can only reach it where the site's address is known."""
    return bool(config.annotated_bib_standalone and config.html_baseurl and can_draw)


def draw(config: Config, folder: Path) -> bytes:
    """The card as PNG, 1200 pixels by 630; *folder* is that of ``conf.py``.

    It has a stripe of each colour of a theme on a light ground, unless that is not in hexadecimal figures.
    """
    title, _, subtitle = config.project.partition(": ")
    words = {
        "title": title.strip(),
        "subtitle": subtitle[:1].upper() + subtitle[1:],
        "author": config.annotated_bib_publisher or config.author,
    }
    colours = [light for light, _dark in theme_colours(config).values() if re.fullmatch("#(?:[0-9a-fA-F]{3}){1,2}", light)]
    return drawn(Path(__file__).with_name("card.typ"), words, config, folder, ppi=144, colours=" ".join(colours))
