"""Erasing a person: nothing names them any more, figures stay, and a record without personal data is left."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote_plus

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.errors import Conflict, Forbidden, Invalid
from fleet.models import (
    ApiToken,
    Device,
    Erasure,
    Organisation,
    SavedView,
    SecondFactor,
    Session,
    StaffMember,
    User,
)
from fleet.services.custody import record_custody
from fleet.services.erasure import erase_person, is_erased
from fleet.services.imports import load_csv
from fleet.services.sealing import seal_bytes
from fleet.vocabulary import CustodyKind
from tests.factories import (
    BulkChangeFactory,
    DeliveryFactory,
    DeviceFactory,
    GrantFactory,
    IdentityConflictFactory,
    ImportFactory,
    ImportLineFactory,
    InvitationFactory,
    MdmSourceFactory,
    RecoveryCodeFactory,
    SavedViewFactory,
    SecondFactorFactory,
    SessionFactory,
    SignInEventFactory,
    SiteFactory,
    SourceRecordFactory,
    StaffMemberFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NAME, NUMBER, EMAIL, UPN = "Zoë Quillfeather", "QF-4711", "zoe.quillfeather@dept.example", "zq@dept.example"
WORDS = (NAME, "Quillfeather", NUMBER, EMAIL, UPN)


def places_that_say(word: str) -> list[str]:
    """Every table of the database with a row that holds the word, bodies unpacked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.append(table)
        cursor.execute(
            "SELECT body FROM fleet_delivery WHERE body <> '' "
            "UNION ALL SELECT content FROM fleet_import WHERE content <> ''"
        )
        bodies = [zlib.decompress(bytes(body)).decode() for (body,) in cursor.fetchall()]
    return found + ["a body" for body in bodies if word in body]


@pytest.fixture
def person(department: Organisation, it_manager: User) -> StaffMember:
    """Somebody with a past: moved, renamed, gave a device back, was reported by an MDM, had an account."""
    user = UserFactory(email=EMAIL, name=NAME)
    ApiToken.issue(user=user, name=f"Script of {NAME}")
    person: StaffMember = StaffMemberFactory(
        organisation=department,
        user=user,
        name="Zoë Quillfeather-Smith",
        staff_number=NUMBER,
        email=EMAIL,
        upn=UPN,
        group="The Quillfeather group",
        assistive_needs=["screen_reader"],
    )
    StaffMember.objects.filter(pk=person.pk).update(name=NAME, site=SiteFactory(organisation=department))
    person.refresh_from_db()
    device = DeviceFactory(
        organisation=department, user_name=NAME, user_upn=UPN.upper(), user_email=EMAIL, life_cycle="in_stock"
    )
    for kind, holder in ((CustodyKind.ISSUED, person), (CustodyKind.RETURNED, None)):
        note = f"{NAME} was there"
        record_custody(device=device, kind=kind, at=timezone.now(), by=it_manager, note=note, holder=holder)
    source = MdmSourceFactory(organisation=department)
    facts = {"user_name": NAME, "user_upn": UPN, "user_email": EMAIL, "os_version": "17.4"}
    SourceRecordFactory(mdm_source=source, device=device, facts=facts)
    IdentityConflictFactory(source=source, record={**facts, "serial": "SN1"})
    body = zlib.compress(json.dumps({"devices": [facts]}).encode())
    DeliveryFactory(source=source, body=body, status="applied", applied_at=timezone.now())
    file = ImportFactory(
        organisation=department, applied=True, kind="staff", content=zlib.compress(f"name\n{NAME}\n".encode())
    )
    ImportLineFactory(file=file, name=NAME, row_id=person.pk, details=[["email", "", EMAIL]])
    TrainingRecordFactory(staff_member=person, reference=f"Certificate of {NAME}")
    SavedViewFactory(organisation=department, owner=it_manager, name="One", query=f"q={quote_plus(NAME)}")
    SavedViewFactory(organisation=department, owner=user, name="Mine", query="q=printers", is_shared=False)
    BulkChangeFactory(organisation=department, made_by=it_manager, value_words=f"Holder: {NAME}")
    BulkChangeFactory(organisation=department, waiting=True, filters=f"q={quote_plus(EMAIL)}")
    ImportFactory(organisation=department, applied=True, file_name="zoë_quillfeather-smith.csv", content=b"")
    InvitationFactory(organisation=department, email=EMAIL.upper(), name=NAME)
    AccessAttempt.objects.create(username=EMAIL, attempt_time=timezone.now(), failures_since_start=1)
    StaffMember.objects.filter(pk=person.pk).update(leaves_on=timezone.localdate() - timedelta(days=1))
    person.refresh_from_db()
    return person


def erase(person: StaffMember, by: User, **more: Any) -> Erasure:
    return erase_person(person=person, asked_by="person", reason="Case 12", by=by, **more)


def test_nothing_names_them_any_more(person: StaffMember, it_manager: User) -> None:
    assert "fleet_staffmemberchange" in places_that_say(NAME)
    erasure = erase(person, it_manager)
    assert {word: places_that_say(word) for word in WORDS} == {word: [] for word in WORDS}
    assert erasure.counts["person"] >= 3
    assert (erasure.done_by, erasure.asked_by, erasure.reason) == (it_manager, "person", "Case 12")


def test_ids_places_dates_and_facts_of_devices_stay(person: StaffMember, it_manager: User) -> None:
    before = StaffMember.objects.values("pk", "site", "job_role", "fte", "leaves_on", "work_style").get(
        pk=person.pk
    )
    devices = Device.objects.values_list("pk", "os_version", "life_cycle").get()
    erase(person, it_manager)
    after = StaffMember.objects.get(pk=person.pk)
    assert {name: getattr(after, f"{name}_id" if name == "site" else name) for name in before} == before
    assert Device.objects.values_list("pk", "os_version", "life_cycle").get() == devices
    assert after.name.startswith("Erased person ")


def test_their_account_is_closed_and_opens_nothing(
    person: StaffMember, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    user = person.user
    assert user is not None
    client = client_of(user)
    erase(person, it_manager)
    assert client.get(reverse("fleet:account")).status_code == 302
    assert not User.objects.get(pk=user.pk).is_active
    assert ApiToken.objects.get(user=user).revoked_at is not None


def test_how_and_where_from_they_signed_in_is_forgotten(person: StaffMember, it_manager: User) -> None:
    user = person.user
    assert user is not None
    SessionFactory(user=user)
    RecoveryCodeFactory(second_factor=SecondFactorFactory(user=user))
    signed_in = SignInEventFactory(user=user)
    others = SignInEventFactory(user=it_manager)
    erase(person, it_manager)
    for rows in (Session.objects, SecondFactor.objects, SavedView.objects):
        assert not rows.exists()
    signed_in.refresh_from_db()
    others.refresh_from_db()
    assert (signed_in.ip_address, signed_in.browser) == (None, "")
    assert others.ip_address == "192.0.2.7"


def test_an_account_with_a_role_elsewhere_stays_whole(
    person: StaffMember, it_manager: User, council: Organisation
) -> None:
    user = person.user
    assert user is not None
    GrantFactory(user=user, organisation=council)
    SessionFactory(user=user)
    SecondFactorFactory(user=user)
    erase(person, it_manager)
    assert (Session.objects.count(), SecondFactor.objects.count()) == (1, 1)
    assert User.objects.get(pk=user.pk).is_active


def test_a_bulk_change_keeps_its_counts(
    person: StaffMember, it_manager: User, department: Organisation
) -> None:
    change = BulkChangeFactory(
        organisation=department, changed=3, left=[[NUMBER, "has left"], ["QF-47110", "has left"]]
    )
    erase(person, it_manager)
    change.refresh_from_db()
    assert (change.changed, change.left) == (3, [["erased", "has left"], ["QF-47110", "has left"]])


def test_what_somebody_else_has_today_is_theirs(
    person: StaffMember, it_manager: User, department: Organisation
) -> None:
    old, new = "shared.desk@dept.example", "zoe.new@dept.example"
    StaffMember.objects.filter(pk=person.pk).update(email=old)
    StaffMember.objects.filter(pk=person.pk).update(email=new)
    heir = StaffMemberFactory(organisation=department, email=old)
    device = DeviceFactory(organisation=department, holder=heir, user_email=old, life_cycle="issued")
    gone = DeviceFactory(organisation=department, user_email=EMAIL)
    erase(StaffMember.objects.get(pk=person.pk), it_manager)
    device.refresh_from_db()
    gone.refresh_from_db()
    assert (device.user_email, gone.user_email) == (old, "")


@pytest.mark.parametrize(
    ("left", "holds", "words"), [(False, False, "has not left"), (True, True, "holds 1 device")]
)
def test_who_is_still_there_is_refused_unless_forced(
    left: bool, holds: bool, words: str, it_manager: User, department: Organisation
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    person = StaffMemberFactory(organisation=department, leaves_on=yesterday if left else None)
    if holds:
        DeviceFactory(organisation=department, holder=person, life_cycle="issued")
    with pytest.raises(Conflict, match=words):
        erase(person, it_manager)
    assert erase(person, it_manager, force=True).is_forced


def test_twice_is_refused_and_so_is_a_reason_that_names_them(person: StaffMember, it_manager: User) -> None:
    with pytest.raises(Invalid, match="without the person’s name"):
        erase_person(person=person, asked_by="person", reason=f"{NUMBER} asked", by=it_manager)
    erase(person, it_manager)
    with pytest.raises(Conflict, match="erased already"):
        erase(StaffMember.objects.get(pk=person.pk), it_manager)


def test_a_body_in_quarantine_that_names_the_person_is_forgotten(
    person: StaffMember, it_manager: User
) -> None:
    body = seal_bytes(zlib.compress(f'{{"user": "{UPN}'.encode()))
    source = MdmSourceFactory(organisation=person.organisation)
    named = DeliveryFactory(source=source, quarantined=True, body=body)
    other = DeliveryFactory(source=source, quarantined=True)
    erase(person, it_manager)
    named.refresh_from_db()
    other.refresh_from_db()
    assert (bytes(named.body), bool(other.body)) == (b"", True)


def test_a_delivery_that_waits_would_bring_them_back(person: StaffMember, it_manager: User) -> None:
    body = zlib.compress(json.dumps({"devices": [{"user_upn": UPN}]}).encode())
    DeliveryFactory(source=MdmSourceFactory(organisation=person.organisation), body=body)
    with pytest.raises(Conflict, match="not applied yet"):
        erase(person, it_manager)
    assert StaffMember.objects.get(pk=person.pk).name == NAME


def test_an_old_file_is_known_by_their_number(
    person: StaffMember, it_manager: User, department: Organisation, council: Organisation
) -> None:
    assert not is_erased(department.pk, NUMBER)
    erase(person, it_manager)
    assert is_erased(department.pk, f" {NUMBER.lower()} ")
    assert not is_erased(council.pk, NUMBER)
    assert not is_erased(department.pk, "OTHER")


def test_an_old_file_does_not_bring_them_back(
    person: StaffMember, it_manager: User, department: Organisation, client_of: Callable[[User], Client]
) -> None:
    erase(person, it_manager)
    file = f"staff_number,name\n{NUMBER},{NAME}\nNEW-1,Somebody New\n".encode()
    report = load_csv(kind="staff", content=file, organisation=department)
    assert (report.created, report.rejected) == (1, 1)
    assert "erased on request" in str(report.rejections[0])
    page = client_of(it_manager).post(
        reverse("fleet:person-add"),
        {
            "organisation": department.pk,
            "staff_number": NUMBER,
            "name": NAME,
            "fte": "1",
            "work_style": "office",
        },
    )
    assert "erased on request" in page.content.decode()
    assert not StaffMember.objects.filter(name=NAME).exists()


def test_a_namesake_keeps_their_name(person: StaffMember, it_manager: User, department: Organisation) -> None:
    namesake = StaffMemberFactory(organisation=department, name=NAME)
    device = DeviceFactory(organisation=department, holder=namesake, user_name=NAME, life_cycle="issued")
    erase(person, it_manager)
    assert StaffMember.objects.get(pk=namesake.pk).name == NAME
    assert Device.objects.get(pk=device.pk).user_name == NAME


def test_others_may_not(person: StaffMember, auditor: User, client_of: Callable[[User], Client]) -> None:
    with pytest.raises(Forbidden):
        erase(person, auditor)
    assert client_of(auditor).get(reverse("fleet:person-erase", args=[person.pk])).status_code == 404


def test_the_page_asks_first(
    person: StaffMember, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    client, url = client_of(it_manager), reverse("fleet:person-erase", args=[person.pk])
    asked = {"asked_by": "person", "reason": "Case 12"}
    assert "cannot be undone" in client.post(url, asked).content.decode()
    assert not Erasure.objects.exists()
    assert client.post(url, {**asked, "confirmed": "on"}).status_code == 302
    assert (
        "Erase this person"
        not in client.get(reverse("fleet:person-detail", args=[person.pk])).content.decode()
    )


def command(*args: str) -> str:
    out = StringIO()
    about = ("--organisation", "DEPT", "--staff-number", NUMBER, "--reason", "Case 12")
    call_command("erase_person", *about, *args, stdout=out)
    return out.getvalue()


def test_the_command_counts_first_and_erases_when_told(person: StaffMember) -> None:
    said = command()
    assert "Nothing is changed yet" in said
    assert StaffMember.objects.get(pk=person.pk).name == NAME
    done = command("--yes")
    assert done.splitlines()[:-1] == said.splitlines()[:-1]
    assert NAME not in StaffMember.objects.get(pk=person.pk).name
    assert NUMBER not in said + done
    with pytest.raises(CommandError, match="nobody with this staff number"):
        command("--yes")
