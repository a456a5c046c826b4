"""Where the comments of a file stand among those that came before from its source: thread, parent, order."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.models import Post
from feedback.models.saying import unordered_ids
from feedback.services.importing.comments import Comment


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a post stands. Without a `parent_id` it opens its thread.

    `at` orders it among its neighbours: its own time, or that of the one before it, or of the one above.
    """

    post_id: int
    thread_id: int
    parent_id: int | None
    at: dt.datetime | None


def spots_of(comments: Mapping[str, Comment], known: Mapping[str, Post]) -> dict[str, Spot]:
    """By id, of all that lead to an opening, in whatever order the file has them and however deep.

    Replies to nobody, and those that lead round in a circle, are absent. Each is visited once.
    """
    below = _below(comments, known)
    post_ids = {id: post.pk for id, post in known.items()} | _new_ids(
        id for id in comments if id not in known
    )
    thread_ids = {id: post.thread_id for id, post in known.items()} | _new_ids(
        id for id in below[""] if id not in known
    )
    spots: dict[str, Spot] = {}
    waiting = [""]
    for above in waiting:  # grows on the way
        parent = spots.get(above)
        last = parent.at if parent else None
        for id in below.get(above, ()):
            at = _said_at(id, comments, known) or last
            spots[id] = Spot(
                post_id=post_ids[id],
                thread_id=parent.thread_id if parent else thread_ids[id],
                parent_id=parent.post_id if parent else None,
                at=at,
            )
            last = at if parent else None
            waiting.append(id)
    return spots


def _below(comments: Mapping[str, Comment], known: Mapping[str, Post]) -> dict[str, list[str]]:
    """Ids by what they reply to, "" for openings: as the file has it, else as it is here."""
    found: dict[str, list[str]] = defaultdict(list)
    names = {post.pk: id for id, post in known.items()}
    for id, post in known.items():
        if id not in comments:
            found[names[post.parent_id] if post.parent_id else ""].append(id)
    for comment in comments.values():
        found[comment.reply_to].append(comment.id)
    return found


def _new_ids(ids: Iterable[str]) -> dict[str, int]:
    wanted = list(ids)
    return dict(zip(wanted, unordered_ids(len(wanted)), strict=True))


def _said_at(id: str, comments: Mapping[str, Comment], known: Mapping[str, Post]) -> dt.datetime | None:
    if comment := comments.get(id):
        return comment.posted_at
    return known[id].posted_at or known[id].placed_at
