"""Where sessions are kept: a row each, found by the digest of its key, that says whose it is."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

# Noting each use would turn every read into a write.
NOTE_USE_EVERY = dt.timedelta(minutes=1)
# In the session's data: when, from which address and with which browser its person signed in.
SIGNED_IN = "signed_in"


def digest_of(session_key: str | None) -> str:
    """SHA-256 in hex: session keys are random, so a slow hash would add nothing."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()


class SessionStore(db.SessionStore):
    """Django's own, save that the table knows digests of keys alone."""

    row: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        from fleet.models import Session

        return Session

    @property
    def digest(self) -> str:
        """What names this session in the table and on pages."""
        return digest_of(self.session_key)

    def note_use(self) -> None:
        """Keep `last_active_at` true to a minute, where this request has read the session."""
        now = timezone.now()
        if self.row is not None and self.row.last_active_at < now - NOTE_USE_EVERY:
            self._rows(self.session_key).update(last_active_at=now)

    def _rows(self, session_key: str | None) -> Any:
        return self.model.objects.filter(session_key=digest_of(session_key))

    def _get_session_from_db(self) -> Any:
        self.row = self._rows(self.session_key).filter(expire_date__gt=timezone.now()).first()
        if self.row is None:
            self._session_key = None
        return self.row

    def exists(self, session_key: str) -> bool:
        return bool(self._rows(session_key).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        for name, value in data.get(SIGNED_IN, {}).items():
            setattr(row, name, value)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self._rows(key).delete()
