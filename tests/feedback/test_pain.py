"""What hurts most, by topic and by the facts of those whom it affects; nobody can be told from a sum."""

from __future__ import annotations

import csv
import datetime as dt
from math import comb
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from feedback.models import Thread, Topic, Voice
from feedback.services.counting import recount
from feedback.services.merging import merge
from feedback.services.pain.rising import trends
from feedback.services.raising import raise_thread
from feedback.vocabulary import DAYS_A_YEAR, ShownAs
from fleet.models import DeviceModel, Organisation, Site, User
from tests.conftest import person_with
from tests.factories import (
    DeviceFactory,
    DeviceModelFactory,
    SiteFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.feedback.factories import FeedbackImportFactory, ThreadFactory, TopicFactory, VoiceFactory

pytestmark = pytest.mark.django_db
PAIN = "/api/v1/feedback/pain/"
DAILY = DAYS_A_YEAR["daily"]


@pytest.fixture
def slow(department: Organisation) -> Thread:
    return ThreadFactory(organisation=department, topic=TopicFactory(organisation=department))


def say(thread: Thread, people: int, **facts: Any) -> list[Voice]:
    found = VoiceFactory.create_batch(people, thread=thread, **facts)
    recount([thread.pk])
    return found


def rows_of(client: Client, **asked: str) -> dict[str, dict[str, str]]:
    body = client.get(reverse("feedback:pain"), asked | {"format": "csv"}).getvalue().decode()
    return {row["name"]: row for row in csv.DictReader(body.splitlines())}


def test_page_csv_and_api_say_the_same_and_lead_to_the_threads(
    client: Client, department: Organisation, technology_lead: User, slow: Thread
) -> None:
    air, pro = (DeviceModelFactory(organisation=department, name=name) for name in ("Air", "Pro"))
    other = ThreadFactory(organisation=department)
    authors = UserFactory.create_batch(6)
    for author in authors:
        VoiceFactory(thread=slow, author=author, device_model=air, minutes_a_day=10)
    VoiceFactory(thread=other, author=authors[0], device_model=air, minutes_a_day=5)
    say(other, 5, device_model=pro, minutes_a_day=None, frequency="")
    say(ThreadFactory(organisation=department, status="done"), 9, device_model=pro)
    say(ThreadFactory(organisation=department, kind="praise"), 9, device_model=pro)
    recount([slow.pk, other.pk])
    client.force_login(technology_lead)
    lost = round(65 * DAILY / 444, 1)
    by_model = rows_of(client, by="model")
    assert [by_model[str(air)][name] for name in ("working_days_a_year", "people", "threads")] == [
        str(lost),
        "6",
        "2",
    ]
    assert by_model[str(pro)]["people_with_minutes"] == "0"
    page = client.get(reverse("feedback:pain"), {"by": "model"}).content.decode()
    assert f"{lost} (n = 6)" in page
    api = APIClient()
    api.force_authenticate(technology_lead)
    found = api.get(PAIN, {"by": "model"}).json()
    assert [(one["name"], one["people"], one["threads"]) for one in found["groups"]] == [
        (name, int(row["people"]), int(row["threads"])) for name, row in by_model.items()
    ]
    assert (found["whole"]["people"], found["whole"]["threads"]) == (11, 2)
    for one in (*found["groups"], found["whole"]):
        listed = api.get(f"/api/v1/feedback/threads/?{one['threads_query']}").json()
        assert len(listed["results"]) == one["threads"]
    assert (
        "Device model of somebody affected"
        in client.get(reverse("feedback:thread-list"), {"device_model": air.pk}).content.decode()
    )


def test_groups_of_few_people_are_put_together_until_nobody_can_be_told(
    client: Client, department: Organisation, technology_lead: User, slow: Thread
) -> None:
    sites = {name: SiteFactory(organisation=department, name=name) for name in ("A", "B", "C", "D")}
    for name, people in (("A", 9), ("B", 6), ("C", 4)):
        say(slow, people, site=sites[name])
    client.force_login(technology_lead)
    # One small group alone would be the rest of the sum: the next smallest goes with it.
    found = rows_of(client, by="site")
    assert {name: row["people"] for name, row in found.items()} == {"A": "9", "Others, put together": "10"}
    lists = reverse("feedback:thread-list")
    nothing = client.get(lists, {"site": sites["C"].pk}).content.decode()
    assert "Nothing matches these filters" in nothing
    assert slow.title in client.get(lists, {"site": sites["B"].pk}).content.decode()
    # Four voices of one person in four threads are one head.
    loud = UserFactory()
    for thread in ThreadFactory.create_batch(5, organisation=department):
        VoiceFactory(thread=thread, author=loud, site=sites["D"])
    assert "D" not in rows_of(client, by="site")
    Voice.objects.exclude(site=sites["C"]).delete()
    assert rows_of(client, by="site") == {}
    assert "As soon as 5 people" in client.get(reverse("feedback:pain"), {"by": "site"}).content.decode()


def test_systems_work_styles_and_those_who_did_not_tell(
    client: Client, department: Organisation, technology_lead: User, slow: Thread, engineer: User
) -> None:
    mobile = StaffMemberFactory(organisation=department, work_style="mobile")
    for version in ("10.0.22631", ""):
        say(slow, 5, platform="windows", os_version=version)
    say(slow, 5, staff_member=mobile)
    client.force_login(technology_lead)
    systems, styles = rows_of(client, by="system"), rows_of(client, by="work_style")
    assert set(systems) == {"Windows 10.0.22631", "Windows (version not told)", "Not told"}
    assert {name: row["people"] for name, row in styles.items()} == {"Mobile": "5", "Not told": "10"}
    for asked in ({"system": name} for name in ("Windows 10.0.22631", "Windows (version not told)", "null")):
        assert slow.title in client.get(reverse("feedback:thread-list"), asked).content.decode()
    assert (
        slow.title not in client.get(reverse("feedback:thread-list"), {"system": "macOS 1"}).content.decode()
    )


def test_only_those_who_see_devices_see_pain_by_facts(client: Client, staff_user: User, slow: Thread) -> None:
    say(slow, 2)
    client.force_login(staff_user)
    assert rows_of(client)[str(slow.topic)]["people"] == "2"
    assert client.get(reverse("feedback:pain"), {"by": "model"}).status_code == 404
    api = APIClient()
    api.force_authenticate(staff_user)
    assert api.get(PAIN, {"by": "model"}).json()["errors"][0]["field"] == "by"


def test_no_sum_says_that_two_threads_are_one_persons(
    client: Client, department: Organisation, technology_lead: User, staff_user: User, engineer: User
) -> None:
    topic = TopicFactory(organisation=department)
    ways = (ShownAs.NAME, ShownAs.ROLE, ShownAs.ANONYMOUS, ShownAs.ANONYMOUS)
    for title, way in zip(("Slow", "So slow", "Very slow", "Too slow"), ways, strict=True):
        raise_thread(
            organisation=department, by=staff_user, title=title, body="So slow", topic=topic, shown_as=way
        )
    raise_thread(organisation=department, by=staff_user, title="Slower", body="Yes", topic=topic)
    client.force_login(technology_lead)
    assert rows_of(client)[str(topic)]["people"] == "4"


def test_of_an_anonymous_voice_only_what_ten_who_may_post_share_together(
    department: Organisation, staff_user: User
) -> None:
    air: DeviceModel = DeviceModelFactory(organisation=department)
    here, elsewhere = (SiteFactory(organisation=department) for _ in range(2))
    person = StaffMemberFactory(organisation=department, user=staff_user, site=here)
    DeviceFactory(organisation=department, model=air, holder=person, issued=True, site=here)

    def colleagues(site: Site, *, has_model: bool, may_post: bool = True) -> None:
        for _ in range(9):
            user = person_with("staff", department) if may_post else None
            holder = StaffMemberFactory(organisation=department, site=site, user=user)
            if has_model:
                DeviceFactory(organisation=department, model=air, issued=True, site=site, holder=holder)

    # Ten have the model, and ten work here; one alone does both, and nine without an account.
    colleagues(elsewhere, has_model=True)
    colleagues(here, has_model=False)
    colleagues(here, has_model=True, may_post=False)

    def raised() -> Voice:
        thread = raise_thread(
            organisation=department,
            by=staff_user,
            title=f"Slow, {Voice.objects.count()}",
            body="So slow",
            shown_as=ShownAs.ANONYMOUS,
            with_facts=True,
        )
        return Voice.objects.get(thread=thread)

    def facts(voice: Voice) -> tuple[DeviceModel | None, str, Site | None]:
        return voice.device_model, voice.platform, voice.site

    assert facts(raised()) == (air, air.platform, None)
    colleagues(here, has_model=True)
    assert facts(raised()) == (air, air.platform, here)


def test_a_topic_rises_against_its_own_past(
    client: Client, department: Organisation, technology_lead: User
) -> None:
    today = timezone.localdate()
    wifi, mail, few = (TopicFactory(organisation=department, name=name) for name in ("Wi-Fi", "Mail", "Few"))

    def spoke(topic: Topic, count: int, days: int) -> None:
        thread = ThreadFactory(organisation=department, topic=topic)
        VoiceFactory.create_batch(count, thread=thread, joined_on=today - dt.timedelta(days=days))

    spoke(wifi, 12, 3)
    # What is brought in from long ago is no past of this place.
    long_ago = ThreadFactory(
        organisation=department,
        topic=wifi,
        imported=FeedbackImportFactory(organisation=department, applied=True),
    )
    VoiceFactory(thread=long_ago, joined_on=dt.date(2011, 7, 14))
    assert [one.verdict for one in trends(department, today)] == ["no_past"]
    spoke(wifi, 3, 60)
    spoke(mail, 6, 3)
    spoke(mail, 18, 111)
    spoke(mail, 40, 112)
    spoke(few, 4, 3)
    found = {one.name: one for one in trends(department, today)}
    assert {name: one.verdict for name, one in found.items()} == {
        "Wi-Fi": "rising",
        "Mail": "usual",
        "Few": "too_few",
    }
    chance = sum(comb(15, k) * 0.25**k * 0.75 ** (15 - k) for k in range(12, 16))
    assert (found["Mail"].recent, found["Mail"].before, found["Mail"].usual) == (6, 18, 6)
    assert found["Wi-Fi"].p == pytest.approx(2 * chance)
    # A thread that is merged counts where it stands.
    [moved] = Thread.objects.filter(topic=few)
    merge(thread_ids=[moved.pk], into=Thread.objects.filter(topic=mail)[0], by=technology_lead)
    assert {one.name: one.recent for one in trends(department, today)} == {"Wi-Fi": 12, "Mail": 10}
    client.force_login(technology_lead)
    page = client.get(reverse("feedback:pain")).content.decode()
    assert "Rising: Wi-Fi" in page
    asked = {"topic": str(wifi.pk), "lately": "true", "kind": "problem", "is_hidden": "false"}
    assert "1 thread" in client.get(reverse("feedback:thread-list"), asked).content.decode()
