"""Files that were brought in: where each stands, and what it says row by row."""

from __future__ import annotations

import uuid
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fleet.models.constraints import one_of
from fleet.models.leases import Leased, LeasedQuerySet, claimed_only_at_work, failed_says_why
from fleet.models.organisations import Organisation
from fleet.vocabulary import ImportOutcome, ImportStatus

if TYPE_CHECKING:
    from fleet.models.accounts import User

WORKING = (ImportStatus.CHECKING, ImportStatus.APPLYING, ImportStatus.UNDOING)
ASKING = (ImportStatus.NAMING, ImportStatus.CHECKED)
STORED = (ImportStatus.APPLIED, ImportStatus.UNDOING, ImportStatus.UNDONE)


# What a file is when it has been forgotten.
FORGOTTEN: dict[str, Any] = {"content": b"", "head": b"", "unknown": []}

# Beyond this share of those at work, a person must say a second time that they are to be ended.
MANY = 0.10


def is_many(ended: int, active: int) -> bool:
    return ended > MANY * active


class ImportQuerySet(LeasedQuerySet["Import"]):
    def visible_to(self, user: User) -> ImportQuerySet:
        """Those that the person may decide on, and all where they read the whole organisation's change log.

        A file's lines name people at every site, so a role at some of them shows none.
        """
        read = user.access.whole_organisation_ids("history.view")
        return self.filter(Q(organisation__in=sorted(read)) | _decided_by(user))

    def to_decide(self, user: User) -> ImportQuerySet:
        """Those that wait for this person's word: to be named, confirmed, or tried again after they failed.

        A failed file that has been forgotten can only be brought in anew.
        """
        can_go_on = ~Q(content=b"") | Q(applied_at__isnull=False)
        waiting = Q(status__in=ASKING) | Q(status=ImportStatus.FAILED) & can_go_on
        return self.filter(waiting & _decided_by(user))


def _decided_by(user: User) -> Q:
    """A file is about a whole organisation, so a role at some of its sites does not do."""
    whole = (held for held in user.access.held if held.site_ids is None)
    parts = (Q(organisation=held.organisation_id, permission__in=sorted(held.permissions)) for held in whole)
    return reduce(or_, parts, Q(pk__in=()))


class Import(Leased):
    """One file of facts: the queue of record. The broker only wakes a worker.

    `permission` is what a person needs to decide on it, by its kind. `content` is the file, compressed with
    zlib; it is forgotten after `IMPORT_KEEP_DAYS`, and the lines with it. `head` is what a page needs of a
    carrier's file to ask what its columns mean, so that none opens the whole.
    `unknown`: headers or spellings that wait for somebody to say what they mean.
    `complete_on`: the file is the whole list as of that day, on which `active` people were at work.
    `digest` is that of the outcome which a person saw; `is_moved` says that the register has changed since.
    The change log has all that it did under its own id as the request's.
    """

    WORKING = WORKING
    LEASE_SETTING = "IMPORT_LEASE_SECONDS"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=30)
    permission = models.CharField(max_length=50)
    file_name = models.CharField("file", max_length=200)
    content = models.BinaryField()
    head = models.BinaryField(default=b"", editable=False)
    size_bytes = models.PositiveIntegerField("size")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="imports"
    )
    made_at = models.DateTimeField(default=timezone.now)
    complete_on = models.DateField("whole list as of", null=True, blank=True)

    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.CHECKING)

    unknown = models.JSONField(default=list, blank=True)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField("warnings", default=0)
    active = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    is_moved = models.BooleanField(default=False)

    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    may_end_many = models.BooleanField(default=False)
    applied_at = models.DateTimeField(null=True, blank=True)
    context_id = models.UUIDField("change-log context", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("status", ImportStatus, name="import_status"),
            claimed_only_at_work(WORKING, name="import_claimed"),
            failed_says_why(name="import_failed_says_why"),
            models.CheckConstraint(
                condition=Q(status__in=STORED, applied_at__isnull=False)
                | Q(status=ImportStatus.FAILED)
                | (~Q(status__in=STORED) & Q(applied_at__isnull=True)),
                name="import_applied",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | ~Q(status__in=[ImportStatus.APPLYING, *STORED]),
                name="import_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(status=ImportStatus.UNDONE, undone_at__isnull=False)
                | (~Q(status=ImportStatus.UNDONE) & Q(undone_at__isnull=True)),
                name="import_undone",
            ),
            models.CheckConstraint(
                condition=~Q(content=b"")
                | ~Q(status__in=[*ASKING, ImportStatus.CHECKING, ImportStatus.APPLYING]),
                name="import_has_its_file",
            ),
            models.CheckConstraint(
                condition=~Q(content=b"") | Q(head=b""), name="import_head_goes_with_its_file"
            ),
        ]
        indexes = [
            # the list of imports, newest first
            models.Index(fields=["organisation", "-made_at"], name="import_by_time"),
            # the sweep's look for work
            models.Index(fields=["made_at"], condition=Q(status__in=WORKING), name="import_work"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_ending_many(self) -> bool:
        return is_many(self.ended, self.active)

    @property
    def is_bill(self) -> bool:
        """Whether it is a carrier's file, of which nothing but figures is kept."""
        return self.kind == "usage"

    @property
    def is_replacing(self) -> bool:
        """Whether a bill would take the place of figures that came before."""
        return self.is_bill and self.changed > 0

    def may_be_decided_by(self, user: User) -> bool:
        return self.organisation_id in user.access.whole_organisation_ids(self.permission)


class ImportLine(models.Model):
    """What one row of a file does, or a warning about it; unchanged rows have none.

    `number` is the row in the file, 0 where it is about nobody in it. `details` are [column, before, after]
    of what is created or changed, [column, reason] of the others. `row_id` is the row of the register.
    """

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=ImportOutcome)
    name = models.CharField(max_length=300, blank=True)
    row_id = models.BigIntegerField(null=True, blank=True)
    is_move = models.BooleanField(default=False)
    details = models.JSONField(default=list)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [one_of("outcome", ImportOutcome, name="import_line_outcome")]
        indexes = [
            # one outcome's rows, page by page
            models.Index(fields=["file", "outcome", "number", "id"], name="import_line_by_outcome"),
        ]

    def __str__(self) -> str:
        return self.name or f"Row {self.number}"
