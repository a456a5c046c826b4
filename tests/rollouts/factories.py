"""A factory for each model of rollouts. `TrancheFactory(state=…)` fills in what that state asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from fleet.models import Device, Heartbeat
from rollouts import models
from rollouts.services.evidence import Document, seal
from rollouts.vocabulary import (
    DYNAMIC_STATES,
    GateOutcome,
    PersonState,
    Readiness,
    Severity,
    TrancheState,
    Verdict,
)
from tests.factories import (
    ApprovalFactory,
    ClassificationFactory,
    CourseFactory,
    DeviceFactory,
    DeviceModelFactory,
    HeartbeatFactory,
    ModelFactory,
    OrganisationFactory,
    SiteFactory,
    StaffMemberFactory,
    UserFactory,
)


def in_days(days: int) -> Any:
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class ProgrammeFactory(ModelFactory[models.Programme]):
    class Meta:
        model = models.Programme

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Programme {n}")
    goal_quantity = 100
    starts_on = in_days(-60)
    ends_on = in_days(300)
    classification = factory.SubFactory(
        ClassificationFactory, organisation=factory.SelfAttribute("..organisation")
    )


class ProgrammeCourseFactory(ModelFactory[models.ProgrammeCourse]):
    class Meta:
        model = models.ProgrammeCourse

    programme = factory.SubFactory(ProgrammeFactory)
    course = factory.SubFactory(CourseFactory, organisation=factory.SelfAttribute("..programme.organisation"))


class PlatformMinimumFactory(ModelFactory[models.PlatformMinimum]):
    class Meta:
        model = models.PlatformMinimum

    programme = factory.SubFactory(ProgrammeFactory)
    platform = "ipados"
    version = "17.4"


class EntitlementFactory(ModelFactory[models.Entitlement]):
    """Everybody gets a tablet."""

    class Meta:
        model = models.Entitlement

    programme = factory.SubFactory(ProgrammeFactory)
    user_case = factory.Sequence(lambda n: f"User case {n}")
    priority = factory.Sequence(lambda n: n + 1)
    device_model = factory.SubFactory(
        DeviceModelFactory, organisation=factory.SelfAttribute("..programme.organisation")
    )


class TrancheFactory(ModelFactory[models.Tranche]):
    """Planned, to be handed out in two weeks' time."""

    class Meta:
        model = models.Tranche
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Batch {n}")
    state = TrancheState.PLANNED
    handover_starts_on = in_days(14)
    handover_ends_on = in_days(28)
    locked_at = factory.LazyAttribute(lambda o: None if o.state in DYNAMIC_STATES else timezone.now())
    hypercare_starts_on = factory.LazyAttribute(
        lambda o: timezone.localdate() if o.state in ("hypercare", "reflecting", "closed") else None
    )

    @factory.post_generation  # type: ignore[untyped-decorator]
    def at_sites(tranche: models.Tranche, create: bool, sites: Any, **_: Any) -> None:  # noqa: N805
        if sites:
            tranche.sites.set(sites)


class TranchePersonFactory(ModelFactory[models.TranchePerson]):
    class Meta:
        model = models.TranchePerson

    tranche = factory.SubFactory(TrancheFactory)
    staff_member = factory.SubFactory(
        StaffMemberFactory, organisation=factory.SelfAttribute("..tranche.programme.organisation")
    )
    state = PersonState.PLANNED
    planned_on = factory.SelfAttribute("tranche.handover_starts_on")
    reason = factory.LazyAttribute(lambda o: "On leave" if o.state in ("deferred", "withdrawn") else "")
    handed_over_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.state in ("handed_over", "accepted") else None
    )
    accepted_at = factory.LazyAttribute(lambda o: timezone.now() if o.state == "accepted" else None)


class TrancheEventFactory(ModelFactory[models.TrancheEvent]):
    class Meta:
        model = models.TrancheEvent

    tranche = factory.SubFactory(TrancheFactory)
    verb = "edit"


class HoldFactory(ModelFactory[models.Hold]):
    class Meta:
        model = models.Hold

    tranche = factory.SubFactory(TrancheFactory, state=TrancheState.HELD)
    reason = "The couriers are on strike"


class ExitCriterionFactory(ModelFactory[models.ExitCriterion]):
    class Meta:
        model = models.ExitCriterion

    tranche = factory.SubFactory(TrancheFactory, state=TrancheState.HYPERCARE)
    text = "No open incident of the first priority"


class ReflectionFactory(ModelFactory[models.Reflection]):
    class Meta:
        model = models.Reflection

    tranche = factory.SubFactory(TrancheFactory, state=TrancheState.REFLECTING)
    what_happened = "All were handed over."
    lessons = "Order chargers earlier."


def empty_evidence() -> Document:
    """Of a tranche with nobody in it."""
    return {
        "version": 1,
        "assessed_at": None,
        "tranche": {},
        "thresholds": {
            "double_touch_weeks": 8,
            "seen_within_days": 7,
            "facts_stale_after_days": 30,
            "network_mbps_per_head": "0.50",
            "minimum_versions": {},
        },
        "state": Readiness.READY,
        "people": dict.fromkeys(("people", "ready", "at_risk", "unknown", "blocked", "done"), 0),
        **{part: [] for part in ("checks", "sites", "findings", "waivers", "stock", "blocked")},
    }


class GateFactory(ModelFactory[models.Gate]):
    class Meta:
        model = models.Gate

    tranche = factory.SubFactory(TrancheFactory, state=TrancheState.GATE)
    recommendation = GateOutcome.GO
    proposal = "Everything is ready."
    proposed_by = factory.SubFactory(UserFactory)
    evidence = factory.LazyFunction(empty_evidence)
    seal = factory.LazyAttribute(lambda o: seal(o.evidence))


class WaiverFactory(ModelFactory[models.Waiver]):
    class Meta:
        model = models.Waiver

    tranche = factory.SubFactory(TrancheFactory)
    check_key = "encrypted"
    owner = factory.SubFactory(UserFactory)
    reason = "Encrypted on the day"
    expires_on = in_days(30)


class ForecastFactory(ModelFactory[models.Forecast]):
    class Meta:
        model = models.Forecast

    programme = factory.SubFactory(ProgrammeFactory)
    made_on = in_days(0)
    method = "Mean of four weeks"
    handed_over = 10
    per_week = 5


class AssessmentFactory(ModelFactory[models.Assessment]):
    class Meta:
        model = models.Assessment

    tranche = factory.SubFactory(TrancheFactory)
    state = Readiness.READY
    ready = 1
    at_risk = unknown = blocked = done = 0
    people = factory.LazyAttribute(lambda o: o.ready + o.at_risk + o.unknown + o.blocked)


class CheckResultFactory(ModelFactory[models.CheckResult]):
    class Meta:
        model = models.CheckResult

    assessment = factory.SubFactory(AssessmentFactory)
    check_key = "encrypted"
    severity = Severity.BLOCKING
    passed = 1
    failed = unknown = waived = people_affected = would_release = 0


class PersonReadinessFactory(ModelFactory[models.PersonReadiness]):
    class Meta:
        model = models.PersonReadiness

    person = factory.SubFactory(TranchePersonFactory)
    state = Readiness.READY


class ScopeFindingFactory(ModelFactory[models.ScopeFinding]):
    class Meta:
        model = models.ScopeFinding

    tranche = factory.SubFactory(TrancheFactory)
    check_key = "previous_reflection"
    verdict = Verdict.FAILED
    reason = "Tranche 1 has no reflection yet"


class ComputationFactory(ModelFactory[models.Computation]):
    class Meta:
        model = models.Computation

    tranche = factory.SubFactory(TrancheFactory)


def ready_tranche(programme: models.Programme | None = None, **fields: Any) -> models.Tranche:
    """A tranche with an approval and a minimum version, in which `ready_place` makes people who can go."""
    programme = programme or ProgrammeFactory()
    organisation = programme.organisation
    ApprovalFactory(
        organisation=organisation, classification=programme.classification, minimum_version="17.0"
    )
    PlatformMinimumFactory(programme=programme)
    EntitlementFactory(programme=programme)
    return TrancheFactory(programme=programme, **fields)


def ready_device(place: models.TranchePerson, **fields: Any) -> Device:
    """A device of the entitled model, enrolled and well, seen an hour ago."""
    facts = {"enrolled": True, "os_version": "17.5", "os_key": [17, 5], **fields}
    assert place.entitlement is not None
    device = DeviceFactory(
        organisation=place.staff_member.organisation,
        site=place.staff_member.site,
        model=place.entitlement.device_model,
        **facts,
    )
    HeartbeatFactory(device=device, last_seen_at=timezone.now() - timedelta(hours=1))
    return device


def ready_place(tranche: models.Tranche, **staff: Any) -> models.TranchePerson:
    """Somebody whom no check holds up, with the device allocated that they are to get."""
    organisation = tranche.programme.organisation
    site = staff.pop("site", None) or SiteFactory(organisation=organisation, network_mbps=1000)
    person = StaffMemberFactory(organisation=organisation, site=site, **staff)
    place = TranchePersonFactory(
        tranche=tranche, staff_member=person, entitlement=tranche.programme.entitlements.first()
    )
    return allocated(place, ready_device(place))


def allocated(place: models.TranchePerson, device: Device) -> models.TranchePerson:
    """The place with that device allocated."""
    place.device, place.state = device, PersonState.ALLOCATED
    place.save()
    return place


def device_facts(place: models.TranchePerson, **facts: Any) -> models.TranchePerson:
    """The place, after its device was reported with those facts."""
    assert place.device_id is not None
    Device.objects.filter(pk=place.device_id).update(**facts)
    return place


def last_seen(device: Device, days_ago: float) -> None:
    """Moves the device's last check-in."""
    Heartbeat.objects.filter(device=device).update(last_seen_at=timezone.now() - timedelta(days=days_ago))
