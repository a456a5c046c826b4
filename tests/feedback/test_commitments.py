"""A promise with a measure, a target and a day is followed, and ends kept or missed by itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.models import Commitment, Thread
from feedback.services.promising import commit, follow_commitments, withdraw
from feedback.tasks import follow_commitments as task
from feedback.vocabulary import CommitmentState
from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import Device, Organisation, User
from fleet.versions import version_key
from tests.factories import DayCountFactory, DeviceFactory, MeasuredDayFactory, StaffMemberFactory
from tests.feedback.conftest import Raised
from tests.feedback.factories import ThreadFactory, TopicFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "10.0.19045", "10.0.22631"
MEASURED = {"measure": "os", "parameters": {"platform": "windows", "version": NEW}}
DAY = dt.timedelta(days=1)


@pytest.fixture
def fleet(department: Organisation) -> list[Device]:
    """A hundred devices in use, of which 81 have the new version."""
    holder = StaffMemberFactory(organisation=department)
    versions = [NEW] * 81 + [OLD] * 19
    return [
        DeviceFactory(
            organisation=department,
            issued=True,
            holder=holder,
            platform="windows",
            os_version=version,
            os_key=version_key(version),
        )
        for version in versions
    ]


def upgrade(devices: list[Device]) -> None:
    Device.objects.filter(pk__in=[one.pk for one in devices]).update(os_version=NEW, os_key=version_key(NEW))


def promise(thread: Thread, by: User, **more: Any) -> Commitment:
    given: dict[str, Any] = {
        "text": "Everybody has it by 30 June",
        "target_percent": Decimal(100),
        "due_on": timezone.localdate() + 30 * DAY,
    }
    return commit(thread=thread, by=by, **{**given, **MEASURED, **more})


def readings(commitment: Commitment) -> list[tuple[int, int]]:
    return list(commitment.readings.order_by("day").values_list("part", "whole"))


@pytest.mark.parametrize("when", ["in time", "on its day", "too late"])
def test_81_per_cent_now_all_by_the_end_of_june(
    raised: Raised, technology_lead: User, fleet: list[Device], when: str
) -> None:
    """What was done on the last day stands in the count of the morning after."""
    today = timezone.localdate()
    made = promise(raised(), technology_lead, due_on=today + 2 * DAY)
    assert readings(made) == [(81, 100)]
    upgrade(fleet[81:98])
    follow_commitments(today + DAY)
    follow_commitments(today + DAY)
    # 99 of a hundred would round to all of them; it is not.
    assert readings(made) == [(81, 100), (98, 100)]
    if when == "in time":
        upgrade(fleet)
    follow_commitments(today + 2 * DAY)
    made.refresh_from_db()
    assert made.state == (CommitmentState.KEPT if when == "in time" else CommitmentState.OPEN)
    if when == "on its day":
        upgrade(fleet)
    with time_machine.travel(timezone.now() + 3 * DAY, tick=False):
        task()
        upgrade(fleet)
        task()
    made.refresh_from_db()
    state, days = {
        "in time": (CommitmentState.KEPT, 2),
        "on its day": (CommitmentState.KEPT, 3),
        "too late": (CommitmentState.MISSED, 3),
    }[when]
    assert (made.state, made.decided_on) == (state, today + days * DAY)
    assert len(readings(made)) == days + 1


def test_a_worker_that_was_away_judges_by_what_was_counted_the_morning_after(
    raised: Raised, technology_lead: User, fleet: list[Device], department: Organisation
) -> None:
    due = timezone.localdate() + DAY
    made = promise(raised(), technology_lead, due_on=due)
    MeasuredDayFactory(organisation=department, day=due + DAY, measured_at=timezone.now())
    for version, count in ((NEW, 98), (OLD, 2)):
        DayCountFactory(organisation=department, day=due + DAY, group="windows", version=version, count=count)
    upgrade(fleet)
    follow_commitments(due + 5 * DAY)
    made.refresh_from_db()
    assert made.state == CommitmentState.MISSED
    assert readings(made) == [(81, 100), (98, 100)]


def test_what_was_counted_before_is_shown_from_the_start(
    raised: Raised, technology_lead: User, fleet: list[Device], department: Organisation
) -> None:
    week_ago = timezone.localdate() - 7 * DAY
    MeasuredDayFactory(organisation=department, day=week_ago, measured_at=timezone.now())
    for version, count in ((NEW, 40), (OLD, 60)):
        DayCountFactory(organisation=department, day=week_ago, group="windows", version=version, count=count)
    assert readings(promise(raised(), technology_lead)) == [(40, 100), (81, 100)]


def test_a_promise_that_could_not_be_followed_is_refused(
    raised: Raised, technology_lead: User, engineer: User, fleet: list[Device]
) -> None:
    thread = raised()
    for more, field in (
        ({"due_on": timezone.localdate()}, "due_on"),
        ({"target_percent": Decimal(81)}, "target_percent"),
        ({"measure": "luck"}, "measure"),
        ({"parameters": {"platform": "macos", "version": "14"}}, "measure"),
    ):
        with pytest.raises(Invalid) as refused:
            promise(thread, technology_lead, **more)
        assert refused.value.field == field
    with pytest.raises(Forbidden):
        promise(thread, engineer)
    assert not Commitment.objects.exists()


def test_threads_of_a_topic_can_be_promised_settled(
    raised: Raised, technology_lead: User, department: Organisation
) -> None:
    topic = TopicFactory(organisation=department, name="Chairs")
    threads = [ThreadFactory(organisation=department, topic=topic) for _ in range(2)]
    made = promise(threads[0], technology_lead, measure="topic", parameters={"topic": str(topic.pk)})
    Thread.objects.filter(topic=topic).update(status="done")
    follow_commitments(timezone.localdate() + DAY)
    made.refresh_from_db()
    assert (made.state, readings(made)) == (CommitmentState.KEPT, [(0, 2), (2, 2)])


def test_it_is_made_and_withdrawn_on_pages_and_everybody_follows_it(
    client: Client, raised: Raised, technology_lead: User, staff_user: User, fleet: list[Device]
) -> None:
    thread = raised()
    client.force_login(technology_lead)
    url = reverse("feedback:commit", args=[thread.pk])
    assert "operating system at or above a version" in client.get(url).content.decode()
    due = timezone.localdate() + 30 * DAY
    sent = {
        "text": "Everybody has the new system",
        "platform": "windows",
        "version": NEW,
        "target_percent": "80",
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
    }
    assert "It is 81 of 100 already" in client.post(f"{url}?measure=os", sent).content.decode()
    client.post(f"{url}?measure=os", sent | {"target_percent": "100"})
    made = Commitment.objects.get()
    upgrade(fleet[:90])
    follow_commitments(timezone.localdate() + DAY)
    client.force_login(staff_user)
    shown = client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()
    assert "81 of 100" in shown or "90 of 100" in shown
    page = reverse("feedback:commitment-detail", args=[made.pk])
    assert "<svg" in client.get(page).content.decode()
    rows = client.get(page, {"format": "csv"}).getvalue().decode().splitlines()
    assert [row.split(",")[1:3] for row in rows[1:]] == [["81", "100"], ["90", "100"]]
    assert "90% of 100" in client.get(reverse("feedback:commitment-list")).content.decode()
    with pytest.raises(Invalid, match="Say why"):
        withdraw(commitment=made, by=technology_lead, because=" ")
    withdraw(commitment=made, by=technology_lead, because="The version was recalled.")
    with pytest.raises(Conflict):
        withdraw(commitment=made, by=technology_lead, because="Again")
    assert "The version was recalled." in client.get(page).content.decode()
