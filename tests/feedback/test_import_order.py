"""Comments stand in the order in which they were said, and days are told as days."""

from __future__ import annotations

import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from feedback.models import FeedbackImport, Post, Thread
from feedback.services.figures import published
from feedback.services.importing.answered import answers_of
from feedback.services.importing.deciding import receive
from feedback.services.importing.undoing import undo
from feedback.services.raising import reply
from fleet.models import Organisation, User
from tests.feedback.comments import OFFICE, as_csv, comment
from tests.feedback.test_importing import bring_in

pytestmark = pytest.mark.django_db


def page_of(client: Client, thread: Thread) -> str:
    return client.get(reverse("feedback:thread-detail", args=[thread.pk])).content.decode()


def test_the_order_of_the_file_holds_where_times_do_not_say(
    client: Client, department: Organisation, staff_user: User
) -> None:
    rows = [
        comment("5", "FIFTH", "0", posted_at="2011-07-15T10:00"),
        comment("0", "Slow.", posted_at="2011-07-14"),
        comment("1", "FIRST", "0", posted_at="2011-07-14"),
        comment("2", "SECOND", "0"),
        comment("3", "THIRD", "0", posted_at="2011-07-15"),
        comment("4", "FOURTH", "0", posted_at="2011-07-15"),
        comment("6", "OF NO DATE"),
        comment("7", "BELOW IT", "6"),
    ]
    bring_in(department, as_csv(rows))
    thread, undated = (Post.objects.get(external_id=id).thread for id in "06")
    reply(thread=undated, by=staff_user, body="SAID HERE")
    for one, words in (
        (thread, ["FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH"]),
        (undated, ["BELOW IT", "SAID HERE"]),
    ):
        said = one.posts.filter(is_opening=False)
        assert list(said.values_list("body", flat=True)) == words
        assert said.last() == said.get(body=words[-1])
    client.force_login(staff_user)
    shown = page_of(client, thread)
    assert "14 Jul 2011" in shown
    assert "15 Jul 2011, 10:00am" in shown
    assert "12:00am" not in shown


def test_the_page_of_an_import_tells_days_in_the_files_order(
    client: Client, coordinator: User, department: Organisation
) -> None:
    days = {"FIRST": "14/07/2011", "SECOND": "", "THIRD": "2011-07-15T09:30"}
    rows = [comment(words, words, posted_at=day) for words, day in days.items()]
    file = SimpleUploadedFile("c.csv", as_csv(rows))
    client.force_login(coordinator)
    client.post(reverse("feedback:import-add"), {"source": "A page", "file": file})
    row = FeedbackImport.objects.get()
    page = reverse("feedback:import-detail", args=[row.pk])
    # What the check found is kept: the file itself is not looked at again.
    FeedbackImport.objects.update(content=b"not looked at")
    shown = client.get(page).content.decode()
    assert "14 Jul 2011<" in shown.replace("\n", "")
    lines = client.get(page, {"format": "csv"}).getvalue().decode().splitlines()
    assert lines[1:] == ["FIRST,,,2011-07-14", "SECOND,,,", "THIRD,,,2011-07-15T09:30:00+01:00"]
    FeedbackImport.objects.update(content=zlib.compress(as_csv(rows)))
    client.post(reverse("feedback:import-confirm", args=[row.pk]))
    lines = client.get(page, {"format": "csv"}).getvalue().decode().splitlines()
    told = [line.split(",") for line in lines[1:]]
    assert [(line[0], line[3]) for line in told] == [
        ("FIRST", "2011-07-14"),
        ("SECOND", ""),
        ("THIRD", "2011-07-15"),
    ]


def test_what_waits_is_checked_again_once_another_file_is_in_or_gone(
    department: Organisation, coordinator: User
) -> None:
    content = as_csv([comment("a", "Slow.")])
    waiting = receive(organisation=department, source="A page", name="a.csv", content=content, by=None)
    applied = bring_in(department, content, source="A page")
    waiting.refresh_from_db()
    assert (waiting.counts["threads"], waiting.counts["unchanged"], waiting.report["threads"]) == (0, 1, [])
    undo(imported=applied, by=coordinator)
    waiting.refresh_from_db()
    assert (waiting.counts["threads"], waiting.report["threads"]) == (1, [["Slow.", "", "", ""]])


def test_an_answer_dated_before_its_question_says_nothing_of_the_wait(
    client: Client, department: Organisation, staff_user: User
) -> None:
    rows = [
        comment("a", "Slow.", posted_at="2011-07-14"),
        comment("b", "We are on it.", "a", author_role=OFFICE, posted_at="2011-07-04"),
    ]
    imported = bring_in(department, as_csv(rows))
    assert [(one.role, one.days) for one in answers_of(imported)] == [(OFFICE, None)]
    whole = published(department).whole
    assert (whole.answered, whole.median_days) == (1, None)
    client.force_login(staff_user)
    assert "4 Jul 2011, dated before it was raised" in page_of(client, Thread.objects.get())


def test_what_an_official_raised_waits_for_nobody(
    client: Client, department: Organisation, staff_user: User
) -> None:
    rows = [
        comment("a", "New laptops come in June.", author_role=OFFICE, posted_at="2011-07-04"),
        comment("b", "When?", "a", posted_at="2011-07-05"),
        comment("c", "On the 4th.", "b", author_role=OFFICE, posted_at="2011-07-14"),
    ]
    imported = bring_in(department, as_csv(rows))
    assert [(one.role, one.days) for one in answers_of(imported)] == [(OFFICE, None)]
    assert not Thread.objects.unanswered().exists()
    whole = published(department).whole
    assert (whole.never, whole.median_days) == (0, None)
    client.force_login(staff_user)
    assert "It was raised officially" in page_of(client, Thread.objects.get())
