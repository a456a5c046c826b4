"""Comments as a public page has them: officials answer some, late, in the midst of others' replies."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

COLUMNS = ("id", "reply_to", "author", "author_role", "posted_at", "organisation", "topic", "title", "body")
LEAD, OFFICE = "Technology lead, Department of Examples", "Cabinet technology office"


def comment(id: str, body: str, reply_to: str = "", **more: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"id": id, "body": body, "reply_to": reply_to} | more


def forty() -> list[dict[str, str]]:
    """Twelve that open a thread, 28 replies as deep as five, nine of them official."""
    rows = [
        comment(
            f"c{n}",
            f"{SAID[n % len(SAID)]} Case {n}.",
            author=f"Commenter {n}",
            posted_at=f"2011-07-{n + 1:02}T09:30:00+01:00",
            organisation="HM Revenue & Customs" if n % 3 else "",
        )
        for n in range(12)
    ]
    for n in range(5):
        rows.append(
            comment(
                f"o{n}", "Thank you. We are on it.", f"c{n}", author_role=LEAD, posted_at=f"2011-07-{n + 11}"
            )
        )
        rows.append(comment(f"r{n}", "And when will that be?", f"o{n}", author="", posted_at=""))
    for n in range(4):
        rows.append(comment(f"s{n}", "By the end of June, for everyone.", f"r{n}", author_role=OFFICE))
        rows.append(comment(f"t{n}", "We have heard that before.", f"s{n}", author=f"Commenter {n + 20}"))
        rows.append(comment(f"u{n}", "So have we.", f"t{n}", author=f"Commenter {n + 30}"))
    rows += [comment(f"v{n}", "It is the same here.", f"c{n + 5}", author="A colleague") for n in range(6)]
    # Nothing says that a reply stands below what it replies to.
    return [*rows[12:], *rows[:12]]


SAID = (
    "It takes nine minutes from switching on to logging in, four times a morning.",
    "The browser is too old for the websites that I must use.",
    "My laptop for home working is a decade old.",
    "Saving to the shared drive runs at 10 to 100 kB/s.",
)


def as_csv(rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_json(rows: list[Any]) -> bytes:
    return json.dumps(rows).encode()
