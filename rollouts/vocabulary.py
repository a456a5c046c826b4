"""The closed lists of words that rollouts use."""

from django.db import models


class TrancheState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PLANNED = "planned", "Planned"
    GATE = "gate", "At its gate"
    DEPLOYING = "deploying", "Deploying"
    HELD = "held", "Held"
    HYPERCARE = "hypercare", "Hypercare"
    REFLECTING = "reflecting", "Reflecting"
    CLOSED = "closed", "Closed"


# Tranches whose people are spoken for: nobody can be in two of these at once.
ACTIVE_STATES = [TrancheState.PLANNED, TrancheState.GATE, TrancheState.DEPLOYING, TrancheState.HELD]
# Tranches whose readiness is kept fresh.
ASSESSED_STATES = [TrancheState.DRAFT, *ACTIVE_STATES, TrancheState.HYPERCARE]
# Tranches whose membership still follows their criteria.
DYNAMIC_STATES = [TrancheState.DRAFT, TrancheState.PLANNED]


class PersonState(models.TextChoices):
    PLANNED = "planned", "Planned"
    ALLOCATED = "allocated", "Allocated"
    HANDED_OVER = "handed_over", "Handed over"
    ACCEPTED = "accepted", "Accepted"
    DEFERRED = "deferred", "Deferred"
    WITHDRAWN = "withdrawn", "Withdrawn"


# People who count for the tranche's readiness and its stock.
OUTSTANDING_STATES = [PersonState.PLANNED, PersonState.ALLOCATED]
DONE_STATES = [PersonState.HANDED_OVER, PersonState.ACCEPTED]
IN_STATES = [*OUTSTANDING_STATES, *DONE_STATES]
LEFT_STATES = [PersonState.DEFERRED, PersonState.WITHDRAWN]


# A device in one of these places is spoken for.
DEVICE_STATES = [PersonState.ALLOCATED, *DONE_STATES]


class Readiness(models.TextChoices):
    """Of a person, a site or a tranche; worst first wins."""

    BLOCKED = "blocked", "Blocked"
    UNKNOWN = "unknown", "Unknown"
    AT_RISK = "at_risk", "At risk"
    READY = "ready", "Ready"


class Severity(models.TextChoices):
    BLOCKING = "blocking", "Blocking"
    ADVISORY = "advisory", "Advisory"


class CheckScope(models.TextChoices):
    PERSON = "person", "Person"
    SITE = "site", "Site"
    TRANCHE = "tranche", "Tranche"


class CheckOwner(models.TextChoices):
    """Who mends what a check finds, by the keys of the shipped roles."""

    IT_MANAGER = "it-manager", "IT manager"
    SITE_LEAD = "site-lead", "Site lead"
    TECHNOLOGY_LEAD = "technology-lead", "Technology lead"
    MDM_ADMINISTRATOR = "mdm-administrator", "MDM administrator"
    ENGINEER = "engineer", "Engineer"
    STOCK_KEEPER = "stock-keeper", "Stock keeper"


class Verdict(models.TextChoices):
    """What a check says of one person, site or tranche that it does not pass."""

    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "Unknown"


class GateStatus(models.TextChoices):
    OPEN = "open", "Waiting for a decision"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class GateOutcome(models.TextChoices):
    GO = "go", "Go"
    CONDITIONAL_GO = "conditional_go", "Conditional go"
    NO_GO = "no_go", "No-go"
    INCONCLUSIVE = "inconclusive", "Inconclusive"


class HoldKind(models.TextChoices):
    PERSON = "person", "By a person"
    GUARDRAIL = "guardrail", "By a guardrail"
