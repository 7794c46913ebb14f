"""What the settings of a project say of its files and of how these are checked."""

from __future__ import annotations

import gc
import os
import re
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
from .checks import Fault, citation_file
from .checks.messages import Nearest, about
from .configuration import DEFAULTS, VALUES, bibfiles, fonts, mistyped, speak
from .language.catalogue import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from markdown_it import MarkdownIt

CONF = "conf.py"
NO_BIBFILE = N_("bibtex_bibfiles names no BibTeX file; name that of the edition there")
#: The values of other extensions that are asked for here.
_OTHER_VALUES: dict[str, Any] = {
    "bibtex_bibfiles": None,
    "html_extra_path": [],
    "html_static_path": [],
    "html_baseurl": "",
    **{f"myst_{name}": value for name, value, _ in MdParserConfig().as_triple()},
}


class Project(NamedTuple):
    """A folder with its BibTeX files, whose works have notices, the *others*, and the pages that Sphinx reads in it.

    *parser* reads Markdown as the project configures MyST; the rules *silent* say nothing. *fonts* are the
    folders of fonts that a book is set with, and None where none is made.
    """

    root: Path
    bibfiles: list[Path]
    others: list[Path]
    pages: list[Path]
    parser: MarkdownIt
    silent: AbstractSet[str]
    fonts: list[Path] | None
    settings: list[Fault]

    def check(self) -> checks.Report:
        """What the rules say."""
        gc.disable()  # all that is read is kept, and the collector would walk through it again and again
        try:
            report = checks.check(self.bibfiles, self.pages, self.root, self.others, self.parser, self.silent, self.fonts)
            report.found[:0] = self.settings
            return report
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
        fonts(config, root) if _makes_a_book(config) else None,
        list(_settings_faults(config, root, pages)),
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
    wrong = mistyped(config)
    for name, _wanted in wrong:
        config[name] = DEFAULTS[name]
    found = project(config, root)
    if not found.bibfiles:
        raise SettingsError(1, _(NO_BIBFILE))
    of_types = [_of_setting(root, name, _("write a value of the type {type}", type=wanted)) for name, wanted in wrong]
    return found._replace(settings=[*of_types, *found.settings])


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


def _settings_faults(config: Config, root: Path, pages: Iterable[str]) -> Iterator[Fault]:
    """The settings that name what is not there, or that nothing would follow."""
    known = {name for name, *_rest in VALUES}
    stems = {page.rpartition("/")[2].rpartition(".")[0] for page in pages}
    for name in config._raw_config:
        if name.startswith("annotated_bib_") and name not in known:
            yield _of_setting(
                root, name, _("there is no setting {name}{hint}; correct its name", name=name, hint=Nearest(known).hint(name))
            )
    for page in set(config.annotated_bib_colours if isinstance(config.annotated_bib_colours, dict) else ()) - stems:
        yield _of_setting(
            root,
            "annotated_bib_colours",
            _("no page is called “{page}”{hint}; correct its name", page=page, hint=Nearest(stems).hint(str(page))),
        )
    for rule in _silent(config) - set(checks.RULES) - {"pdf", "unprintable"}:
        yield _of_setting(
            root,
            "suppress_warnings",
            _("there is no rule {name}{hint}; correct its name", name=rule, hint=Nearest(checks.RULES).hint(rule)),
        )
    if config.annotated_bib_doi and not re.fullmatch(r"10\.\d{4,9}/\S+", config.annotated_bib_doi):
        message = _("“{doi}” is no DOI; write it from its 10. on, without an address", doi=config.annotated_bib_doi)
        yield _of_setting(root, "annotated_bib_doi", message)
    if config.annotated_bib_standalone:
        yield from citation_file.faults(root, {name: str(config[name] or "") for name in citation_file.SETTINGS.values()})
    if config.annotated_bib_changelog:
        try:
            (root / config.annotated_bib_changelog).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            yield _of_setting(root, "annotated_bib_changelog", checks.unread(error).message)
    if config.html_baseurl and "://" not in config.html_baseurl:
        yield _of_setting(
            root, "html_baseurl", _("address “{address}”; write it in full, from https://", address=config.html_baseurl)
        )


def _of_setting(root: Path, name: str, message: str) -> Fault:
    """A fault of the setting *name*, on the line of ``conf.py`` that sets it."""
    try:
        lines = (root / CONF).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    line = next((number for number, text in enumerate(lines, 1) if re.match(rf"{name}\b", text)), 1)
    return Fault(CONF, line, "settings", about(name, message))


def _markdown_config(config: Config) -> MdParserConfig:
    """The settings of MyST, or its defaults where it is not loaded or refuses them, of which it speaks itself."""
    names = [name for name, _, field in MdParserConfig().as_triple() if "sphinx" not in field.metadata.get("omit", [])]
    try:
        return MdParserConfig(**{name: config[f"myst_{name}"] for name in names if f"myst_{name}" in config})
    except (TypeError, ValueError):
        return MdParserConfig()


def _makes_a_book(config: Config) -> bool:
    """Whether ``conf.py`` describes a book."""
    return bool(config.annotated_bib_standalone or "typst_documents" in config._raw_config)


def _silent(config: Config) -> AbstractSet[str]:
    """The rules that ``suppress_warnings`` silences, as « annotated_bib.RULE », or all of them, as « annotated_bib »."""
    parts = [name.partition(".") for name in config.suppress_warnings]
    names = {rule or "*" for extension, _, rule in parts if extension == "annotated_bib"}
    return set(checks.RULES) if "*" in names else names
