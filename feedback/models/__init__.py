from feedback.models.attachments import Attachment
from feedback.models.commitments import Commitment, CommitmentReading
from feedback.models.gatherings import Gathering, SignUp
from feedback.models.imports import FeedbackImport
from feedback.models.policies import FeedbackPolicy, Topic
from feedback.models.queue_changes import QueueChange
from feedback.models.surveys import Answer, Invitee, Question, Sheet, Survey
from feedback.models.threads import Post, Thread, Voice

__all__ = [
    "Answer",
    "Attachment",
    "Commitment",
    "CommitmentReading",
    "FeedbackImport",
    "FeedbackPolicy",
    "Gathering",
    "Invitee",
    "Post",
    "Question",
    "QueueChange",
    "Sheet",
    "SignUp",
    "Survey",
    "Thread",
    "Topic",
    "Voice",
]
