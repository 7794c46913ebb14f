"""The templates of a site: those of the project, then the extension's own, then the theme's.

furo's are loaded in the language of the edition. In a project that is nothing but an edition (``annotated_bib_standalone``) they
are rearranged too, and some replaced by the extension's; elsewhere a theme's templates are left as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache
from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader
from sphinx.util._pathlib import _StrPath

from .furo import in_words, is_dressed, label_toggles, name_in_furo
from .structure import arranged, readable
from .words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from sphinx.builders import Builder
    from sphinx.theming import Theme

FOLDER = Path(__file__).parent / "templates"


class Templates(BuiltinTemplateLoader):
    """Sphinx's template bridge, with the extension's folders between the project's and the theme's."""

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Add the folders, and the words; a template of theirs that extends « !NAME » means the theme's."""
        super().init(builder, theme, dirs)
        self.environment.auto_reload = False  # no template changes while it is in use
        # Compiled they are kept beside the doctrees, by their text: to compile furo's takes half as long as to write a few pages.
        compiled = Path(builder.doctreedir, "templates")
        compiled.mkdir(parents=True, exist_ok=True)
        self.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        self.environment.globals |= {"words": words, "label_toggles": label_toggles, "readable": readable}
        self._dressed = is_dressed(builder.config)
        own = [FOLDER]
        if self._dressed:
            own.append(FOLDER / "furo")
        for folder in own:
            self.pathchain.insert(self.templatepathlen, _StrPath(folder))
            self.loaders.insert(self.templatepathlen, SphinxFileSystemLoader(folder))
            self.templatepathlen += 1

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of *template*, its file, and whether it is up to date."""
        source, filename, uptodate = super().get_source(environment, template)
        name = name_in_furo(Path(filename))
        source = in_words(source, name)
        return arranged(source, name) if self._dressed else source, filename, uptodate
