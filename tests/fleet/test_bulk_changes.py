"""One verb for many devices or people: asked, looked at, done in one step, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.errors import Forbidden
from fleet.history import acting
from fleet.models import BulkChange, CustodyEvent, Device, Organisation, Site, StaffMember, User
from fleet.services import bulk
from fleet.vocabulary import LifeCycle
from tests.factories import (
    DeviceFactory,
    GrantFactory,
    SiteFactory,
    StaffMemberFactory,
    UserFactory,
    shipped_role,
)

pytestmark = pytest.mark.django_db
Clients = Callable[[User], Client]


@pytest.fixture
def manager(client_of: Clients, it_manager: User) -> Any:
    return client_of(it_manager)


@pytest.fixture
def leeds(department: Organisation) -> Site:
    return SiteFactory(organisation=department, name="Leeds")


@pytest.fixture
def york(department: Organisation) -> Site:
    return SiteFactory(organisation=department, name="York")


def start(
    client: Client, key: str, value: dict[str, Any], *, query: str = "", subject: str = "devices"
) -> Any:
    """From the list's bar, all that match, to the page that shows what would happen."""
    url = reverse(f"fleet:bulk-{subject}-{key}")
    chosen = {"change": key, "scope": "all", "filters": query}
    first = client.post(url, chosen)
    assert first.status_code == 200, first
    return client.post(url, {**chosen, "answered": "1", **value}, follow=True)


def confirm(client: Any, page: Any) -> Any:
    check = page.context["check"]
    url = reverse("fleet:bulk-change-confirm", args=[page.context["row"].pk])
    return client.post(url, {"matched": check.matched, "fingerprint": check.fingerprint})


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_all_that_match_are_moved_beyond_the_page_and_no_others(
    manager: Any, department: Organisation, leeds: Site, york: Site
) -> None:
    for _ in range(60):
        DeviceFactory(organisation=department, site=york)
    other = DeviceFactory(organisation=department)
    query = f"site={york.pk}&sort=-asset_tag"
    page = start(manager, "site", {"site": leeds.pk}, query=query)
    assert page.context["heading"] == "Change 60 devices?"
    done = confirm(manager, page)
    assert done.url == f"{reverse('fleet:device-list')}?site={york.pk}&sort=-asset_tag"
    assert "60 devices changed. Site: Leeds." in said(done)
    assert Device.objects.filter(site=leeds).count() == 60
    assert Device.objects.get(pk=other.pk).site == other.site
    events = CustodyEvent.objects.filter(kind="moved", site=leeds)
    assert events.count() == 60
    change = BulkChange.objects.get()
    assert {event.recorded_in for event in events} == {change.context_id}
    assert (change.matched, change.changed, change.left_out) == (60, 60, 0)


def test_only_those_ticked_are_changed(
    manager: Any, department: Organisation, leeds: Site, it_manager: User
) -> None:
    mine, other = (DeviceFactory(organisation=department) for _ in range(2))
    url = reverse("fleet:device-list")
    chosen = {"change": "site", "scope": "ticked", "ticked": [mine.pk], "filters": "q=TAG"}
    sent = manager.post(url, chosen)
    assert (sent.status_code, sent.url) == (307, reverse("fleet:bulk-devices-site"))
    assert "Only those that you ticked" in manager.post(sent.url, chosen).content.decode()
    page = manager.post(sent.url, {**chosen, "answered": "1", "site": leeds.pk}, follow=True)
    assert confirm(manager, page).url == f"{url}?q=TAG"
    assert [Device.objects.get(pk=one.pk).site for one in (mine, other)] == [leeds, other.site]


def test_nothing_ticked_leads_back_to_the_list_as_it_was(manager: Any, department: Organisation) -> None:
    chosen = {"scope": "ticked", "filters": "life_cycle=in_stock"}
    answer = manager.post(reverse("fleet:bulk-devices-site"), chosen)
    assert answer.url == f"{reverse('fleet:device-list')}?life_cycle=in_stock"
    assert "Tick some, or choose all that match" in said(answer)


def test_a_filter_that_is_none_never_means_everything(manager: Any, department: Organisation) -> None:
    DeviceFactory(organisation=department)
    for query in ("stie=3", "site=999999", "seen=yesterday"):
        answer = manager.post(reverse("fleet:bulk-devices-site"), {"scope": "all", "filters": query})
        assert answer.status_code == 302, query
        assert "filter" in said(answer)


def test_it_asks_again_when_the_count_has_changed(
    manager: Any, department: Organisation, leeds: Site, york: Site
) -> None:
    DeviceFactory(organisation=department, site=york)
    page = start(manager, "site", {"site": leeds.pk}, query=f"site={york.pk}")
    DeviceFactory(organisation=department, site=york)
    again = confirm(manager, page)
    assert again.status_code == 409
    assert "2 devices match now; it was 1 when you looked" in again.content.decode()
    assert not Device.objects.filter(site=leeds).exists()
    assert confirm(manager, again).status_code == 302
    assert Device.objects.filter(site=leeds).count() == 2


def test_it_asks_again_when_one_of_the_same_number_is_another(
    manager: Any, department: Organisation, york: Site
) -> None:
    device = DeviceFactory(organisation=department, site=york)
    page = start(manager, "life-cycle", {"kind": "retired"}, query=f"site={york.pk}")
    Device.objects.filter(pk=device.pk).update(life_cycle=LifeCycle.DISPOSED)
    again = confirm(manager, page)
    assert again.status_code == 409
    assert "have been changed since you looked" in again.content.decode()
    assert (
        "1: It is disposed of now." in again.content.decode()
        or "1: It is disposed now." in again.content.decode()
    )


def test_what_the_rules_refuse_is_counted_named_and_left_out(
    manager: Any, department: Organisation, it_manager: User
) -> None:
    for _ in range(3):
        DeviceFactory(organisation=department, issued=True)
    free = DeviceFactory(organisation=department)
    holder = StaffMemberFactory(organisation=department, name="Asha Okoro")
    already = DeviceFactory(organisation=department, issued=True, holder=holder)
    page = start(manager, "holder", {"holder": holder.staff_number, "kind": "issued"})
    html = page.content.decode()
    assert page.context["heading"] == "Change 1 device?"
    assert "3 of 5 cannot be changed" in html
    assert "3: It is issued now." in html
    assert page.context["check"].same == 1
    left = b"".join(manager.get(page.context["left_url"]).streaming_content).decode().splitlines()
    assert left[0] == "asset_tag,serial,imei,line,why"
    assert len(left) == 4
    assert confirm(manager, page).status_code == 302
    free.refresh_from_db()
    assert (free.holder, free.life_cycle, free.site) == (holder, LifeCycle.ISSUED, holder.site)
    assert free.issued_at is not None
    assert already.custody_events.count() == 0
    change = BulkChange.objects.get()
    assert (change.changed, change.unchanged, change.left_out) == (1, 1, 3)


def test_rows_that_one_may_only_see_are_left_out(
    department: Organisation, leeds: Site, york: Site, client_of: Clients
) -> None:
    user = UserFactory()
    GrantFactory(user=user, role=shipped_role("auditor"), organisation=department)
    GrantFactory(user=user, role=shipped_role("engineer"), organisation=department, sites=[york])
    theirs, mine = (
        DeviceFactory(organisation=department, site=leeds),
        DeviceFactory(organisation=department, site=york),
    )
    client = client_of(user)
    page = start(client, "life-cycle", {"kind": "sent_to_repair"})
    assert page.context["check"].reasons == [("You may see it but not change it.", 1)]
    confirm(client, page)
    lives = dict(Device.objects.values_list("pk", "life_cycle"))
    assert lives == {mine.pk: "in_repair", theirs.pk: "in_stock"}


def test_it_is_one_request_in_the_change_log(
    manager: Any, department: Organisation, leeds: Site, it_manager: User
) -> None:
    devices = [DeviceFactory(organisation=department) for _ in range(3)]
    confirm(manager, start(manager, "site", {"site": leeds.pk}))
    change = BulkChange.objects.get()
    for device in devices:
        context = device.changes.order_by("-pgh_id")[0].pgh_context  # type: ignore[attr-defined]
        assert context.pk == change.context_id
        assert context.metadata["request_id"] == change.request_id
        assert context.metadata["actor"] == it_manager.pk
    page = manager.get(reverse("fleet:bulk-change-detail", args=[change.pk])).content.decode()
    log = f"{reverse('fleet:change-log')}?request={change.request_id}"
    assert log in page
    assert manager.get(log).status_code == 200
    rows = b"".join(manager.get(reverse("fleet:bulk-change-rows", args=[change.pk])).streaming_content)
    assert len(rows.decode().splitlines()) == 4
    assert ",Leeds" in rows.decode()


def test_undo_puts_all_back_keeps_filters_and_adds_to_the_custody_list(
    manager: Any, department: Organisation, leeds: Site, york: Site
) -> None:
    devices = [DeviceFactory(organisation=department, site=york) for _ in range(3)]
    confirm(manager, start(manager, "site", {"site": leeds.pk}, query=f"site={york.pk}"))
    change = BulkChange.objects.get()
    url = reverse("fleet:bulk-change-undo", args=[change.pk])
    assert "Take back 3 devices?" in manager.get(url).content.decode()
    done = manager.post(url)
    assert done.url == f"{reverse('fleet:device-list')}?site={york.pk}"
    assert "3 devices put back." in said(done)
    assert Device.objects.filter(site=york).count() == 3
    for device in devices:
        told = list(CustodyEvent.objects.filter(device=device).order_by("pk").values_list("kind", "site"))
        assert told == [("moved", leeds.pk), ("undone", york.pk)]
    again = manager.get(url)
    assert "Nothing can be taken back" in again.content.decode()
    manager.post(url)
    assert CustodyEvent.objects.count() == 6


def test_undo_leaves_what_has_been_changed_since_and_says_so(
    manager: Any, department: Organisation, leeds: Site, york: Site, engineer: User
) -> None:
    mine, theirs = (DeviceFactory(organisation=department, site=york) for _ in range(2))
    confirm(manager, start(manager, "site", {"site": leeds.pk}))
    elsewhere = SiteFactory(organisation=department)
    with acting(channel="page", actor_id=engineer.pk):
        Device.objects.filter(pk=theirs.pk).update(site=elsewhere)
    url = reverse("fleet:bulk-change-undo", args=[BulkChange.objects.get().pk])
    page = manager.get(url).content.decode()
    assert "Take back 1 device?" in page
    assert f"Changed since by {engineer}" in page
    assert "1 device put back. 1 device stays as it is." in said(manager.post(url))
    assert [Device.objects.get(pk=one.pk).site for one in (mine, theirs)] == [york, elsewhere]


def test_issue_and_its_undo_keep_what_the_database_asks_of_a_device(
    manager: Any, department: Organisation
) -> None:
    device = DeviceFactory(organisation=department)
    holder = StaffMemberFactory(organisation=department)
    confirm(manager, start(manager, "holder", {"holder": holder.staff_number, "kind": "loaned"}))
    manager.post(reverse("fleet:bulk-change-undo", args=[BulkChange.objects.get().pk]))
    device.refresh_from_db()
    assert (device.life_cycle, device.holder, device.issued_at) == (LifeCycle.IN_STOCK, None, None)


@pytest.mark.parametrize(
    ("key", "value", "field", "after"),
    [
        ("job-role", {"job_role": "Auditor"}, "job_role", "Auditor"),
        ("work-style", {"work_style": "mobile"}, "work_style", "mobile"),
        ("group", {"group": "Blue"}, "group", "Blue"),
        ("group", {"group": ""}, "group", ""),
    ],
)
def test_facts_of_people_are_set_and_taken_back(
    key: str, value: dict[str, str], field: str, after: str, manager: Any, department: Organisation
) -> None:
    people = [StaffMemberFactory(organisation=department, group="Red", work_style="office") for _ in range(2)]
    confirm(manager, start(manager, key, value, subject="people"))
    assert list(StaffMember.objects.values_list(field, flat=True)) == [after, after]
    manager.post(reverse("fleet:bulk-change-undo", args=[BulkChange.objects.get().pk]))
    assert set(StaffMember.objects.values_list(field, flat=True)) == {getattr(people[0], field)}


def test_people_move_to_a_site(manager: Any, department: Organisation, leeds: Site) -> None:
    person = StaffMemberFactory(organisation=department)
    confirm(manager, start(manager, "site", {"site": leeds.pk}, subject="people"))
    assert StaffMember.objects.get(pk=person.pk).site == leeds


def test_what_does_not_make_sense_is_said_at_its_field(manager: Any, department: Organisation) -> None:
    DeviceFactory(organisation=department)
    received = start(manager, "life-cycle", {"kind": "received"})
    assert received.context["form"].errors == {"site": ["Say at which site they are."]}
    nobody = start(manager, "holder", {"holder": "0", "kind": "issued"})
    assert "Nobody has the number" in nobody.content.decode()


def tag_file(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("tags.csv", "\n".join(lines).encode(), "text/csv")


def test_asset_tags_come_from_a_file_that_is_checked_line_by_line(
    manager: Any, department: Organisation, council: Organisation
) -> None:
    by_serial = DeviceFactory(organisation=department, serial="AAA111", asset_tag="OLD-1")
    by_tag = DeviceFactory(organisation=department, asset_tag="OLD-2")
    taken = DeviceFactory(organisation=department, asset_tag="TAKEN")
    DeviceFactory(organisation=council, serial="THEIRS")
    file = tag_file(
        "Serial;Asset tag;New asset tag",
        "aaa111;;NEW-1",
        ";OLD-2;NEW-2",
        ";TAKEN;",
        "nobody;;NEW-3",
        "THEIRS;;NEW-4",
        "aaa111;OLD-2;NEW-5",
        "THEIRS;;#N/A",
    )
    page = start(manager, "asset-tag", {"file": file})
    reasons = dict(page.context["check"].reasons)
    assert "Its new tag is empty." in reasons
    assert any(reason.startswith("A formula of the spreadsheet has failed") for reason in reasons)
    assert "No device has the serial nobody." in reasons
    assert "No device has the serial THEIRS." in reasons
    assert "Its cells name different devices." in reasons
    confirm(manager, page)
    tags = dict(Device.objects.filter(organisation=department).values_list("pk", "asset_tag"))
    assert tags == {by_serial.pk: "NEW-1", by_tag.pk: "NEW-2", taken.pk: "TAKEN"}
    manager.post(reverse("fleet:bulk-change-undo", args=[BulkChange.objects.get().pk]))
    tags = dict(Device.objects.filter(organisation=department).values_list("pk", "asset_tag"))
    assert tags == {by_serial.pk: "OLD-1", by_tag.pk: "OLD-2", taken.pk: "TAKEN"}


def test_asset_tags_may_change_places_but_not_be_doubled(manager: Any, department: Organisation) -> None:
    one, two, three = (DeviceFactory(organisation=department, asset_tag=tag) for tag in ("A", "B", "C"))
    file = tag_file("asset_tag,new_asset_tag", "A,B", "B,A", "C,C")
    page = start(manager, "asset-tag", {"file": file})
    assert (len(page.context["check"].changing), page.context["check"].same) == (2, 1)
    confirm(manager, page)
    tags = dict(Device.objects.values_list("pk", "asset_tag"))
    assert tags == {one.pk: "B", two.pk: "A", three.pk: "C"}
    double = start(manager, "asset-tag", {"file": tag_file("asset_tag,new_asset_tag", "A,D", "B,D", "C,A")})
    assert double.context["check"].reasons == [
        ("More than one row wants the tag D.", 2),
        ("Another device has the tag A.", 1),
    ]


def test_a_file_without_the_columns_is_refused(manager: Any, department: Organisation) -> None:
    DeviceFactory(organisation=department)
    page = start(manager, "asset-tag", {"file": tag_file("serial,tag", "a,b")})
    assert "needs the column new_asset_tag" in page.content.decode()


def test_nobody_else_can_confirm_or_see_what_waits(
    manager: Any, department: Organisation, leeds: Site, client_of: Clients, engineer: User, auditor: User
) -> None:
    DeviceFactory(organisation=department)
    page = start(manager, "site", {"site": leeds.pk})
    change = page.context["row"]
    for user in (engineer, auditor):
        assert client_of(user).get(reverse("fleet:bulk-change-detail", args=[change.pk])).status_code == 404
        assert confirm(client_of(user), page).status_code == 404
    with pytest.raises(Forbidden):
        bulk.confirm(change=change, fingerprint="", matched=1, by=engineer)
    confirm(manager, page)
    shown = client_of(auditor).get(reverse("fleet:bulk-change-detail", args=[change.pk]))
    assert shown.status_code == 200
    assert shown.context["undo_url"] == ""
    assert confirm(manager, page).url == reverse("fleet:bulk-change-detail", args=[change.pk])


def test_queries_do_not_grow_with_the_rows(
    manager: Any, department: Organisation, leeds: Site, york: Site
) -> None:
    def queries(rows: int) -> list[int]:
        for _ in range(rows):
            DeviceFactory(organisation=department, site=york)
        counts = []
        with CaptureQueriesContext(connection) as asked:
            page = start(manager, "site", {"site": leeds.pk}, query=f"site={york.pk}")
        counts.append(len(asked))
        with CaptureQueriesContext(connection) as done:
            confirm(manager, page)
        counts.append(len(done))
        url = reverse("fleet:bulk-change-undo", args=[page.context["row"].pk])
        with CaptureQueriesContext(connection) as undone:
            manager.get(url)
            manager.post(url)
        counts.append(len(undone))
        return counts

    assert queries(1) == queries(30)
