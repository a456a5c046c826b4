"""What feedback tells the apps above it; it knows none of them."""

from django.dispatch import Signal

# Sent after commit, where a thread's status, severity or dates changed, or voices by name.
# Arguments: organisation_id (int), user_ids (set of the accounts whose voices are in them).
threads_changed = Signal()
