"""Pictures that people put beside what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from feedback.models.saying import unordered_id
from feedback.models.threads import Post
from fleet.history import tracked

if TYPE_CHECKING:
    from fleet.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Those of posts one sees; of a hidden post, to moderators alone."""
        where = "post__thread__organisation"
        moderated = user.access.scope("feedback.moderate", organisation=where, sites=())
        posts = Post.objects.visible_to(user)
        return self.filter(Q(post__hidden_at__isnull=True) | moderated, post__in=posts)

    def there(self) -> AttachmentQuerySet:
        """Those that were not removed."""
        return self.filter(content__isnull=False)


@tracked(exclude=("content",), inserts=False, deletes=False)
class Attachment(models.Model):
    """A picture of a post: made anew from what was sent, so that nothing but the picture is left of it.

    It has no time and no file name, and its key no order: as of its post, nobody learns when it came. One
    that its author takes back is gone; one that somebody else removes leaves the reason, and no content.
    """

    id = models.BigIntegerField(primary_key=True, default=unordered_id, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField("what it shows", max_length=200)
    content = models.BinaryField(null=True)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    removed_because = models.CharField("why it is removed", max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "digest"], name="attachment_once"),
            models.CheckConstraint(
                condition=Q(media_type__in=["image/jpeg", "image/png"]), name="attachment_media_type"
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=False) ^ ~Q(removed_because=""),
                name="attachment_removed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.alt
