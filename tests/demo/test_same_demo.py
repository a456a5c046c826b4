"""The same day gives the same demo, down to serials and states."""

from pathlib import Path

import pytest
from django.db import transaction

from fleet.models import Device, Site, StaffMember
from rollouts.models import TranchePerson
from tests.demo.conftest import load_small


def _keys() -> list[list[tuple[object, ...]]]:
    return [
        list(Site.objects.order_by("code").values_list("code", "closes_on", "network_mbps")),
        list(StaffMember.objects.order_by("staff_number").values_list("staff_number", "name", "job_role")),
        list(
            Device.objects.order_by("asset_tag").values_list(
                "asset_tag", "serial", "hw_id", "os_version", "life_cycle", "holder__staff_number"
            )
        ),
        list(
            TranchePerson.objects.order_by("staff_member__staff_number").values_list(
                "staff_member__staff_number", "state", "planned_on", "handed_over_at", "device__asset_tag"
            )
        ),
    ]


@pytest.mark.django_db
def test_the_same_day_gives_the_same_demo(noon: None, tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        with transaction.atomic():
            load_small(tmp_path)
            seen.append(_keys())
            transaction.set_rollback(True)
    assert len(seen[0][2]) > 1_900
    assert seen[0] == seen[1]
