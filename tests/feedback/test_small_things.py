"""Replies below a post, praise, where somebody may post, and what is refused before it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.measures import OsVersion
from feedback.models import FeedbackPolicy, Thread
from feedback.services.answering import respond
from feedback.services.moderating import hide_post
from feedback.services.promising import commit
from feedback.services.raising import join_thread, reply
from feedback.services.telling import to_answer
from feedback.vocabulary import ShownAs, ThreadKind
from fleet.errors import Invalid
from fleet.models import Organisation, User
from fleet.services.digests import Period
from tests.conftest import person_with
from tests.factories import GrantFactory, shipped_role
from tests.feedback.conftest import Raised

pytestmark = pytest.mark.django_db


def test_one_replies_to_a_given_post_without_script(
    client: Client, raised: Raised, engineer: User, technology_lead: User
) -> None:
    thread = raised()
    first = reply(thread=thread, by=engineer, body="Mine takes ten")
    client.force_login(engineer)
    url = f"{reverse('feedback:thread-reply', args=[thread.pk])}?to={first.pk}"
    assert url in client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()
    page = client.get(url)
    assert f"Reply to {engineer}" in page.content.decode()
    assert "Mine takes ten" in page.content.decode()
    assert page.context["form"]["parent"].value() == first.pk
    client.post(url, {"body": "Mine twelve", "parent": first.pk, "shown_as": "name"})
    assert first.replies.get().body == "Mine twelve"
    hide_post(post=first, by=technology_lead, because="An insult.")
    assert "Mine takes ten" not in client.get(url).content.decode()
    assert client.get(f"{url}{'9' * 30}").status_code == 200


def test_praise_costs_nobody_minutes_and_waits_for_no_answer(
    client: Client, raised: Raised, engineer: User, technology_lead: User
) -> None:
    praise = raised(kind=ThreadKind.PRAISE, title="The new laptop is a joy")
    assert Thread.objects.get().due_on is None
    refused: Any = {"minutes_a_day": 3, "frequency": "daily"}
    with pytest.raises(Invalid, match="Praise costs nobody minutes"):
        raised(kind=ThreadKind.PRAISE, **refused)
    with pytest.raises(Invalid, match="Praise costs nobody minutes"):
        join_thread(thread=praise, by=engineer, **refused)
    client.force_login(engineer)
    page = client.get(reverse("feedback:thread-detail", args=[praise.pk])).content.decode()
    assert "Minutes lost" not in page
    assert "response due" not in page
    client.force_login(technology_lead)
    assert "is a joy" not in client.get(reverse("feedback:queue")).content.decode()
    client.post(reverse("feedback:thread-sort", args=[praise.pk]), {"kind": "problem"})
    praise.refresh_from_db()
    assert praise.due_on is not None
    assert "is a joy" in client.get(reverse("feedback:queue")).content.decode()


def test_one_chooses_to_which_organisation_one_writes_and_is_told_how_one_is_shown(
    client: Client, staff_user: User, department: Organisation, council: Organisation, raised: Raised
) -> None:
    raised(title="Of the department")
    url = reverse("feedback:thread-raise")
    client.force_login(staff_user)
    assert "Write instead to" not in client.get(url).content.decode()
    GrantFactory(user=staff_user, organisation=council, role=shipped_role("staff"))
    FeedbackPolicy.objects.create(organisation=council, ways_to_be_shown=["name"], shown_as="name")
    here, there = client.get(url), client.get(url, {"organisation": council.code})
    assert f"You write to <strong>{department}" in here.content.decode()
    assert f"You write to <strong>{council}" in there.content.decode()
    assert f"?organisation={department.code}" in there.content.decode()
    assert f"The rules of {council} leave no other way." in there.content.decode()
    assert "anonymously" not in there.content.decode()
    said = {"kind": "idea", "title": "More chairs", "body": "In the hall.", "shown_as": "name"}
    client.post(f"{url}?organisation={council.code}", said)
    assert Thread.objects.get(title="More chairs").organisation == council
    page = client.get(reverse("feedback:thread-list"))
    assert "organisation" in [heading.column.key for heading in page.context["table"].headings]
    narrowed = client.get(reverse("feedback:thread-list"), {"organisation": council.code})
    assert [thread.title for thread in narrowed.context["table"].rows] == ["More chairs"]


def test_what_nobody_can_read_or_follow_is_refused(raised: Raised, technology_lead: User) -> None:
    for field, given in (
        ("title", {"title": "\u200b"}),
        ("body", {"body": " \u2060\n"}),
        ("since_on", {"since_on": timezone.localdate() + dt.timedelta(days=1)}),
    ):
        with pytest.raises(Invalid) as refused:
            raised(**given)
        assert refused.value.field == field
    fields = OsVersion().fields(technology_lead.grants.get().organisation)
    with pytest.raises(Exception, match="version in numbers"):
        fields["version"].clean("abc")
    with pytest.raises(Invalid, match="within ten years"):
        commit(
            thread=raised(),
            by=technology_lead,
            text="All of it",
            measure="os",
            parameters={"platform": "windows", "version": "10"},
            target_percent=100,  # type: ignore[arg-type]
            due_on=dt.date(9999, 1, 1),
        )


@pytest.mark.parametrize("shown_as", [ShownAs.NAME, ShownAs.ANONYMOUS], ids=["by name", "anonymously"])
def test_a_form_that_is_sent_twice_makes_one_thread(raised: Raised, engineer: User, shown_as: str) -> None:
    said = {"title": "Twice", "body": "The same.", "shown_as": shown_as}
    assert raised(**said) == raised(**said)
    raised(by=engineer, **said)
    raised(**(said | {"body": "Not the same."}))
    assert Thread.objects.count() == 3


def test_mail_tells_of_days_off_and_only_those_who_still_answer(
    raised: Raised, technology_lead: User, department: Organisation
) -> None:
    former = person_with("technology-lead", department, email="former@dept.example", name="Former lead")
    friday = dt.date(2026, 11, 27)
    monday = friday + dt.timedelta(days=3)
    mine, theirs = raised(title="Mine"), raised(title="Theirs")
    for thread, owner in ((mine, technology_lead), (theirs, former)):
        respond(thread=thread, by=technology_lead, body="Soon.", status="planned", seen_status="open")
        Thread.objects.filter(pk=thread.pk).update(owner=owner, next_update_on=friday + dt.timedelta(days=1))
    former.grants.update(ends_at=timezone.now())
    news = list(to_answer(Period(friday, monday), [technology_lead.pk, former.pk]))
    assert [one.text for one in news if "yours" in one.text] == [
        "“Mine” is yours, and its answer is due 28 Nov 2026"
    ]
    assert {one.user_id for one in news} <= {technology_lead.pk}
