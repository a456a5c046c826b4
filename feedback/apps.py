from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What staff say about their IT, and what was answered."""

    name = "feedback"
