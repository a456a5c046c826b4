"""Staff as HR knows them. A `StaffMember` is not a `User`: 58,000 people need no password."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.counts import count_of
from fleet.models.organisations import Organisation
from fleet.models.schemes import Classification
from fleet.models.searching import begins_a_word, found, labelled, worded
from fleet.models.sites import Site
from fleet.vocabulary import AssistiveTechnology, WorkStyle

if TYPE_CHECKING:
    from fleet.models.accounts import User


# What people are called and do, word by word, in one index.
WORDED = ("name", "job_role", "group")


class StaffMemberQuerySet(models.QuerySet["StaffMember"]):
    def visible_to(self, user: User) -> StaffMemberQuerySet:
        """Those a role shows, and always oneself."""
        return self.filter(user.access.scope("people.view") | Q(pk__in=user.own_staff_beyond("people.view")))

    def with_devices_held(self) -> StaffMemberQuerySet:
        """Adds `devices_held`, those on the books."""
        device = apps.get_model("fleet", "Device")
        return self.annotate(devices_held=count_of(device.objects.on_the_books(), holder=OuterRef("pk")))

    def without_course(self, course: Any, day: dt.date) -> StaffMemberQuerySet:
        """Those who have not done `course`, or with whom it has run out by `day`."""
        records = apps.get_model("fleet", "TrainingRecord").objects.holding(day)
        return self.filter(~Exists(records.filter(course=course, staff_member=OuterRef("pk"))))

    def leaving_within(self, span: dt.timedelta) -> StaffMemberQuerySet:
        today = timezone.localdate()
        return self.filter(leaves_on__range=(today, today + span))

    def search(self, text: str) -> StaffMemberQuerySet:
        """Those of whom each word of `text` begins a word of the name, job role, group, site or labels,
        or a staff number, an e-mail address or a UPN."""
        every = self.model.objects.order_by()

        def each(word: str) -> list[StaffMemberQuerySet]:
            sites = Site.objects.filter(begins_a_word(word, "name", "code")).values("pk")
            handled = Classification.objects.filter(begins_a_word(word, "name")).values("pk")
            return [
                *self.identified(word),
                worded(every, word, *WORDED),
                every.filter(site__in=sites),
                every.filter(classification__in=handled),
                *(
                    [every.filter(work_style__in=styles)]
                    if (styles := labelled(WorkStyle.choices, word))
                    else []
                ),
            ]

        return found(self, text, whole=self.identified, each=each)

    def named(self, text: str) -> StaffMemberQuerySet:
        """Those of whom each word of `text` begins a word of the name, or a number, e-mail address or UPN."""
        every = self.model.objects.order_by()

        def each(word: str) -> list[StaffMemberQuerySet]:
            return [*self.identified(word), worded(every, word, "name")]

        return found(self, text, whole=self.identified, each=each)

    def identified(self, start: str) -> list[StaffMemberQuerySet]:
        """A branch for each of the staff number, the e-mail address and the UPN."""
        every = self.model.objects.order_by()
        lower = start.lower()
        return [
            every.filter(staff_number__startswith=start),
            *(every.alias(lower=Lower(field)).filter(lower__startswith=lower) for field in ("email", "upn")),
        ]

    def active_on(self, day: dt.date) -> StaffMemberQuerySet:
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(leaves_on__isnull=True) | Q(leaves_on__gte=day),
        )


@tracked()
class StaffMember(models.Model):
    """A person on the staff list. `leaves_on` is the last day at work."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="staff_records",
    )
    staff_number = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    upn = models.CharField("user principal name", max_length=254, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    job_role = models.CharField(max_length=100, blank=True)
    fte = models.DecimalField("full-time equivalent", max_digits=3, decimal_places=2, default=Decimal("1.00"))
    work_style = models.CharField(max_length=10, choices=WorkStyle, default=WorkStyle.OFFICE)
    group = models.CharField("team or political group", max_length=100, blank=True)
    assistive_needs = ArrayField(
        models.CharField(max_length=30, choices=AssistiveTechnology),
        verbose_name="assistive technology needed",
        default=list,
        blank=True,
    )
    classification = models.ForeignKey(
        Classification,
        verbose_name="information classification handled",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="staff",
    )
    starts_on = models.DateField("starts", null=True, blank=True)
    leaves_on = models.DateField("leaves", null=True, blank=True)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "staff_number"], name="staff_number"),
            one_of("work_style", WorkStyle, name="staff_work_style"),
            in_order("starts_on", "leaves_on", name="staff_leaves_after_start"),
            models.CheckConstraint(condition=Q(fte__gt=0, fte__lte=1), name="staff_fte_up_to_one"),
        ]
        indexes = [
            # the list of people, in its usual order
            models.Index(fields=["organisation", "name", "id"], name="staff_by_name"),
            # search by words of a name, by the start of a staff number, an e-mail address or a UPN
            GinIndex(SearchVector("name", config="simple"), name="staff_name_words"),
            GinIndex(SearchVector(*WORDED, config="simple"), name="staff_words"),
            models.Index(OpClass("staff_number", "text_pattern_ops"), name="staff_number_prefix"),
            models.Index(OpClass(Lower("email"), "text_pattern_ops"), name="staff_email_prefix"),
            models.Index(OpClass(Lower("upn"), "text_pattern_ops"), name="staff_upn_prefix"),
            # lists of people and devices by somebody's name, whatever the organisation
            models.Index(fields=["name", "id"], name="staff_name"),
            # tranche membership by criteria
            models.Index(fields=["organisation", "job_role"], name="staff_by_job_role"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_active(self, on: dt.date | None = None) -> bool:
        day = on or timezone.localdate()
        return (self.starts_on is None or self.starts_on <= day) and (
            self.leaves_on is None or day <= self.leaves_on
        )
