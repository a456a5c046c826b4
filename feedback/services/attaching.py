"""Pictures beside a post: its author puts them there and takes them back, a moderator removes them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from feedback.models import Attachment, Post
from feedback.services.anonymity import keys_of
from feedback.services.moderating import PERMISSION
from feedback.services.pictures import Picture
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import User

MOST = 4  # beside one post
# What stands where one was, whether its time is over or its author was erased: it must not tell who that was.
NO_LONGER_KEPT = "It is no longer kept"


@transaction.atomic
def attach_picture(*, post: Post, by: User, picture: Picture, alt: str) -> Attachment:
    """Of an anonymous post as well: nothing tells when.

    Raises Forbidden, Conflict for a hidden post, and Invalid (field `picture` or `alt`).
    """
    check_own(post, by)
    if post.hidden_at:
        raise Conflict("A moderator has hidden this post.")
    if not alt.strip():
        raise Invalid("Say what the picture shows, for those who cannot see it", field="alt")
    Post.objects.select_for_update().get(pk=post.pk)
    beside = post.attachments.there()
    if beside.count() >= MOST:
        raise Invalid(f"A post has {MOST} pictures at most. Remove one first", field="picture")
    if post.attachments.filter(digest=picture.digest).exists():
        raise Invalid("This picture is or was here already. Choose another", field="picture")
    return put_beside(post=post, picture=picture, alt=alt.strip())


def put_beside(*, post: Post, picture: Picture, alt: str) -> Attachment:
    """After those that are there, whoever asks."""
    return Attachment.objects.create(
        post=post,
        position=(post.attachments.aggregate(last=Max("position"))["last"] or 0) + 1,
        alt=alt,
        content=picture.content,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        digest=picture.digest,
    )


@transaction.atomic
def take_picture_back(*, attachment: Attachment, by: User) -> None:
    """By whoever said the post; nothing is left. Raises Forbidden, and Conflict where it is gone."""
    if not attachment.post.is_by(by, keys_of(by)):
        raise Forbidden("Only whoever attached the picture can take it back.")
    if not Attachment.objects.there().filter(pk=attachment.pk).delete()[0]:
        raise Conflict("The picture is gone already.")


@transaction.atomic
def remove_picture(*, attachment: Attachment, by: User, because: str) -> None:
    """By a moderator: the picture is gone for good, the reason stays.

    Raises Forbidden, Invalid (field `because`), and Conflict where it is gone.
    """
    if not by.access.may(PERMISSION, organisation_id=attachment.post.thread.organisation_id):
        raise Forbidden("Your roles do not let you moderate here.")
    if not because.strip():
        raise Invalid("Say why it is removed: its author reads this", field="because")
    rows = Attachment.objects.there().filter(pk=attachment.pk)
    if not rows.update(content=None, removed_because=because.strip()):
        raise Conflict("The picture is gone already.")


def check_own(post: Post, by: User) -> None:
    """Raises Forbidden where it is not theirs, or they may no longer post there."""
    if not may_attach(post, by):
        raise Forbidden("Only whoever said this can put a picture beside it.")


def may_attach(post: Post, by: User) -> bool:
    """Whether it is theirs, and they may still post there."""
    may_post = by.access.may("feedback.post", organisation_id=post.thread.organisation_id)
    return may_post and post.is_by(by, keys_of(by))
