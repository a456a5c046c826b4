from fleet.models.access_records import AccessRecord
from fleet.models.accounts import Grant, GrantSite, Role, User
from fleet.models.assurance import Approval, Condition
from fleet.models.bulk import BulkChange
from fleet.models.carrier_mappings import CarrierMapping
from fleet.models.contracts import Contract, ContractModel
from fleet.models.custody import CustodyEvent
from fleet.models.deliveries import Delivery
from fleet.models.devices import Device, DeviceModel, Heartbeat, Sim
from fleet.models.digests import Digest, UnwantedNews
from fleet.models.erasures import Erasure
from fleet.models.estate import DayCount, MeasuredDay
from fleet.models.events import DeviceEvent
from fleet.models.identities import FormerIdentifier, IdentityClaim, IdentityConflict, SourceRecord
from fleet.models.import_words import ImportHeader, SiteAlias
from fleet.models.imports import Import, ImportLine
from fleet.models.invitations import Invitation
from fleet.models.leases import Leased
from fleet.models.lines import Line, Tariff
from fleet.models.organisations import Organisation
from fleet.models.os_support import OsSupport
from fleet.models.pairings import LinePairing, SimPairing
from fleet.models.people import StaffMember
from fleet.models.prunings import Pruning
from fleet.models.ranks import Ranking, SourceRank
from fleet.models.reconciliation import Discrepancy, DiscrepancyCount, Dismissal
from fleet.models.schemes import (
    Classification,
    ClassificationMapping,
    ClassificationScheme,
    SchemeSwitch,
)
from fleet.models.sign_in import RecoveryCode, SecondFactor, Session, SignInEvent
from fleet.models.sites import Site
from fleet.models.software import DeviceProduct, TrackedProduct
from fleet.models.sources import MdmSource, SourceToken
from fleet.models.tokens import ApiToken
from fleet.models.training import Course, TrainingRecord
from fleet.models.usage import UsageBatch, UsageForecast, UsageRecord
from fleet.models.views import SavedView

__all__ = [
    "AccessRecord",
    "ApiToken",
    "Approval",
    "BulkChange",
    "CarrierMapping",
    "Classification",
    "ClassificationMapping",
    "ClassificationScheme",
    "Condition",
    "Contract",
    "ContractModel",
    "Course",
    "CustodyEvent",
    "DayCount",
    "Delivery",
    "Device",
    "DeviceEvent",
    "DeviceModel",
    "DeviceProduct",
    "Digest",
    "Discrepancy",
    "DiscrepancyCount",
    "Dismissal",
    "Erasure",
    "FormerIdentifier",
    "Grant",
    "GrantSite",
    "Heartbeat",
    "IdentityClaim",
    "IdentityConflict",
    "Import",
    "ImportHeader",
    "ImportLine",
    "Invitation",
    "Leased",
    "Line",
    "LinePairing",
    "MdmSource",
    "MeasuredDay",
    "Organisation",
    "OsSupport",
    "Pruning",
    "Ranking",
    "RecoveryCode",
    "Role",
    "SavedView",
    "SchemeSwitch",
    "SecondFactor",
    "Session",
    "SignInEvent",
    "Sim",
    "SimPairing",
    "Site",
    "SiteAlias",
    "SourceRank",
    "SourceRecord",
    "SourceToken",
    "StaffMember",
    "Tariff",
    "TrackedProduct",
    "TrainingRecord",
    "UnwantedNews",
    "UsageBatch",
    "UsageForecast",
    "UsageRecord",
    "User",
]
