"""One worker takes a row for the length of a lease, does what it waits for, and says how far it is."""

from fleet.services.leasing.claiming import FRESH, TakenOver, finish, waiting, work
from fleet.services.leasing.progress import Progress

__all__ = ["FRESH", "Progress", "TakenOver", "finish", "waiting", "work"]
