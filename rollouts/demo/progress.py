"""How far a long command is: a bar in a terminal, a line a step elsewhere."""

from __future__ import annotations

import time
from typing import TextIO

WIDTH = 30


class Progress:
    """Counts rows against the total that is announced first."""

    def __init__(self, stream: TextIO, *, total: int) -> None:
        self.stream = stream
        self.total = total
        self.done = 0
        self.label = ""
        self.is_terminal = stream.isatty()
        self.started_at = time.monotonic()

    def step(self, label: str) -> None:
        self.label = label
        if self.is_terminal:
            self._draw()
        else:
            self._line(f"{label} …")

    def advance(self, rows: int) -> None:
        self.done += rows
        if self.is_terminal:
            self._draw()

    def finish(self, label: str) -> None:
        self.done = self.total
        self.label = f"{label} ({time.monotonic() - self.started_at:.0f} s)"
        if self.is_terminal:
            self._draw()
            self.stream.write("\n")
        else:
            self._line(self.label)

    def _draw(self) -> None:
        share = min(self.done / self.total, 1)
        bar = "█" * round(WIDTH * share)
        # \r and "erase to the end of the line": the bar is drawn over itself
        self.stream.write(f"\r{bar:░<{WIDTH}} {share:4.0%}  {self.label}\x1b[K")
        self.stream.flush()

    def _line(self, text: str) -> None:
        self.stream.write(f"{text}\n")
        self.stream.flush()
