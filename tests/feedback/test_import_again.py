"""A file that was corrected where it came from is corrected here, and what was decided here stays."""

from __future__ import annotations

import pytest

from feedback.models import Post, Thread, Topic, Voice
from feedback.services.importing.deciding import examined
from feedback.services.raising import reply
from fleet.models import Organisation, User
from tests.feedback.comments import OFFICE, as_csv, comment
from tests.feedback.test_importing import bring_in

pytestmark = pytest.mark.django_db


def told() -> dict[str, dict[str, str]]:
    rows = [
        comment("a", "Slow. Very.", title="Slow", topic="Chairs", author="Ann", posted_at="2011-07-01"),
        comment("b", "No browser. None.", posted_at="2011-07-02"),
        comment("a1", "Here too.", "a"),
        comment("a2", "And here.", "a1"),
        comment("a3", "We are on it.", "a2", author_role=OFFICE, posted_at="2011-07-05"),
    ]
    return {row["id"]: row for row in rows}


def test_title_topic_and_place_follow_the_file(department: Organisation, staff_user: User) -> None:
    rows = told()
    bring_in(department, as_csv([*rows.values()]))
    first, second = (Post.objects.get(external_id=id).thread for id in "ab")
    own = reply(thread=first, by=staff_user, body="Mine too.", parent=Post.objects.get(external_id="a3"))
    rows["a"] |= {"title": "Slow to start", "topic": "Desks", "author": "Anne", "posted_at": "2011-07-03"}
    rows["b"]["body"] = "An old browser. Ten years old."
    rows["a2"]["reply_to"] = "b"
    counts = bring_in(department, as_csv([*rows.values()])).report["changed"]
    assert counts == [
        [2, "a", "author, posted_at, title, topic"],
        [3, "b", "body, title"],
        [5, "a2", "reply_to"],
    ]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.title, first.topic and first.topic.name) == ("Slow to start", "Desks")
    assert str(first.raised_at) == "2011-07-02 23:00:00+00:00"
    assert [voice.author_name for voice in Voice.objects.filter(thread=first, is_author=True)] == ["Anne"]
    assert second.title == "An old browser."
    # What stands below a reply goes with it, whoever said it, and both threads are counted anew.
    own.refresh_from_db()
    assert own.thread == second
    assert [post.external_id for post in second.posts.order_by("position")] == ["", "b", "a2", "a3"]
    assert [(one.posts_shown, one.is_answered) for one in (first, second)] == [(2, False), (4, True)]
    # Readers of a post see that its words were changed.
    assert Post.objects.filter(edited_at__isnull=False).count() == 2
    assert bring_in(department, as_csv([*rows.values()])).counts["unchanged"] == len(rows)


def test_a_topic_that_was_chosen_here_stays_until_the_file_names_another(department: Organisation) -> None:
    rows = told()
    bring_in(department, as_csv([*rows.values()]))
    chosen = Topic.objects.create(organisation=department, name="Furniture")
    Thread.objects.filter(topic__name="Chairs").update(topic=chosen)
    assert bring_in(department, as_csv([*rows.values()])).counts["changed"] == 0
    rows["a"]["topic"] = "Desks"
    bring_in(department, as_csv([*rows.values()]))
    assert Post.objects.get(external_id="a").thread.topic == Topic.objects.get(name="Desks")


def test_openings_stay_openings_and_nothing_leads_round_in_a_circle(department: Organisation) -> None:
    rows = told()
    bring_in(department, as_csv([*rows.values()]))
    corrected = [
        rows["a"] | {"reply_to": "b"},
        rows["a3"] | {"reply_to": ""},
        rows["a1"] | {"reply_to": "a2"},  # which stands below it, and is not in this file
        comment("a4", "Below one that stays.", "a3"),
    ]
    _, plan = examined(as_csv(corrected), organisation=department, source="A public page")
    assert [(one.number, one.column, one.reason.split(".")[0]) for one in plan.refused] == [
        (2, "reply_to", "It opens a thread here and cannot become a reply"),
        (3, "reply_to", "It is a reply here and cannot open a thread"),
        (4, "reply_to", "The comment a2 that it replies to leads to none that opens a thread"),
    ]
    assert (plan.counts["replies"], plan.counts["changed"]) == (1, 0)


def test_a_chain_of_thousands_is_checked_in_whatever_order(department: Organisation) -> None:
    rows = [comment(f"c{n}", "And so on.", f"c{n - 1}" if n else "") for n in range(5_000)]
    _, plan = examined(as_csv(rows[::-1]), organisation=department, source="A page")
    assert (plan.counts["threads"], plan.counts["replies"]) == (1, 4_999)
    assert {placed.spot.thread_id for placed in plan.new} == {plan.threads[0].spot.thread_id}


def test_the_database_says_which_topics_are_one(department: Organisation) -> None:
    names = ["ΟΔΟΣ", "οδοσ", "ẞ", "ß", "İ", "i\u0307", "Chairs", "chairs"]
    bring_in(department, as_csv([comment(str(n), "Slow.", topic=name) for n, name in enumerate(names)]))
    found = dict(Post.objects.values_list("external_id", "thread__topic__name"))
    assert all(found.values())
    assert found["6"] == found["7"] == "Chairs"
