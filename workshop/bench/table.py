"""What was measured, told as it comes and then in Markdown."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cost import Cost


wrapped = partial(textwrap.fill, width=132, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


class Table:
    """The costs of some things at each size, beside that of a *base*, which may stand in another table."""

    def __init__(self, title: str, base: str, within: Table | None = None) -> None:
        self.title = title
        self.base = base
        self.within = within or self
        self.costs: dict[str, dict[int, Cost]] = {}
        self.notes: dict[str, str] = {}

    def add(self, size: int, what: str, cost: Cost, pages: int = 0) -> None:
        """Record the cost of *what* for *size* works, and tell it."""
        self.costs.setdefault(what, {})[size] = cost
        made = f"{pages:6} pages" if pages else ""
        figures = f"{cost.seconds:8.1f} s  {cost.clock:8.1f} s clock  {cost.memory:6.0f} MB"
        print(f"{size:>6} works  {what:<28} {figures}  {self._ratio(size, cost)} × {self.base:<9} {made}".rstrip(), flush=True)

    def note(self, what: str, text: str) -> None:
        """Record what is to be said of *what*, below the table."""
        self.notes[what] = text

    def markdown(self, sizes: list[int]) -> str:
        """The table, a row for each thing, then the notes."""
        head = [self.title, *(cell for size in sizes for cell in (f"{size:,} works", "clock", "memory", f"× {self.base}"))]
        rows = [head, ["---"] + ["--:"] * (len(head) - 1)]
        for what, costs in self.costs.items():
            rows.append([what, *(cell for size in sizes for cell in self._cells(size, costs.get(size)))])
        notes = [wrapped(f"- {what} {text}.") + "\n" for what, text in self.notes.items()]
        return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "".join(["\n", *notes] if notes else [])

    def growth(self, what: str, sizes: list[int]) -> str:
        """What a work costs at each size, beside what it costs at the smallest of at least 1,000."""
        known = sorted(size for size in sizes if size >= 1000)
        each = {size: self.costs[what][size].seconds / size for size in known}
        return "".join(
            f"A work of {size:,} costs {each[size] / each[known[0]]:.2f} times what one of {known[0]:,} does: {what}.\n"
            for size in known[1:]
        )

    def _cells(self, size: int, cost: Cost | None) -> list[str]:
        if cost is None:
            return ["—"] * 4
        return [f"{cost.seconds:.1f} s", f"{cost.clock:.1f} s", f"{cost.memory:,.0f} MB", self._ratio(size, cost)]

    def _ratio(self, size: int, cost: Cost) -> str:
        return f"{cost.seconds / self.within.costs[self.base][size].seconds:.2f}"
