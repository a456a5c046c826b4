"""What facts ask of a person today."""

from datetime import timedelta

from django.utils import timezone

from fleet.decisions import (
    MOST_FILES,
    approvals_running_out,
    conflicts_open,
    files_waiting,
    sources_in_trouble,
)
from fleet.models import MdmSource, Organisation, User
from fleet.vocabulary import ImportStatus
from tests.factories import (
    ApprovalFactory,
    DeliveryFactory,
    IdentityConflictFactory,
    ImportFactory,
    MdmSourceFactory,
)


def test_an_approval_that_runs_out_within_sixty_days(
    department: Organisation, it_manager: User, auditor: User, stranger: User
) -> None:
    today = timezone.localdate()
    for days in (None, -1, 60, 61):
        ApprovalFactory(
            organisation=department, valid_until=None if days is None else today + timedelta(days=days)
        )
    ApprovalFactory(organisation=department, valid_until=today, withdrawn=True)
    [asked] = approvals_running_out(it_manager)
    assert asked.due_on == today + timedelta(days=60)
    assert list(approvals_running_out(auditor)) == list(approvals_running_out(stranger)) == []


def test_intake_that_needs_somebody(
    department: Organisation, mdm_administrator: User, it_manager: User, stranger: User
) -> None:
    source = MdmSourceFactory(organisation=department, name="Tablets")
    assert list(sources_in_trouble(mdm_administrator)) == list(conflicts_open(mdm_administrator)) == []
    DeliveryFactory(source=source, failed=True, received_at=timezone.now() - timedelta(hours=27))
    IdentityConflictFactory.create_batch(2, source=source)
    IdentityConflictFactory(source=source, resolved=True)
    asked = [one.what for one in sources_in_trouble(mdm_administrator)]
    assert asked == ["Find out why Tablets is silent", "Retry what failed of Tablets"]
    [conflicts] = conflicts_open(mdm_administrator)
    assert conflicts.what == "Decide 2 MDM conflicts"
    [told] = conflicts_open(it_manager)
    assert told.what == "2 MDM conflicts wait for an MDM administrator"
    assert list(sources_in_trouble(it_manager)) == []
    assert list(sources_in_trouble(stranger)) == list(conflicts_open(stranger)) == []


def test_a_source_that_is_switched_off_is_expected_to_be_silent(
    department: Organisation, mdm_administrator: User
) -> None:
    MdmSourceFactory(organisation=department, is_active=False)
    MdmSource.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert list(sources_in_trouble(mdm_administrator)) == []


def test_a_bill_that_a_system_sent_waits_for_whoever_may_decide(
    department: Organisation, it_manager: User, coordinator: User, auditor: User, stranger: User
) -> None:
    ImportFactory(organisation=department, bill=True, status=ImportStatus.NAMING)
    ImportFactory(organisation=department, checked=True, made_by=coordinator)
    ImportFactory(organisation=department, applied=True)
    [asked] = files_waiting(it_manager)
    assert asked.what == "Say what the columns mean: bill.csv"
    assert len(list(files_waiting(coordinator))) == 1
    assert list(files_waiting(auditor)) == list(files_waiting(stranger)) == []


def test_files_that_failed_wait_too_and_those_that_others_decide_on_take_no_place(
    department: Organisation, it_manager: User
) -> None:
    """The manager reads the change log, so sees every file; the older ones are not for them to decide on."""
    ImportFactory.create_batch(
        MOST_FILES, organisation=department, checked=True, made_by=None, permission="none"
    )
    ImportFactory(organisation=department, bill=True, failed=True)
    ImportFactory(organisation=department, bill=True, failed=True, content=b"")
    [asked] = files_waiting(it_manager)
    assert asked.what == "See why it failed, and try again or discard it: bill.csv"
    assert "It could not be read." in asked.why
