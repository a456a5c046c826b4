from feedback.filters.commitments import CommitmentFilter
from feedback.filters.gatherings import GatheringFilter
from feedback.filters.policies import FeedbackImportFilter, QueueChangeFilter, TopicFilter
from feedback.filters.surveys import SurveyFilter
from feedback.filters.threads import QueueFilter, SettledFilter, ThreadApiFilter, ThreadFilter

__all__ = [
    "CommitmentFilter",
    "FeedbackImportFilter",
    "GatheringFilter",
    "QueueChangeFilter",
    "QueueFilter",
    "SettledFilter",
    "SurveyFilter",
    "ThreadApiFilter",
    "ThreadFilter",
    "TopicFilter",
]
