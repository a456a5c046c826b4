from fleet.models.accounts import ApiToken, Grant, Role, User
from fleet.models.assurance import Approval, Classification, Condition
from fleet.models.custody import CustodyEvent
from fleet.models.devices import Device, DeviceModel, Heartbeat, Sim
from fleet.models.mdm import (
    Delivery,
    FormerIdentifier,
    IdentityClaim,
    IdentityConflict,
    MdmSource,
    SourceRecord,
    SourceToken,
)
from fleet.models.organisations import Organisation
from fleet.models.people import StaffMember
from fleet.models.sites import Site

__all__ = [
    "ApiToken",
    "Approval",
    "Classification",
    "Condition",
    "CustodyEvent",
    "Delivery",
    "Device",
    "DeviceModel",
    "FormerIdentifier",
    "Grant",
    "Heartbeat",
    "IdentityClaim",
    "IdentityConflict",
    "MdmSource",
    "Organisation",
    "Role",
    "Sim",
    "Site",
    "SourceRecord",
    "SourceToken",
    "StaffMember",
    "User",
]
