"""Files over the pages: brought in, checked, mended, confirmed, applied once, undone, forgotten."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fleet import tasks
from fleet.apps import PAGES
from fleet.errors import Conflict, Invalid
from fleet.models import Device, Import, ImportHeader, ImportLine, Organisation, Site, StaffMember, User
from fleet.services.imports import KINDS, deciding, forgetting, receiving, recording, working
from fleet.views.imports.lists import MAY_SEE
from tests.conftest import person_with
from tests.factories import ImportFactory, SiteFactory, StaffMemberFactory
from tests.fleet.workbooks import xlsx

pytestmark = pytest.mark.django_db
IMEI = "490154203237518"
SITES = "code,name\nA,Alpha\nB,Beta\n"


def bring(
    kind: str, content: str | bytes, organisation: Organisation, by: User, *, on: date | None = None
) -> Import:
    """A file that has been checked, as far as it could be."""
    given = content if isinstance(content, bytes) else content.encode()
    found = receiving.receive(
        organisation=organisation, kind=kind, file_name=f"{kind}.csv", content=given, by=by, complete_on=on
    )
    return worked(found)


def worked(found: Import) -> Import:
    working.work(found.pk)
    found.refresh_from_db()
    return found


def applied(found: Import, by: User, **more: Any) -> Import:
    deciding.confirm(found=found, by=by, seen=found.digest, **more)
    return worked(found)


def figures(found: Import) -> tuple[str, int, int, int, int]:
    return found.status, found.created, found.changed, found.unchanged, found.rejected


def told(found: Import, outcome: str) -> list[tuple[int, list[list[str]]]]:
    return list(found.lines.filter(outcome=outcome).values_list("number", "details"))


class Pages:
    """What one person does in a browser without script, a worker following each step."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def upload(self, kind: str, name: str, content: bytes, **more: Any) -> Import:
        data = {"kind": kind, "file": SimpleUploadedFile(name, content), **more}
        answer = self.client.post(reverse("fleet:import-add"), data)
        assert answer.status_code == 302, answer.context["form"].errors
        found = Import.objects.latest("made_at")
        assert answer["Location"] == reverse("fleet:import-detail", args=[found.pk])
        return worked(found)

    def send(self, found: Import, verb: str, **data: Any) -> Import:
        """Fill in a form, leaving what it proposes, and let a worker follow."""
        url = reverse(f"fleet:import-{verb}", args=[found.pk])
        form = self.client.get(url).context["form"]
        proposed = {name: form[name].value() or "" for name in form.fields}
        answer = self.client.post(url, proposed | data)
        assert answer.status_code == 302, answer.context["form"].errors
        return worked(found)

    def text(self, found: Import, **query: str) -> str:
        answer = self.client.get(reverse("fleet:import-detail", args=[found.pk]), query)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))

    def table(self, found: Import, show: str) -> list[list[str]]:
        url = reverse("fleet:import-detail", args=[found.pk])
        answer = self.client.get(url, {"show": show, "format": "csv"})
        return list(csv.reader(io.StringIO(answer.getvalue().decode())))


@pytest.fixture
def pages(it_manager: User, client_of: Callable[[User], Client]) -> Pages:
    return Pages(client_of(it_manager))


def test_a_newcomer_with_three_messy_spreadsheets(pages: Pages, department: Organisation) -> None:
    """An estates list, an HR extract and an asset list make a register that says what it refused and why."""
    estates = xlsx(
        ["Building code", "Building", "Type", "Opening date", "Closure date", "Asbestos survey"],
        ["LDS", "Leeds, Wellington Place", "Regional centre", date(2020, 5, 1), None, "yes"],
        ["STL", "St Leonard’s House", "Local office", "01/02/1998", "31/03/2027", "no"],
        ["OLD", "Old Mill", "Local office", date(2026, 5, 1), date(2021, 5, 1), "no"],
    )
    found = pages.upload("sites", "estates.xlsx", estates)
    assert (found.status, [one["header"] for one in found.unknown]) == ("naming", ["Asbestos survey"])
    found = pages.send(found, "columns", column_0="-")
    assert figures(found) == ("checked", 2, 0, 0, 1)
    assert "A site must close after it opens." in pages.text(found, show="rejected")
    assert not Site.objects.exists()
    assert figures(pages.send(found, "confirm")) == ("applied", 2, 0, 0, 1)

    hr = (
        (
            "Employee number;Full name;Email address;Office;Start date;Leaving date\n"
            "1;Siân O’Brien-D'Souza;sian@dept.example;Leeds, Wellington Place;06/04/2020;\n"
            "2;Zoë Ångström;zoe@dept.example;ST LEONARDS HOUSE;31/02/2021;\n"
            "3;Seán Ó Sé;sean@dept.example;LDS;2021-03-01;\n"
            "4;Ann Lee;ann@dept.example;St Lennards Hse;1 May 2019;\n"
        )
        .encode("cp1252", errors="replace")
        .replace(b"Se\xe1n", "Seán".encode("cp1252"))
    )
    found = pages.upload("staff", "hr.csv", hr)
    assert figures(found) == ("checked", 3, 0, 0, 1)
    assert "Row 2" not in pages.text(found, show="rejected")
    assert "Zoë Ångström (2) Starts: “31/02/2021” is not a date." in pages.text(found, show="rejected")
    assert "Did you mean St Leonard’s House (STL)?" in pages.text(found, show="warnings")
    found = pages.send(found, "sites")
    assert (found.warned, found.unknown) == (1, [])
    assert "Place opens on 1 May 2020, after they start." in pages.text(found, show="warnings")
    found = pages.send(found, "confirm")
    assert figures(found) == ("applied", 3, 0, 0, 1)
    ann = StaffMember.objects.get(staff_number="4")
    assert (ann.site, ann.starts_on) == (Site.objects.get(code="STL"), date(2019, 5, 1))
    assert StaffMember.objects.get(staff_number="1").name == "Siân O’Brien-D'Souza"

    header, row = pages.table(found, "rejected")
    assert ";".join(header) == "Employee number;Full name;Email address;Office;Start date;Leaving date;reason"
    assert row[:2] == ["2", "Zoë Ångström"]
    mended = io.StringIO()
    csv.writer(mended).writerows([header, [cell.replace("31/02/2021", "28/02/2021") for cell in row]])
    found = pages.upload("staff", "mended.csv", mended.getvalue().encode())
    assert figures(found) == ("checked", 1, 0, 0, 0)
    pages.send(found, "confirm")

    assets: list[list[Any]] = [
        ["Asset no", "IMEI", "Office", "Assigned to", "Status"],
        ["TAB-1", float(IMEI), "leeds wellington place", "1", "Issued"],
        ["TAB-1", None, "LDS", None, None],
        ["TAB-2", None, "St. Leonards House", None, "In stock"],
    ]
    found = pages.upload("devices", "assets.xlsx", xlsx(*assets))
    assert figures(found) == ("checked", 2, 0, 0, 1)
    assert "Row 2 is about the same one. Keep one of the two rows." in pages.text(found, show="rejected")
    pages.send(found, "confirm")
    device = Device.objects.get(asset_tag="TAB-1")
    assert (device.imei, device.holder) == (IMEI, StaffMember.objects.get(staff_number="1"))
    lost = pages.upload("devices", "assets.csv", b"Asset no,IMEI\nTAB-2,4.90E+14\n")
    assert figures(lost) == ("nothing", 0, 0, 0, 1)
    assert "A spreadsheet has shortened this number to 4.90E+14" in pages.text(lost)
    found = pages.send(found, "undo")
    assert (found.status, Device.objects.count()) == ("undone", 0)


def test_a_change_is_shown_before_and_after_and_can_be_undone(
    department: Organisation, it_manager: User, pages: Pages
) -> None:
    SiteFactory(organisation=department, code="A", name="Ash", closes_on="2026-03-27")
    found = bring("sites", "code,name,kind,closes_on\nA,Elm,depot,\nB,Beta,,\n", department, it_manager)
    assert figures(found) == ("checked", 1, 1, 0, 0)
    said = pages.text(found, show="changed")
    assert "Name: Ash → Elm" in said
    assert "Kind: Local office → Depot" in said
    assert "Closes: 27 Mar 2026 → nothing" in said
    assert pages.table(found, "changed")[1:] == [
        ["2", "Elm (A)", "name", "Ash", "Elm"],
        ["2", "Elm (A)", "kind", "local_office", "depot"],
        ["2", "Elm (A)", "closes_on", "2026-03-27", ""],
    ]
    found = applied(found, it_manager)
    beta = Site.objects.get(code="B")
    assert (found.lines.get(outcome="created").row_id, found.status) == (beta.pk, "applied")
    log = pages.client.get(reverse("fleet:change-log"), {"request": str(found.pk)}).content.decode()
    assert "Elm" in log
    page = pages.client.get(reverse("fleet:import-detail", args=[found.pk])).content.decode()
    assert f"?request={found.pk}" in page
    found = pages.send(found, "undo")
    assert (found.status, found.undone_by) == ("undone", it_manager)
    assert list(Site.objects.values_list("code", "name", "closes_on")) == [("A", "Ash", date(2026, 3, 27))]


def test_what_others_have_built_on_is_not_undone(
    department: Organisation, it_manager: User, pages: Pages
) -> None:
    found = applied(bring("sites", SITES, department, it_manager), it_manager)
    StaffMemberFactory(organisation=department, site=Site.objects.get(code="A"))
    page = pages.client.get(reverse("fleet:import-undo", args=[found.pk])).content.decode()
    assert "It cannot be undone as a whole" in page
    assert "1 row: A staff member refers to it" in page
    deciding.undo_import(found=found, by=it_manager)
    found = worked(found)
    assert (found.status, found.undone_by, Site.objects.count()) == ("applied", None, 2)
    assert "cannot go back" in found.error


def test_a_confirm_that_comes_twice_changes_nothing(department: Organisation, it_manager: User) -> None:
    found = bring("sites", SITES, department, it_manager)
    applied(found, it_manager)
    for _ in range(2):
        with pytest.raises(Conflict):
            deciding.confirm(found=found, by=it_manager, seen=found.digest)
        tasks.work_on_import(str(found.pk))
    assert Site.objects.count() == 2
    changes: Any = Site._meta.get_field("changes").related_model
    assert changes.objects.count() == 2


@pytest.mark.parametrize("verb", ["confirm", "discard", "columns"])
def test_back_and_a_second_tab_lead_to_what_became_of_the_file(
    verb: str, department: Organisation, it_manager: User, pages: Pages
) -> None:
    found = applied(bring("sites", SITES, department, it_manager), it_manager)
    for send in (pages.client.get, pages.client.post):
        answer = send(reverse(f"fleet:import-{verb}", args=[found.pk]), follow=True)
        assert answer.redirect_chain == [(reverse("fleet:import-detail", args=[found.pk]), 302)]
        assert "The file is “applied” by now." in answer.content.decode()


def test_the_list_shows_what_was_rejected_without_scrolling(pages: Pages) -> None:
    table = pages.client.get(reverse("fleet:import-list")).context["table"]
    shown = [heading.column.key for heading in table.head]
    assert shown == ["made_at", "kind", "file_name", "made_by", "status", "created", "changed", "rejected"]


def test_a_file_of_another_kind_is_recognised(
    department: Organisation, it_manager: User, pages: Pages
) -> None:
    assets = "Asset No.,Serial Number,IMEI,Make,Model\nT1,S1,,Maker,Slate\n"
    for content, is_said in ((assets, True), ("staff_number,Pay grade\n1,G5\n", False)):
        found = bring("staff", content, department, it_manager)
        page = pages.client.get(reverse("fleet:import-columns", args=[found.pk])).content.decode()
        assert ("This looks like a file of devices" in page) is is_said


def test_one_tick_leaves_out_the_columns_that_nobody_wants(
    department: Organisation, it_manager: User, pages: Pages
) -> None:
    extra = ",".join(f"Pay grade {number}" for number in range(40))
    found = bring("staff", f"Person no,name,{extra}\n1,Ann{',x' * 40}\n", department, it_manager)
    url = reverse("fleet:import-columns", args=[found.pk])
    said = {f"column_{at}": "" for at in range(41)} | {"column_0": "staff_number"}
    assert "Say what “Pay grade 0” means" in pages.client.post(url, said).content.decode()
    assert pages.client.post(url, said | {"is_rest_left_out": "on"}).status_code == 302
    kept = dict(ImportHeader.objects.values_list("header", "column"))
    assert (kept["person_no"], kept["pay_grade_39"]) == ("staff_number", "")


def test_the_register_moved_since_the_check(department: Organisation, it_manager: User, pages: Pages) -> None:
    found = bring("sites", SITES, department, it_manager)
    site = SiteFactory(organisation=department, code="A", name="Theirs")
    found = applied(found, it_manager)
    assert (*figures(found), found.is_moved) == ("checked", 1, 1, 0, 0, True)
    assert "would do something else now" in pages.text(found)
    site.refresh_from_db()
    assert site.name == "Theirs"
    assert figures(applied(found, it_manager)) == ("applied", 1, 1, 0, 0)


def test_an_outcome_that_somebody_did_not_see_is_not_confirmed(
    department: Organisation, it_manager: User
) -> None:
    found = bring("sites", SITES, department, it_manager)
    with pytest.raises(Conflict, match="checked again"):
        deciding.confirm(found=found, by=it_manager, seen="another")
    empty = bring("sites", "code,name\n,Nameless\n", department, it_manager)
    with pytest.raises(Invalid, match="nothing to apply"):
        deciding.confirm(found=empty, by=it_manager, seen=empty.digest)


def test_the_whole_list_ends_those_whom_it_does_not_name(
    department: Organisation, it_manager: User, pages: Pages
) -> None:
    site, other = (SiteFactory(organisation=department, code=code, name=f"Site {code}") for code in "AB")
    people = [
        StaffMemberFactory(
            organisation=department, site=site, staff_number=str(number), name=f"P{number}", email=""
        )
        for number in range(20)
    ]
    StaffMember.objects.filter(pk=people[1].pk).update(starts_on="2026-12-01")
    StaffMember.objects.filter(pk=people[2].pk).update(leaves_on="2026-01-31")
    rows = [f"{number},P{number},{'B' if number == 5 else 'A'}" for number in range(4, 20)]
    text = "\n".join(["staff_number,name,site", *rows, "3,P3,A,too many cells"])
    refused = bring("staff", text, department, it_manager, on=date(2026, 11, 1))
    assert (refused.ended, refused.rejected) == (0, 1)
    assert "may be anybody" in pages.text(refused, show="warnings")
    text = "\n".join(["staff_number,name,site,fte", *(f"{row},1" for row in rows), "3,P3,A,many"])
    found = bring("staff", text, department, it_manager, on=date(2026, 11, 1))
    assert (*figures(found), found.ended, found.active) == ("checked", 0, 1, 15, 1, 1, 19)
    assert [line.name for line in found.lines.filter(outcome="ended")] == ["P0 (0)"]
    assert told(found, "warning") == [
        (0, [["starts_on", "P1 (1) is not in the list and starts on 2026-12-01: left as it is."]])
    ]
    assert "Site: Site A (A) → Site B (B)" in pages.text(found, show="moved")
    applied(found, it_manager)
    people[0].refresh_from_db()
    assert (people[0].leaves_on, StaffMember.objects.count()) == (date(2026, 10, 31), 20)
    assert StaffMember.objects.get(staff_number="5").site == other
    assert [one.pgh_label for one in people[0].changes.order_by("pgh_id")] == ["insert", "update"]  # type: ignore[attr-defined]


def test_to_end_many_needs_a_second_tick(department: Organisation, it_manager: User, pages: Pages) -> None:
    for number in range(5):
        StaffMemberFactory(organisation=department, staff_number=str(number))
    found = bring("staff", "staff_number,name\n0,Ann\n", department, it_manager, on=timezone.localdate())
    assert found.ended == 4
    url = reverse("fleet:import-confirm", args=[found.pk])
    assert "end 4 of 5 people" in pages.client.get(url).content.decode()
    answer = pages.client.post(url, {"seen": found.digest})
    assert "tick that you mean it" in answer.content.decode()
    assert pages.send(found, "confirm", may_end_many="on").status == "applied"


def test_who_may_import_what(
    department: Organisation,
    stock_keeper: User,
    auditor: User,
    site_lead: User,
    client_of: Any,
    it_manager: User,
) -> None:
    found = bring("sites", SITES, department, it_manager)
    url = reverse("fleet:import-detail", args=[found.pk])
    assert client_of(auditor).get(url).status_code == 200
    assert client_of(auditor).post(reverse("fleet:import-confirm", args=[found.pk])).status_code == 404
    assert client_of(stock_keeper).get(url).status_code == 404
    page = client_of(stock_keeper).get(reverse("fleet:import-add"))
    assert [key for key, _ in page.context["form"].fields["kind"].choices] == ["models", "devices"]
    data = {"kind": "staff", "file": SimpleUploadedFile("x.csv", b"staff_number,name\n1,Ann\n")}
    assert client_of(stock_keeper).post(reverse("fleet:import-add"), data).status_code == 200
    local = person_with("it-manager", department)
    local.grants.get().sites.add(SiteFactory(organisation=department))
    assert client_of(local).get(reverse("fleet:import-add")).status_code == 404


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"name\nAlpha\n", "needs the column Code"), (b"PK\x03\x04 no zip", "The workbook cannot be read")],
)
def test_a_file_that_makes_no_sense_fails_with_its_reason(
    content: bytes, reason: str, department: Organisation, it_manager: User, pages: Pages
) -> None:
    found = bring("sites", content, department, it_manager)
    assert (found.status, found.attempts) == ("failed", 1)
    assert reason in pages.text(found)
    assert pages.send(found, "retry").status == "failed"
    assert pages.send(found, "discard").status == "discarded"
    assert bytes(found.content) == b""


def test_a_worker_that_died_is_followed_and_a_file_that_kills_them_given_up(
    department: Organisation, it_manager: User
) -> None:
    found = ImportFactory(organisation=department)
    rows = Import.objects.filter(pk=found.pk)
    mine = {"claimed_by": found.pk, "attempts": 1}
    rows.update(**mine, claimed_until=timezone.now() + timedelta(minutes=1))
    assert not working.work(found.pk)
    assert working.waiting() == []
    rows.update(claimed_until=timezone.now() - timedelta(minutes=1))
    assert working.waiting() == [found.pk]
    assert worked(found).status == "checked"
    gone = {"claimed_by": found.pk, "claimed_until": timezone.now() - timedelta(minutes=1), "attempts": 3}
    rows.update(status="checking", **gone)
    assert worked(found).status == "failed"


def test_a_worker_that_was_taken_over_stores_nothing(
    department: Organisation, it_manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = bring("sites", SITES, department, it_manager)
    deciding.confirm(found=found, by=it_manager, seen=found.digest)
    named = recording.name_new_rows

    def taken_over(*args: Any) -> None:
        named(*args)
        Import.objects.filter(pk=found.pk).update(claimed_by=department_id)

    department_id = ImportFactory(organisation=department).pk
    monkeypatch.setattr(working, "name_new_rows", taken_over)
    assert not working.work(found.pk)
    assert not Site.objects.exists()


def test_files_are_forgotten_and_numbers_stay(department: Organisation, it_manager: User) -> None:
    done = applied(bring("sites", SITES, department, it_manager), it_manager)
    asking = bring("sites", "code,name\nC,Gamma\n", department, it_manager)
    Import.objects.update(made_at=timezone.now() - timedelta(days=31))
    fresh = bring("sites", "code,name\nD,Delta\n", department, it_manager)
    forgetting.forget_old()
    for found in (done, asking, fresh):
        found.refresh_from_db()
    assert (bytes(done.content), done.created, asking.status) == (b"", 2, "discarded")
    assert set(ImportLine.objects.values_list("file", flat=True)) == {fresh.pk}
    deciding.undo_import(found=done, by=it_manager)
    assert worked(done).status == "undone"


def test_a_file_that_is_too_large_is_refused(pages: Pages, department: Organisation, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 5
    data = {"kind": "sites", "file": SimpleUploadedFile("x.csv", SITES.encode())}
    answer = pages.client.post(reverse("fleet:import-add"), data)
    assert "The file is larger than 0 MB." in answer.content.decode()
    assert not Import.objects.exists()


def test_a_worker_takes_as_many_queries_for_many_rows(department: Organisation, it_manager: User) -> None:
    SiteFactory(organisation=department, code="S1")

    def queries(count: int, name: str) -> tuple[int, int]:
        rows = [f"{name}{number},{name},S1,{name}{number}@b.example" for number in range(count)]
        text = "\n".join(["staff_number,name,site,email", *rows])
        with CaptureQueriesContext(connection) as checking:
            found = bring("staff", text, department, it_manager)
        deciding.confirm(found=found, by=it_manager, seen=found.digest)
        with CaptureQueriesContext(connection) as applying:
            worked(found)
        assert found.status == "applied"
        return len(checking), len(applying)

    assert queries(1, "a") == queries(500, "b")


def test_whoever_may_load_some_kind_of_file_finds_the_page() -> None:
    [page] = [page for page in PAGES if page.url_name == "fleet:import-list"]
    assert page.permissions == MAY_SEE


def load_templates(pages: Pages, organisation: Organisation, by: User) -> None:
    """One row of each kind, as the templates have it."""
    for kind in KINDS:
        content = pages.client.get(reverse("fleet:import-template"), {"kind": kind}).getvalue()
        found = bring(kind, content, organisation, by)
        assert (figures(found), told(found, "rejected")) == (("checked", 1, 0, 0, 0), []), kind
        assert applied(found, by).status == "applied"


def test_the_templates_can_be_loaded_as_they_are(
    department: Organisation, pages: Pages, it_manager: User
) -> None:
    """One after the other, as the kinds are listed; and loaded again they change nothing."""
    load_templates(pages, department, it_manager)
    for kind in KINDS:
        content = pages.client.get(reverse("fleet:import-template"), {"kind": kind}).getvalue()
        assert figures(bring(kind, content, department, it_manager)) == ("nothing", 0, 0, 1, 0), kind
        page = pages.client.get(reverse("fleet:import-kinds"), {"kind": kind})
        assert [row.name for row in page.context["table"].rows if not row.meaning] == [], kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_we_export_changes_nothing_when_it_comes_back(
    kind: str, department: Organisation, pages: Pages, it_manager: User
) -> None:
    load_templates(pages, department, it_manager)
    if kind == "staff":
        StaffMember.objects.update(name='=Ann, "the" -1', assistive_needs=["screen_reader", "captions"])
    content = pages.client.get(reverse(KINDS[kind].list_url_name), {"format": "csv"}).getvalue()
    found = bring(kind, content, department, it_manager)
    assert (figures(found), told(found, "rejected")) == (("nothing", 0, 0, 1, 0), [])


def test_the_same_through_the_api(department: Organisation, it_manager: User, api_of: Any) -> None:
    client = api_of(it_manager)
    file = SimpleUploadedFile("staff.csv", b"Nr,name,site\n1,Ann,Leedz\n,Bob,\n")
    SiteFactory(organisation=department, code="LDS", name="Leeds")
    data = {"kind": "staff", "organisation": "DEPT", "file": file}
    answer = client.post(reverse("api-import-list"), data, format="multipart")
    assert answer.status_code == 202, answer.data
    found, url = Import.objects.get(), answer["Location"]
    worked(found)
    assert client.get(url).data["unknown"] == [{"header": "Nr", "examples": ["1"], "guess": ""}]
    assert (
        client.post(f"{url}columns/", {"columns": {"Nr": "staff_number"}}, format="json").status_code == 202
    )
    worked(found)
    assert client.post(f"{url}sites/", {"sites": {"Leedz": "LDS"}}, format="json").status_code == 202
    worked(found)
    lines = client.get(f"{url}lines/", {"outcome": "created"}).data
    assert [line["name"] for line in lines["results"]] == ["Ann (1)"]
    rejected = list(csv.reader(io.StringIO(client.get(f"{url}rejected/").getvalue().decode())))
    assert rejected[0] == ["Nr", "name", "site", "reason"]
    assert rejected[1][1] == "Bob"
    assert client.post(f"{url}confirm/", {"seen": "another"}, format="json").status_code == 409
    seen = client.get(url).data["seen"]
    assert client.post(f"{url}confirm/", {"seen": seen}, format="json").status_code == 202
    worked(found)
    assert (client.get(url).data["status"], StaffMember.objects.get().site.code) == ("applied", "LDS")  # type: ignore[union-attr]
    assert client.post(f"{url}confirm/", {"seen": seen}, format="json").status_code == 409
    assert client.post(f"{url}undo/").status_code == 202
    assert (worked(found).status, StaffMember.objects.count()) == ("undone", 0)
