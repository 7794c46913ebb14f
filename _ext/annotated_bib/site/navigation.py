"""The contents beside each page.

Sphinx copies the outline of every page, on every page, and where a theme asks for titles alone then drops all but these: in an
edition that is each notice, as many times as there are themes.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import toctree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.environment import BuildEnvironment


class Navigation:
    """The contents of the site that *env* describes, once all of its pages have been read."""

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env

    def of_page(self, contents: Callable[..., str]) -> Callable[..., str]:
        """*contents*, Sphinx's function for a page, without the outlines where it drops them."""

        def resolved(**options: Any) -> str:
            if not options.get("titles_only"):
                return contents(**options)
            with self._titles_alone():
                return contents(**options)

        return resolved

    @contextmanager
    def _titles_alone(self) -> Iterator[None]:
        outlines, self._env.tocs = self._env.tocs, self._titles
        try:
            yield
        finally:
            self._env.tocs = outlines

    @cached_property
    def _titles(self) -> dict[str, nodes.bullet_list]:
        return {page: _without_sections(outline) for page, outline in self._env.tocs.items()}


def _without_sections(outline: nodes.bullet_list) -> nodes.bullet_list:
    """The *outline* of a page without its sections, but for those that hold contents of their own."""
    short = outline.copy()
    for item in outline.children:
        if isinstance(item, nodes.list_item) and not any(item.findall(toctree)):
            title = item.copy()
            title += item[0].deepcopy()
            short += title
        else:
            short += item.deepcopy()
    return short
