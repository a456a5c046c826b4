"""The closed lists of words that feedback uses."""

from django.db import models


class ThreadKind(models.TextChoices):
    PROBLEM = "problem", "Problem"
    IDEA = "idea", "Idea"
    PRAISE = "praise", "Praise"


class ThreadStatus(models.TextChoices):
    OPEN = "open", "Open"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    DECLINED = "declined", "Declined"
    DUPLICATE = "duplicate", "Duplicate"


# Those that still wait for something to be done.
UNSETTLED = (
    ThreadStatus.OPEN,
    ThreadStatus.ACKNOWLEDGED,
    ThreadStatus.PLANNED,
    ThreadStatus.IN_PROGRESS,
)


# Those that came to an end of which whoever raised them reads why.
SETTLED = (ThreadStatus.DONE, ThreadStatus.DECLINED)


class ShownAs(models.TextChoices):
    """How readers see who said something."""

    NAME = "name", "With my name"
    ROLE = "role", "With my job role only"
    ANONYMOUS = "anonymous", "Anonymously"


class Frequency(models.TextChoices):
    """How often it happens; `DAYS_A_YEAR` says on how many working days that is."""

    DAILY = "daily", "Every working day"
    WEEKLY = "weekly", "About once a week"
    MONTHLY = "monthly", "About once a month"
    RARELY = "rarely", "A few times a year"
    ONCE = "once", "It happened once"


# 52 weeks of five days less 25 days of leave and 8 bank holidays, so 227; 45 of the weeks are worked.
DAYS_A_YEAR: dict[str, int] = {
    Frequency.DAILY: 227,
    Frequency.WEEKLY: 45,
    Frequency.MONTHLY: 12,
    Frequency.RARELY: 4,
    Frequency.ONCE: 1,
}
# Of one working day, 7 hours 24 minutes.
WORKING_DAY_MINUTES = 444
# What is said of fewer people than this is not shown, lest it says who they are.
SMALLEST_GROUP = 5
# Facts that an anonymous voice brings along are kept only where at least so many share them.
ANONYMOUS_AMONG = 10


class CommitmentState(models.TextChoices):
    OPEN = "open", "Open"
    KEPT = "kept", "Kept"
    MISSED = "missed", "Missed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SurveyState(models.TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Audience(models.TextChoices):
    """Whom a survey asks."""

    EVERYBODY = "everybody", "Everybody"
    SITE = "site", "Everybody at a site"
    SAMPLE = "sample", "A random sample"
    NAMED = "named", "People who were named"


class QuestionKind(models.TextChoices):
    SINGLE = "single", "One answer"
    MULTIPLE = "multiple", "Several answers"
    SCALE = "scale", "A scale"
    TEXT = "text", "Free text"


class InviteeState(models.TextChoices):
    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Did not answer"


class GatheringKind(models.TextChoices):
    """A session in person."""

    WORKSHOP = "workshop", "Workshop"
    SURGERY = "surgery", "Surgery"
    BRIEFING = "briefing", "Briefing"


class FeedbackImportStatus(models.TextChoices):
    CHECKED = "checked", "Checked"
    APPLIED = "applied", "Imported"
    DISCARDED = "discarded", "Discarded"
    UNDONE = "undone", "Taken back"


class QueueVerb(models.TextChoices):
    """What is done to many threads at once."""

    ACKNOWLEDGE = "acknowledge", "Acknowledge"
    ASSIGN = "assign", "Give an owner"
    MERGE = "merge", "Merge"
