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
        "log in, log on, logging in, logging on, login, sign in, start up, startup, boot, switch on, "
        "switching on, password, minutes to start, slow to start"
    ),
    "Browser too old": "browser, internet explorer, ie6, ie7, ie8, edge, chrome, firefox, website",
    "E-mail": "email, e-mail, mailbox, outlook, lotus notes, inbox, calendar",
    "Network and Wi-Fi": "network, wi-fi, wifi, wireless, bandwidth, internet access, connection",
    "Remote access": "remote, vpn, home working, work from home, dial in, token, out of the office",
    "Storage": "storage, disk, full, saving, save, shared drive, file share, quota",
    "Assistive technology": (
        "accessibility, assistive, screen reader, speech, dragon, jaws, zoomtext, magnification, "
        "braille, keyboard only, disability, reasonable adjustment"
    ),
    "Hardware age": ("old laptop, old computer, old pc, laptop, battery, screen, keyboard, broken, ancient"),
    "Applications": "application, software, excel, word, spreadsheet, database, app, crash, freeze",
    "Training": "training, course, guidance, learn, taught, how to use",
    "Installation day": "installation, installer, install, handover, swap, set up, delivered, new kit",
    "Support": "support, help desk, helpdesk, service desk, ticket, engineer, call back",
    "Policy and security": "policy, security, blocked, locked down, classification, restricted, usb",
    "Procurement": "procurement, supplier, contract, purchase, cost, order, outsourc",
}


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
    """The topic whose words stand in the text most often; the first by name where several do, or none."""
    found = [(_mentions(topic, text), topic) for topic in topics]
    best = max((count for count, _ in found), default=0)
    return next((topic for count, topic in found if best and count == best), None)


def _mentions(topic: Topic, text: str) -> int:
    """How often a word of the topic begins a word of the text."""
    words = [re.escape(word) for word in (topic.name, *topic.synonyms)]
    return len(re.findall(rf"\b(?:{'|'.join(words)})", text, re.IGNORECASE))


def others_named(organisation: Organisation, name: str, topic: Topic | None) -> QuerySet[Topic]:
    """The organisation's topics but this one that have the name, in any case."""
    others = Topic.objects.filter(organisation=organisation, name__iexact=name)
    return others.exclude(pk=topic.pk) if topic and topic.pk else others


def already(name: str) -> str:
    return f"There is a topic {name} already. Change that one, or enter another name"
