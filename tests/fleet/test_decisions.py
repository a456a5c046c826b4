"""What facts ask of a person today."""

from datetime import timedelta

from django.utils import timezone

from fleet.decisions import approvals_running_out
from fleet.models import Organisation, User
from tests.factories import ApprovalFactory


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
