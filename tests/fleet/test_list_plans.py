"""What the database does for the lists of a big estate: it walks indexes and never sorts it all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fleet.models import Device, Site, StaffMember, User
from tests.conftest import person_with
from tests.factories import DeviceModelFactory, OrganisationFactory, SiteFactory

pytestmark = pytest.mark.django_db
STAFF, DEVICES, SITES = 60_000, 100_000, 100
BIG = {"fleet_device", "fleet_staffmember", "fleet_heartbeat"}
MANY = 5_000  # rows; a sort of more than that is of a good part of the table

PEOPLE_SQL = """
INSERT INTO fleet_staffmember (organisation_id, staff_number, name, email, upn, site_id, job_role, fte,
    work_style, "group", assistive_needs)
SELECT %s, 'S' || n, 'Person ' || md5(n::text), 'p' || md5(n::text) || '@dept.example', '',
    %s + n %% %s, 'Role ' || n %% 40, 1, 'office', 'Team ' || n %% 300, '{{}}'
FROM generate_series(1, %s) n
"""
DEVICES_SQL = """
INSERT INTO fleet_device (organisation_id, asset_tag, serial, hw_id, imei, imei2, meid, wifi_mac,
    model_id, site_id, holder_id, life_cycle, created_at, manufacturer, reported_model, reported_model_id,
    reported_asset_tag, platform, os_version, os_key, os_build, user_upn, user_email, user_name, enrolment,
    compliance, wipe, ownership, software)
SELECT %s, 'T-' || md5(n::text), upper(md5('s' || n)), '', lpad(n::text, 15, '3'), '', '', '',
    %s, %s + n %% %s,
    (SELECT min(id) FROM fleet_staffmember) + n %% %s, 'issued', now(), '', '', '', '', 'ipados',
    '17.4', '{{17,4}}', '', '', '', '', 'enrolled', 'compliant', 'none', 'unknown', '[]'
FROM generate_series(1, %s) n
"""
SEEN_SQL = """
INSERT INTO fleet_heartbeat (device_id, last_seen_at, battery_health)
SELECT id, now() - id * interval '1 second', 'unknown' FROM fleet_device
"""


@pytest.fixture(scope="module")
def reader(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Somebody who sees an estate that is gone again after these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        organisation = OrganisationFactory()
        sites = [SiteFactory(organisation=organisation, name=f"Place {n}") for n in range(SITES)]
        model = DeviceModelFactory(organisation=organisation)
        first = min(site.pk for site in sites)
        with connection.cursor() as cursor:
            # The change log has tests of its own; here it would take most of the time.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(PEOPLE_SQL.replace("{{}}", "{}"), [organisation.pk, first, SITES, STAFF])
            cursor.execute(
                DEVICES_SQL.replace("{{", "{").replace("}}", "}"),
                [organisation.pk, model.pk, first, SITES, STAFF, DEVICES],
            )
            cursor.execute(SEEN_SQL)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            cursor.execute("ANALYZE fleet_device, fleet_staffmember, fleet_heartbeat, fleet_site")
        yield person_with("it-manager", organisation)
        transaction.set_rollback(True)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def passed(node: dict[str, Any]) -> float:
    """The rows that a step gave on, all its runs together."""
    return float(node["Actual Rows"]) * float(node["Actual Loops"])


def plans(user: User, url: str) -> list[tuple[str, dict[str, Any]]]:
    """The plan of each query of a page over big tables, but for counts: a count reads what it counts."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    assert response.context["table"].rows, url
    found = []
    for query in captured.captured_queries:
        sql = query["sql"]
        if (
            sql.startswith("SELECT")
            and "COUNT(*)" not in sql[:30]
            and any(f'"{table}"' in sql for table in BIG)
        ):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
                answer = cursor.fetchone()[0]
            [plan] = answer if isinstance(answer, list) else json.loads(answer)
            found.append((sql, plan["Plan"]))
    return found


def some(model: Any, name: str) -> str:
    return str(model.objects.order_by("-pk").values_list(name, flat=True)[1000])


def _next(user: User, url: str) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    following: str = client.get(url).context["pages"].next
    return url.partition("?")[0] + following


QUERIES = [
    ("device", ""),
    ("device", "sort=-asset_tag"),
    ("device", "sort=seen"),
    ("device", "sort=-seen"),
    ("device", "sort=site"),
    ("device", "sort=-holder"),
    ("device", "site={site}"),
    ("device", "q={serial}"),
    ("device", "q={imei}"),
    ("device", "q={tag}"),
    ("device", "q={name}"),
    ("person", ""),
    ("person", "sort=-name"),
    ("person", "sort=site"),
    ("person", "site={site}"),
    ("person", "q={email}"),
    ("person", "q={name}"),
]


# A search that finds few has no next page.
PAGES = [(*query, False) for query in QUERIES] + [(*query, True) for query in QUERIES if "q=" not in query[1]]


@pytest.mark.parametrize(("name", "query", "is_next"), PAGES)
def test_a_page_of_a_big_list_walks_indexes(reader: User, name: str, query: str, is_next: bool) -> None:
    values = {
        "site": Site.objects.latest("pk").pk,
        "serial": some(Device, "serial")[:12],
        "imei": some(Device, "imei"),
        "tag": some(Device, "asset_tag").lower()[:14],
        "name": some(StaffMember, "name").split()[1][:12],
        "email": some(StaffMember, "email")[:12],
    }
    url = f"{reverse(f'fleet:{name}-list')}?{query.format(**values)}"
    if is_next:
        url = _next(reader, url)
    for sql, plan in plans(reader, url):
        for node in nodes(plan):
            is_scan = node["Node Type"] == "Seq Scan" and node.get("Relation Name") in BIG
            assert not (is_scan and passed(node) > MANY), (sql, plan)
            assert not (node["Node Type"] == "Sort" and max(map(passed, node["Plans"])) > MANY), (sql, plan)
