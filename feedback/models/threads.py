"""Threads: what somebody raised, whom it concerns, what was said to it, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.models.imports import FeedbackImport
from feedback.models.matching import LANGUAGE, matching
from feedback.models.policies import Topic
from feedback.models.saying import Said, is_day, nobody_behind_anonymous, unordered_id
from feedback.vocabulary import UNSETTLED, WORKING_DAY_MINUTES, Frequency, ShownAs, ThreadKind, ThreadStatus
from fleet.history import tracked
from fleet.models import Device, DeviceModel, Organisation, Site, StaffMember
from fleet.models.constraints import one_of
from fleet.vocabulary import Platform

if TYPE_CHECKING:
    from fleet.models import User


def late(day: dt.date) -> Q:
    """Of an unsettled thread: its official response, or the next word that was promised, was due before."""
    return Q(is_answered=False, due_on__lt=day) | Q(is_answered=True, next_update_on__lt=day)


# Waits for something to be done; praise does not.
WAITS = Q(status__in=UNSETTLED) & ~Q(kind=ThreadKind.PRAISE)


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User) -> ThreadQuerySet:
        """Those of the organisation; hidden ones to moderators alone."""
        seen = user.access.scope("feedback.view", sites=())
        moderated = user.access.scope("feedback.moderate", sites=())
        return self.filter(seen & (Q(hidden_at__isnull=True) | moderated))

    def readable_by(self, user: User, keys: tuple[bytes, ...]) -> ThreadQuerySet:
        """Those besides that they raised themselves and a moderator has hidden: its author reads why."""
        raised = Voice.objects.filter(Q(author=user.pk) | Q(author_key__in=keys), is_author=True)
        seen = user.access.scope("feedback.view", sites=())
        own = self.filter(seen, hidden_at__isnull=False, pk__in=raised.values("thread"))
        return self.visible_to(user) | own

    def answerable_by(self, user: User) -> ThreadQuerySet:
        """Those to which this person may answer officially."""
        return self.filter(user.access.scope("feedback.respond", sites=()))

    def standing(self) -> ThreadQuerySet:
        """Those that were neither merged into another nor hidden: what figures count."""
        return self.filter(merged_into__isnull=True, hidden_at__isnull=True)

    def unsettled(self) -> ThreadQuerySet:
        return self.standing().filter(WAITS)

    def unanswered(self) -> ThreadQuerySet:
        """Unsettled ones without an official response."""
        return self.unsettled().filter(is_answered=False)

    def overdue(self, day: dt.date) -> ThreadQuerySet:
        """Those whose official response, or whose promised next word, was due before `day`."""
        return self.unsettled().filter(late(day))

    def listed(self, statuses: Collection[str]) -> ThreadQuerySet:
        """Those that a list shows: merged ones, which count in another, only where asked for by status."""
        return self if ThreadStatus.DUPLICATE in statuses else self.filter(merged_into=None)

    def with_due(self) -> ThreadQuerySet:
        """`due`: by when the official response is due, or once there is one, the next word."""
        answered = When(is_answered=True, then=F("next_update_on"))
        found: Any = self.annotate(due=Case(answered, default=F("due_on")))
        return cast(ThreadQuerySet, found)

    def search(self, text: str, topic: Topic | None = None) -> ThreadQuerySet:
        """Those of which the title, or a post that is shown, holds any of the words in whatever form.

        Threads on `topic` are met as well.
        What was merged into a thread and is shown finds that thread as well as itself.
        `match` says how well: first by how many of the words, then by those in the title, then by how many
        posts have them. The best come first.
        """
        found: Any = self.annotate(match=matching(text, topic)).filter(match__isnull=False)
        ranked: ThreadQuerySet = found.order_by("-match", "-people", "-pk")
        return ranked

    def followed_by(self, user: User, keys: tuple[bytes, ...]) -> ThreadQuerySet:
        """Those in which this account has a voice; `keys` are its own (`anonymity.keys_of`)."""
        mine = Voice.objects.filter(Q(author=user.pk) | Q(author_key__in=keys), thread=OuterRef("pk"))
        return self.filter(Exists(mine))


@tracked(
    exclude=("people", "people_with_minutes", "minutes_a_year", "posts_shown", "said_at", "told_topic"),
    inserts=False,
)
class Thread(models.Model):
    """One problem, idea or praise. What was said first is its `opening` post; who it concerns are its voices.

    `raised_at` is when, to the day for anonymous ones, and empty where an import did not know.
    `due_on`: by when an official response is due; `next_update_on`: by when the next word was promised.
    `is_answered` (by an official response that is shown, or raised officially), `answered_at` (when first,
    where that is known and somebody waited for it), `people` (with a voice here or in a thread merged into
    this one), `minutes_a_year` (of those who told them), `posts_shown` and `said_at` (of the last one) are
    kept by `feedback.services.counting`.
    """

    id = models.BigIntegerField(primary_key=True, default=unordered_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="threads")
    kind = models.CharField(max_length=10, choices=ThreadKind, default=ThreadKind.PROBLEM)
    title = models.CharField(max_length=150)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="threads")
    since_on = models.DateField("since", null=True, blank=True)
    raised_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    status = models.CharField(max_length=15, choices=ThreadStatus, default=ThreadStatus.OPEN)
    status_reason = models.TextField("why", blank=True)
    status_at = models.DateTimeField(default=timezone.now)
    is_severe = models.BooleanField("severe", default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField("response due", null=True, blank=True)
    next_update_on = models.DateField("next update", null=True, blank=True)
    is_answered = models.BooleanField("officially answered", default=False)
    answered_at = models.DateTimeField("first official response", null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField("why it is hidden", max_length=300, blank=True)
    # From where an import brought it.
    imported = models.ForeignKey(
        FeedbackImport, null=True, blank=True, on_delete=models.PROTECT, related_name="threads"
    )
    # The topic that its file names: another one was chosen here.
    told_topic = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField(default=0)
    people_with_minutes = models.PositiveIntegerField(default=0)
    minutes_a_year = models.PositiveBigIntegerField(default=0)
    posts_shown = models.PositiveIntegerField(default=0)
    said_at = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            one_of("kind", ThreadKind, name="thread_kind"),
            one_of("status", ThreadStatus, name="thread_status"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) ^ Q(status=ThreadStatus.DUPLICATE),
                name="thread_duplicate_is_merged",
            ),
            models.CheckConstraint(
                condition=~Q(status=ThreadStatus.DECLINED) | ~Q(status_reason=""),
                name="thread_declined_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) ^ ~Q(hidden_because=""), name="thread_hidden_with_reason"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="thread_not_merged_into_itself"),
        ]
        indexes = [
            # the list of threads and the queue, by pain
            models.Index(fields=["organisation", "-minutes_a_year", "-id"], name="thread_by_pain"),
            # the list of threads in its usual order, and what came since a day
            models.Index(fields=["organisation", "-raised_at", "-id"], name="thread_by_day"),
            # the queue by who waits longest
            models.Index(fields=["organisation", "status", "due_on"], name="thread_by_due_day"),
            # search
            GinIndex(SearchVector("title", config=LANGUAGE), name="thread_title_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def working_days_a_year(self) -> float:
        """Lost by all who told how many minutes."""
        return round(self.minutes_a_year / WORKING_DAY_MINUTES, 1)

    @property
    def is_settled(self) -> bool:
        return self.status not in UNSETTLED

    @property
    def opening(self) -> Post:
        return self.posts.get(is_opening=True)


# Those of which no time is known came in with their thread, before whatever was said here.
IN_ORDER: list[Any] = [Coalesce("posted_at", "placed_at").asc(nulls_first=True), "position", "pk"]


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User) -> PostQuerySet:
        """Those of threads one sees; hidden ones are shown as such, without their words."""
        return self.filter(thread__in=Thread.objects.visible_to(user))


@tracked(exclude=("author", "author_key", "placed_at"), inserts=False)
class Post(Said):
    """What was said: the opening of a thread, a reply to a post, or an official response.

    An official response is of somebody who answers for the organisation, in the role of that name.
    `source` and `external_id` say what an import knows it by. An anonymous post is never edited: the time of
    an edit could tell who made it.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies"
    )
    is_opening = models.BooleanField(default=False)
    body = models.TextField("what happens", max_length=10_000)
    is_official = models.BooleanField("official response", default=False)
    role_name = models.CharField("in the role of", max_length=200, blank=True)
    label = models.CharField("organisation as the file has it", max_length=200, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_because = models.CharField("why it is hidden", max_length=300, blank=True)
    imported = models.ForeignKey(
        FeedbackImport, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    external_id = models.CharField(max_length=200, blank=True)
    # Its row in the file, for those of one time.
    position = models.PositiveIntegerField(default=0)
    # Of one whose time is not known: the time of the one that stood before it, for its order alone.
    placed_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = IN_ORDER
        constraints = [
            one_of("shown_as", ShownAs, name="post_shown_as"),
            nobody_behind_anonymous("post_anonymous"),
            models.UniqueConstraint(fields=["thread"], condition=Q(is_opening=True), name="post_one_opening"),
            models.CheckConstraint(
                condition=Q(is_official=False) | (~Q(role_name="") & ~Q(shown_as=ShownAs.ANONYMOUS)),
                name="post_official_has_role",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) ^ ~Q(hidden_because=""), name="post_hidden_with_reason"
            ),
        ]
        indexes = [
            # search
            GinIndex(SearchVector("body", config=LANGUAGE), name="post_words"),
            # what an import brought before
            models.Index(fields=["external_id"], condition=~Q(external_id=""), name="post_by_external_id"),
        ]

    def __str__(self) -> str:
        return f"Post {self.pk}"

    @property
    def is_timed(self) -> bool:
        """Whether the moment is told, and not its day alone."""
        is_known = self.posted_at is not None and not is_day(self.posted_at)
        return is_known and self.shown_as != ShownAs.ANONYMOUS


class Voice(Said):
    """Somebody whom a thread concerns: whoever raised it, or whom it affects too, with the facts of that day.

    Facts are kept where they allowed it; of an anonymous voice only those that at least `ANONYMOUS_AMONG`
    people share, and never the device itself.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="voices")
    staff_member = models.ForeignKey(
        StaffMember, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    is_author = models.BooleanField(default=False)
    minutes_a_day = models.PositiveSmallIntegerField("minutes lost on such a day", null=True, blank=True)
    frequency = models.CharField("how often", max_length=10, choices=Frequency, blank=True)
    joined_on = models.DateField(null=True, blank=True, default=timezone.localdate)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices")
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    device_model = models.ForeignKey(
        DeviceModel, null=True, blank=True, on_delete=models.SET_NULL, related_name="voices"
    )
    platform = models.CharField(max_length=10, choices=Platform, blank=True)
    os_version = models.CharField(max_length=100, blank=True)
    software = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("shown_as", ShownAs, name="voice_shown_as"),
            nobody_behind_anonymous("voice_anonymous"),
            models.CheckConstraint(
                condition=~Q(shown_as=ShownAs.ANONYMOUS) | Q(device__isnull=True, staff_member__isnull=True),
                name="voice_anonymous_has_no_device",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=["", *Frequency.values]), name="voice_frequency"
            ),
            models.CheckConstraint(
                condition=Q(minutes_a_day__isnull=True) | (Q(minutes_a_day__lte=480) & ~Q(frequency="")),
                name="voice_minutes_have_a_frequency",
            ),
            models.UniqueConstraint(
                fields=["thread", "author"], condition=Q(author__isnull=False), name="voice_once_by_name"
            ),
            models.UniqueConstraint(
                fields=["thread", "author_key"],
                condition=Q(author_key__isnull=False),
                name="voice_once_by_key",
            ),
            models.UniqueConstraint(fields=["thread"], condition=Q(is_author=True), name="voice_one_author"),
        ]
        indexes = [
            # what somebody follows
            models.Index(fields=["author_key"], condition=Q(author_key__isnull=False), name="voice_by_key"),
        ]

    def __str__(self) -> str:
        return f"Voice {self.pk} in thread {self.thread_id}"
