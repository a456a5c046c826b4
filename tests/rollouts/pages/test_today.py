"""Today: decisions first, four numbers that add up, the curve; and what suits those who run no rollout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fleet.models import Organisation, StaffMember, User
from rollouts.models import Gate, Programme, TranchePerson
from tests.factories import DeviceFactory, MdmSourceFactory, SiteFactory
from tests.queries import queries_of
from tests.rollouts.factories import ProgrammeFactory, TrancheFactory, TranchePersonFactory
from tests.rollouts.pages.conftest import Scene

ClientOf = Callable[[User], Client]


@pytest.fixture
def client(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


def today(client: Client, query: str = "") -> Any:
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return response


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_gate_is_a_decision_for_everybody_but_its_proposer(
    client: Client, client_of: ClientOf, technology_lead: User, gate: Gate
) -> None:
    [task] = today(client).context["tasks"]
    assert task.title == f"Decide on {gate.tranche}"
    assert task.url == f"/tranches/{gate.tranche_id}/gate/"
    assert today(client_of(technology_lead)).context["tasks"] == []


def test_the_overdue_decision_comes_first(client: Client, programme: Programme) -> None:
    now = timezone.localdate()
    SiteFactory(organisation=programme.organisation)
    for number, days in ((1, 3), (2, -2), (3, 9)):
        TrancheFactory(
            programme=programme, number=number, name="Batch", decision_due_on=now + timedelta(days=days)
        )
    tasks = today(client).context["tasks"]
    assert [(task.title, task.status) for task in tasks] == [
        ("Propose the gate of Tranche 2 – Batch", "overdue"),
        ("Propose the gate of Tranche 1 – Batch", "due_soon"),
        ("Propose the gate of Tranche 3 – Batch", "to_do"),
    ]
    assert tasks[0].due.startswith("Was due ")


def test_four_numbers_add_up_to_the_goal_and_lead_to_their_rows(client: Client, scene: Scene) -> None:
    TranchePersonFactory(tranche=scene.tranche, state="handed_over")
    plan = today(client).context["plan"]
    values = [int(card.value) for card in plan.cards]
    assert values == [1, 1, 2, 96]
    assert sum(values) == scene.programme.goal_quantity
    assert [client.get(card.url).context["matched"] for card in plan.cards[:3]] == values[:3]


def test_the_curve_has_its_finding_and_its_csv(client: Client, scene: Scene) -> None:
    late = timezone.localdate() - timedelta(days=1)
    TranchePerson.objects.filter(pk=scene.ready.pk).update(planned_on=late)
    response = today(client)
    figure = response.context["plan"].figure
    assert figure.finding.startswith("1 device behind plan at week")
    assert "No forecast is shown yet" in text_of(response)
    lines = client.get(figure.csv_url).getvalue().decode().splitlines()
    assert len(lines) == 1 + len(figure.plot.labels)


def test_the_running_programme_is_shown_unless_another_is_asked_for(
    client: Client, programme: Programme, department: Organisation
) -> None:
    now = timezone.localdate()
    later = ProgrammeFactory(
        organisation=department, starts_on=now + timedelta(days=30), ends_on=now + timedelta(days=60)
    )
    assert today(client).context["programme"] == programme
    assert today(client, f"?programme={later.pk}").context["programme"] == later
    assert today(client, "?programme=nonsense").context["programme"] == programme


def test_another_organisation_s_programme_is_absent(client: Client, council: Organisation) -> None:
    other = ProgrammeFactory(organisation=council)
    response = today(client, f"?programme={other.pk}")
    assert "programme" not in response.context
    assert "No programme yet" in text_of(response)


def test_a_member_of_staff_sees_what_is_their_own(
    client_of: ClientOf, staff_user: User, scene: Scene
) -> None:
    me = StaffMember.objects.get(user=staff_user)
    device = DeviceFactory(organisation=me.organisation, issued=True, holder=me)
    place = TranchePersonFactory(tranche=scene.tranche, staff_member=me)
    text = text_of(today(client_of(staff_user)))
    assert str(device) in text
    assert f"/tranche-people/{place.pk}/" in text
    assert scene.programme.name not in text


def test_without_devices_it_says_whom_to_ask(client_of: ClientOf, staff_user: User) -> None:
    assert "None is issued to you. Ask your IT team" in text_of(today(client_of(staff_user)))


def test_queries_do_not_grow(client: Client, scene: Scene) -> None:
    few = queries_of(client, "/")
    for number in range(2, 6):
        TrancheFactory(programme=scene.programme, number=number)
    TranchePersonFactory.create_batch(40, tranche=scene.tranche)
    assert queries_of(client, "/") == few


def test_an_mdm_administrator_sees_whether_data_arrives(
    client_of: ClientOf, mdm_administrator: User, department: Organisation
) -> None:
    client = client_of(mdm_administrator)
    assert "No MDM source yet" in text_of(today(client))
    source = MdmSourceFactory(organisation=department, name="Jamf of the North")
    text = text_of(today(client))
    assert f'/mdm/sources/{source.pk}/">Jamf of the North' in text
    assert "An IT manager creates the first one." in text


def test_whoever_has_nothing_to_do_is_told_so(client_of: ClientOf, group_leader: User) -> None:
    assert "Nothing needs your decision" in text_of(today(client_of(group_leader)))
