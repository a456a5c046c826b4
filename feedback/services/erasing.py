"""What feedback erases of a person: their name on what was brought in, and wherever a text has it.

Their own account's posts lose the account with it; anonymous ones are nobody's already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from feedback.models import Commitment, Post, Thread, Voice
from fleet.services.erasing import append_only_of
from fleet.services.erasure import Eraser, Subject

TEXTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Thread, ("title", "status_reason", "hidden_because")),
    (Post, ("body", "author_name", "hidden_because")),
    (Commitment, ("text", "withdrawn_because")),
)


def _voices(subject: Subject) -> int:
    return Voice.objects.filter(author_name__in=subject.names).update(author_name=subject.new_name)


def _texts(subject: Subject) -> int:
    """Of the person's organisation, history included."""
    found = 0
    for model, fields in TEXTS:
        path = "thread__organisation" if model is Post else "organisation"
        here = {path: subject.person.organisation_id}
        events = model._meta.get_field("changes").related_model
        found += _replace(model.objects.filter(**here), fields, subject)
        gone = model.objects.filter(**here).values("pk")
        found += _replace(events.objects.filter(pgh_obj__in=gone), fields, subject)
    return found


def _replace(rows: Any, fields: Iterable[str], subject: Subject) -> int:
    names = [field for field in fields if field in {one.name for one in rows.model._meta.concrete_fields}]
    holds = Q()
    for name in names:
        for needle in subject.needles:
            holds |= Q(**{f"{name}__icontains": needle})
    changed = []
    for row in rows.filter(holds):
        for name in names:
            setattr(row, name, _without(getattr(row, name), subject))
        changed.append(row)
    rows.model.objects.bulk_update(changed, names, batch_size=500)
    return len(changed)


def _without(text: str, subject: Subject) -> str:
    """The same text with the person's new name in place of all that named them; the longest first."""
    for needle in sorted(subject.needles, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(needle)}(?!\w)", subject.new_name, text, flags=re.IGNORECASE)
    return text


ERASERS = (
    Eraser("voices", _voices),
    Eraser(
        "posts and threads",
        _texts,
        (*append_only_of(Thread), *append_only_of(Post), *append_only_of(Commitment)),
    ),
)
