from feedback.filters.policies import FeedbackImportFilter, TopicFilter
from feedback.filters.threads import QueueFilter, ThreadFilter

__all__ = ["FeedbackImportFilter", "QueueFilter", "ThreadFilter", "TopicFilter"]
