"""Contracts with suppliers: what they cover, until when, and by when notice must be given."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.devices import DeviceModel
from fleet.models.organisations import Organisation
from fleet.months import months_after
from fleet.vocabulary import ContractKind, ContractState, NoticeUnit

if TYPE_CHECKING:
    from fleet.models.accounts import User

NOTICE_DUE = dt.timedelta(days=60)


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: User) -> ContractQuerySet:
        return self.filter(user.access.scope("contracts.view", sites=()))

    def with_state(self) -> ContractQuerySet:
        """Adds `state`, of today. A contract that renews itself goes on until notice is given."""
        today = timezone.localdate()
        is_undecided = Q(notice_given_on__isnull=True)
        return self.annotate(
            state=Case(
                When(is_undecided, renews_itself=True, ends_on__lt=today, then=Value(ContractState.RENEWED)),
                When(ends_on__lt=today, then=Value(ContractState.ENDED)),
                When(~is_undecided, then=Value(ContractState.NOTICE_GIVEN)),
                When(notice_by__lt=today, then=Value(ContractState.NOTICE_PASSED)),
                When(notice_by__lte=today + NOTICE_DUE, then=Value(ContractState.NOTICE_DUE)),
                When(starts_on__gt=today, then=Value(ContractState.PLANNED)),
                default=Value(ContractState.ACTIVE),
                output_field=models.CharField(),
            )
        )

    def awaiting_decision(self) -> ContractQuerySet:
        """Notice is due within 60 days or the day has passed, or one renewed itself: somebody must decide."""
        waiting = [ContractState.NOTICE_DUE, ContractState.NOTICE_PASSED, ContractState.RENEWED]
        rows: Any = self.with_state()
        found: ContractQuerySet = rows.filter(state__in=waiting)
        return found


@tracked()
class Contract(models.Model):
    """What a supplier owes until a day. `notice_by` is the last day to give notice, or to decide to renew."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contracts")
    supplier = models.CharField(max_length=200)
    reference = models.CharField(max_length=100)
    title = models.CharField(max_length=200)
    kind = models.CharField("covers", max_length=20, choices=ContractKind, default=ContractKind.DEVICES)
    covers = models.CharField("what it covers", max_length=500, blank=True)
    device_models = models.ManyToManyField(
        DeviceModel, through="ContractModel", blank=True, related_name="contracts"
    )
    device_count = models.PositiveIntegerField("devices covered", null=True, blank=True)
    starts_on = models.DateField("starts")
    ends_on = models.DateField("ends")
    notice_by = models.DateField("notice by", null=True, blank=True)
    notice_period = models.PositiveSmallIntegerField("notice period", null=True, blank=True)
    notice_unit = models.CharField(
        "notice period in", max_length=10, choices=NoticeUnit, default=NoticeUnit.MONTHS
    )
    renews_itself = models.BooleanField("renews itself unless notice is given", default=False)
    notice_given_on = models.DateField("notice given", null=True, blank=True)
    value_pence = models.PositiveBigIntegerField("value", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="contracts"
    )

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "supplier", "reference"], name="contract_reference"
            ),
            one_of("kind", ContractKind, name="contract_kind"),
            one_of("notice_unit", NoticeUnit, name="contract_notice_unit"),
            in_order("starts_on", "ends_on", name="contract_ends_after_start"),
            in_order("starts_on", "notice_by", name="contract_notice_after_start"),
            in_order("notice_by", "ends_on", name="contract_notice_before_end"),
        ]
        indexes = [
            # the list of contracts in its usual order
            models.Index(fields=["organisation", "ends_on"], name="contract_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.supplier})"

    def get_state_display(self: Any) -> str:
        """In words, where `with_state` has added it."""
        return str(ContractState(self.state).label)

    def save(self, *args: object, **kwargs: object) -> None:
        """Without a day of its own, notice is due a notice period before the end."""
        if self.notice_by is None:
            self.notice_by = suggested_notice(
                self.starts_on, self.ends_on, self.notice_period, self.notice_unit
            )
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def suggested_notice(starts_on: dt.date, ends_on: dt.date, period: int | None, unit: str) -> dt.date | None:
    """The last day to give notice, `period` days or months before the end; never before the start."""
    if period is None:
        return None
    early = ends_on - dt.timedelta(days=period) if unit == NoticeUnit.DAYS else months_after(ends_on, -period)
    return max(early, starts_on)


@tracked()
class ContractModel(models.Model):
    """A device model that a contract covers."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="covered")
    device_model = models.ForeignKey(DeviceModel, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "device_model"], name="contract_model")]

    def __str__(self) -> str:
        return str(self.device_model)
