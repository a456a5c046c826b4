"""Erasing a person changes no figure of a programme, and leaves their number in no evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fleet.models import Organisation, User
from fleet.services.erasure import erase_person
from rollouts.models import Gate
from rollouts.services.curve import programme_curve
from rollouts.services.evidence import seal
from rollouts.services.figures import programme_figures
from rollouts.vocabulary import PersonState
from tests.factories import StaffMemberFactory
from tests.rollouts.factories import (
    GateFactory,
    ProgrammeFactory,
    TrancheFactory,
    TranchePersonFactory,
    WaiverFactory,
    empty_evidence,
)

pytestmark = pytest.mark.django_db


def test_figures_stay_and_evidence_forgets(department: Organisation, it_manager: User) -> None:
    programme = ProgrammeFactory(organisation=department)
    tranche = TrancheFactory(programme=programme, state="gate")
    left = timezone.localdate() - timedelta(days=1)
    person = StaffMemberFactory(organisation=department, staff_number="QF-4711", leaves_on=left)
    place = TranchePersonFactory(
        tranche=tranche,
        staff_member=person,
        state=PersonState.WITHDRAWN,
        reason="QF-4711 has left",
    )
    TranchePersonFactory(tranche=tranche)
    WaiverFactory(tranche=tranche, person=place, reason="QF-4711 asked for it")
    evidence = empty_evidence() | {"blocked": [{"person": place.pk, "staff_number": "QF-4711"}]}
    gate = GateFactory(tranche=tranche, evidence=evidence, seal=seal(evidence))
    before = programme_figures(programme), programme_curve(programme)

    erasure = erase_person(person=person, asked_by="person", reason="Case 12", by=it_manager)

    assert (programme_figures(programme), programme_curve(programme)) == before
    assert erasure.counts["gates"] == 1
    sealed = Gate.objects.get(pk=gate.pk)
    assert sealed.evidence["blocked"][0]["person"] == place.pk
    assert "QF-4711" not in str(sealed.evidence)
    assert sealed.seal == seal(sealed.evidence)
    place.refresh_from_db()
    assert (place.state, place.reason) == (PersonState.WITHDRAWN, "erased")
    assert place.waivers.get().reason == "erased"
