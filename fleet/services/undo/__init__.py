"""Takes back what one request or job changed, as far as nothing has built on it, from the change log."""

from fleet.services.undo.applying import Outcome, undo
from fleet.services.undo.planning import plan
from fleet.services.undo.plans import Kept, Named, Plan, named

__all__ = ["Kept", "Named", "Outcome", "Plan", "named", "plan", "undo"]
