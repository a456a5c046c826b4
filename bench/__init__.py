"""`make bench`: what Tranche reaches on this machine, measured against its own database's limits."""
