"""How people write the names of sites: by code, by name in any case and punctuation, or as once agreed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from django.core.exceptions import ValidationError

_MARKS = re.compile(r"[^\w\s]|_")
# To compare a spelling with all others takes milliseconds: beyond so many, no more suggestions are made.
SUGGESTIONS = 200
CUTOFF = 0.72


class Unknown(ValidationError):
    """A name that nobody has; `spelling` is how it was written."""

    def __init__(self, message: str, spelling: str) -> None:
        super().__init__(message)
        self.spelling = spelling


def fold(text: str) -> str:
    """`St. Leonard's` and `ST LEONARDS`, `Café` and `cafe`: one way to write a name."""
    plain = unicodedata.normalize("NFKD", text).replace("-", " ").replace("/", " ")
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_MARKS.sub("", bare).casefold().split())


class Spellings:
    """Rows by all names that they go by."""

    def __init__(
        self, noun: str, rows: Iterable[tuple[int, str, str]], agreed: Iterable[tuple[str, int]]
    ) -> None:
        """`rows`: (id, code, name); `agreed`: (spelling as `fold` writes it, id)."""
        self.noun = noun
        self.codes: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._loose: dict[str, set[int]] = defaultdict(set)
        self._agreed = dict(agreed)
        for pk, code, name in rows:
            self.codes[code] = pk
            self._names[pk] = f"{name} ({code})"
            for spelling in (code, name):
                self._loose[fold(spelling)].add(pk)
        self._suggested = 0
        self._found: dict[str, int] = {}

    def find(self, text: str) -> int:
        """Raises Unknown for a name that nobody has, and ValidationError for one that several have."""
        if text in self.codes:
            return self.codes[text]
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> int:
        key = fold(text)
        if key in self._agreed:
            return self._agreed[key]
        found = self._loose.get(key, set())
        if len(found) > 1:
            named = ", ".join(sorted(self._names[pk] for pk in found))
            raise ValidationError(f"“{text}” may be any of {named}. Name it by its code.")
        if not found:
            raise Unknown(" ".join(self._refusal(text, key)), text)
        return next(iter(found))

    def _refusal(self, text: str, key: str) -> Iterator[str]:
        yield f"No {self.noun} is called “{text}”."
        if close := self.close_to(key):
            yield f"Did you mean {' or '.join(self._names[pk] for pk in close)}?"
        yield f"Say which {self.noun} is meant, or load it first."

    def close_to(self, key: str) -> list[int]:
        """The one or two rows with the most similar names."""
        if self._suggested >= SUGGESTIONS:
            return []
        self._suggested += 1
        matches = get_close_matches(key, self._loose, n=3, cutoff=CUTOFF)
        return list(dict.fromkeys(pk for match in matches for pk in sorted(self._loose[match])))[:2]
