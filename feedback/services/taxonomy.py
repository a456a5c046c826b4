"""The topics of an organisation, and which of them a text is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pgtrigger
from django.db.models import QuerySet

from feedback.models import Topic
from fleet.models import Organisation

# What each organisation begins with: name → words that point to it, parted by commas.
DEFAULTS: dict[str, str] = {
    "Sign-in and start-up time": (
        "log in, log on, logging in, logging on, login, logon, sign in, signing in, start up, startup, "
        "boot, reboot, restart, switch on, switching on, password, minutes to start, slow to start, "
        "take ages to start"
    ),
    "Browser too old": "browser, internet explorer, ie6, ie7, ie8, microsoft edge, chrome, firefox, website",
    "E-mail": "email, mailbox, outlook, lotus notes, inbox, calendar",
    "Network and Wi-Fi": "network, wi-fi, wifi, wireless, bandwidth, internet access, connection, signal",
    "Remote access": (
        "remote, remotely, vpn, home working, work from home, working from home, dial in, security token, "
        "out of the office"
    ),
    "Storage": (
        "storage, disk space, disk is full, hard disk, mailbox is full, saving, save files, save my work, "
        "shared drive, "
        "file share, quota"
    ),
    "Assistive technology": (
        "accessibility, accessible, assistive, screen reader, speech software, speech, dragon, jaws, "
        "zoomtext, magnification, magnifier, braille, keyboard only, by keyboard, disability, "
        "reasonable adjustment"
    ),
    "Hardware age": (
        "old laptop, old computer, old pc, old machine, laptop, battery, screen, keyboard, mouse, monitor, "
        "ancient, years old, wear out, worn out"
    ),
    "Applications": (
        "application, software, excel, microsoft word, powerpoint, spreadsheet, database, app, crash, freeze"
    ),
    "Training": "training, trained, training course, guidance, learn, taught, how to use",
    "Installation day": "installation, installer, install, handover, swap, set up, delivered, new kit",
    "Support": "it support, help desk, helpdesk, service desk, support ticket, engineer, call back",
    "Policy and security": (
        "policy, policies, security, blocked, locked down, classification, restricted, usb"
    ),
    "Procurement": (
        "procurement, procure, supplier, contract, purchase, purchase order, order new, "
        "outsource, outsourcing"
    ),
}
# Endings under which a word is still the same one: crashes, installed, swapping; not appointment of “app”.
_ENDINGS = r"(?:['’]s|e?s|e?d|{last}?(?:ed|ing))?"


def topics_of(organisation: Organisation) -> list[Topic]:
    """Those offered, by name; an organisation that has none yet is given the ones that Tranche brings."""
    fill_in([organisation.pk])
    return list(Topic.objects.filter(organisation=organisation).offered())


def fill_in(organisation_ids: Iterable[int]) -> None:
    """Gives the topics that Tranche brings to those of the organisations that have none yet.

    Nobody has added them, whoever comes first: who that was could be raising something anonymously.
    """
    wanted = set(organisation_ids)
    lacking = wanted - set(
        Topic.objects.filter(organisation__in=wanted).values_list("organisation", flat=True)
    )
    found = [
        Topic(organisation_id=pk, name=name, synonyms=words.split(", "))
        for pk in lacking
        for name, words in DEFAULTS.items()
    ]
    with pgtrigger.ignore("feedback.Topic:insert_insert"):
        Topic.objects.bulk_create(found, ignore_conflicts=True)


def suggested(topics: Sequence[Topic], text: str) -> Topic | None:
    """The topic to which most in the text points; the first by name where several do, or none."""
    found = [(_mentions(topic, text), topic) for topic in topics]
    best = max((count for count, _ in found), default=0)
    return next((topic for count, topic in found if best and count == best), None)


def _mentions(topic: Topic, text: str) -> int:
    """How many words of the text are the topic's, in a usual form; of its phrases every word counts."""
    phrases = sorted({topic.name.lower(), *topic.synonyms}, key=len, reverse=True)
    whole = "|".join(_form(phrase) for phrase in phrases if phrase.strip())
    return sum(len(_words(found)) for found in re.findall(rf"\b(?:{whole})\b", text, re.IGNORECASE))


def _form(phrase: str) -> str:
    """A pattern of the phrase, its words parted by blanks or hyphens, the last one with a usual ending."""
    *before, last = _words(phrase) or [phrase]
    ending = _ENDINGS.format(last=re.escape(last[-1]))
    return r"[\s‐‑-]+".join([*map(re.escape, before), f"{re.escape(last)}{ending}"])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s‐‑-]+", text)


def others_named(organisation: Organisation, name: str, topic: Topic | None) -> QuerySet[Topic]:
    """The organisation's topics but this one that have the name, in any case."""
    others = Topic.objects.filter(organisation=organisation, name__iexact=name)
    return others.exclude(pk=topic.pk) if topic and topic.pk else others


def already(name: str) -> str:
    return f"There is a topic {name} already. Change that one, or enter another name"
