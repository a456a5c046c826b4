"""What feedback erases of a person: their name on what was brought in and wherever a text has it, and the
pictures that they put beside what they said.

Their own account's posts lose the account with it; anonymous ones are nobody's already, their pictures too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from feedback.models import (
    Answer,
    Attachment,
    Commitment,
    Gathering,
    Invitee,
    Post,
    Question,
    QueueChange,
    SignUp,
    Survey,
    Thread,
    Voice,
)
from feedback.services.attaching import NO_LONGER_KEPT
from fleet.services.erasing import append_only_of
from fleet.services.erasure import Eraser, Subject

HERE = "organisation"
# Each with the path from it to its organisation.
TEXTS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Thread, HERE, ("title", "status_reason", "hidden_because")),
    (Post, f"thread__{HERE}", ("body", "author_name", "hidden_because")),
    (Attachment, f"post__thread__{HERE}", ("alt", "removed_because")),
    (Commitment, HERE, ("text", "withdrawn_because")),
    (Survey, HERE, ("title", "introduction")),
    (Question, f"survey__{HERE}", ("text", "lowest", "highest")),
    (Gathering, HERE, ("title", "about", "place", "cancelled_because")),
)


def _voices(subject: Subject) -> int:
    return Voice.objects.filter(author_name__in=subject.names).update(author_name=subject.new_name)


def _texts(subject: Subject) -> int:
    """Of the person's organisation, history included."""
    found = 0
    for model, path, fields in TEXTS:
        here = {path: subject.person.organisation_id}
        events = model._meta.get_field("changes").related_model
        found += _replace(model.objects.filter(**here), fields, subject)
        gone = model.objects.filter(**here).values("pk")
        found += _replace(events.objects.filter(pgh_obj__in=gone), fields, subject)
    return found


def _taken_back(subject: Subject) -> int:
    """The change log of threads and posts that went with an import that was taken back."""
    logs: list[Any] = [model._meta.get_field("changes").related_model for model in (Thread, Post)]
    threads, posts = (log.objects for log in logs)
    gone = threads.filter(organisation=subject.person.organisation_id, pgh_label="delete")
    found = _replace(threads.filter(pgh_obj__in=gone.values("pgh_obj")), TEXTS[0][2], subject)
    return found + _replace(posts.filter(thread__in=gone.values("pgh_obj")), TEXTS[1][2], subject)


def _queue(subject: Subject) -> int:
    """What was done to several threads says to whom they were given, and into which they were merged."""
    rows = QueueChange.objects.filter(organisation=subject.person.organisation_id)
    return _replace(rows, ("words",), subject)


def _pictures(subject: Subject) -> int:
    """Nobody can tell from outside whom a picture shows: those of the person's own posts go."""
    if subject.person.user is None:
        return 0
    theirs = Attachment.objects.there().filter(
        post__author=subject.person.user, post__thread__organisation=subject.person.organisation_id
    )
    return theirs.update(content=None, removed_because=NO_LONGER_KEPT)


def _surveys(subject: Subject) -> int:
    """Sheets with their name are nobody's from now on; what others wrote of them is without it."""
    asked = Invitee.objects.filter(staff_member=subject.person).update(staff_member=None)
    written = Answer.objects.filter(sheet__survey__organisation=subject.person.organisation_id)
    return asked + _replace(written, ("text",), subject)


def _sign_ups(subject: Subject) -> int:
    if subject.person.user is None:
        return 0
    theirs = SignUp.objects.filter(
        user=subject.person.user, gathering__organisation=subject.person.organisation_id
    )
    return theirs.delete()[0]


def _replace(rows: Any, fields: Iterable[str], subject: Subject) -> int:
    names = [field for field in fields if field in {one.name for one in rows.model._meta.concrete_fields}]
    holds = Q()
    for name in names:
        for needle in subject.needles:
            holds |= Q(**{f"{name}__icontains": needle})
    changed = []
    for row in rows.filter(holds).only(*names):
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
    Eraser("changes of several threads", _queue),
    Eraser("imports taken back", _taken_back, (*append_only_of(Thread), *append_only_of(Post))),
    Eraser(
        "posts and threads",
        _texts,
        tuple(name for model, *_ in TEXTS for name in append_only_of(model)),
    ),
    Eraser("pictures", _pictures),
    Eraser("answers to surveys", _surveys),
    Eraser("sessions in person", _sign_ups),
)
