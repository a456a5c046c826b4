"""What lines were used for, month by month, as carriers bill it and as devices report it; and forecasts.

Carriers' figures and devices' are kept apart: `origin` says whose they are, and nothing adds them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import NullIf
from django.utils import timezone

from fleet.models.constraints import in_order, one_of
from fleet.models.imports import Import
from fleet.models.lines import Line
from fleet.models.organisations import Organisation
from fleet.models.sources import MdmSource
from fleet.vocabulary import (
    ForecastMethod,
    UsageOrigin,
)

if TYPE_CHECKING:
    from fleet.models.accounts import User

# What a record says of a period; null where nobody said it. `charge_pence` is the whole charge.
FIGURES = (
    "data_bytes",
    "data_out_bytes",
    "voice_seconds",
    "voice_out_seconds",
    "calls_made",
    "calls_received",
    "texts",
    "texts_out",
    "charge_pence",
)
# What a line could be used for in a month at the very most: 1 PB, 30 years of calls, £10,000,000,000. The
# columns hold sums of it, and reckonings with them.
MOST = {
    **dict.fromkeys(FIGURES, 10**9),
    **dict.fromkeys(("data_bytes", "data_out_bytes"), 10**15),
    "charge_pence": 10**12,
}
# Of these, what says that a line was used.
USES = ("data_bytes", "voice_seconds", "calls_made", "calls_received", "texts")


class UsageBatch(models.Model):
    """One file of a carrier, or one push: where figures come from. Of a file only this stays.

    `file` follows it through check and confirmation. `period_start` and `period_end` are what somebody said
    of a file that does not say it itself. `replaced`: the records that it took the place of, for its undoing;
    `new_lines`: the lines that nobody knew before it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="usage_batches")
    origin = models.CharField(max_length=10, choices=UsageOrigin, default=UsageOrigin.CARRIER)
    carrier = models.CharField(max_length=100, blank=True)
    name = models.CharField("file", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    file = models.OneToOneField(
        Import, null=True, blank=True, on_delete=models.CASCADE, related_name="usage_batch"
    )
    source = models.ForeignKey(MdmSource, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    replaced = models.JSONField(default=list, blank=True)
    new_lines = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("origin", UsageOrigin, name="usage_batch_origin"),
            in_order("period_start", "period_end", name="usage_batch_period"),
        ]
        indexes = [
            # whether a file came before
            models.Index(fields=["organisation", "digest"], name="usage_batch_digest"),
        ]

    def __str__(self) -> str:
        return self.name


class UsageRecordQuerySet(models.QuerySet["UsageRecord"]):
    def visible_to(self, user: User) -> UsageRecordQuerySet:
        return self.filter(line__in=Line.objects.visible_to(user).values("pk"))

    def used(self) -> UsageRecordQuerySet:
        """Those of periods in which there was any use."""
        return self.filter(is_used=True)


class UsageRecord(models.Model):
    """What a line was used for in one period, by one origin. `through_on`: figures up to that day of it.

    `month` is the first of the calendar month in which most of the period's days lie. `rows` are the numbers
    of the rows of the file that it adds up. Out of bundle is a part of the whole, null where nobody said.
    `allowance_bytes` is that of the line's tariff as it was then: a tariff that changes leaves it as it is.
    """

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="usage_records",
        db_index=False,  # usage_by_month begins with it
    )
    line = models.ForeignKey(
        Line,
        on_delete=models.CASCADE,
        related_name="usage_records",
        db_index=False,  # usage_of_period begins with it
    )
    origin = models.CharField(max_length=10, choices=UsageOrigin)
    period_start = models.DateField("from")
    period_end = models.DateField("until")
    through_on = models.DateField("figures up to")
    month = models.DateField()
    data_bytes = models.BigIntegerField("data", null=True, blank=True)
    data_out_bytes = models.BigIntegerField("data out of bundle", null=True, blank=True)
    voice_seconds = models.BigIntegerField("calls (seconds)", null=True, blank=True)
    voice_out_seconds = models.BigIntegerField("calls out of bundle (seconds)", null=True, blank=True)
    calls_made = models.IntegerField(null=True, blank=True)
    calls_received = models.IntegerField(null=True, blank=True)
    texts = models.IntegerField(null=True, blank=True)
    texts_out = models.IntegerField("texts out of bundle", null=True, blank=True)
    charge_pence = models.BigIntegerField("charge", null=True, blank=True)
    allowance_bytes = models.BigIntegerField("data allowance", null=True, blank=True)
    is_vat_included = models.BooleanField("VAT included", null=True, blank=True)
    is_used = models.GeneratedField(
        expression=Q(data_bytes__gt=0, data_bytes__isnull=False)  # type: ignore[arg-type]
        | Q(voice_seconds__gt=0, voice_seconds__isnull=False)
        | Q(calls_made__gt=0, calls_made__isnull=False)
        | Q(calls_received__gt=0, calls_received__isnull=False)
        | Q(texts__gt=0, texts__isnull=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    batch = models.ForeignKey(UsageBatch, on_delete=models.CASCADE, related_name="records")
    rows = models.TextField("rows of the file", blank=True)

    objects = UsageRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-period_start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "origin", "period_start"], name="usage_of_period"),
            one_of("origin", UsageOrigin, name="usage_origin"),
            in_order("period_start", "period_end", name="usage_period_in_order"),
            models.CheckConstraint(
                condition=Q(through_on__gte=models.F("period_start"))
                & Q(through_on__lte=models.F("period_end")),
                name="usage_through_within",
            ),
        ]
        indexes = [
            # usage of a month, and which months an organisation has figures of
            models.Index(fields=["organisation", "month", "line"], name="usage_by_month"),
        ]

    def __str__(self) -> str:
        return f"{self.period_start} to {self.period_end}"


class UsageForecastQuerySet(models.QuerySet["UsageForecast"]):
    def visible_to(self, user: User) -> UsageForecastQuerySet:
        """With `share`, what is expected in percent of the allowance, and `actual_bytes` once known."""
        rows = self.filter(line__in=Line.objects.visible_to(user).values("pk"))
        came = UsageRecord.objects.filter(
            line=models.OuterRef("line"),
            period_start=models.OuterRef("period_start"),
            through_on=models.F("period_end"),
        ).order_by("origin")
        share = models.F("expected_bytes") * 100 / NullIf(models.F("allowance_bytes"), models.Value(0))
        return rows.annotate(
            share=models.ExpressionWrapper(share, output_field=models.BigIntegerField()),
            actual_bytes=models.Subquery(came.values("data_bytes")[:1]),
        )


class UsageForecast(models.Model):
    """What was expected of a line's period on a day, kept so that it can be held against what came.

    `n` is the number of days or of earlier periods that it rests on, by its method.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="usage_forecasts")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="usage_forecasts")
    made_on = models.DateField()
    period_start = models.DateField()
    period_end = models.DateField()
    method = models.CharField(max_length=10, choices=ForecastMethod)
    n = models.PositiveIntegerField()
    used_bytes = models.BigIntegerField(null=True, blank=True)
    expected_bytes = models.BigIntegerField()
    allowance_bytes = models.BigIntegerField()

    objects = UsageForecastQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "period_start", "made_on"], name="usage_forecast_of_day"),
            one_of("method", ForecastMethod, name="usage_forecast_method"),
        ]
        indexes = [
            # the newest forecasts of an organisation
            models.Index(fields=["organisation", "-made_on"], name="usage_forecast_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.period_start}: {self.expected_bytes} bytes"
