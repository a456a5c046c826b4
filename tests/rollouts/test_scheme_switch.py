"""A switch of classification schemes: looked ahead to, foreseen, and done on its day as it was foreseen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fleet.errors import Conflict, Invalid
from fleet.models import (
    Approval,
    Classification,
    ClassificationMapping,
    Condition,
    Organisation,
    SchemeSwitch,
    StaffMember,
    User,
)
from fleet.services.schemes.following import effects_of
from fleet.services.schemes.mapping import Choice, map_classifications, problems
from fleet.services.schemes.preview import preview
from fleet.services.schemes.switching import (
    cancel_switch,
    change_draft,
    schedule_switch,
    switch_what_is_due,
)
from fleet.tasks import switch_schemes
from rollouts.models import PersonReadiness, Programme, Tranche, TranchePerson
from rollouts.services.assessing import assess
from tests.factories import (
    ApprovalFactory,
    ClassificationFactory,
    ClassificationMappingFactory,
    ClassificationSchemeFactory,
    ConditionFactory,
    SchemeSwitchFactory,
)
from tests.rollouts.factories import ProgrammeFactory, ready_place, ready_tranche

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)
SWITCHES_ON = date(2026, 4, 2)
KEY = "approved_for_classification"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-03-02T09:00:00Z", tick=False):
        yield


class Schemes:
    """Six markings of old and the three that took their place, and somebody on either side of the day."""

    OLD = ("UNCLASSIFIED", "PROTECT", "RESTRICTED", "CONFIDENTIAL", "OLD SECRET", "OLD TOP SECRET")
    NEW = ("OFFICIAL", "SECRET", "TOP SECRET")
    BECOMES = ("OFFICIAL", "OFFICIAL", "OFFICIAL", "SECRET", "SECRET", "TOP SECRET")

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.old = self.ladder("GPMS", self.OLD)
        self.new = self.ladder("GSC", self.NEW)
        for old, new in zip(self.OLD, self.BECOMES, strict=True):
            ClassificationMappingFactory(
                organisation=organisation, classification=self.old[old], becomes=self.new[new]
            )
        self.switch = SchemeSwitchFactory(
            organisation=organisation,
            from_scheme=self.old["PROTECT"].scheme,
            to_scheme=self.new["SECRET"].scheme,
            switches_on=SWITCHES_ON,
        )
        programme = ProgrammeFactory(organisation=organisation, classification=self.old["PROTECT"])
        self.tranche: Tranche = ready_tranche(programme)
        self.approval: Approval = organisation.approvals.get()
        Approval.objects.update(classification=self.old["RESTRICTED"], valid_from=TODAY)
        self.before = self.place(SWITCHES_ON - timedelta(days=1))
        self.after = self.place(SWITCHES_ON)

    def ladder(self, code: str, names: tuple[str, ...]) -> dict[str, Classification]:
        scheme = ClassificationSchemeFactory(organisation=self.organisation, code=code)
        return {
            name: ClassificationFactory(
                organisation=self.organisation, scheme=scheme, code=name, name=name, rank=rank
            )
            for rank, name in enumerate(names)
        }

    def place(self, day: date, **staff: Any) -> TranchePerson:
        place = ready_place(self.tranche, **staff)
        TranchePerson.objects.filter(pk=place.pk).update(planned_on=day)
        return place

    def carry(self, name: str, approvals: str) -> None:
        ClassificationMapping.objects.filter(classification=self.old[name]).update(approvals=approvals)

    def verdicts(self) -> dict[int, Any]:
        """What readiness says today, by person."""
        assess(self.tranche, at=timezone.now())
        rows = PersonReadiness.objects.filter(person__tranche=self.tranche)
        return {row.person_id: (row.state, row.blocking, row.unknowns) for row in rows}

    def is_blocked(self, place: TranchePerson) -> bool:
        return KEY in self.verdicts()[place.pk][1]


@pytest.fixture
def schemes(department: Organisation) -> Schemes:
    return Schemes(department)


def on_the_day(days: int = 0) -> Any:
    moment = SWITCHES_ON + timedelta(days=days)
    return time_machine.travel(f"{moment}T09:00:00Z", tick=False)


class TestLookingAhead:
    def test_a_draft_is_not_judged_by(self, schemes: Schemes) -> None:
        schemes.carry("RESTRICTED", "end")
        assert not schemes.is_blocked(schemes.after)

    def test_an_approval_that_carries_over_covers_the_new_classification(
        self, schemes: Schemes, it_manager: User
    ) -> None:
        schedule_switch(switch=schemes.switch, by=it_manager)
        assert schemes.verdicts()[schemes.after.pk][0] == "ready"
        assert schemes.verdicts()[schemes.before.pk][0] == "ready"

    @pytest.mark.parametrize("carrying", ["renew", "end"])
    def test_one_that_does_not_blocks_from_the_day_on(
        self, schemes: Schemes, it_manager: User, carrying: str
    ) -> None:
        schemes.carry("RESTRICTED", carrying)
        schedule_switch(switch=schemes.switch, by=it_manager)
        assert not schemes.is_blocked(schemes.before)
        assert schemes.is_blocked(schemes.after)

    def test_a_new_approval_under_the_new_scheme_counts_from_its_day(
        self, schemes: Schemes, it_manager: User
    ) -> None:
        schemes.carry("RESTRICTED", "end")
        schedule_switch(switch=schemes.switch, by=it_manager)
        ApprovalFactory(
            organisation=schemes.organisation,
            classification=schemes.new["OFFICIAL"],
            valid_from=SWITCHES_ON,
            minimum_version="17.0",
        )
        assert not schemes.is_blocked(schemes.after)

    def test_somebody_who_handled_more_than_was_approved_may_be_released(
        self, schemes: Schemes, it_manager: User
    ) -> None:
        Approval.objects.update(classification=schemes.old["CONFIDENTIAL"])
        secret = schemes.place(SWITCHES_ON, classification=schemes.old["OLD SECRET"])
        assert schemes.is_blocked(secret)
        schedule_switch(switch=schemes.switch, by=it_manager)
        assert not schemes.is_blocked(secret)

    def test_cancelling_takes_the_look_ahead_back(self, schemes: Schemes, it_manager: User) -> None:
        schemes.carry("RESTRICTED", "end")
        schedule_switch(switch=schemes.switch, by=it_manager)
        cancel_switch(switch=schemes.switch)
        assert not schemes.is_blocked(schemes.after)


class TestForeseeing:
    def test_it_says_who_is_blocked_and_who_released_as_readiness_will(
        self, schemes: Schemes, it_manager: User
    ) -> None:
        Approval.objects.update(classification=schemes.old["CONFIDENTIAL"])
        schemes.carry("CONFIDENTIAL", "renew")
        secret = schemes.place(SWITCHES_ON, classification=schemes.old["OLD SECRET"])
        today = schemes.verdicts()
        effects = effects_of(schemes.switch, it_manager)
        [group] = effects.groups
        assert (group.people, group.blocked, group.released) == (2, 1, 0)
        [person] = effects.people
        assert (person.before, person.after) == ("PROTECT", "OFFICIAL")
        assert (person.state_before, person.state_after) == ("ready", "blocked")
        assert person.because.endswith("a statement it asks for is not signed")
        schedule_switch(switch=schemes.switch, by=it_manager)
        then = schemes.verdicts()
        assert {pk for pk in then if then[pk][0] != today[pk][0]} == {schemes.after.pk}
        assert then[secret.pk][0] == "blocked"

    def test_released(self, schemes: Schemes, it_manager: User) -> None:
        Approval.objects.update(classification=schemes.old["CONFIDENTIAL"])
        schemes.place(SWITCHES_ON, classification=schemes.old["OLD SECRET"])
        schemes.verdicts()
        [group] = effects_of(schemes.switch, it_manager).groups
        assert (group.people, group.blocked, group.released) == (2, 0, 1)

    def test_nothing_is_written(self, schemes: Schemes, it_manager: User) -> None:
        def everything() -> list[Any]:
            models = (Approval, Condition, StaffMember, Programme, SchemeSwitch, PersonReadiness)
            return [list(model.objects.order_by("pk").values()) for model in models]

        schemes.verdicts()
        before = everything()
        preview(schemes.switch)
        effects_of(schemes.switch, it_manager)
        assert everything() == before

    def test_somebody_who_may_see_one_site_is_told_of_its_people(
        self, schemes: Schemes, site_lead: User
    ) -> None:
        schemes.carry("RESTRICTED", "end")
        schemes.place(SWITCHES_ON)
        schemes.verdicts()
        site = schemes.after.staff_member.site
        assert site is not None
        site_lead.grants.get().sites.set([site])
        effects = effects_of(schemes.switch, site_lead)
        assert [person.name for person in effects.people] == [schemes.after.staff_member.name]
        assert [(one.people, one.blocked) for one in effects.groups] == [(1, 1)]

    def test_the_queries_do_not_grow_with_the_people(self, schemes: Schemes, it_manager: User) -> None:
        schemes.carry("RESTRICTED", "end")
        schemes.verdicts()

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                effects_of(schemes.switch, User.objects.get(pk=it_manager.pk))
            return len(captured)

        few = queries()
        for _ in range(10):
            schemes.place(SWITCHES_ON)
        assert queries() == few


class TestMapping:
    def test_a_classification_in_use_without_mapping_is_named(
        self, schemes: Schemes, it_manager: User
    ) -> None:
        ClassificationMapping.objects.filter(classification=schemes.old["PROTECT"]).delete()
        with pytest.raises(Invalid, match="PROTECT is in use and has no classification in GSC"):
            schedule_switch(switch=schemes.switch, by=it_manager)

    def test_one_that_nobody_uses_needs_none(self, schemes: Schemes) -> None:
        ClassificationMapping.objects.filter(classification=schemes.old["OLD TOP SECRET"]).delete()
        assert problems(schemes.switch) == []

    def test_it_must_keep_the_order(self, schemes: Schemes) -> None:
        row = ClassificationMapping.objects.get(classification=schemes.old["UNCLASSIFIED"])
        row.becomes = schemes.new["SECRET"]
        row.save()
        [problem] = problems(schemes.switch)
        assert problem.startswith("PROTECT is above UNCLASSIFIED, but would become OFFICIAL")

    def test_saving_the_same_again_changes_nothing(self, schemes: Schemes) -> None:
        row: Any = ClassificationMapping.objects.get(classification=schemes.old["PROTECT"])
        choices = {schemes.old["PROTECT"]: Choice(becomes=schemes.new["OFFICIAL"], approvals="full")}
        map_classifications(switch=schemes.switch, choices=choices)
        assert row.changes.count() == 1
        map_classifications(switch=schemes.switch, choices={schemes.old["PROTECT"]: None})
        assert [one.pgh_label for one in row.changes.order_by("pgh_id")] == ["insert", "delete"]


class TestScheduling:
    def test_one_at_a_time(self, schemes: Schemes, it_manager: User) -> None:
        schedule_switch(switch=schemes.switch, by=it_manager)
        with pytest.raises(Conflict, match="no draft any more"):
            schedule_switch(switch=schemes.switch, by=it_manager)
        other = SchemeSwitchFactory(
            organisation=schemes.organisation,
            from_scheme=schemes.switch.to_scheme,
            to_scheme=schemes.switch.from_scheme,
        )
        with pytest.raises(Conflict, match="Another switch is scheduled"):
            schedule_switch(switch=other, by=it_manager)
        with pytest.raises(Conflict, match="Only a draft"):
            change_draft(switch=schemes.switch)

    def test_its_day_must_be_to_come(self, schemes: Schemes, it_manager: User) -> None:
        with on_the_day(), pytest.raises(Invalid, match="Its day has come"):
            schedule_switch(switch=schemes.switch, by=it_manager)


class TestTheDay:
    @pytest.fixture
    def scheduled(self, schemes: Schemes, it_manager: User) -> Schemes:
        schedule_switch(switch=schemes.switch, by=it_manager)
        return schemes

    def test_nothing_happens_the_day_before(self, scheduled: Schemes) -> None:
        assert switch_what_is_due(SWITCHES_ON - timedelta(days=1)) == 0

    def test_what_it_did_is_what_was_foreseen_on_the_day(self, schemes: Schemes, it_manager: User) -> None:
        schemes.carry("RESTRICTED", "renew")
        ConditionFactory(approval=schemes.approval, statement=True, signed_by="Ann", signed_on=TODAY)
        schemes.place(SWITCHES_ON, classification=schemes.old["CONFIDENTIAL"])
        schedule_switch(switch=schemes.switch, by=it_manager)
        with on_the_day():
            foreseen, before = preview(schemes.switch).as_dict(), schemes.verdicts()
            assert switch_what_is_due(SWITCHES_ON) == 1
            switch = SchemeSwitch.objects.get()
            assert switch.report == foreseen
            assert schemes.verdicts() == before
        assert foreseen["classifications"][3]["people"] == 1
        assert StaffMember.objects.get(classification__isnull=False).classification == schemes.new["SECRET"]
        assert Programme.objects.get().classification == schemes.new["OFFICIAL"]
        old, new = Approval.objects.order_by("pk")
        assert old.valid_until == SWITCHES_ON - timedelta(days=1)
        assert (new.classification, new.valid_from, new.follows) == (
            schemes.new["OFFICIAL"],
            SWITCHES_ON,
            old,
        )
        assert [(one.name, one.signed_by) for one in new.conditions.all()] == [
            ("Users have been briefed.", "Ann"),
            ("The approval for RESTRICTED holds for OFFICIAL", ""),
        ]
        switch.from_scheme.refresh_from_db()
        assert switch.from_scheme.valid_until == old.valid_until

    def test_once(self, scheduled: Schemes) -> None:
        with on_the_day():
            switch_schemes()
            switch_schemes()
        assert Approval.objects.count() == 2
        assert SchemeSwitch.objects.get().state == "done"

    def test_one_request_id_names_all_of_it_in_the_change_log(
        self, scheduled: Schemes, it_manager: User
    ) -> None:
        with on_the_day():
            switch_schemes()
        switch: Any = SchemeSwitch.objects.get()
        programme: Any = Programme.objects.get()
        new: Any = Approval.objects.latest("pk")
        for row in (switch, programme, new, new.follows):
            context = row.changes.latest("pgh_id").pgh_context.metadata
            assert context["request_id"] == switch.request_id
            assert (context["channel"], context["actor"]) == ("worker", it_manager.pk)

    def test_it_waits_while_the_mapping_says_too_little(self, scheduled: Schemes) -> None:
        ClassificationMapping.objects.filter(classification=scheduled.old["PROTECT"]).delete()
        with on_the_day():
            switch_schemes()
        assert SchemeSwitch.objects.get().state == "scheduled"
        assert Approval.objects.count() == 1

    def test_an_approval_that_would_begin_later_is_withdrawn_for_its_successor(
        self, scheduled: Schemes
    ) -> None:
        Approval.objects.update(valid_from=SWITCHES_ON + timedelta(days=9))
        with on_the_day(3):
            switch_schemes()
        old, new = Approval.objects.order_by("pk")
        assert old.withdrawn_at is not None
        assert new.valid_from == SWITCHES_ON + timedelta(days=9)

    def test_a_worker_that_comes_late_does_the_same(self, scheduled: Schemes) -> None:
        with on_the_day(3):
            before = scheduled.verdicts()
            switch_schemes()
            assert scheduled.verdicts() == before
        assert Approval.objects.earliest("pk").valid_until == SWITCHES_ON - timedelta(days=1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    handled=st.lists(st.sampled_from(Schemes.OLD), min_size=2, max_size=2),
    approved=st.sampled_from(Schemes.OLD),
    until=st.one_of(st.none(), st.integers(0, 60)),
)
def test_a_switch_to_the_same_ladder_changes_nothing(
    schemes: Schemes, it_manager: User, handled: list[str], approved: str, until: int | None
) -> None:
    """Whoever handles what, and whatever is approved until when: neither ahead nor once it is done."""
    with transaction.atomic():
        for place, name in zip((schemes.before, schemes.after), handled, strict=True):
            StaffMember.objects.filter(pk=place.staff_member_id).update(classification=schemes.old[name])
        last = None if until is None else TODAY + timedelta(days=until)
        Approval.objects.update(classification=schemes.old[approved], valid_until=last)
        same = schemes.ladder("SAME", tuple(f"{name} again" for name in Schemes.OLD))
        for old, new in zip(schemes.old.values(), same.values(), strict=True):
            ClassificationMappingFactory(organisation=schemes.organisation, classification=old, becomes=new)
        switch = SchemeSwitchFactory(
            organisation=schemes.organisation,
            from_scheme=schemes.switch.from_scheme,
            to_scheme=same["PROTECT again"].scheme,
            switches_on=SWITCHES_ON,
        )
        assert effects_of(switch, it_manager).people == []
        now = schemes.verdicts()
        with on_the_day():
            then = schemes.verdicts()
        schedule_switch(switch=switch, by=it_manager)
        assert schemes.verdicts() == now
        with on_the_day():
            assert switch_what_is_due(SWITCHES_ON) == 1
            assert schemes.verdicts() == then
        transaction.set_rollback(True)
