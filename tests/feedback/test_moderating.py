"""Moderators hide with a reason that stays; people find what is theirs and take their voice back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from feedback.models import Post, Thread
from feedback.services.moderating import hide_post
from feedback.services.raising import join_thread, reply
from feedback.signals import threads_changed
from feedback.vocabulary import ShownAs
from fleet.errors import Forbidden, Invalid
from fleet.models import User
from tests.feedback.conftest import Raised
from tests.feedback.factories import CommitmentFactory, ThreadFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_a_hidden_thread_is_there_for_moderators_and_its_author_alone(
    client: Client, raised: Raised, technology_lead: User, engineer: User, staff_user: User
) -> None:
    thread = raised(title="Somebody is named here")
    page = reverse("feedback:thread-detail", args=[thread.pk])
    client.force_login(technology_lead)
    hide = reverse("feedback:thread-hide", args=[thread.pk])
    assert "Answer “Why is it hidden?”" in client.post(hide, {"because": ""}).content.decode()
    client.post(hide, {"because": "It names a person."})
    assert "It names a person." in client.get(page).content.decode()
    repeated = ThreadFactory(organisation=thread.organisation, merged_into=thread, status="duplicate")
    CommitmentFactory(thread=thread, text="Nobody is named again")
    client.force_login(engineer)
    assert client.get(page).status_code == 404
    repeats = reverse("feedback:thread-detail", args=[repeated.pk])
    for url in (repeats, reverse("feedback:thread-list"), reverse("feedback:commitment-list")):
        shown = client.get(url).content.decode()
        assert "Somebody is named" not in shown
        assert "Nobody is named again" not in shown
    client.force_login(staff_user)
    assert "It names a person." in client.get(page).content.decode(), "its author reads why"
    assert "This affects me too" not in client.get(page).content.decode()
    assert "Somebody is named" in client.get(reverse("feedback:own-threads")).content.decode()
    assert "Somebody is named" not in client.get(reverse("feedback:thread-list")).content.decode()
    client.force_login(technology_lead)
    client.post(reverse("feedback:thread-show", args=[thread.pk]))
    client.force_login(engineer)
    assert client.get(page).status_code == 200


def test_a_hidden_post_keeps_its_place_and_its_replies_without_its_words(
    client: Client, raised: Raised, technology_lead: User, engineer: User
) -> None:
    thread = raised()
    rude = reply(thread=thread, by=engineer, body="An insult")
    reply(thread=thread, by=engineer, body="An answer to it", parent=rude)
    with pytest.raises(Forbidden):
        hide_post(post=rude, by=engineer, because="No")
    with pytest.raises(Invalid, match="whole thread"):
        hide_post(post=thread.opening, by=technology_lead, because="No")
    client.force_login(technology_lead)
    client.post(reverse("feedback:post-hide", args=[rude.pk]), {"because": "It is an insult."})
    client.force_login(engineer)
    shown = client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()
    assert "It is an insult." in shown
    assert "An insult" not in shown
    assert "An answer to it" in shown
    assert not Thread.objects.search("insult").exists()
    events: Any = Post._meta.get_field("changes").related_model
    kept = events.objects.order_by("pgh_id").values_list("pgh_label", "body", "hidden_because")
    assert list(kept) == [("before", "An insult", ""), ("update", "An insult", "It is an insult.")]


def test_a_thread_is_sorted_and_the_apps_above_are_told(
    client: Client, raised: Raised, technology_lead: User, django_capture_on_commit_callbacks: Any
) -> None:
    thread, told = raised(), []
    topic = TopicFactory(organisation=thread.organisation, name="Chairs")

    def hear(**given: Any) -> None:
        told.append(given["organisation_id"])

    threads_changed.connect(hear)
    client.force_login(technology_lead)
    url = reverse("feedback:thread-sort", args=[thread.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"kind": "idea", "topic": topic.pk, "is_severe": "on"})
    threads_changed.disconnect(hear)
    thread.refresh_from_db()
    assert (thread.kind, thread.topic, thread.is_severe, told) == (
        "idea",
        topic,
        True,
        [thread.organisation_id],
    )


def test_mine_is_what_i_raised_and_follow_whatever_others_see(
    client: Client, raised: Raised, staff_user: User, engineer: User
) -> None:
    mine = raised(title="Said without a name", shown_as=ShownAs.ANONYMOUS)
    joined = raised(title="Of an engineer", by=engineer)
    raised(title="Of no interest", by=engineer)
    join_thread(thread=joined, by=staff_user, shown_as=ShownAs.ANONYMOUS)
    client.force_login(staff_user)
    shown = client.get(reverse("feedback:own-threads")).content.decode()
    assert "Said without a name" in shown
    assert "Of an engineer" in shown
    assert "Of no interest" not in shown
    page = reverse("feedback:thread-detail", args=[mine.pk])
    assert "Nobody else can see that it was you" in client.get(page).content.decode()
    client.post(reverse("feedback:thread-leave", args=[joined.pk]))
    assert "Of an engineer" not in client.get(reverse("feedback:own-threads")).content.decode()
    client.force_login(engineer)
    assert "Said without a name" not in client.get(reverse("feedback:own-threads")).content.decode()
    assert "Anonymous" in client.get(page).content.decode()


def test_a_thread_of_a_thousand_answers_to_answers_is_read_page_by_page(
    client: Client, raised: Raised, engineer: User
) -> None:
    thread = raised()
    parent, chain = thread.opening, []
    for number in range(1_000):
        parent = Post(thread=thread, parent=parent, body=f"Answer {number}", author=engineer)
        chain.append(parent)
    Post.objects.bulk_create(chain)
    late = reply(thread=thread, by=engineer, body="To the first again", parent=thread.opening)
    client.force_login(engineer)
    url = reverse("feedback:thread-detail", args=[thread.pk])
    first, last = (client.get(url, {"page": page}).content.decode() for page in ("1", "11"))
    assert first.count("<article") == 100
    assert first.index("Four times a morning") < first.index("Answer 0<") < first.index("Answer 98<")
    assert "Posts 1 to 100 of 1,002" in " ".join(first.split())
    assert f'id="post-{late.pk}"' in last
    assert last.index("Answer 999<") < last.index("To the first again")
    assert client.get(url, {"page": "nonsense"}).status_code == 200
