"""Fleet over time: which operating systems, ages and states, and what falls out of support when?"""

from fleet.views.estate.groups import GroupsPage
from fleet.views.estate.pages import Measure
from fleet.views.estate.shares import SharesPage
from fleet.views.estate.software import EditSoftware, SoftwarePage
from fleet.views.estate.support import EditOsSupport, SupportPage

__all__ = [
    "EditOsSupport",
    "EditSoftware",
    "GroupsPage",
    "Measure",
    "SharesPage",
    "SoftwarePage",
    "SupportPage",
]
