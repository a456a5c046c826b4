"""What a file of comments would change: pure but for one look at what was imported before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedback.models import Post
from feedback.services.importing.comments import Comment, Refused
from feedback.services.importing.placing import Spot, spots_of
from feedback.services.importing.reading import Sheet
from fleet.models import Organisation

# Of a post, what a later file may tell anew, and its column.
TOLD = {
    "body": "body",
    "author_name": "author",
    "role_name": "author_role",
    "label": "organisation",
    "posted_at": "posted_at",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A new comment, and where it will stand."""

    comment: Comment
    spot: Spot


@dataclass(frozen=True, slots=True)
class Changed:
    """A post of which the file tells otherwise, in `columns`. The post is as it was."""

    post: Post
    comment: Comment
    spot: Spot
    columns: tuple[str, ...]


@dataclass(slots=True)
class Plan:
    """What is new and what changed, in the file's order; how many stay as they were; what is not taken in."""

    new: list[Placed] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def threads(self) -> list[Placed]:
        return [placed for placed in self.new if placed.spot.parent_id is None]

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
    """Holds the file against what came from this source before. One query; time grows with the rows alone."""
    known = _known(organisation, source)
    comments, refused = _once(sheet.comments)
    refused += _turned(comments, known)
    gone = {one.number for one in refused}
    kept = {id: comment for id, comment in comments.items() if comment.number not in gone}
    spots = spots_of(kept, known)
    strays = {id for id in kept if id not in spots}
    refused += [_lost(kept[id], kept, known) for id in strays & known.keys()]
    if strays & known.keys():  # they stay where they are, and so does what is below them
        kept = {id: comment for id, comment in kept.items() if id not in strays or id not in known}
        spots = spots_of(kept, known)
    refused += [_lost(comment, kept, known) for id, comment in kept.items() if id not in spots]
    found = Plan(refused=sorted([*sheet.refused, *refused], key=lambda one: one.number))
    for id, comment in kept.items():
        if spot := spots.get(id):
            _hold_against(found, known.get(id), comment, spot)
    return found


def _known(organisation: Organisation, source: str) -> dict[str, Post]:
    posts = Post.objects.filter(imported__organisation=organisation, imported__source=source)
    return {post.external_id: post for post in posts.select_related("thread__topic")}


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


def _turned(comments: Mapping[str, Comment], known: Mapping[str, Post]) -> list[Refused]:
    """Openings that would become replies, or the reverse: others may have joined a thread, or link to it."""
    found = []
    for id, comment in comments.items():
        post = known.get(id)
        if post and post.is_opening == bool(comment.reply_to):
            reason = (
                "It opens a thread here and cannot become a reply. Empty this cell; threads can be merged."
                if post.is_opening
                else "It is a reply here and cannot open a thread. Name the comment that it replies to."
            )
            found.append(Refused(comment.number, "reply_to", reason))
    return found


def _lost(comment: Comment, comments: Mapping[str, Comment], known: Mapping[str, Post]) -> Refused:
    above = comment.reply_to
    if above in comments or above in known:
        reason = f"The comment {above} that it replies to leads to none that opens a thread. Name another."
    else:
        reason = f"No comment has the id {above}. Add that comment, or empty this cell."
    return Refused(comment.number, "reply_to", reason)


def _hold_against(found: Plan, post: Post | None, comment: Comment, spot: Spot) -> None:
    if post is None:
        found.new.append(Placed(comment, spot))
    elif columns := _differing(post, comment, spot):
        found.changed.append(Changed(post, comment, spot, columns))
    else:
        found.unchanged += 1


def _differing(post: Post, comment: Comment, spot: Spot) -> tuple[str, ...]:
    """The columns that tell otherwise. A topic that was chosen here stays until the file names another."""
    columns = [column for name, column in TOLD.items() if getattr(post, name) != getattr(comment, column)]
    if post.parent_id != spot.parent_id:
        columns.append("reply_to")
    if post.is_opening and post.thread.title != comment.heading:
        columns.append("title")
    if post.is_opening and comment.topic and comment.topic != post.thread.told_topic:
        columns.append("topic")
    return tuple(columns)
