"""NanoMDM's webhook: MicroMDM's, with the ids of the enrolment and a count of its push tokens.

Source: https://github.com/micromdm/nanomdm, service/webhook/event.json. It takes any answer but 200 for a
failure, and tries once.
"""

from __future__ import annotations

from fleet.mdm.adapters.adapter import Manners
from fleet.mdm.adapters.micromdm import adapter

ADAPTER = adapter(Manners(taken=200, comes_again=False, is_read=False))
