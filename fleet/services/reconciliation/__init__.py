"""Holds the four records against each other: MDM, register, carrier bill, staff list."""

from fleet.services.reconciliation.comparing import reconcile, reconcile_all
from fleet.services.reconciliation.dismissing import dismiss, take_up
from fleet.services.reconciliation.kinds import KINDS, Kind

__all__ = ["KINDS", "Kind", "dismiss", "reconcile", "reconcile_all", "take_up"]
