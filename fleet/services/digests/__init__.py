"""News by mail: what each app has to tell, whom it reaches, and one digest a day at most."""

from fleet.services.digests.choosing import choose, stop_all, user_of, wanted
from fleet.services.digests.news import KINDS, Kind, News, Period, register
from fleet.services.digests.sending import news_of, periods_now, send_what_is_due

__all__ = [
    "KINDS",
    "Kind",
    "News",
    "Period",
    "choose",
    "news_of",
    "periods_now",
    "register",
    "send_what_is_due",
    "stop_all",
    "user_of",
    "wanted",
]
