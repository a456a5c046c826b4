"""What reads the bodies of each kind of source; a new kind is one more entry here."""

from collections.abc import Callable

from fleet.mdm.adapters import native
from fleet.mdm.records import Record, Rejection
from fleet.vocabulary import SourceKind

# (body as unpacked, content type) → one entry a record, in the order sent.
Adapter = Callable[[bytes, str], list[Record | Rejection]]

ADAPTERS: dict[str, Adapter] = {SourceKind.NATIVE: native.read}
