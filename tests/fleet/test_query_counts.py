"""Each list takes as many queries for fifty rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fleet.models import LinePairing, Organisation, SimPairing, User
from tests.factories import (
    ApprovalFactory,
    BulkChangeFactory,
    CarrierMappingFactory,
    ClassificationFactory,
    ClassificationMappingFactory,
    ClassificationSchemeFactory,
    ConditionFactory,
    ContractFactory,
    ContractModelFactory,
    DeviceFactory,
    DeviceModelFactory,
    DiscrepancyFactory,
    HeartbeatFactory,
    ImportFactory,
    LineFactory,
    SchemeSwitchFactory,
    SimFactory,
    SiteFactory,
    StaffMemberFactory,
    TariffFactory,
    TrainingRecordFactory,
    UsageForecastFactory,
    UsageRecordFactory,
    UserFactory,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


def device(organisation: Organisation) -> None:
    row = DeviceFactory(organisation=organisation, issued=True)
    HeartbeatFactory(device=row)
    SimFactory(organisation=organisation, device=row)


def site(organisation: Organisation) -> None:
    row = SiteFactory(organisation=organisation, replaced_by=SiteFactory(organisation=organisation))
    StaffMemberFactory(organisation=organisation, site=row)


def person(organisation: Organisation) -> None:
    row = StaffMemberFactory(
        organisation=organisation, classification=ClassificationFactory(organisation=organisation)
    )
    DeviceFactory(organisation=organisation, holder=row)


def model(organisation: Organisation) -> None:
    DeviceFactory(organisation=organisation, model=DeviceModelFactory(organisation=organisation))


def approval(organisation: Organisation) -> None:
    ConditionFactory(approval=ApprovalFactory(organisation=organisation))


def training(organisation: Organisation) -> None:
    TrainingRecordFactory(staff_member=StaffMemberFactory(organisation=organisation))


def bulk_change(organisation: Organisation) -> None:
    BulkChangeFactory(organisation=organisation)


def contract(organisation: Organisation) -> None:
    ContractModelFactory(
        contract=ContractFactory(organisation=organisation, owner=UserFactory()),
        device_model=DeviceModelFactory(organisation=organisation),
    )


def line(organisation: Organisation) -> None:
    LineFactory(
        organisation=organisation,
        on_sim=True,
        holder=StaffMemberFactory(organisation=organisation),
        tariff=TariffFactory(organisation=organisation),
    )


def mapping(organisation: Organisation) -> None:
    CarrierMappingFactory(organisation=organisation)


def usage(organisation: Organisation) -> None:
    tariff = TariffFactory(organisation=organisation)
    person = StaffMemberFactory(organisation=organisation)
    record = UsageRecordFactory(
        line=LineFactory(organisation=organisation, on_sim=True, holder=person, tariff=tariff)
    )
    line = record.line
    LinePairing.objects.filter(line=line).update(from_at=timezone.now() - timedelta(days=900))
    SimPairing.objects.filter(sim=line.sim).update(from_at=timezone.now() - timedelta(days=900))
    UsageForecastFactory(line=line)


def classification(organisation: Organisation) -> None:
    mapping = ClassificationMappingFactory(organisation=organisation)
    StaffMemberFactory(organisation=organisation, classification=mapping.classification)
    ApprovalFactory(organisation=organisation, classification=mapping.classification)


def scheme(organisation: Organisation) -> None:
    ClassificationSchemeFactory(organisation=organisation, code=f"S{organisation.schemes.count()}")


def switch(organisation: Organisation) -> None:
    SchemeSwitchFactory(organisation=organisation)


def discrepancy(organisation: Organisation) -> None:
    device = DeviceFactory(organisation=organisation, issued=True)
    DiscrepancyFactory(device=device, other_person=StaffMemberFactory(organisation=organisation))


def imported(organisation: Organisation) -> None:
    ImportFactory(organisation=organisation, made_by=UserFactory())


# who asks: session, user, grants with their sites; own staff records; saved views; rows counted, keys, rows
WHO_AND_ROWS = 8
LISTS: list[tuple[str, Callable[[Organisation], None], int]] = [
    # and the options of the filters for site, model, source and organisation; the access log
    ("fleet:device-list", device, WHO_AND_ROWS + 5),
    # without own staff records; the options of the filter for site; the access log
    ("fleet:discrepancy-list", discrepancy, WHO_AND_ROWS + 2),
    # without own staff records
    ("fleet:site-list", site, WHO_AND_ROWS - 1),
    # and the options of the filters for site, classification and course; the access log
    ("fleet:person-list", person, WHO_AND_ROWS + 4),
    # without own staff records
    ("fleet:bulk-change-list", bulk_change, WHO_AND_ROWS - 1),
    # without own staff records
    ("fleet:model-list", model, WHO_AND_ROWS - 1),
    # and the options of the filters for course and site; the access log
    ("fleet:training-list", training, WHO_AND_ROWS + 3),
    # without own staff records
    ("fleet:course-list", training, WHO_AND_ROWS - 1),
    # without own staff records; device models, and the options of the filter for them
    ("fleet:contract-list", contract, WHO_AND_ROWS + 1),
    ("fleet:line-list", line, WHO_AND_ROWS + 3),
    ("fleet:usage-list", usage, WHO_AND_ROWS + 3),
    ("fleet:usage-people", usage, WHO_AND_ROWS + 6),
    ("fleet:usage-devices", usage, WHO_AND_ROWS + 6),
    ("fleet:usage-forecast", usage, WHO_AND_ROWS + 3),
    ("fleet:tariff-list", line, WHO_AND_ROWS),
    ("fleet:carrier-mapping-list", mapping, WHO_AND_ROWS - 1),
    # without own staff records; conditions, and the options of the filter for classification
    ("fleet:approval-list", approval, WHO_AND_ROWS + 1),
    # and the options of the filter for scheme
    ("fleet:classification-list", classification, WHO_AND_ROWS + 1),
    # without own staff records
    ("fleet:scheme-list", scheme, WHO_AND_ROWS - 1),
    ("fleet:switch-list", switch, WHO_AND_ROWS - 1),
]


LISTS.append(
    # without own staff records
    ("fleet:import-list", imported, WHO_AND_ROWS - 1)
)


@pytest.mark.parametrize(("name", "make", "expected"), LISTS)
def test_a_page_takes_the_same_queries_for_fifty_rows(
    name: str,
    make: Callable[[Organisation], None],
    expected: int,
    department: Organisation,
    it_manager: User,
    client_of: Callable[[User], Client],
) -> None:
    client, url = client_of(it_manager), reverse(name)
    make(department)
    # and the organisation, for its name and colour
    assert queries_of(client, url) == expected + 1
    for _ in range(49):
        make(department)
    assert queries_of(client, url) == expected + 1


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("api-device-list", device),
        ("api-bulk-change-list", bulk_change),
        ("api-site-list", site),
        ("api-staff-list", person),
        ("api-device-model-list", model),
        ("api-approval-list", approval),
        ("api-classification-list", person),
        ("api-import-list", imported),
        ("api-course-list", training),
        ("api-training-list", training),
        ("api-contract-list", contract),
        ("api-line-list", line),
        ("api-usage-list", usage),
        ("api-usage-person-list", usage),
        ("api-usage-device-list", usage),
        ("api-usage-forecast-list", usage),
        ("api-tariff-list", line),
        ("api-carrier-mapping-list", mapping),
        ("api-scheme-list", scheme),
        ("api-mapping-list", classification),
        ("api-switch-list", switch),
    ],
)
def test_the_api_takes_the_same_queries_for_fifty_rows(
    name: str,
    make: Callable[[Organisation], None],
    department: Organisation,
    it_manager: User,
    api_of: Callable[[User], Any],
) -> None:
    client, url = api_of(it_manager), reverse(name)
    make(department)
    one = queries_of(client, url)
    for _ in range(49):
        make(department)
    assert queries_of(client, url) == one


def test_an_export_takes_the_same_queries_for_fifty_rows(
    department: Organisation, it_manager: User, client_of: Callable[[User], Client]
) -> None:
    client, url = client_of(it_manager), f"{reverse('fleet:device-list')}?format=csv"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url).getvalue()
        return len(captured)

    device(department)
    one = queries()
    for _ in range(49):
        device(department)
    assert queries() == one
