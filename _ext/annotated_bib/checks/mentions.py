"""The pages, in MyST or reStructuredText: whom they cite, and which works they print."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from ..language.catalogue import _, pgettext
from .messages import Fault, Nearest, about, first_of, shown, unknown_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from ..source.bibfile import SourceEntry

#: The names of mentions that are neither roles nor directives, and that none of these can have.
LINK, TITLE, FRONT_MATTER, UNCLOSED, ALL = "](", "#", "---", "{", "*"
#: An address elsewhere that is neither of the web nor of a person; MyST has schemes of its own for links inside.
_FOREIGN = re.compile(r"(?!(?:https?|doi|mailto|inv|path|project):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TARGET = re.compile(r"(?:\{[^{}]+\}\s*)?(?P<key>[^{}\s,;]+)\s*(?:\{[^{}]+\})?")
#: The directives whose content is no page.
_VERBATIM = ("code-block", "code", "sourcecode", "literalinclude", "raw", "math", "toctree")
_RST_DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\. (?P<name>[\w-]+)::(?P<text>.*)")
_RST_ROLE = re.compile(r":([a-z][\w:-]*):`([^`]+)`")
_RST_RULE = re.compile(r"([=\-~^\"'#*+`:.])\1{2,}\s*")
#: How many directives may stand in one another.
_DEEPEST = 20
#: How many works a message names.
_NAMED = 8


class Mention(NamedTuple):
    """A role, a directive, a link or a title of a page: its *name*, its *text*, the line where it stands, and in what."""

    name: str
    text: str
    line: int
    in_heading: bool = False
    in_footnote: bool = False
    is_directive: bool = False

    @property
    def is_citation(self) -> bool:
        """Whether it cites works."""
        return self.name == "cite" or self.name.startswith("cite:")

    @property
    def targets(self) -> list[re.Match[str] | None]:
        """The works that a citation names, each a match whose ``key`` is theirs, or nothing where there is no key."""
        parts = re.sub(r"\{[^{}]*\}", lambda match: match[0].replace(",", ""), self.text).split(",")
        return [_TARGET.fullmatch(part.strip()) for part in parts]


def faults(
    entries: Sequence[tuple[str, SourceEntry]], pages: Mapping[str, Sequence[Mention]], keys: Nearest, is_whole: bool
) -> Iterator[Fault]:
    """What is wrong between the entries and the *pages* that cite and print them.

    *keys* can be cited; the entries are the *whole* of the bibliography if all could be read.
    """
    works: dict[str, list[str]] = {}
    for _file, entry in entries:
        works.setdefault(_theme(entry), []).append(entry.key)
    printed: dict[str, str] = {}
    prints_all = any(mention.name == ALL for mentions in pages.values() for mention in mentions)
    for file, mentions in pages.items():
        for mention in mentions:
            if mention.is_citation:
                yield from _citation_faults(file, mention, keys)
            elif mention.name == LINK and _FOREIGN.match(mention.text):
                message = _("address “{address}”; an address begins with http, https, doi or mailto", address=shown(mention.text))
                yield Fault(file, mention.line, "broken-link", message)
            elif mention.name == ALL:
                yield from (_printed_twice(file, mention, theme, printed[theme]) for theme in works if theme in printed)
                printed.update(dict.fromkeys(works.keys() - printed.keys(), file))
            elif mention.name == "notices" and not any(other.name == ALL and other.line == mention.line for other in mentions):
                theme = mention.text or file.rpartition("/")[2].rpartition(".")[0]
                theme_faults = _theme_faults(file, mention, theme, works, printed)
                # The works of this theme may be among those that could not be read.
                yield from (fault for fault in theme_faults if is_whole or fault.rule != "page-without-work")
                yield from _introduction_faults(file, mention, mentions, works.get(theme, ()))
    for file, entry in entries:
        theme = _theme(entry)
        if not theme and not prints_all:
            message = _("theme is missing; add it, or give {{notices}} the option :all:")
            yield Fault(file, entry.line, "missing-field", about(shown(entry.key) or "?", message))
        elif theme and theme not in printed:
            there_are = first_of(list(printed), _NAMED) or pgettext("theme", "none")
            message = _(
                "the theme “{theme}” has no page; make one, or choose among: {themes}", theme=shown(theme), themes=there_are
            )
            yield Fault(file, entry.fields["theme"].line, "work-without-page", about(shown(entry.key), message))


class NestingError(ValueError):
    """Directives inside directives, more than a parser can follow; *line* is where they become too many."""

    def __init__(self, line: int) -> None:
        super().__init__(_("directives nested more than {most} deep; take out those that can be", most=_DEEPEST))
        self.line = line


def markdown_parser(config: MdParserConfig | None = None) -> MarkdownIt:
    """MyST's own parser, as the project configures it."""
    return create_md_parser(config or MdParserConfig(enable_extensions={"colon_fence", "deflist"}), RendererHTML)


def markdown_mentions(text: str, parser: MarkdownIt, line: int = 1, depth: int = 0) -> Iterator[Mention]:
    """The MyST roles and directives of a Markdown page, directives inside directives too; *line* is that of its start."""
    in_heading = in_footnote = False
    for token in parser.parse(text):
        start = line + (token.map[0] if token.map else 0)
        if token.type in ("fence", "colon_fence") and token.info.strip().startswith("{"):
            name, closed, argument = token.info.strip().partition("}")
            if depth == _DEEPEST:
                raise NestingError(start)
            if not closed:
                yield Mention(UNCLOSED, token.info.strip(), start)
                continue
            yield Mention(name[1:], token.content if name == "{toctree" else argument.strip(), start, is_directive=True)
            if name[1:] == "notices" and re.search(r"^:all:\s*$", token.content, re.MULTILINE):
                yield Mention(ALL, "", start)
            if name[1:] not in _VERBATIM:
                yield from markdown_mentions(token.content, parser, start + 1, depth + 1)
        elif token.type == "front_matter":
            yield Mention(FRONT_MATTER, token.content, start)
        elif token.type == "heading_open" and token.tag == "h1" and not depth:
            yield Mention(TITLE, "", start)
        elif token.type == "inline":
            yield from (mention._replace(in_footnote=in_footnote) for mention in _inline_mentions(token, start, in_heading))
        in_heading = token.type == "heading_open"
        in_footnote = token.type == "footnote_open" or (in_footnote and token.type != "footnote_close")


def rst_mentions(text: str) -> Iterator[Mention]:
    """The roles and directives of a page in reStructuredText, as far as these rules ask for them."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else ""
        if directive := _RST_DIRECTIVE.match(line):
            content = "\n".join(_indented(lines[number:], len(directive["indent"])))
            is_contents = directive["name"] == "toctree"
            yield Mention(directive["name"], content if is_contents else directive["text"].strip(), number, is_directive=True)
            if directive["name"] == "notices" and re.search(r"^\s+:all:\s*$", content, re.MULTILINE):
                yield Mention(ALL, "", number)
        elif line.startswith(":orphan:"):
            yield Mention(FRONT_MATTER, "orphan", number)
        is_heading = bool(line.strip()) and _RST_RULE.fullmatch(following) is not None
        if is_heading:
            yield Mention(TITLE, "", number)
        yield from (Mention(role[1], role[2], number, is_heading) for role in _RST_ROLE.finditer(line))


def _indented(lines: Sequence[str], indent: int) -> Iterator[str]:
    """The first of *lines* that are blank or indented by more than *indent* spaces."""
    return takewhile(lambda line: not line.strip() or len(line) - len(line.lstrip()) > indent, lines)


def _inline_mentions(token: Token, line: int, in_heading: bool) -> Iterator[Mention]:
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "myst_role":
            yield Mention(child.meta["name"], child.content, line, in_heading)
        elif child.type in ("link_open", "image"):
            yield Mention(LINK, str(child.attrGet("href") or child.attrGet("src") or ""), line)


def _theme_faults(
    file: str, mention: Mention, theme: str, works: Mapping[str, Sequence[str]], printed: dict[str, str]
) -> Iterator[Fault]:
    """What is wrong with the page that prints the works of *theme*; those that are *printed* already are not again."""
    if theme in printed:
        yield _printed_twice(file, mention, theme, printed[theme])
    elif theme not in works:
        hint = Nearest(works).hint(theme)
        message = _("no entry has the theme “{theme}”{hint}; correct the name of the theme", theme=shown(theme), hint=hint)
        yield Fault(file, mention.line, "page-without-work", message)
    printed.setdefault(theme, file)


def _printed_twice(file: str, mention: Mention, theme: str, page: str) -> Fault:
    message = _(
        "the entries of the theme “{theme}” are already in {page}; keep only one of these pages", theme=shown(theme), page=page
    )
    return Fault(file, mention.line, "work-in-two-pages", message)


def _introduction_faults(file: str, mention: Mention, page: Sequence[Mention], keys: Sequence[str]) -> Iterator[Fault]:
    """The works that an introduction leaves out; one that cites less than half of them is not meant to present them all."""
    before = (other for other in page if other.line < mention.line or other.in_footnote)
    cited = {target["key"] for other in before if other.is_citation for target in other.targets if target}
    left_out = [key for key in keys if key not in cited]
    if left_out and 2 * len(left_out) <= len(keys):
        message = _(
            "the introduction to the theme does not cite {keys}; present each work of the theme there",
            keys=first_of(left_out, _NAMED),
        )
        yield Fault(file, mention.line, "uncited-work", message)


def _citation_faults(file: str, mention: Mention, keys: Nearest) -> Iterator[Fault]:
    if mention.in_heading:
        message = _("a heading cannot cite {keys}; cite in the text that follows", keys=shown(mention.text))
        yield Fault(file, mention.line, "cited-in-heading", message)
    for target in mention.targets:
        if not target:
            message = _("“{text}” is no list of keys; separate them by commas", text=shown(mention.text))
            yield Fault(file, mention.line, "cite-syntax", message)
        elif target["key"] not in keys:
            yield Fault(file, mention.line, "unknown-key", unknown_key(target["key"], keys))


def _theme(entry: SourceEntry) -> str:
    return entry.fields["theme"].value.strip() if "theme" in entry.fields else ""
