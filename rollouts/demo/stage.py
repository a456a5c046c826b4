"""What every part of an organisation's demo is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fleet.models import MdmSource, Organisation, User
from rollouts.demo.progress import Progress


@dataclass(frozen=True, slots=True)
class Stage:
    """The organisation, its MDM source, its users by their role's key, and when "now" is (local time)."""

    organisation: Organisation
    source: MdmSource
    users: dict[str, User]
    now: dt.datetime
    progress: Progress

    @property
    def today(self) -> dt.date:
        return self.now.date()
