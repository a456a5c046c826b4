"""Taking back what was done to many threads of the queue at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from feedback.models import QueueChange
from feedback.services.counting import announce, recount
from feedback.vocabulary import QueueVerb
from fleet.errors import Conflict, Forbidden
from fleet.models import User

# What each verb sets, with the columns' types.
SETS: dict[str, dict[str, str]] = {
    QueueVerb.ACKNOWLEDGE: {"status": "text", "status_at": "timestamptz"},
    QueueVerb.ASSIGN: {"owner_id": "bigint"},
    QueueVerb.MERGE: {
        "status": "text",
        "status_at": "timestamptz",
        "next_update_on": "date",
        "merged_into_id": "bigint",
    },
}
PERMISSIONS = {QueueVerb.MERGE: "feedback.moderate"}
CHANGED_SINCE = "Somebody has changed the same of all these threads since. Change them one by one."

_SEEN = """
    SELECT id, organisation_id, jsonb_build_object({fields})
    FROM feedback_thread WHERE id = ANY(%s) ORDER BY id
"""
# A row goes back where what the verb set is as it left it; what others have set otherwise since stays.
_AS_LEFT = """
    feedback_thread thread
    JOIN jsonb_to_recordset(%s) AS change (id bigint, before jsonb, after jsonb) ON change.id = thread.id
    CROSS JOIN LATERAL jsonb_to_record(change.before) AS before ({types})
    CROSS JOIN LATERAL jsonb_to_record(change.after) AS after ({types})
    WHERE {same}
"""
_PUT_BACK = """
    UPDATE feedback_thread now SET {sets}
    FROM (SELECT thread.id AS key, before.* FROM {as_left} FOR UPDATE OF thread) AS back
    WHERE now.id = back.key RETURNING now.id
"""


@contextmanager
def noted(verb: QueueVerb, thread_ids: Collection[int], *, words: str, by: User) -> Iterator[None]:
    """Keeps of what happens inside what each of these threads was before and after, an organisation a row."""
    ids = sorted(thread_ids)
    before = _seen(verb, ids)
    yield
    changed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pk, (organisation_id, after) in _seen(verb, ids).items():
        if before[pk][1] != after:
            changed[organisation_id].append({"id": pk, "before": before[pk][1], "after": after})
    QueueChange.objects.bulk_create(
        QueueChange(
            organisation_id=organisation_id,
            verb=verb,
            words=words[:300],
            threads=len(rows),
            rows=rows,
            made_by=by,
        )
        for organisation_id, rows in changed.items()
    )


def may_undo(change: QueueChange, user: User) -> bool:
    permission = PERMISSIONS.get(QueueVerb(change.verb), "feedback.respond")
    return user.access.may(permission, organisation_id=change.organisation_id)


def going_back(change: QueueChange) -> list[int]:
    """The threads that are as the change left them, by key; one query."""
    sql = f"SELECT thread.id FROM {_as_left(change.verb)} ORDER BY 1"  # noqa: S608 (constants alone)
    return _run(sql, [json.dumps(change.rows)])


@transaction.atomic
def undo(*, change: QueueChange, by: User) -> list[int]:
    """Puts back each thread that is as the change left it; their keys.

    Raises Forbidden, and Conflict where it was taken back before or nothing can go back.
    """
    if not may_undo(change, by):
        raise Forbidden("Your roles do not let you do this to threads here, nor take it back.")
    sets = ", ".join(f"{name} = back.{name}" for name in SETS[change.verb])
    back = _run(_PUT_BACK.format(sets=sets, as_left=_as_left(change.verb)), [json.dumps(change.rows)])
    if not back:
        raise Conflict(CHANGED_SINCE)
    told = {"undone_at": timezone.now(), "undone_by": by, "undone": len(back)}
    if not QueueChange.objects.filter(pk=change.pk, undone_at=None).update(**told):
        raise Conflict("It is taken back already.")
    if change.verb == QueueVerb.MERGE:
        ends = {row[side]["merged_into_id"] for row in change.rows for side in ("before", "after")}
        touched = {*back, *(ends - {None})}
        recount(touched)
        announce(thread_ids=touched)
    change.refresh_from_db()
    return back


def _seen(verb: QueueVerb, ids: list[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    fields = ", ".join(f"'{name}', {name}" for name in SETS[verb])
    with connection.cursor() as cursor:
        cursor.execute(_SEEN.format(fields=fields), [ids])
        return {
            pk: (organisation_id, json.loads(values)) for pk, organisation_id, values in cursor.fetchall()
        }


def _as_left(verb: str) -> str:
    types = ", ".join(f"{name} {kind}" for name, kind in SETS[verb].items())
    same = " AND ".join(f"thread.{name} IS NOT DISTINCT FROM after.{name}" for name in SETS[verb])
    return _AS_LEFT.format(types=types, same=same)


def _run(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [pk for (pk,) in cursor.fetchall()]
