"""Gates: proposing one, deciding one on the sealed evidence, and the record that stays."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fleet.errors import FleetError
from fleet.models import User
from fleet.web import text
from fleet.web.requests import signed_in
from fleet.web.tables import Column, Table, to
from rollouts.forms.verbs import DecideForm, ProposeForm
from rollouts.models import Computation, Gate, Tranche
from rollouts.services import gates
from rollouts.services.evidence import gather_evidence, seal
from rollouts.services.transitions import available
from rollouts.views.base import DirectAction, TrancheAction
from rollouts.views.changes import change_log
from rollouts.views.evidence import EvidenceReport, by_the_decider
from rollouts.views.frame import frame, tranche_url, whole_tranche
from rollouts.vocabulary import GateStatus

COLUMNS = (
    Column(
        key="proposed_at",
        title="Proposed",
        value=lambda gate: text.day(gate.proposed_at),
        link=to("rollouts:gate-detail"),
    ),
    Column(key="proposed_by", title="By"),
    Column(key="recommendation", title="Recommended", is_status=True),
    Column(key="status", title="Status", is_status=True),
    Column(key="outcome", title="Decision", is_status=True, empty="–"),
    Column(key="decided_by", title="Decided by", empty="–"),
    Column(key="decided_at", title="Decided", empty="–"),
)


def visible_gate(user: User, pk: int) -> Gate:
    """Raises Http404."""
    gates = Gate.objects.visible_to(user).select_related(
        "tranche__programme__organisation", "proposed_by", "decided_by"
    )
    return get_object_or_404(gates, pk=pk)


@require_safe
def tranche_gate(request: HttpRequest, pk: int) -> HttpResponse:
    """The gates of a tranche, the open one first of all."""
    user = signed_in(request)
    tranche = whole_tranche(user, pk)
    found = list(tranche.gates.select_related("proposed_by", "decided_by").defer("evidence"))
    shown = {
        "open": next((gate for gate in found if gate.status == GateStatus.OPEN), None),
        "table": Table(columns=COLUMNS, rows=found, caption="Gates of this tranche"),
        "may_propose": "propose" in available(user, tranche),
    }
    return render(request, "rollouts/tranche_gate.html", shown | frame(tranche, "tranche-gate", user))


@require_safe
def gate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of one gate: who proposed and decided, why, and the evidence as it was sealed."""
    user = signed_in(request)
    gate = visible_gate(user, pk)
    is_open = gate.status == GateStatus.OPEN
    verbs = available(user, gate.tranche) if is_open else []
    may_decide = "decide" in verbs and gate.proposed_by_id != user.pk
    shown = {
        "gate": gate,
        "evidence": EvidenceReport(gate.evidence),
        "is_intact": seal(gate.evidence) == gate.seal,
        "is_outdated": is_open and gates.is_outdated(gate),
        "may_decide": may_decide,
        "is_own": is_open and gate.proposed_by_id == user.pk,
        "may_reseal": "reseal" in verbs,
        "may_withdraw": "withdraw_proposal" in verbs,
        **by_the_decider(gate, user if may_decide else gate.decided_by),
        **change_log(request, gate, gate.tranche.programme),
    }
    return render(request, "rollouts/gate_detail.html", shown | frame(gate.tranche, "tranche-gate", user))


def evidence_to_seal(tranche: Tranche) -> EvidenceReport | None:
    """What a proposal would seal now; None before readiness was computed for the first time."""
    is_assessed = Computation.objects.filter(tranche=tranche, assessment__isnull=False).exists()
    return EvidenceReport(gather_evidence(tranche)) if is_assessed else None


class Propose(TrancheAction):
    verb = "propose"
    section = "tranche-gate"
    form_class = ProposeForm
    template_name = "rollouts/gate_propose.html"
    heading = "Propose a gate"
    submit = "Lock the tranche and propose"
    consequence = (
        "The tranche is locked: its people no longer follow its criteria. The evidence below is sealed, "
        "brought up to date first where facts have changed, and somebody else decides on it."
    )

    def perform(self, form: ProposeForm) -> str:
        self.gate = gates.propose(tranche=self.tranche, by=self.user, **form.cleaned_data)
        return "The gate was proposed and its evidence sealed. Somebody else has to decide it."

    @property
    def next_url(self) -> str:
        return reverse("rollouts:gate-detail", args=[self.gate.pk])

    def context(self) -> dict[str, Any]:
        return super().context() | {"evidence": evidence_to_seal(self.tranche)}


class GateAction(TrancheAction):
    """A verb on one gate."""

    section = "tranche-gate"
    gate: Gate

    def load(self) -> None:
        self.gate = visible_gate(self.user, self.kwargs["pk"])
        self.open(self.gate.tranche)

    @property
    def back_url(self) -> str:
        return reverse("rollouts:gate-detail", args=[self.gate.pk])


class Decide(GateAction):
    """The form carries the seal of the evidence above it, so that nobody decides on what they did not see."""

    verb = "decide"
    form_class = DecideForm
    template_name = "rollouts/gate_decide.html"
    heading = "Decide"
    submit = "Record the decision"

    def form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"seal": self.gate.seal}}

    def perform(self, form: DecideForm) -> str:
        data = form.cleaned_data
        gates.decide(
            gate=self.gate,
            outcome=data["outcome"],
            rationale=data["rationale"],
            seen_seal=data["seal"],
            by=self.user,
        )
        return f"{self.gate.get_outcome_display()}: the decision on {self.gate.tranche} was recorded."

    def refuse(self, form: Any, error: FleetError) -> HttpResponse:
        """The page is shown again with the evidence as it is now, so the form carries the seal of that."""
        self.gate = visible_gate(self.user, self.gate.pk)
        form.data = {**form.data.dict(), "seal": self.gate.seal}
        return super().refuse(form, error)

    def context(self) -> dict[str, Any]:
        return super().context() | {
            **by_the_decider(self.gate, self.user),
            "gate": self.gate,
            "evidence": EvidenceReport(self.gate.evidence),
            "is_own": self.gate.proposed_by_id == self.user.pk,
            "is_outdated": self.gate.status == GateStatus.OPEN and gates.is_outdated(self.gate),
        }


class Reseal(GateAction, DirectAction):
    verb = "reseal"

    def perform(self, form: Any) -> str:
        gates.reseal(gate=self.gate, by=self.user)
        return "The evidence was brought up to date and sealed anew."


class WithdrawProposal(GateAction):
    verb = "withdraw_proposal"
    template_name = "rollouts/confirm.html"
    heading = "Withdraw the proposal?"
    submit = "Withdraw the proposal"
    consequence = (
        "The gate stays on record as withdrawn. The tranche is planned again, and its people follow its "
        "criteria."
    )

    def perform(self, form: Any) -> str:
        gates.withdraw_proposal(gate=self.gate, by=self.user)
        return f"The proposal was withdrawn; {self.tranche} is planned again."

    @property
    def next_url(self) -> str:
        return tranche_url("tranche-detail", self.tranche)
