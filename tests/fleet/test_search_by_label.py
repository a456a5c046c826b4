"""A search finds what the list shows, labels of states and kinds among it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fleet.models import Organisation, User
from tests.factories import (
    ApprovalFactory,
    BulkChangeFactory,
    ClassificationSchemeFactory,
    ContractFactory,
    CourseFactory,
    ImportFactory,
    InvitationFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)
Make = Callable[[Organisation], Any]
# list → (a row that the word finds, one that it does not, the word)
CASES: dict[str, tuple[Make, Make, str]] = {
    "site": (
        lambda where: SiteFactory(organisation=where, closes_on=YESTERDAY),
        lambda where: SiteFactory(organisation=where),
        "closed",
    ),
    "approval": (
        lambda where: ApprovalFactory(organisation=where, withdrawn=True),
        lambda where: ApprovalFactory(organisation=where),
        "withdrawn",
    ),
    "contract": (
        lambda where: ContractFactory(
            organisation=where, starts_on=YESTERDAY - timedelta(days=9), ends_on=YESTERDAY
        ),
        lambda where: ContractFactory(organisation=where),
        "ended",
    ),
    "course": (
        lambda where: CourseFactory(organisation=where, kind="policy"),
        lambda where: CourseFactory(organisation=where, kind="training"),
        "policy",
    ),
    "scheme": (
        lambda where: ClassificationSchemeFactory(organisation=where, valid_until=YESTERDAY),
        lambda where: ClassificationSchemeFactory(organisation=where),
        "ended",
    ),
    "import": (
        lambda where: ImportFactory(organisation=where, failed=True),
        lambda where: ImportFactory(organisation=where),
        "failed",
    ),
    "invitation": (
        lambda where: InvitationFactory(organisation=where, withdrawn=True),
        lambda where: InvitationFactory(organisation=where),
        "withdrawn",
    ),
    "bulk-change": (
        lambda where: BulkChangeFactory(organisation=where, value_words="Site: Ash"),
        lambda where: BulkChangeFactory(organisation=where, value_words="Site: Elm"),
        "ash",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_word_finds_the_rows_that_show_it(
    name: str, department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    make, make_other, word = CASES[name]
    found = make(department)
    make_other(department)
    answer = client_of(it_manager).get(reverse(f"fleet:{name}-list"), {"q": word})
    assert [row.pk for row in answer.context["table"].rows] == [found.pk]
