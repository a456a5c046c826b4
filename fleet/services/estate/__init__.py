"""The devices in use over time: counted every day, read as shares."""

from fleet.services.estate.measuring import measure, measure_all
from fleet.services.estate.shares import Share, groups_by_day, share_on, share_today, shares

__all__ = ["Share", "groups_by_day", "measure", "measure_all", "share_on", "share_today", "shares"]
