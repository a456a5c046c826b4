"""`manage.py refresh_demo`: brings an earlier demo up to today."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from fleet.history import acting
from rollouts.demo.clock import refresh_demo


class Command(BaseCommand):
    help = "Moves the dates and check-ins of the demo's organisations along with today."

    def handle(self, *_: Any, **__: Any) -> None:
        with acting(channel="command"):
            days = refresh_demo(timezone.localdate())
        if days:
            self.stdout.write(f"The demo was moved on by {days} day{'s' if days > 1 else ''}.")
