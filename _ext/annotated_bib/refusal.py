"""How a build that cannot be ends: with a line, and without a traceback."""

from __future__ import annotations

from typing import NoReturn

from sphinx.util import logging

logger = logging.getLogger(__name__)


def refuse(message: str) -> NoReturn:
    """Say why nothing is built, and end; of any exception but this one, Sphinx prints the traceback."""
    logger.error("%s", message)
    raise SystemExit(1)
