"""Where a request comes from, as far as a person reads it: an address and the browser in a few words."""

from __future__ import annotations

import ipaddress
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

# The first that a browser's description contains; many name others beside themselves.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
    "curl/": "curl",
    "python": "Python",
}
SYSTEMS = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


class Caller(TypedDict):
    ip_address: str | None
    browser: str


def caller_of(request: HttpRequest) -> Caller:
    return {"ip_address": ip_of(request), "browser": browser_of(request)}


def browser_of(request: HttpRequest) -> str:
    """“Firefox on Windows”, or empty where the browser says nothing that we know."""
    said = request.META.get("HTTP_USER_AGENT", "")
    parts = [
        next((words for mark, words in table.items() if mark in said), "") for table in (BROWSERS, SYSTEMS)
    ]
    return " on ".join(filter(None, parts))


def ip_of(request: HttpRequest) -> str | None:
    """The caller's address: behind PROXY_COUNT proxies of ours, what the outermost of them says it was.

    A caller may write anything into the header before it reaches them, so the rest of it means nothing.
    """
    direct = request.META.get("REMOTE_ADDR")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    count = settings.PROXY_COUNT
    said = hops[-count] if 0 < count <= len(hops) else direct
    return said if _is_address(said) else (direct if _is_address(direct) else None)


def _is_address(text: str | None) -> bool:
    try:
        ipaddress.ip_address(text or "")
    except ValueError:
        return False
    return True
