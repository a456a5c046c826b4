from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The room that knows every other: addresses, the embedded servers, what the home page shows."""

    name = "config"
    label = "home"
