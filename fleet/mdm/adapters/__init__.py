"""What reads the bodies of each kind of source; a new kind is one more module and one more entry here.

docs/how-to/add-an-mdm-adapter.md says how, docs/reference/mdm-adapters.md what each maps.
"""

from fleet.mdm.adapters import (
    android_management,
    chromeos,
    fleetdm,
    intune,
    jamf,
    maas360,
    micromdm,
    nanomdm,
    native,
)
from fleet.mdm.adapters.adapter import Adapter
from fleet.vocabulary import SourceKind

ADAPTERS: dict[str, Adapter] = {
    SourceKind.NATIVE: native.ADAPTER,
    SourceKind.JAMF: jamf.ADAPTER,
    SourceKind.INTUNE: intune.ADAPTER,
    SourceKind.NANOMDM: nanomdm.ADAPTER,
    SourceKind.MICROMDM: micromdm.ADAPTER,
    SourceKind.FLEET: fleetdm.ADAPTER,
    SourceKind.ANDROID_MANAGEMENT: android_management.ADAPTER,
    SourceKind.MAAS360: maas360.ADAPTER,
    SourceKind.CHROMEOS: chromeos.ADAPTER,
}
