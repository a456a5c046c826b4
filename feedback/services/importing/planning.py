"""What a file of comments would change: pure but for one look at what was imported before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedback.models import Post
from feedback.models.saying import unordered_id
from feedback.services.importing.comments import Comment, Refused
from feedback.services.importing.reading import Sheet
from fleet.models import Organisation

# Of a post, what a later file may tell anew.
TOLD = ("body", "author_name", "role_name", "label", "posted_at")


@dataclass(slots=True)
class Placed:
    """A new comment with the keys it will have. Without a `parent_id` it opens its thread."""

    comment: Comment
    post_id: int
    thread_id: int = 0
    parent_id: int | None = None


@dataclass(slots=True)
class Plan:
    """`new` in the file's order; `changed` are posts with their new values, not saved."""

    new: list[Placed] = field(default_factory=list)
    changed: list[Post] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def threads(self) -> list[Placed]:
        return [placed for placed in self.new if placed.parent_id is None]

    @property
    def counts(self) -> dict[str, int]:
        official = sum(bool(placed.comment.author_role) for placed in self.new)
        threads = len(self.threads)
        return {
            "threads": threads,
            "replies": len(self.new) - threads,
            "official": official,
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }


def plan(sheet: Sheet, *, organisation: Organisation, source: str) -> Plan:
    """Holds the file against what came from this source before. One query."""
    known = _known(organisation, source)
    comments, twice = _once(sheet.comments)
    lost = _lost(comments, known)
    found = Plan(refused=sorted([*sheet.refused, *twice, *lost], key=lambda one: one.number))
    gone = {refused.number for refused in lost}
    kept = {comment.id: comment for comment in comments.values() if comment.number not in gone}
    for comment in kept.values():
        if post := known.get(comment.id):
            _hold_against(found, post, comment)
        else:
            found.new.append(Placed(comment, post_id=unordered_id()))
    _place(found.new, known)
    return found


def values_of(comment: Comment) -> dict[str, object]:
    """A post's fields that come from a comment."""
    return {
        "body": comment.body,
        "author_name": comment.author,
        "role_name": comment.author_role,
        "label": comment.organisation,
        "posted_at": comment.posted_at,
    }


def _known(organisation: Organisation, source: str) -> dict[str, Post]:
    posts = Post.objects.filter(imported__organisation=organisation, imported__source=source)
    return {post.external_id: post for post in posts}


def _once(comments: Iterable[Comment]) -> tuple[dict[str, Comment], list[Refused]]:
    """By id; of several with one id the first."""
    found: dict[str, Comment] = {}
    twice = []
    for comment in comments:
        if first := found.get(comment.id):
            reason = f"Row {first.number} has the id {comment.id} too. Give each comment one of its own."
            twice.append(Refused(comment.number, "id", reason))
        else:
            found[comment.id] = comment
    return found, twice


def _lost(comments: Mapping[str, Comment], known: Mapping[str, Post]) -> list[Refused]:
    """Replies that lead to no opening: to nobody, round in a circle, or to one of these."""
    leads: dict[str, bool] = dict.fromkeys(known, True)
    for start in comments.values():
        path: list[str] = []
        at = start.id
        while at not in leads and at in comments and at not in path:
            path.append(at)
            if not comments[at].reply_to:
                leads[at] = True
                break
            at = comments[at].reply_to
        leads.update(dict.fromkeys(path, leads.get(at, False)))
    return [
        Refused(comment.number, "reply_to", _why(comment, comments))
        for comment in comments.values()
        if not leads[comment.id]
    ]


def _why(comment: Comment, comments: Mapping[str, Comment]) -> str:
    if comment.reply_to in comments:
        return f"The comment {comment.reply_to} that it replies to leads to none that opens a thread."
    return f"No comment has the id {comment.reply_to}. Add that comment, or empty this cell."


def _hold_against(found: Plan, post: Post, comment: Comment) -> None:
    values = values_of(comment)
    if all(getattr(post, name) == value for name, value in values.items()):
        found.unchanged += 1
        return
    for name, value in values.items():
        setattr(post, name, value)
    post.is_official = bool(comment.author_role)
    found.changed.append(post)


def _place(new: list[Placed], known: Mapping[str, Post]) -> None:
    """Gives each its thread and its parent, however deep and in whatever order."""
    by_id = {placed.comment.id: placed for placed in new}
    for placed in new:
        path = [placed]
        while not path[-1].thread_id:
            last = path[-1]
            if not (above := last.comment.reply_to):
                last.thread_id = unordered_id()
            elif post := known.get(above):
                last.parent_id, last.thread_id = post.pk, post.thread_id
            else:
                last.parent_id = by_id[above].post_id
                path.append(by_id[above])
        for one in path:
            one.thread_id = path[-1].thread_id
