"""What the services tell the edges of rollouts."""

from django.dispatch import Signal

# Sent after commit with `tranche_ids` (list of int): tranches whose readiness nobody is about to compute yet.
readiness_went_stale = Signal()
