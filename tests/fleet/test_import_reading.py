"""Files as people have them: workbooks, dates, shortened numbers, headers and sites in other words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fleet.errors import Invalid
from fleet.models import Approval, Device, ImportHeader, Organisation, Site, StaffMember
from fleet.services.imports import load_file
from fleet.services.imports.plans import Plan
from tests.factories import ClassificationFactory, SiteAliasFactory, SiteFactory, StaffMemberFactory
from tests.fleet.workbooks import Failed, csv_of, ods, xlsx

pytestmark = pytest.mark.django_db
IMEI = 490154203237518


def load(kind: str, content: str | bytes, organisation: Organisation, **options: Any) -> Plan:
    given = content if isinstance(content, bytes) else content.encode()
    return load_file(kind=kind, content=given, organisation=organisation, **options)


def reasons(plan: Plan) -> list[str]:
    return [str(rejection) for rejection in plan.report.rejections]


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_gives_numbers_with_all_digits_and_real_days(write: Any, department: Organisation) -> None:
    content = write(
        ["Asset tag", "IMEI", "Purchase date", "Serial no."],
        ["T1", float(IMEI), dt.date(2026, 3, 27), 12345.0],
        [None, None, None, None],
        ["T2", None, "27 Mar 2026", "Zoë's"],
    )
    plan = load("devices", content, department)
    assert (plan.report.created, reasons(plan)) == (2, [])
    first, second = Device.objects.order_by("asset_tag")
    assert (first.imei, first.serial, first.purchased_on) == (str(IMEI), "12345", dt.date(2026, 3, 27))
    assert (second.serial, second.purchased_on) == ("ZOË'S", dt.date(2026, 3, 27))


def test_excels_own_numbers_and_days_are_read_whatever_their_format(department: Organisation) -> None:
    """A number shown as 4.90E+14 has all its digits inside; a day shown as a number is the day's number."""
    content = xlsx(
        ["asset_tag", "imei", "purchased_on"], ["T1", float(IMEI), 46108], formats={"B2": "0.00E+00"}
    )
    load("devices", content, department)
    device = Device.objects.get()
    assert (device.imei, device.purchased_on) == (str(IMEI), dt.date(2026, 3, 27))


def test_rows_of_a_workbook_have_the_numbers_that_excel_shows(department: Organisation) -> None:
    content = xlsx([None], ["Code", "Name", "Opens"], ["A", "Alpha", "31 June 2026"])
    assert reasons(load("sites", content, department)) == [
        "Row 3, opens_on: “31 June 2026” is not a date. Write it like 2026-03-27 or 27/03/2026."
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked"])
def test_a_workbook_that_cannot_be_read_says_what_to_do(content: bytes, department: Organisation) -> None:
    with pytest.raises(Invalid, match="without a password"):
        load("sites", content, department)


@pytest.mark.parametrize(
    "text",
    ["2026-03-27", "27/03/2026", "27.03.2026", "27-03-2026", "27 Mar 2026", "27 March 2026", "27-Mar-2026",
     "2026-03-27 00:00:00", "2026-03-27T00:00:00Z", "46108"],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, department: Organisation) -> None:
    load("sites", f"code,name,opens_on\nA,Alpha,{text}\n", department)
    assert Site.objects.get().opens_on == dt.date(2026, 3, 27)


@pytest.mark.parametrize(
    "text", ["03/27/2026", "27/03/26", "2026-02-30", "soon", "2026-03-27 14:30:00", "461080"]
)
def test_what_is_no_date_is_refused_in_its_row(text: str, department: Organisation) -> None:
    [reason] = reasons(load("sites", f"code,name,opens_on\nA,Alpha,{text}\n", department))
    assert reason.startswith(f"Row 2, opens_on: “{text}” is not a date.")


def test_blanks_that_nobody_sees_are_taken_off_and_names_are_kept(department: Organisation) -> None:
    text = "\xa0Staff number\u200b,name\n\xa01 ,Siân\xa0O’Brien-D'Souza \n"
    load("staff", text, department)
    assert StaffMember.objects.values_list("staff_number", "name").get() == ("1", "Siân O’Brien-D'Souza")


def test_a_separator_that_excel_declares_and_empty_columns_at_the_end(department: Organisation) -> None:
    load("sites", "sep=;\r\nCode;Name;;\r\nA;Alpha;;\r\n", department)
    assert Site.objects.get().name == "Alpha"


def test_headers_in_common_words_are_known(department: Organisation) -> None:
    load(
        "staff",
        "Employee Number,Full Name,E-mail Address,Start date\n1,Ann,a@b.example,1 May 2026\n",
        department,
    )
    person = StaffMember.objects.get()
    assert (person.staff_number, person.email, person.starts_on) == ("1", "a@b.example", dt.date(2026, 5, 1))


def test_our_own_word_goes_before_what_it_might_mean(department: Organisation) -> None:
    """A file with both `Site` and `Location` has the site in `Site`; what the other is, somebody must say."""
    SiteFactory(organisation=department, code="A")
    with pytest.raises(Invalid, match="Not known as columns: Location"):
        load("staff", "staff_number,name,Site,Location\n1,Ann,A,Desk 4\n", department)
    load("staff", "staff_number,name,Site,Location\n1,Ann,A,Desk 4\n", department, columns={"Location": ""})
    assert StaffMember.objects.get().site == Site.objects.get()


def test_what_a_header_means_is_said_once(department: Organisation, council: Organisation) -> None:
    text = "Pers.-Nr.,Wie heißt du?\n1,Ann\n"
    columns = {"Pers.-Nr.": "staff_number", "Wie heißt du?": "name"}
    load("staff", text, department, columns=columns)
    assert load("staff", text, department).report.unchanged == 1
    assert ImportHeader.objects.count() == 2
    for kind, organisation in (("staff", council), ("sites", department)):
        with pytest.raises(Invalid, match="Not known as columns"):
            load(kind, text, organisation)


def test_two_headers_cannot_mean_the_same(department: Organisation) -> None:
    with pytest.raises(Invalid, match="cannot both be name"):
        load("sites", "code,name,Bezeichnung\nA,Alpha,B\n", department, columns={"Bezeichnung": "name"})


def test_a_header_that_is_nearly_right_is_recognised_in_the_refusal(department: Organisation) -> None:
    with pytest.raises(Invalid, match=r"Nmae \(name\?\)"):
        load("sites", "code,Nmae\nA,Alpha\n", department)


@pytest.mark.parametrize(
    "spelling", ["STL", "stl", "St. Leonard’s House", "ST LEONARDS HOUSE ", "the old mill"]
)
def test_a_site_is_found_however_it_is_spelt(spelling: str, department: Organisation) -> None:
    site = SiteFactory(organisation=department, code="STL", name="St Leonard's House")
    SiteAliasFactory(site=site, spelling="the old mill")
    load("staff", f"staff_number,name,site\n1,Ann,{spelling}\n", department)
    assert StaffMember.objects.get().site == site


def test_a_name_that_two_sites_have_needs_the_code(department: Organisation) -> None:
    for code in ("A", "B"):
        SiteFactory(organisation=department, code=code, name="Ash House")
    assert reasons(load("devices", "asset_tag,site\nT1,ash house\n", department)) == [
        "Row 2, site: “ash house” may be any of Ash House (A), Ash House (B). Name it by its code."
    ]


def test_a_site_with_the_name_of_another_is_a_warning(department: Organisation) -> None:
    SiteFactory(organisation=department, code="OLD", name="Town Hall")
    SiteFactory(organisation=department, code="ASH", name="Ash House")
    plan = load("sites", "code,name\nTH,Town  hall\nTH2,TOWN HALL\nASH,Ash House\nB,Bee\n", department)
    assert [str(one) for one in plan.warnings] == [
        "Row 2, name: Town hall is the name of OLD, TH2 too. Is it the same site?",
        "Row 3, name: TOWN HALL is the name of OLD, TH too. Is it the same site?",
    ]
    assert load("sites", "code,name\nTH,Town  hall\n", department).warnings == []
    renamed = "code,name\nASH,Bee House\nB,Ash House\n"
    assert load("sites", renamed, department).warnings == []


def test_a_person_at_an_unknown_site_is_a_warning_and_stays_where_they_were(department: Organisation) -> None:
    site = SiteFactory(organisation=department, code="LDS", name="Leeds")
    StaffMemberFactory(organisation=department, site=site, staff_number="1", name="Ann", email="")
    plan = load("staff", "staff_number,name,site\n1,Ann B,Leedz\n2,Bob,Leedz\n", department)
    assert (plan.report.created, plan.report.changed, reasons(plan)) == (1, 1, [])
    assert [str(one) for one in plan.warnings] == [
        f"Row {number}, site: No site is called “Leedz”. Did you mean Leeds (LDS)? "
        "Say which site is meant, or load it first."
        for number in (2, 3)
    ]
    assert plan.unknown == {("site", "Leedz"): 2}
    assert list(StaffMember.objects.order_by("staff_number").values_list("site", flat=True)) == [
        site.pk,
        None,
    ]


def test_what_to_look_at_in_a_list_of_people(department: Organisation) -> None:
    SiteFactory(organisation=department, code="NEW", name="New place", opens_on="2026-09-01")
    StaffMemberFactory(organisation=department, staff_number="8", name="Old", email="one@b.example")
    StaffMemberFactory(organisation=department, staff_number="9", name="Zed", email="")
    plan = load(
        "staff",
        "staff_number,name,email,site,starts_on,leaves_on\n1,Ann,One@b.example,NEW,2026-06-01,\n"
        "9,Zed,,,,2026-06-30\n",
        department,
    )
    assert [str(one) for one in plan.warnings] == [
        "Row 2, site: New place opens on 1 Sep 2026, after they start. Check both dates.",
        "Row 2, email: one@b.example is also the address of 8. Correct one of them.",
        "Row 3, leaves_on: Zed leaves: the last day is 30 Jun 2026.",
    ]


def test_approvals_come_with_their_conditions_and_are_not_edited(department: Organisation) -> None:
    ClassificationFactory(organisation=department, code="OS")
    header = "platform,minimum_version,classification,authority,valid_from,valid_until,conditions\n"
    row = 'iPadOS,17.4,OS,Board,2026-01-01,{},"Encrypted; software: Defender; statement: Read; then sign."\n'
    assert load("approvals", header + row.format(""), department).report.created == 1
    approval = Approval.objects.get()
    assert approval.minimum_key == [17, 4]
    assert sorted(approval.conditions.values_list("control", "name")) == [
        ("encrypted", ""), ("software", "Defender"), ("statement", "Read; then sign."),
    ]  # fmt: skip
    assert load("approvals", header + row.format(""), department).report.unchanged == 1
    assert reasons(load("approvals", header + row.format("2027-01-01"), department)) == [
        "Row 2, valid_until: An approval is not edited. Withdraw it on its page and record the new one."
    ]


@pytest.mark.parametrize(
    ("conditions", "reason"),
    [
        ("locked", "“locked” is not one of encrypted, passcode, supervised, software, statement."),
        ("software", "“software” needs a name after a colon."),
        ("encrypted: yes", "“encrypted” takes no name: take off what follows."),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(
    conditions: str, reason: str, department: Organisation
) -> None:
    ClassificationFactory(organisation=department, code="OS")
    text = "platform,minimum_version,classification,authority,valid_from,conditions\n"
    plan = load("approvals", f"{text}ios,17,OS,Board,2026-01-01,{conditions}\n", department)
    assert reasons(plan) == [f"Row 2, conditions: {reason}"]


@pytest.mark.parametrize("kind_of_file", ["csv", "xlsx", "ods"])
def test_a_formula_that_failed_is_refused_and_empties_nothing(
    kind_of_file: str, department: Organisation
) -> None:
    person = StaffMemberFactory(organisation=department, staff_number="1", name="Ann", job_role="Inspector")
    site = person.site
    rows = [["staff_number", "name", "job_role"], ["1", "Ann", Failed("#N/A")]]
    read = {"xlsx": xlsx, "ods": ods}.get(kind_of_file, csv_of)
    assert reasons(load("staff", read(*rows), department)) == [
        "Row 2, job_role: A formula of the spreadsheet has failed here (#N/A). Enter what it should say, or "
        "empty the cell."
    ]
    # A site that cannot be read is a warning here as everywhere, and asks nobody what #REF! means.
    plan = load("staff", read(["staff_number", "name", "site"], ["1", "Anne", Failed("#REF!")]), department)
    assert ([str(one)[:11] for one in plan.warnings], plan.unknown) == (["Row 2, site"], {})
    person.refresh_from_db()
    assert (person.name, person.job_role, person.site) == ("Anne", "Inspector", site)


def test_a_header_with_nul_characters_is_refused(department: Organisation) -> None:
    with pytest.raises(Invalid, match="no text that can be read"):
        load("sites", "code,name\nA,Alpha\n".encode("utf-16-le"), department)


def test_a_file_with_too_many_rows_is_refused(department: Organisation, settings: Any) -> None:
    settings.IMPORT_MAX_ROWS = 1
    with pytest.raises(Invalid, match="more than 1 rows"):
        load("sites", "code,name\nA,Alpha\nB,Beta\n", department)
