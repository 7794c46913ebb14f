"""What the settings of a project say of its files and of how these are checked."""

from __future__ import annotations

import gc
import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from myst_parser.config.main import MdParserConfig
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.project import EXCLUDE_PATHS
from sphinx.util.matching import get_matching_files
from sphinx.util.tags import Tags

from . import checks
from .checks import Fault
from .configuration import VALUES, bibfiles, speak
from .language.catalogue import N_, _

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from markdown_it import MarkdownIt

CONF = "conf.py"
NO_BIBFILE = N_("bibtex_bibfiles names no BibTeX file; name that of the edition there")
#: The values of other extensions that are asked for here.
_OTHER_VALUES: dict[str, Any] = {
    "bibtex_bibfiles": None,
    "html_extra_path": [],
    "html_static_path": [],
    **{f"myst_{name}": value for name, value, _ in MdParserConfig().as_triple()},
}


class Project(NamedTuple):
    """A folder with its BibTeX files, whose works have notices, the *others*, and the pages that Sphinx reads in it.

    *parser* reads Markdown as the project configures MyST; the rules *silent* say nothing.
    """

    root: Path
    bibfiles: list[Path]
    others: list[Path]
    pages: list[Path]
    parser: MarkdownIt
    silent: AbstractSet[str]

    def check(self) -> checks.Report:
        """What the rules say."""
        gc.disable()  # all that is read is kept, and the collector would walk through it again and again
        try:
            return checks.check(self.bibfiles, self.pages, self.root, self.others, self.parser, self.silent)
        finally:
            gc.enable()


class SettingsError(ValueError):
    """The settings cannot be used; *fault* says why, and where."""

    def __init__(self, line: int, message: str, rule: str = "settings") -> None:
        super().__init__(message)
        self.fault = Fault(CONF, line, rule, message)


def project(config: Config, root: Path) -> Project:
    """The project in the folder *root*, as *config* describes it."""
    excluded = [*EXCLUDE_PATHS, *config.exclude_patterns, *config.templates_path, *config.html_extra_path, *config.html_static_path]
    own = bibfiles(config, root)
    every = [Path(os.path.abspath(root / name)) for name in config.bibtex_bibfiles or ()]
    pages = sorted(get_matching_files(root, config.include_patterns, excluded))
    return Project(
        root,
        own,
        [path for path in every if path not in own],
        [root / page for page in pages if page.endswith((".md", ".rst"))],
        checks.markdown_parser(_markdown_config(config)),
        _silent(config),
    )


def read(root: Path) -> Project:
    """The project in the folder *root*, by its ``conf.py``; raise `SettingsError` if that cannot be used."""
    try:
        config = Config.read(root, overrides={}, tags=Tags())
    except ConfigError as error:
        raise _settings_error(error.__cause__, root / CONF) from error
    for value in VALUES:
        config.add(*value)
    for name, default in _OTHER_VALUES.items():
        config.add(name, default, "", ())
    speak(config, root)
    found = project(config, root)
    if not found.bibfiles:
        raise SettingsError(1, _(NO_BIBFILE))
    return found


def _settings_error(cause: BaseException | None, conf: Path) -> SettingsError:
    """What *cause* says of *conf*."""
    if isinstance(cause, SyntaxError):
        message = _("Python cannot read this line; check the commas, quotation marks and braces in it, and in the line before")
        return SettingsError(cause.lineno or 1, message)
    if cause is None:
        return SettingsError(1, _("file not found; run the command in the folder of the edition"), "missing-file")
    frames = [frame.lineno for frame in traceback.extract_tb(cause.__traceback__) if frame.filename == str(conf)]
    message = _("this line fails, “{error}”; correct it", error=f"{type(cause).__name__}: {cause}")
    return SettingsError((frames or [None])[-1] or 1, message)


def _markdown_config(config: Config) -> MdParserConfig:
    """The settings of MyST, or its defaults where it is not loaded or refuses them, of which it speaks itself."""
    names = [name for name, _, field in MdParserConfig().as_triple() if "sphinx" not in field.metadata.get("omit", [])]
    try:
        return MdParserConfig(**{name: config[f"myst_{name}"] for name in names if f"myst_{name}" in config})
    except (TypeError, ValueError):
        return MdParserConfig()


def _silent(config: Config) -> AbstractSet[str]:
    """The rules that ``suppress_warnings`` silences, as « annotated_bib.RULE », or all of them, as « annotated_bib »."""
    parts = [name.partition(".") for name in config.suppress_warnings]
    names = {rule or "*" for extension, _, rule in parts if extension == "annotated_bib"}
    return set(checks.RULES) if "*" in names else names
