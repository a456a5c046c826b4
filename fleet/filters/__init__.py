"""What lists of facts can be narrowed by: one FilterSet a kind, for its page and its API alike."""

from fleet.filters.access_review import AccessReviewFilter
from fleet.filters.api_tokens import ApiTokenFilter
from fleet.filters.approvals import ApprovalFilter
from fleet.filters.contracts import ContractFilter
from fleet.filters.devices import DeviceApiFilter, DeviceFilter
from fleet.filters.discrepancies import DiscrepancyFilter
from fleet.filters.grants import GrantFilter
from fleet.filters.invitations import InvitationFilter
from fleet.filters.models import DeviceModelFilter
from fleet.filters.people import StaffMemberFilter
from fleet.filters.schemes import ClassificationFilter, MappingFilter, SchemeFilter, SwitchFilter
from fleet.filters.sign_ins import OwnSignInFilter, SignInFilter
from fleet.filters.sites import SiteFilter
from fleet.filters.training import CourseFilter, TrainingRecordFilter

__all__ = [
    "AccessReviewFilter",
    "ApiTokenFilter",
    "ApprovalFilter",
    "ClassificationFilter",
    "ContractFilter",
    "CourseFilter",
    "DeviceApiFilter",
    "DeviceFilter",
    "DeviceModelFilter",
    "DiscrepancyFilter",
    "GrantFilter",
    "InvitationFilter",
    "MappingFilter",
    "OwnSignInFilter",
    "SchemeFilter",
    "SignInFilter",
    "SiteFilter",
    "StaffMemberFilter",
    "SwitchFilter",
    "TrainingRecordFilter",
]
