"""The colours of themes, and what conf.py asks of furo's, as a stylesheet: the pages' policy lets no style in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .furo import is_dressed, is_furo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.config import Config

FILE = "annotated-bib-colours.css"
#: furo's colours in an edition, on a light and on a dark ground; conf.py may have others.
_LIGHT = {
    "color-foreground-primary": "#1f1d1a",
    "color-background-primary": "#fdfcf9",
    "color-background-secondary": "#f6f4ee",
    "color-background-border": "#e2ded4",
    "color-brand-primary": "#1d4e6b",
    "color-brand-content": "#1d4e6b",
    "color-brand-visited": "#5a4a78",
    "color-code-background": "#f6f4ee",
    "color-code-foreground": "#1f1d1a",
}
_DARK = {
    "color-foreground-primary": "#d8d5ce",
    "color-foreground-muted": "#9a9890",
    "color-background-primary": "#171614",
    "color-background-secondary": "#1e1d1a",
    "color-background-border": "#37342f",
    "color-brand-primary": "#8cc4e4",
    "color-brand-content": "#8cc4e4",
    "color-brand-visited": "#bdb0dc",
    "color-code-background": "#1e1d1a",
    "color-code-foreground": "#d8d5ce",
}


def theme_colours(config: Config) -> dict[str, tuple[str, str]]:
    """The colour of each theme on a light and on a dark ground, by the name of its page."""
    given: Mapping[str, str | tuple[str, str]] = config.annotated_bib_colours
    return {name: (colour, colour) if isinstance(colour, str) else (colour[0], colour[1]) for name, colour in given.items()}


def stylesheet(config: Config) -> str:
    """The stylesheet: ``--theme`` is the colour of a theme's page, of the links to it and of the previews of its works."""
    colours = theme_colours(config)
    light = {f"theme-{name}": pair[0] for name, pair in colours.items()}
    dark = {f"theme-{name}": pair[1] for name, pair in colours.items()}
    if is_dressed(config):
        light = _LIGHT | config.html_theme_options.get("light_css_variables", {}) | light
        dark = _DARK | config.html_theme_options.get("dark_css_variables", {}) | dark
    rules = [f"body {{ {_variables(light)}}}", f'@media not print {{ :is(html, body)[data-theme="dark"] {{ {_variables(dark)}}} }}']
    if is_furo(config):  # which follows the system where nothing is chosen
        follows = f'body:not([data-theme="light"]) {{ {_variables(dark)}}}'
        rules.append(f"@media not print {{ @media (prefers-color-scheme: dark) {{ {follows} }} }}")
    for name in colours:
        links = f'a:is([href="{name}.html"], [href$="/{name}.html"], [href$="{name}/"])'
        rules.append(f'[data-page="{name}"], {links} {{ --theme: var(--theme-{name}); }}')
        rules.append(f":is(dl.themes dt, .notice-theme, table.catalogue td:last-child) {links} {{ color: var(--theme); }}")
    return "\n".join(rules) + "\n"


def _variables(values: Mapping[str, str]) -> str:
    return "".join(f"--{name}: {value}; " for name, value in values.items())
