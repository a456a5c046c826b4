from feedback.filters.policies import FeedbackImportFilter, TopicFilter
from feedback.filters.threads import ThreadFilter

__all__ = ["FeedbackImportFilter", "ThreadFilter", "TopicFilter"]
