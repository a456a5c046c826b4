"""Classification schemes as dated data, their classifications, and how one scheme becomes another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from fleet.history import tracked
from fleet.models.constraints import in_order, one_of
from fleet.models.counts import count_of
from fleet.models.organisations import Organisation
from fleet.vocabulary import Carrying, SwitchState

if TYPE_CHECKING:
    from fleet.models.accounts import User


class ClassificationSchemeQuerySet(models.QuerySet["ClassificationScheme"]):
    def visible_to(self, user: User) -> ClassificationSchemeQuerySet:
        return self.filter(organisation__in=user.access.organisation_ids())


@tracked()
class ClassificationScheme(models.Model):
    """A ladder of classifications that is in force from one day until another."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="schemes")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = ClassificationSchemeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="scheme_code"),
            in_order("valid_from", "valid_until", name="scheme_valid"),
        ]

    def __str__(self) -> str:
        return self.name


class ClassificationQuerySet(models.QuerySet["Classification"]):
    def visible_to(self, user: User) -> ClassificationQuerySet:
        return self.filter(organisation__in=user.access.organisation_ids())

    def with_counts(self, user: User) -> ClassificationQuerySet:
        """Adds `people` who handle it and `approvals_held` for it, as far as this person may see them."""
        staff, approval = (apps.get_model("fleet", name) for name in ("StaffMember", "Approval"))
        this = OuterRef("pk")
        return self.annotate(
            people=count_of(staff.objects.visible_to(user), classification=this),
            approvals_held=count_of(approval.objects.visible_to(user), classification=this),
        )


@tracked()
class Classification(models.Model):
    """A security classification of a dated scheme; a higher `rank` is more sensitive."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="classifications")
    scheme = models.ForeignKey(ClassificationScheme, on_delete=models.PROTECT, related_name="classifications")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    objects = ClassificationQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="classification_code"),
            models.UniqueConstraint(fields=["organisation", "scheme", "rank"], name="classification_rank"),
            in_order("valid_from", "valid_until", name="classification_valid"),
        ]

    def __str__(self) -> str:
        return self.name


class ClassificationMappingQuerySet(models.QuerySet["ClassificationMapping"]):
    def visible_to(self, user: User) -> ClassificationMappingQuerySet:
        return self.filter(user.access.scope("assurance.view", sites=()))

    def of(self, switch: SchemeSwitch) -> ClassificationMappingQuerySet:
        """What the switch goes by."""
        return self.filter(classification__scheme=switch.from_scheme_id, to_scheme=switch.to_scheme_id)

    def from_outer(self, switch: SchemeSwitch) -> ClassificationMappingQuerySet:
        """The one for the classification that an outer row names."""
        return self.of(switch).filter(classification=OuterRef("classification"))


@tracked()
class ClassificationMapping(models.Model):
    """What a classification becomes in another scheme, and whether approvals for it carry over."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mappings")
    classification = models.ForeignKey(Classification, on_delete=models.CASCADE, related_name="mappings")
    becomes = models.ForeignKey(Classification, on_delete=models.CASCADE, related_name="mapped_from")
    # The scheme of `becomes`, so that a classification becomes one thing alone in each scheme.
    to_scheme = models.ForeignKey(
        ClassificationScheme, on_delete=models.CASCADE, editable=False, related_name="mapped_to"
    )
    approvals = models.CharField(max_length=5, choices=Carrying, default=Carrying.FULL)
    note = models.CharField(max_length=300, blank=True)

    objects = ClassificationMappingQuerySet.as_manager()

    class Meta:
        ordering = ["classification__scheme", "classification__rank", "pk"]
        constraints = [
            one_of("approvals", Carrying, name="mapping_approvals"),
            models.UniqueConstraint(fields=["classification", "to_scheme"], name="mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.classification} becomes {self.becomes}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.to_scheme_id = self.becomes.scheme_id
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SchemeSwitchQuerySet(models.QuerySet["SchemeSwitch"]):
    def visible_to(self, user: User) -> SchemeSwitchQuerySet:
        return self.filter(user.access.scope("assurance.view", sites=()))

    def open(self) -> SchemeSwitchQuerySet:
        return self.filter(state__in=[SwitchState.DRAFT, SwitchState.SCHEDULED])

    def scheduled(self) -> SchemeSwitchQuerySet:
        return self.filter(state=SwitchState.SCHEDULED)


@tracked(exclude=("report",))
class SchemeSwitch(models.Model):
    """One scheme takes the place of another from `switches_on` on.

    Once it is scheduled, readiness judges handovers from that day by the new scheme. `report` is what it
    did when it was done, `request_id` its name in the change log.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="switches")
    from_scheme = models.ForeignKey(
        ClassificationScheme, on_delete=models.PROTECT, related_name="switches_away"
    )
    to_scheme = models.ForeignKey(ClassificationScheme, on_delete=models.PROTECT, related_name="switches_to")
    switches_on = models.DateField("first day of the new scheme")
    state = models.CharField(max_length=10, choices=SwitchState, default=SwitchState.DRAFT, editable=False)
    scheduled_at = models.DateTimeField(null=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(null=True, editable=False)
    request_id = models.CharField(max_length=64, blank=True, editable=False)
    report = models.JSONField(null=True, editable=False)

    objects = SchemeSwitchQuerySet.as_manager()

    class Meta:
        ordering = ["-switches_on", "-pk"]
        verbose_name = "switch of schemes"
        constraints = [
            one_of("state", SwitchState, name="switch_state"),
            models.CheckConstraint(
                condition=~Q(from_scheme=models.F("to_scheme")), name="switch_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(state=SwitchState.DONE, done_at__isnull=False, report__isnull=False)
                | (~Q(state=SwitchState.DONE) & Q(done_at__isnull=True, report__isnull=True)),
                name="switch_done_with_report",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SwitchState.SCHEDULED, SwitchState.DONE])
                | Q(scheduled_at__isnull=False),
                name="switch_scheduled_at",
            ),
            # Readiness looks ahead through one switch: that of the organisation which is scheduled.
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state=SwitchState.SCHEDULED),
                name="switch_scheduled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_scheme} to {self.to_scheme}"

    @property
    def is_open(self) -> bool:
        return self.state in (SwitchState.DRAFT, SwitchState.SCHEDULED)
