"""The site and the book say the same, so that either is the accessible alternative of the other."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

import pytest
from helpers import EDITION, soup, squeezed

if TYPE_CHECKING:
    from pathlib import Path

THEMES = sorted(path.stem for path in EDITION.glob("sections/*.md"))


def said(text: str) -> str:
    """The letters and figures of *text*, but for the pages that only a book can refer to."""
    return re.sub(r"\W", "", re.sub(r"p\.\d+(?:-\d+)?", "", squeezed(text)))


@pytest.fixture(scope="module")
def book_text(book_pages: list[str]) -> str:
    return said("".join(book_pages))


@pytest.mark.parametrize("theme", THEMES)
def test_the_book_says_all_that_a_theme_says_on_the_site(edition: Path, book_text: str, theme: str):
    article = copy(soup(edition / "sections" / f"{theme}.html").article)
    for screen_only in article.select(".headerlink, details, .notice-page"):
        screen_only.decompose()
    paragraphs = [paragraph.get_text() for paragraph in article.find_all(["h2", "p"])]
    assert len(paragraphs) > 15
    assert [paragraph for paragraph in paragraphs if said(paragraph) not in book_text] == []
