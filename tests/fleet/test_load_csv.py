"""Files of facts: what they change, what they leave alone, and why rows are rejected."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from fleet.errors import Invalid
from fleet.history import acting
from fleet.models import Classification, Device, DeviceModel, Organisation, Site, StaffMember, User
from fleet.services.imports import load_csv
from fleet.services.imports.report import Report
from fleet.signals import facts_changed
from tests.factories import (
    ClassificationFactory,
    DeviceFactory,
    DeviceModelFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
)

IMEI = "490154203237518"


def load(kind: str, text: str | bytes, organisation: Organisation, *, is_check: bool = False) -> Report:
    content = text if isinstance(text, bytes) else text.encode()
    return load_csv(kind=kind, content=content, organisation=organisation, is_check=is_check)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.changed, report.unchanged, report.rejected


def reasons(report: Report) -> list[str]:
    return [str(rejection) for rejection in report.rejections]


def test_rows_are_added_changed_and_left_alone(department: Organisation) -> None:
    text = "code,name,kind,closes_on\nA,Alpha,depot,\nB,Beta,,2030-03-31\n"
    assert counts(load("sites", text, department)) == (2, 0, 0, 0)
    assert counts(load("sites", text, department)) == (0, 0, 2, 0)
    assert counts(load("sites", text.replace("Beta", "Gamma"), department)) == (0, 1, 1, 0)
    site = Site.objects.get(code="B")
    assert (site.name, site.kind, site.closes_on) == ("Gamma", "local_office", dt.date(2030, 3, 31))


def test_a_column_that_is_missing_is_left_alone_and_an_empty_cell_empties(department: Organisation) -> None:
    person = StaffMemberFactory(organisation=department, staff_number="1", leaves_on="2030-01-01")
    load("staff", "staff_number,email\n1,\n", department)
    person.refresh_from_db()
    assert (person.email, person.leaves_on, person.job_role) == ("", dt.date(2030, 1, 1), "Field inspector")


def test_a_check_says_the_same_and_stores_nothing(department: Organisation) -> None:
    text = "code,name\nA,Alpha\n,Nameless\n"
    assert counts(load("sites", text, department, is_check=True)) == (1, 0, 0, 1)
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        "Staff number;Name;FTE;Starts on\n7;Zoë O'Neill;0.5;27/03/2026\n".encode(),
        "\ufeffname\tstaff-number\tfte\tstarts_on\r\nZoë O'Neill\t7\t0.50\t2026-03-27\r\n".encode(),
        "staff_number,name,fte,starts_on\n7,Zoë O'Neill,0.5,2026-03-27\n\n,,,\n".encode("cp1252"),
        "staff_number\tname\tfte\tstarts_on\n7\tZoë O'Neill\t0.5\t2026-03-27\n".encode("utf-16"),
    ],
)
def test_spreadsheets_write_files_in_many_ways(content: bytes, department: Organisation) -> None:
    assert counts(load("staff", content, department)) == (1, 0, 0, 0)
    person = StaffMember.objects.get()
    assert (person.staff_number, person.name, str(person.fte)) == ("7", "Zoë O'Neill", "0.50")
    assert person.starts_on == dt.date(2026, 3, 27)


def test_words_are_taken_by_value_and_by_label(department: Organisation) -> None:
    load(
        "staff",
        "staff_number,name,work_style,assistive_needs\n1,Ann,Mobile,Captions; screen_reader\n",
        department,
    )
    person = StaffMember.objects.get()
    assert (person.work_style, person.assistive_needs) == ("mobile", ["captions", "screen_reader"])


@pytest.mark.parametrize(
    ("kind", "row", "reason"),
    [
        ("sites", "code,name,kind\nA,Alpha,castle", "Row 2, kind: “castle” is not one of"),
        ("sites", "code,name,opens_on,closes_on\nA,Alpha,2026-02-01,2026-01-01", "Row 2, closes_on: A site"),
        ("sites", "code,name,opens_on\nA,Alpha,31 June", "Row 2, opens_on: “31 June” is not a date."),
        ("sites", "code,name,has_wifi\nA,Alpha,maybe", "Row 2, has_wifi: “maybe” is neither yes nor no."),
        ("sites", "code,name,latitude\nA,Alpha,\"51,5\"", "Row 2, latitude: “51,5” is not a number."),
        ("sites", "code,name,capacity_desks\nA,Alpha,2o", "Row 2, capacity_desks: “2o” is not a whole"),
        ("sites", "code,name,replaced_by\nA,Alpha,A", "Row 2, replaced_by: It cannot be the row itself."),
        ("sites", "code,name\nA,Alpha\nA,Again", "Row 3: Row 2 is about the same one."),
        ("sites", "code\nA", "Row 2: Enter the name."),
        ("sites", "code,name\n,Alpha", "Row 2, code: Enter the code."),
        ("sites", "code,name\nA", "Row 2: It has 1 cells where the header has 2."),
        ("sites", "code,name\nA,Al\0pha", "Row 2: The row contains a NUL character."),
        ("staff", "staff_number,name,email\n1,Ann,ann", "Row 2, email: Enter a valid email address."),
        ("staff", "staff_number,name,fte\n1,Ann,1.5", "Row 2, fte: Full-time equivalent must be"),
        ("staff", "staff_number,name,classification\n1,Ann,X", "Row 2, classification: No class"),
        ("sites", "code,name,replaced_by\nA,Alpha,X", "Row 2, replaced_by: No site is called “X”."),
        ("devices", "asset_tag,site\nT1,X", "Row 2, site: No site is called “X”."),
        ("devices", "asset_tag,imei\nT1,3.57E+14", "Row 2, imei: A spreadsheet has shortened this number"),
        ("staff", "staff_number,name\n4.71E+11,Ann", "Row 2, staff_number: A spreadsheet has shortened"),
        ("devices", "asset_tag,imei\nT1,490154203237519", "Row 2, imei: An IMEI has 15 digits"),
        ("devices", "asset_tag,model\nT1,Slate", "Row 2, model: No model is called Slate."),
        ("devices", "asset_tag,holder\nT1,9", "Row 2, holder: Nobody has the staff number 9."),
        ("devices", "asset_tag,life_cycle\nT1,issued", "Row 2, holder: Say who has the device"),
        ("devices", "asset_tag,serial\n,unknown", "Row 2, asset_tag: Enter an asset tag, a serial"),
    ],
)  # fmt: skip
def test_a_row_is_rejected_with_its_number_and_field(
    kind: str, row: str, reason: str, department: Organisation
) -> None:
    [given] = reasons(load(kind, row, department))
    assert given.startswith(reason)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty"),
        ("code,name,code\nA,Alpha,B", "names code twice"),
        ("code,nmae\nA,Alpha", "Not known as columns: nmae"),
        ("name\nAlpha", "needs the column Code"),
        ('code,name\nA,"Alpha\nB,Beta', "cannot be read"),
        (b"code,name\nA,\x81\x8d", "neither UTF-8 nor Windows text"),
        (b"%PDF-1.7\n\x81", "The file is a PDF"),
        ("code,name\n", "has no rows"),
        ("code,Remark\nA,Alpha", '--column "Remark=COLUMN"'),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(
    text: str | bytes, message: str, department: Organisation
) -> None:
    with pytest.raises(Invalid, match=message):
        load("sites", text, department)


def test_sites_of_one_file_replace_each_other(department: Organisation) -> None:
    text = "code,name,replaced_by\nA,Alpha,B\nB,Beta,C\nC,Gamma,\n"
    assert counts(load("sites", text, department)) == (3, 0, 0, 0)
    assert Site.objects.get(code="A").replaced_by == Site.objects.get(code="B")
    assert counts(load("sites", text, department)) == (0, 0, 3, 0)


def test_what_refers_to_a_rejected_row_is_rejected_too(department: Organisation) -> None:
    text = "code,name,replaced_by,kind\nA,Alpha,B,\nB,Beta,C,\nC,Gamma,,castle\nD,Delta,,\n"
    report = load("sites", text, department)
    assert counts(report) == (1, 0, 0, 3)
    assert reasons(report)[0] == "Row 2, replaced_by: That row of the file is rejected. Mend it first."


def test_no_row_is_taken_in_the_stead_of_a_rejected_one(department: Organisation) -> None:
    people = "staff_number,name,starts_on\n1,Ann,31/02/2026\n1,Bob,\n2,Cat,\n"
    plan = load("staff", people, department)
    assert reasons(plan) == [
        "Row 2, starts_on: “31/02/2026” is not a date. Write it like 2026-03-27 or 27/03/2026.",
        "Row 3: Row 2 is about the same one. Keep one of the two rows.",
    ]
    assert list(StaffMember.objects.values_list("name", flat=True)) == ["Cat"]


def test_rows_of_another_organisation_are_out_of_reach(
    department: Organisation, council: Organisation
) -> None:
    SiteFactory(organisation=council, code="A", name="Theirs")
    load("sites", "code,name\nA,Ours\n", department)
    assert Site.objects.get(organisation=council).name == "Theirs"
    report = load("devices", "asset_tag,site\nT1,B\n", council)
    assert reasons(report) == [
        "Row 2, site: No site is called “B”. Say which site is meant, or load it first."
    ]


def test_models_are_found_by_name_or_identifier(department: Organisation) -> None:
    header = "manufacturer,name,identifier,platform,form_factor,price_pence\n"
    assert counts(load("models", f'{header}Fruit,Tab,"tab5,1",ipados,tablet,"45,000"\n', department))[0] == 1
    assert counts(load("models", f'{header}Fruit,Tab five,"TAB5,1",ipados,tablet,\n', department))[1] == 1
    assert DeviceModel.objects.values_list("name", "price_pence").get() == ("Tab five", None)


def test_a_new_device_starts_in_the_hands_of_its_holder(department: Organisation) -> None:
    holder = StaffMemberFactory(organisation=department, staff_number="7")
    DeviceModelFactory(organisation=department, manufacturer="Fruit", name="Tab")
    text = f"asset_tag,serial,imei,model,holder,life_cycle\nT1,abc,{IMEI},Fruit Tab,7,Issued\n"
    assert counts(load("devices", text, department)) == (1, 0, 0, 0)
    device = Device.objects.get()
    assert (device.serial, device.holder, str(device.model)) == ("ABC", holder, "Fruit Tab")
    assert device.issued_at is not None
    assert [event.kind for event in device.custody_events.all()] == ["issued"]


def test_a_model_name_that_two_makers_use_needs_the_maker(department: Organisation) -> None:
    for maker in ("Fruit", "Wind"):
        DeviceModelFactory(organisation=department, manufacturer=maker, name="Tab")
    text = "asset_tag,model,manufacturer\nT1,Tab,\nT2,Tab,Wind\n"
    assert reasons(load("devices", text, department)) == [
        "Row 2, model: More than one model is called Tab. Name the manufacturer too."
    ]
    assert Device.objects.get(asset_tag="T2").model == DeviceModel.objects.get(manufacturer="Wind")


def test_custody_and_mdm_are_not_overruled_by_a_file(department: Organisation) -> None:
    device = DeviceFactory(organisation=department, asset_tag="T1", serial="SN-A1", issued=True)
    SourceRecordFactory(device=device)
    text = "asset_tag,serial,life_cycle,holder\nT1,SN-B2,in_stock,\n"
    assert [reason.split(":")[0] for reason in reasons(load("devices", text, department))] == [
        "Row 2, life_cycle", "Row 2, holder", "Row 2, serial",
    ]  # fmt: skip
    assert counts(load("devices", "asset_tag,serial\nT1,\n", department)) == (0, 0, 1, 0)


def test_a_device_known_by_its_serial_gets_its_tag(department: Organisation) -> None:
    device = DeviceFactory(organisation=department, asset_tag="", serial="SN-A1")
    assert counts(load("devices", "asset_tag,serial\nT1,sn-a1\n", department)) == (0, 1, 0, 0)
    device.refresh_from_db()
    assert device.asset_tag == "T1"


def test_identifiers_of_two_devices_are_not_mixed(department: Organisation) -> None:
    DeviceFactory(organisation=department, asset_tag="T1", serial="SN-A1")
    DeviceFactory(organisation=department, asset_tag="T2", serial="SN-B2")
    report = load("devices", "asset_tag,serial\nT1,SN-B2\n", department)
    assert reasons(report) == ["Row 2, serial: Another in the register has it. Correct one of the two."]


def test_a_serial_that_two_devices_have_needs_the_tag(department: Organisation) -> None:
    for tag in ("T1", "T2"):
        DeviceFactory(organisation=department, asset_tag=tag, serial="SN-A1")
    day = "purchased_on\n{},SN-A1,2026-01-05\n"
    unclear = load("devices", "asset_tag,serial," + day.format(""), department)
    assert reasons(unclear) == ["Row 2, serial: 2 in the register have it. Name the asset tag."]
    assert counts(load("devices", "asset_tag,serial," + day.format("T2"), department)) == (0, 1, 0, 0)


def test_classifications_are_loaded_with_their_rank(department: Organisation) -> None:
    text = "scheme,code,name,rank\nOld,R,Restricted,1\nOld,C,Confidential,1\n"
    report = load("classifications", text, department)
    assert reasons(report) == ["Row 3: Row 2 is about the same one. Keep one of the two rows."]
    assert Classification.objects.get().name == "Restricted"


def test_changes_are_logged_as_an_import(department: Organisation) -> None:
    with acting(channel="import"):
        load("sites", "code,name\nA,Alpha\n", department)
        load("sites", "code,name\nA,Beta\n", department)
    site: Any = Site.objects.get()
    changes = site.changes.order_by("pgh_id")
    assert [(one.pgh_label, one.name) for one in changes] == [("insert", "Alpha"), ("update", "Beta")]
    assert {one.pgh_context.metadata["channel"] for one in changes} == {"import"}


def test_the_apps_above_hear_of_what_changed_and_of_nothing_else(
    department: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[Any] = []

    def hear(**facts: Any) -> None:
        heard.append(facts["site_ids"])

    facts_changed.connect(hear)
    try:
        for name in ("Alpha", "Alpha", "Beta"):
            with django_capture_on_commit_callbacks(execute=True):
                load("sites", f"code,name\nA,{name}\n", department)
    finally:
        facts_changed.disconnect(hear)
    assert heard == [{Site.objects.get().pk}] * 2


def test_the_number_of_queries_does_not_grow_with_the_rows(
    department: Organisation, django_assert_num_queries: Any
) -> None:
    def file(count: int, name: str) -> bytes:
        rows = (f"{name}{number},{name},S1" for number in range(count))
        return "\n".join(("staff_number,name,site", *rows)).encode()

    SiteFactory(organisation=department, code="S1")
    # remembered headers; two savepoints, three settings and plans, lock, sites, agreed spellings, staff,
    # erased people, sites that open, ids, staging table (create, copy, analyse), insert, drop, two savepoints
    for count in (1, 500):
        with django_assert_num_queries(20):
            load("staff", file(count, f"N{count}-"), department)


@pytest.mark.parametrize("name", ["site", "person", "model", "device"])
def test_our_own_exports_load_without_a_change(
    name: str, department: Organisation, it_manager: User, client_of: Any
) -> None:
    kinds = {"site": "sites", "person": "staff", "model": "models", "device": "devices"}
    home = SiteFactory(
        organisation=department, replaced_by=SiteFactory(organisation=department), has_wifi=True
    )
    ClassificationFactory(organisation=department)
    holder = StaffMemberFactory(
        organisation=department,
        name='=Ann, "the" -1',
        site=home,
        assistive_needs=["screen_reader", "captions"],
        classification=Classification.objects.get(),
    )
    model = DeviceModelFactory(organisation=department, price_pence=45000, assistive_supported=["captions"])
    DeviceFactory(
        organisation=department, model=model, site=home, holder=holder, life_cycle="issued", imei=IMEI
    )
    DeviceFactory(organisation=department, model=None, site=None, platform="ios")
    answer = client_of(it_manager).get(reverse(f"fleet:{name}-list"), {"format": "csv"})
    report = load(kinds[name], b"".join(answer.streaming_content), department)
    assert reasons(report) == []
    assert (report.created, report.changed) == (0, 0)
    assert report.unchanged > 0


def test_the_command_names_rejected_rows_and_fails(
    department: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("code,name,kind\nA,Alpha,\nB,Beta,castle\n")
    with pytest.raises(CommandError, match="Mend the rows above"):
        call_command("load_csv", "sites", str(file), organisation="DEPT")
    said = capsys.readouterr()
    assert "sites: 1 created, 0 changed, 0 unchanged, 1 rejected" in said.out
    assert "Row 3, kind: “castle” is not one of" in said.err
    assert Site.objects.get().code == "A"


def test_the_command_needs_an_organisation_and_a_file(department: Organisation, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no organisation NOWHERE"):
        call_command("load_csv", "sites", str(tmp_path / "x.csv"), organisation="NOWHERE")
    with pytest.raises(CommandError, match=r"x\.csv cannot be read: No such file"):
        call_command("load_csv", "sites", str(tmp_path / "x.csv"), organisation="DEPT")
