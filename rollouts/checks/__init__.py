"""The registry of readiness checks, in the order in which pages list them."""

from rollouts.checks.base import Check, PersonCheck, SiteCheck, TrancheCheck
from rollouts.checks.devices import Compliant, DeviceAllocated, Encrypted, Enrolled, OsMinimum, SeenRecently
from rollouts.checks.entitlements import ApprovedForClassification, AssistiveSupported, EntitlementChosen
from rollouts.checks.feedback import FeedbackAnswered, SevereFeedback
from rollouts.checks.people import OneActiveTranche, PersonActive
from rollouts.checks.sites import SiteClosing, SiteKnownOpen, SiteNetwork
from rollouts.checks.training import TrainedAndBriefed
from rollouts.checks.tranches import PreviousReflection, StockCovers

_ALL: list[type[Check]] = [
    PersonActive,
    SiteKnownOpen,
    SiteClosing,
    OneActiveTranche,
    TrainedAndBriefed,
    EntitlementChosen,
    AssistiveSupported,
    ApprovedForClassification,
    DeviceAllocated,
    Enrolled,
    Compliant,
    Encrypted,
    OsMinimum,
    SeenRecently,
    SiteNetwork,
    StockCovers,
    PreviousReflection,
    SevereFeedback,
    FeedbackAnswered,
]
CHECKS: dict[str, Check] = {check.key: check() for check in _ALL}

__all__ = ["CHECKS", "Check", "PersonCheck", "SiteCheck", "TrancheCheck"]
