"""What views hand to components: typed, so that a page cannot leave out what a reader needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Stat:
    """A headline number; `url` leads to the list that adds up to it. `tone`: "", "warning" or "good"."""

    value: str
    label: str
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A fact of one object. `value` may be safe HTML (a tag, a link); `action_url` is where it is changed."""

    key: str
    value: Any
    action_url: str = ""
    action: str = "Change"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done or decided. `due` is a phrase such as "Was due 18 Nov"."""

    title: str
    status: str
    url: str = ""
    hint: str = ""
    status_label: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of a timeline. `detail` may be safe HTML."""

    title: str
    at: datetime
    by: str = ""
    detail: Any = ""
    url: str = ""
