from django.apps import AppConfig


class PilotsConfig(AppConfig):
    """Trials, their evidence, their cost and their reports."""

    name = "pilots"
