"""Changes of many rows at once: what was asked, what became of it, and whether it was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.models.constraints import one_of
from fleet.models.leases import Leased, LeasedQuerySet, claimed_only_at_work, failed_says_why
from fleet.models.organisations import Organisation
from fleet.vocabulary import BulkStatus, BulkSubject

if TYPE_CHECKING:
    from fleet.models.accounts import User


WORKING = (BulkStatus.DOING, BulkStatus.UNDOING)
# Those that wait for their maker: one that failed is looked at again.
ASKING = (BulkStatus.WAITING, BulkStatus.FAILED)
MADE = (BulkStatus.DONE, BulkStatus.UNDOING, BulkStatus.UNDONE)


class BulkChangeQuerySet(LeasedQuerySet["BulkChange"]):
    def visible_to(self, user: User) -> BulkChangeQuerySet:
        """One's own, and those that were made where one may read the whole organisation's change log.

        What was looked for and given may name people at any site.
        """
        made = Q(organisation__in=sorted(user.access.whole_organisation_ids("history.view")))
        return self.filter(Q(made_by=user) | (Q(done_at__isnull=False) & made))

    def waiting(self) -> BulkChangeQuerySet:
        return self.filter(status__in=ASKING)


class BulkChange(Leased):
    """One verb for many devices or people: asked first, looked at, then done or forgotten.

    `ticked` are the rows chosen by hand; null means all that match `filters`, the query string that the
    list's FilterSet reads. `address` is the whole query string of the list, to which its maker returns.
    `value` is what the verb's form gave, by ids; `value_words` says it. `left` are [row, why] of those left
    out, the row by its key or by its name in a file. The change log has all under `context_id`.
    When it is made it must still match `matched` rows with the outcomes of `fingerprint`, as confirmed.
    `asked_by` wants it made or taken back, in a request by `asked_channel`; a worker acts for them.
    """

    WORKING = WORKING
    LEASE_SETTING = "BULK_LEASE_SECONDS"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bulk_changes")
    subject = models.CharField(max_length=10, choices=BulkSubject)
    verb = models.CharField(max_length=20)
    value = models.JSONField(default=dict)
    value_words = models.CharField("change", max_length=300)
    filters = models.TextField(blank=True)
    filter_words = models.TextField("which", blank=True)
    ticked = ArrayField(models.BigIntegerField(), null=True, blank=True)
    address = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="bulk_changes"
    )
    made_at = models.DateTimeField(default=timezone.now)

    status = models.CharField(max_length=10, choices=BulkStatus, default=BulkStatus.WAITING)
    fingerprint = models.CharField(max_length=32, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_channel = models.CharField(max_length=10, blank=True)
    asked_request_id = models.CharField(max_length=64, blank=True)

    matched = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=list, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    context_id = models.UUIDField(null=True, blank=True)

    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone = models.PositiveIntegerField("put back", default=0)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("subject", BulkSubject, name="bulk_change_subject"),
            one_of("status", BulkStatus, name="bulk_change_status"),
            claimed_only_at_work(WORKING, name="bulk_change_claimed"),
            failed_says_why(name="bulk_change_failed_says_why"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False, status__in=MADE)
                | (Q(done_at__isnull=True) & ~Q(status__in=MADE)),
                name="bulk_change_made",
            ),
            models.CheckConstraint(
                condition=~Q(status=BulkStatus.UNDONE) | Q(undone_at__isnull=False),
                name="bulk_change_undone",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, context_id__isnull=True)
                | Q(done_at__isnull=False, context_id__isnull=False),
                name="bulk_change_done_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(done_at__isnull=False),
                name="bulk_change_undone_after_done",
            ),
        ]
        indexes = [
            # the list of bulk changes, newest first
            models.Index(fields=["organisation", "-made_at"], name="bulk_change_by_time"),
            # the sweep's look for work
            models.Index(fields=["made_at"], condition=Q(status__in=WORKING), name="bulk_change_work"),
        ]

    def __str__(self) -> str:
        return self.value_words

    @property
    def settled(self) -> BulkStatus:
        """The state of one that nobody works on and that was made."""
        return BulkStatus.UNDONE if self.undone_at else BulkStatus.DONE

    def given_up(self) -> dict[str, Any]:
        """What was made stays made though it could not be taken back."""
        return {"status": self.settled if self.done_at else BulkStatus.FAILED}

    @property
    def left_out(self) -> int:
        return len(self.left)
