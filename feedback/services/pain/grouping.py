"""By what pain is told apart: the topic of a thread, or a fact that its voices brought along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from feedback.models import Topic
from fleet.errors import Invalid
from fleet.models import DeviceModel, Organisation, Site, User
from fleet.vocabulary import Platform, WorkStyle

# The keys of those who did not tell, and of the groups that are too small to stand alone.
NOT_TOLD, OTHERS = "", "others"
# In an address, what asks for those who did not tell.
NULL = "null"
NO_VERSION = "(version not told)"
Names = Callable[[User, Iterable[str]], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """`sql` gives the key of a voice's group as text, of `feedback.services.voices.VOICES`.

    `names` gives the groups' names, as far as this person may see them. `filter` is the thread list's, which
    `address` asks for a key and `key_of` reads. `is_public`: the thread itself says it and everybody reads
    it, so that a group may be of any size.
    """

    key: str
    title: str
    sql: str
    filter: str
    names: Names
    is_public: bool = False
    address: Callable[[str], str] = str
    key_of: Callable[[str], str] = str

    def rest_name(self, key: str) -> str:
        """Of what has no name of its own."""
        if key == OTHERS:
            return "Others, put together"
        return "No topic" if self.is_public else "Not told"

    def query(self, key: str) -> dict[str, str]:
        """What the thread list is asked for a group."""
        return {self.filter: self.address(key) if key else NULL}


def _names_of(model: type[Any]) -> Names:
    def names(user: User, keys: Iterable[str]) -> dict[str, str]:
        rows = model._default_manager.visible_to(user).filter(pk__in=[int(key) for key in keys])
        return {str(row.pk): str(row) for row in rows}

    return names


def system_name(key: str) -> str:
    """`windows 10.0.19045` as “Windows 10.0.19045”."""
    platform, _, version = key.partition(" ")
    return f"{Platform(platform).label} {version or NO_VERSION}"


def system_key(name: str) -> str:
    """The other way; what names no system is no voice's."""
    label, _, version = name.partition(" ")
    platform = next((one.value for one in Platform if one.label == label), "?")
    return f"{platform} {version}" if version and version != NO_VERSION else platform


def _system_names(_user: User, keys: Iterable[str]) -> dict[str, str]:
    return {key: system_name(key) for key in keys}


def _work_style_names(_user: User, keys: Iterable[str]) -> dict[str, str]:
    return {key: str(WorkStyle(key).label) for key in keys}


GROUPINGS = {
    one.key: one
    for one in (
        Grouping("topic", "Topic", "standing.topic_id::text", "topic", _names_of(Topic), is_public=True),
        Grouping(
            "model", "Device model", "voice.device_model_id::text", "device_model", _names_of(DeviceModel)
        ),
        Grouping(
            "system",
            "Operating system",
            "trim(voice.platform || ' ' || voice.os_version)",
            "system",
            _system_names,
            address=system_name,
            key_of=system_key,
        ),
        Grouping("site", "Site", "voice.site_id::text", "site", _names_of(Site)),
        Grouping("work_style", "Work style", "person.work_style", "work_style", _work_style_names),
    )
}


def offered_to(user: User, organisation: Organisation) -> list[Grouping]:
    """By facts only for those who see such facts in the organisation's fleet."""
    may_all = user.access.may("devices.view", organisation_id=organisation.pk)
    return [one for one in GROUPINGS.values() if one.is_public or may_all]


def grouping_of(key: str, user: User, organisation: Organisation) -> Grouping:
    """Raises Invalid (field `by`)."""
    offered = {one.key: one for one in offered_to(user, organisation)}
    if key not in offered:
        raise Invalid(f"Choose one of {', '.join(offered)}", field="by")
    return offered[key]
