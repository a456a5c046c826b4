"""Comments made elsewhere come in as they are: threads, depth, roles, and nothing twice."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.models import FeedbackImport, Post, Thread, Topic, Voice
from feedback.services.importing.deciding import confirm, examined, receive
from feedback.services.importing.reading import read
from feedback.vocabulary import ThreadStatus
from fleet.errors import Conflict, Invalid
from fleet.models import Organisation
from tests.feedback.comments import OFFICE, as_csv, as_json, comment, forty

pytestmark = pytest.mark.django_db


def bring_in(organisation: Organisation, content: bytes, source: str = "A public page") -> FeedbackImport:
    imported = receive(
        organisation=organisation, source=source, name="comments.csv", content=content, by=None
    )
    confirm(imported=imported)
    return imported


@pytest.mark.parametrize("written", [as_csv, as_json], ids=["csv", "json"])
def test_forty_comments_become_threads_as_they_were_said(department: Organisation, written: Any) -> None:
    counts = bring_in(department, written(forty())).counts
    assert counts == {
        "threads": 12,
        "replies": 28,
        "official": 9,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
    }
    answered = Thread.objects.filter(is_answered=True)
    assert (answered.count(), Thread.objects.filter(people=1).count()) == (5, 12)
    assert set(answered.values_list("status", flat=True)) == {ThreadStatus.ACKNOWLEDGED}
    first = Post.objects.get(external_id="c0").thread
    assert first.answered_at is not None
    assert first.answered_at.isoformat() == "2011-07-10T23:00:00+00:00"
    assert (first.topic.name if first.topic else "", first.posts.count()) == ("Sign-in and start-up time", 6)
    deepest = Post.objects.select_related("parent__parent__parent__parent__parent").get(external_id="u0")
    above = [deepest]
    while above[-1].parent:
        above.append(above[-1].parent)
    assert [post.external_id for post in above] == ["u0", "t0", "s0", "r0", "o0", "c0"]
    assert (above[2].is_official, above[2].role_name, above[2].posted_at) == (True, OFFICE, None)
    assert {voice.author_id for voice in Voice.objects.all()} == {None}


def test_the_same_file_and_a_longer_one_add_only_what_is_new(department: Organisation) -> None:
    rows = forty()
    bring_in(department, as_csv(rows))
    assert bring_in(department, as_csv(rows)).counts["unchanged"] == len(rows)
    assert Post.objects.count() == len(rows)
    more = [dict(row) for row in rows]
    more[-1]["body"] = "Saving takes an hour."
    more.append(comment("o7", "Answered at last.", "c7", author_role=OFFICE, posted_at="2011-08-01"))
    counts = bring_in(department, as_csv(more)).counts
    assert (counts["threads"], counts["replies"], counts["changed"]) == (0, 1, 1)
    assert Post.objects.get(external_id="c7").thread.is_answered
    # Ids mean something only where they come from.
    assert bring_in(department, as_csv(rows), source="Another page").counts["threads"] == 12


def test_a_row_that_cannot_be_taken_is_named_and_the_rest_goes_on(department: Organisation) -> None:
    rows = [
        comment("1", "It works."),
        comment("1", "Twice."),
        comment("", "Whose?"),
        comment("2", ""),
        comment("3", "When?", posted_at="yesterday"),
        comment("4", "Lost.", "nowhere"),
        comment("5", "Round.", "6"),
        comment("6", "And round.", "5"),
        comment("7", "Below a lost one.", "4"),
        comment("8", "Named.", topic="Chairs", posted_at="14/07/2011 09:30"),
        comment("9", "x" * 10_001),
    ]
    _, plan = examined(as_csv(rows), organisation=department, source="A page")
    assert [(one.number, one.column) for one in plan.refused] == [
        (3, "id"),
        (4, "id"),
        (5, "body"),
        (6, "posted_at"),
        (7, "reply_to"),
        (8, "reply_to"),
        (9, "reply_to"),
        (10, "reply_to"),
        (12, "body"),
    ]
    assert plan.counts["threads"] == 2
    assert not Topic.objects.filter(name="Chairs").exists()
    bring_in(department, as_csv(rows))
    assert Thread.objects.get(topic__name="Chairs").raised_at is not None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"id,text\n1,Hello\n", "no column body"),
        (b"id,body\n", "holds no comments"),
        (b'{"id": 1}', "must be a list"),
        (b'[{"id": 1', "no JSON"),
        (b"[" * 200_000, "no JSON"),
        (b"%PDF-1.7", "PDF"),
        ('[{"id": 1, "body": "\xe9"}]'.encode("cp1252"), "Save it as UTF-8"),
        ("id,body\n1,Seán\n2,".encode() + b"\xff\n", "Line 3 has a letter that is no UTF-8"),
    ],
    ids=["empty", "no body", "header alone", "object", "cut off", "deep", "pdf", "Windows JSON", "bad byte"],
)
def test_a_file_that_cannot_be_read_says_why(department: Organisation, content: bytes, message: str) -> None:
    with pytest.raises(Invalid, match=message) as refused:
        examined(content, organisation=department, source="A page")
    assert refused.value.field == "file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_json_is_read_however_it_is_encoded(encoding: str) -> None:
    sheet = read(json.dumps([{"id": 7, "body": "Seán"}], ensure_ascii=False).encode(encoding))
    assert [(one.id, one.body, one.author) for one in sheet.comments] == [("7", "Seán", "")]


def test_windows_text_is_read_and_known_as_a_guess() -> None:
    sheet = read("id,body\n1,Seán\n".encode("cp1252"))
    assert (sheet.comments[0].body, sheet.is_windows) == ("Seán", True)
    assert not read("id,body\n1,Seán\n".encode()).is_windows


def test_json_values_that_are_no_text_and_unknown_columns_are_told() -> None:
    good = {"id": 7.5, "body": "Hello", "likes": 3, "author": None}
    bad: list[dict[str, Any]] = [
        {"body": {"a": 1}},
        {"body": False},
        {"title": []},
        {"body": "\ud800"},
        {"author": "a\0b"},
    ]
    rows = [good, "no object", *({"id": str(n), "body": "Hello"} | more for n, more in enumerate(bad))]
    sheet = read(as_json([*rows, {"\ud800": 1}]))
    assert [(one.id, one.author) for one in sheet.comments] == [("7.5", "")]
    assert sheet.unknown == ["?", "likes"]
    assert [(one.number, one.column) for one in sheet.refused] == [
        (2, ""),
        (3, "body"),
        (4, "body"),
        (5, "title"),
        (6, "body"),
        (7, "author"),
        (8, "id"),
    ]


def test_a_date_says_what_is_wrong_with_it() -> None:
    texts = ("2999-01-01", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-23:00", "31/02/2011", "14/07/2011")
    sheet = read(as_csv([comment(str(n), "Slow.", posted_at=one) for n, one in enumerate(texts)]))
    reasons = [one.reason.split(".")[0] for one in sheet.refused]
    no_date = "It is no date and time such as 2011-07-14T09:30 or 14/07/2011"
    assert reasons == ["It is still to come", "It is before 1970", "It is still to come", no_date]


def test_an_import_is_decided_on_once(department: Organisation) -> None:
    imported = bring_in(department, as_csv(forty()))
    assert imported.content is None
    with pytest.raises(Conflict):
        confirm(imported=imported)


def test_as_many_statements_for_one_as_for_hundreds(department: Organisation) -> None:
    def statements(rows: list[dict[str, str]], source: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring_in(department, as_csv(rows), source=source)
        return len(captured)

    one = [comment("a", "Slow."), comment("b", "Thanks.", "a", author_role=OFFICE)]
    statements(one, "warm")
    many = [comment(f"a{n}", "Slow.", f"a{n - 1}" if n % 5 else "") for n in range(400)]
    assert statements(many, "many") == statements(one, "one")


def test_the_command_says_what_it_did(department: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.write_bytes(as_csv([*forty(), comment("", "No id")]))
    for options, begins in (({"check": True}, "Would add 12"), ({}, "Added 12"), ({}, "Added 0")):
        out, err = StringIO(), StringIO()
        call_command("import_feedback", str(path), organisation="DEPT", stdout=out, stderr=err, **options)
        assert out.getvalue().startswith(begins)
        assert "Row 42, id" in err.getvalue()
    assert Thread.objects.count() == 12
