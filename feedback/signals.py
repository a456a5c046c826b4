"""What feedback tells the apps above it; it knows none of them."""

from django.dispatch import Signal

# Sent after commit, where a thread's status, severity, dates or voices changed.
# Argument: organisation_id (int).
threads_changed = Signal()
