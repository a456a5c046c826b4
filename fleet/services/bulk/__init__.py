"""One verb for many devices or people: asked, looked at, done in one step, and taken back."""

from fleet.services.bulk import tags
from fleet.services.bulk.checking import CHANGE, SAME, Check, Entry
from fleet.services.bulk.doing import (
    Moved,
    check_of,
    confirm,
    forget_waiting,
    propose,
    selection_of,
    verb_for,
)
from fleet.services.bulk.selecting import SUBJECTS, Selection, Subject
from fleet.services.bulk.undoing import may_undo, plan_undo, undo_change
from fleet.services.bulk.verbs import VERBS, Verb, verb_of

__all__ = [
    "CHANGE", "SAME", "SUBJECTS", "VERBS", "Check", "Entry", "Moved", "Selection", "Subject", "Verb",
    "check_of", "confirm", "forget_waiting", "may_undo", "plan_undo", "propose", "selection_of", "tags",
    "undo_change", "verb_for", "verb_of",
]  # fmt: skip
