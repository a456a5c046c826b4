"""The change log of feedback's rows, in the organisation's own.

A thread or post that is raised leaves no entry: the moment could tell who spoke anonymously.
"""

from __future__ import annotations

from feedback import models
from fleet.services.change_kinds import Kind

KINDS = {
    "threads": Kind("Threads of feedback", models.Thread, url_name="feedback:thread-detail", one="thread"),
    "posts": Kind("Posts of feedback", models.Post, "thread__organisation", one="post", many="posts"),
    "attachments": Kind(
        "Pictures of feedback",
        models.Attachment,
        "post__thread__organisation",
        one="picture",
        many="pictures",
    ),
    "topics": Kind("Topics of feedback", models.Topic, url_name="feedback:topic-edit", one="topic"),
    "feedback-policies": Kind(
        "Rules for feedback", models.FeedbackPolicy, one="rule for feedback", many="rules for feedback"
    ),
    "commitments": Kind("Commitments", models.Commitment, url_name="feedback:commitment-detail"),
    "surveys": Kind("Surveys", models.Survey, url_name="feedback:survey-detail"),
    "questions": Kind(
        "Questions of surveys",
        models.Question,
        "survey__organisation",
        one="question of a survey",
        many="questions of surveys",
    ),
    "sessions-in-person": Kind(
        "Sessions in person",
        models.Gathering,
        url_name="feedback:gathering-detail",
        one="session in person",
        many="sessions in person",
    ),
    "feedback-imports": Kind(
        "Imports of comments",
        models.FeedbackImport,
        url_name="feedback:import-detail",
        one="import of comments",
        many="imports of comments",
    ),
}
