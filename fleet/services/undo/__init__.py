"""Takes back what one request or job changed, as far as nothing has built on it, from the change log."""

from fleet.services.undo.applying import Outcome, undo
from fleet.services.undo.planning import plan
from fleet.services.undo.plans import Kept, Plan, names_of

__all__ = ["Kept", "Outcome", "Plan", "names_of", "plan", "undo"]
