"""`manage.py simulate_mdm` drives a server; with --fix it mends a tranche's devices and readiness moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fleet.models import Device, MdmSource, Organisation, SourceToken
from fleet.vocabulary import LifeCycle
from rollouts.models import PersonReadiness, Tranche
from rollouts.services.computing import compute
from rollouts.services.staleness import mark_dirty
from rollouts.simulation.remedies import remedies_for
from tests.factories import ApprovalFactory, ConditionFactory, MdmSourceFactory
from tests.processes import child_environment, running
from tests.rollouts.factories import ProgrammeFactory, device_facts, last_seen, ready_place, ready_tranche

WORKER = "celery -A config worker --pool solo --queues intake,compute --loglevel INFO"


@pytest.fixture
def source(department: Organisation) -> MdmSource:
    return MdmSourceFactory(organisation=department)


@pytest.fixture
def tranche(department: Organisation) -> Tranche:
    return ready_tranche(ProgrammeFactory(organisation=department))


@pytest.fixture
def simulate(source: MdmSource, live_server: Any, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs the command against the test's server; what it prints."""
    _, token = SourceToken.issue(source=source)

    def run(*options: str) -> str:
        call_command("simulate_mdm", "--url", live_server.url, "--token", token, *options)
        return capsys.readouterr().out

    return run


def assessed(tranche: Tranche) -> None:
    mark_dirty(Tranche.objects.filter(pk=tranche.pk))
    assert not compute(tranche_id=tranche.pk)


@pytest.mark.django_db(transaction=True)
def test_fixing_a_tranche_moves_its_readiness(tranche: Tranche, simulate: Callable[..., str]) -> None:
    """Through HTTP, a real broker and a real worker; no device is made beside those that are there."""
    good, bad = ready_place(tranche), ready_place(tranche)
    device_facts(bad, encrypted=False, compliance="noncompliant", os_version="16.0", os_key=[16])
    assessed(tranche)
    assert PersonReadiness.objects.get(person=bad).state == "blocked"
    with running(WORKER, child_environment()) as worker:
        worker.until_says("ready.")
        told = simulate("--fix", str(tranche.pk))
    assert "devices reported as mended: 1." in told
    table = [line.split() for line in told.splitlines()]
    assert ["Blocked", "1", "0"] in table
    assert ["Ready", "1", "2"] in table
    states = dict(PersonReadiness.objects.values_list("person", "state"))
    assert states == {good.pk: "ready", bad.pk: "ready"}
    assert Device.objects.count() == 2


@pytest.mark.django_db
def test_a_remedy_names_the_device_and_says_what_is_asked_for(tranche: Tranche, source: MdmSource) -> None:
    place = device_facts(ready_place(tranche), passcode=None, os_version="17.0", os_key=[17])
    approval = ApprovalFactory(
        organisation=source.organisation,
        classification=tranche.programme.classification,
        minimum_version="18.2",
    )
    ConditionFactory(approval=approval, control="software", name="Container")
    assessed(tranche)
    [record] = remedies_for(tranche=tranche, source=source)
    assert place.device is not None
    assert record["serial"] == place.device.serial
    assert (record["os_version"], record["passcode"], record["lost"]) == ("18.2", True, False)
    assert record["software"] == [{"name": "Container"}]


@pytest.mark.django_db
def test_a_silent_device_is_seen_again_and_one_in_order_is_left_alone(
    tranche: Tranche, source: MdmSource
) -> None:
    silent, lost = ready_place(tranche), ready_place(tranche)
    assert silent.device is not None
    last_seen(silent.device, days_ago=9)
    device_facts(lost, life_cycle=LifeCycle.LOST)
    assessed(tranche)
    assert [one["serial"] for one in remedies_for(tranche=tranche, source=source)] == [silent.device.serial]


@pytest.mark.django_db(transaction=True)
def test_a_new_source_pushes_made_up_devices(simulate: Callable[..., str], source: MdmSource) -> None:
    with running(WORKER, child_environment()) as worker:
        worker.until_says("ready.")
        told = simulate("--devices", "5", "--scenario", "checkins", "--batch", "2")
    assert "records 5 · requests 3 · answered 3 × 202" in told
    assert "created 5" in told
    assert Device.objects.filter(organisation=source.organisation).count() == 5


@pytest.mark.django_db(transaction=True)
def test_deliveries_that_no_worker_takes_are_told(simulate: Callable[..., str]) -> None:
    with pytest.raises(CommandError, match="Deliveries that still wait for a worker: 1"):
        simulate("--devices", "1", "--scenario", "checkins", "--wait", "0")


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_is_told_with_a_way_out(
    tranche: Tranche, simulate: Callable[..., str], live_server: Any, settings: Any, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=rf"has no tranche 0. There are: {tranche.pk} "):
        simulate("--fix", "0")
    with pytest.raises(CommandError, match="has not been assessed"):
        simulate("--fix", str(tranche.pk))
    assessed(tranche)
    assert "nobody is held up" in simulate("--fix", str(tranche.pk))
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError, match="Give --token"):
        call_command("simulate_mdm", "--url", live_server.url)
    (tmp_path / "demo-mdm-source.json").write_text(json.dumps({"token": "mdm_of_elsewhere"}))
    with pytest.raises(CommandError, match="no source with this token"):
        call_command("simulate_mdm", "--url", live_server.url)


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_told(source: MdmSource) -> None:
    _, token = SourceToken.issue(source=source)
    with pytest.raises(CommandError, match=r"No server answers at http://127.0.0.1:9: .* make run"):
        call_command("simulate_mdm", "--url", "http://127.0.0.1:9", "--token", token, "--devices", "1")


@pytest.mark.parametrize(("option", "value"), [("--devices", "-5"), ("--batch", "6000"), ("--senders", "0")])
def test_a_number_that_cannot_be_is_refused(option: str, value: str) -> None:
    with pytest.raises(CommandError, match=f"{option}: “{value}” is no whole number"):
        call_command("simulate_mdm", option, value)
