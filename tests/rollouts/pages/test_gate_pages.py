"""The gate on its pages: proposed by one, decided by another, on evidence that both saw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fleet.models import User
from rollouts.checks import CHECKS
from rollouts.models import Gate, Tranche
from rollouts.services.waivers import grant_waiver
from tests.rollouts.factories import WaiverFactory
from tests.rollouts.pages.conftest import Scene, computed, unencrypted

ClientOf = Callable[[User], Client]
NO_GO = {"outcome": "no_go", "rationale": "Mend the encryption first."}


@pytest.fixture
def decider(client_of: ClientOf, it_manager: User) -> Client:
    return client_of(it_manager)


@pytest.fixture
def proposer(client_of: ClientOf, technology_lead: User) -> Client:
    return client_of(technology_lead)


def state_of(scene: Scene) -> str:
    return Tranche.objects.get(pk=scene.tranche.pk).state


def test_the_proposer_sees_what_will_be_sealed(proposer: Client, scene: Scene) -> None:
    url = f"/tranches/{scene.tranche.pk}/gate/propose/"
    text = proposer.get(url).content.decode()
    assert "“Device is encrypted” fails for 1 person" in text
    response = proposer.post(url, {"recommendation": "no_go", "proposal": "Not yet."})
    gate = Gate.objects.get(tranche=scene.tranche)
    assert response["Location"] == f"/gates/{gate.pk}/"
    assert gate.evidence["people"]["blocked"] == 1
    assert state_of(scene) == "gate"


def test_a_proposal_says_what_and_why(proposer: Client, scene: Scene) -> None:
    response: Any = proposer.post(f"/tranches/{scene.tranche.pk}/gate/propose/", {})
    assert response.context["form"].errors == {
        "recommendation": ["Select what you recommend"],
        "proposal": ["Enter why"],
    }


def test_somebody_else_decides(decider: Client, scene: Scene, gate: Gate, it_manager: User) -> None:
    page: Any = decider.get(f"/gates/{gate.pk}/decide/")
    seal = page.context["form"]["seal"].value()
    decider.post(f"/gates/{gate.pk}/decide/", {**NO_GO, "seal": seal})
    decided = Gate.objects.get(pk=gate.pk)
    assert (decided.outcome, decided.decided_by) == ("no_go", it_manager)
    text = decider.get(f"/gates/{gate.pk}/").content.decode()
    assert "Mend the encryption first." in text
    assert "matches the document" in text
    assert state_of(scene) == "planned"


def test_the_proposer_is_told_why_they_cannot_decide(proposer: Client, scene: Scene, gate: Gate) -> None:
    told = "You proposed this gate, so somebody else has to decide it."
    page = proposer.get(f"/gates/{gate.pk}/decide/").content.decode()
    assert told in page
    assert "Record the decision" not in page
    refused = proposer.post(f"/gates/{gate.pk}/decide/", {**NO_GO, "seal": gate.seal})
    assert refused.status_code == 403
    assert told in refused.content.decode()
    assert state_of(scene) == "gate"


def test_a_go_over_a_blocker_is_refused_with_the_list(decider: Client, scene: Scene, gate: Gate) -> None:
    values = {"outcome": "go", "rationale": "It will do.", "seal": gate.seal}
    refused: Any = decider.post(f"/gates/{gate.pk}/decide/", values)
    assert refused.status_code == 409
    [message] = refused.context["form"].non_field_errors()
    assert "“Device is encrypted” fails for 1 person. Waive each" in message
    assert refused.context["form"]["rationale"].value() == "It will do."
    assert state_of(scene) == "gate"


def test_with_each_blocker_waived_it_goes(
    decider: Client, scene: Scene, gate: Gate, it_manager: User
) -> None:
    grant_waiver(
        tranche=gate.tranche,
        check_key="encrypted",
        owner=it_manager,
        reason="Encrypted at the handover",
        expires_on=timezone.localdate() + timedelta(days=30),
        by=it_manager,
    )
    computed(gate.tranche)
    assert "Facts have changed" in decider.get(f"/gates/{gate.pk}/").content.decode()
    decider.post(f"/gates/{gate.pk}/refresh/")
    seal = Gate.objects.get(pk=gate.pk).seal
    values = {"outcome": "conditional_go", "rationale": "Encrypt within a week.", "seal": seal}
    decider.post(f"/gates/{gate.pk}/decide/", values)
    assert state_of(scene) == "deploying"


def test_a_waiver_that_is_short_or_the_deciders_own_is_pointed_out(
    decider: Client, proposer: Client, scene: Scene, it_manager: User
) -> None:
    WaiverFactory(
        tranche=scene.tranche,
        person=scene.blocked,
        created_by=it_manager,
        expires_on=scene.tranche.handover_ends_on - timedelta(days=1),
    )
    computed(scene.tranche)
    short = "1 waiver runs out before handover ends"
    assert short in proposer.get(f"/tranches/{scene.tranche.pk}/gate/propose/").content.decode()
    proposer.post(f"/tranches/{scene.tranche.pk}/gate/propose/", {"recommendation": "go", "proposal": "Go"})
    url = f"/gates/{Gate.objects.get().pk}/"
    for address in (url, f"{url}decide/"):
        text = decider.get(address).content.decode()
        assert short in text
        assert f"1 of the waivers in force was granted by {it_manager}, who decides on this gate" in text
    assert "was granted by" not in proposer.get(url).content.decode()
    scene.tranche.waivers.update(expires_on=scene.tranche.handover_ends_on)
    computed(scene.tranche)
    decider.post(f"{url}refresh/")
    assert short not in decider.get(url).content.decode()


def test_nobody_decides_on_evidence_that_they_did_not_see(decider: Client, scene: Scene, gate: Gate) -> None:
    seen = gate.seal
    unencrypted(scene.ready)
    computed(gate.tranche)
    decider.post(f"/gates/{gate.pk}/refresh/")
    refused = decider.post(f"/gates/{gate.pk}/decide/", {**NO_GO, "seal": seen})
    assert refused.status_code == 409
    assert "sealed anew since you opened this page" in refused.content.decode()


def test_the_form_shown_again_carries_the_new_seal(decider: Client, scene: Scene, gate: Gate) -> None:
    unencrypted(scene.ready)
    computed(gate.tranche)
    seen = gate.seal
    decider.post(f"/gates/{gate.pk}/refresh/")
    refused: Any = decider.post(f"/gates/{gate.pk}/decide/", {**NO_GO, "seal": seen})
    assert refused.context["form"]["seal"].value() == Gate.objects.get(pk=gate.pk).seal != seen


def test_the_sealed_document_can_be_checked_by_anybody(decider: Client, gate: Gate) -> None:
    body = decider.get(f"/gates/{gate.pk}/evidence.json").content
    assert hashlib.sha256(body).hexdigest() == gate.seal
    assert json.loads(body)["people"]["people"] == 3
    checks = decider.get(f"/gates/{gate.pk}/evidence.csv").getvalue().decode().splitlines()
    assert len(checks) == 1 + len(CHECKS)
    blocked = decider.get(f"/gates/{gate.pk}/blocked.csv").getvalue().decode().splitlines()
    assert len(blocked) == 1 + 1


def test_a_proposal_is_withdrawn(proposer: Client, scene: Scene, gate: Gate) -> None:
    proposer.post(f"/gates/{gate.pk}/withdraw/")
    assert Gate.objects.get(pk=gate.pk).status == "withdrawn"
    assert state_of(scene) == "planned"
    assert "Withdrawn" in proposer.get(f"/tranches/{scene.tranche.pk}/gate/").content.decode()
