from rollouts.models.demo import DemoClock
from rollouts.models.gates import Gate
from rollouts.models.places import TranchePerson
from rollouts.models.programmes import Entitlement, Forecast, PlatformMinimum, Programme, ProgrammeCourse
from rollouts.models.readiness import (
    Assessment,
    CheckResult,
    Computation,
    PersonReadiness,
    ScopeFinding,
)
from rollouts.models.tranches import (
    ExitCriterion,
    Hold,
    Reflection,
    Tranche,
    TrancheEvent,
)
from rollouts.models.waivers import Waiver

__all__ = [
    "Assessment",
    "CheckResult",
    "Computation",
    "DemoClock",
    "Entitlement",
    "ExitCriterion",
    "Forecast",
    "Gate",
    "Hold",
    "PersonReadiness",
    "PlatformMinimum",
    "Programme",
    "ProgrammeCourse",
    "Reflection",
    "ScopeFinding",
    "Tranche",
    "TrancheEvent",
    "TranchePerson",
    "Waiver",
]
