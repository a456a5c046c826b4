"""What lists of facts can be narrowed by: one FilterSet a kind, for its page and its API alike."""

from fleet.filters.approvals import ApprovalFilter
from fleet.filters.devices import DeviceApiFilter, DeviceFilter
from fleet.filters.grants import GrantFilter
from fleet.filters.models import DeviceModelFilter
from fleet.filters.people import StaffMemberFilter
from fleet.filters.sites import SiteFilter

__all__ = [
    "ApprovalFilter",
    "DeviceApiFilter",
    "DeviceFilter",
    "DeviceModelFilter",
    "GrantFilter",
    "SiteFilter",
    "StaffMemberFilter",
]
