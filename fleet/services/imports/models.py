"""Files of device models: a catalogue."""

from fleet.models import DeviceModel
from fleet.services.imports.kind import Kind

MODELS = Kind(
    title="Device models",
    permission="devices.change",
    model=DeviceModel,
    fields=(
        "manufacturer", "name", "identifier", "platform", "form_factor", "price_pence",
        "supported_until", "assistive_supported",
    ),
    identifiers=(("manufacturer", "name"), ("identifier",)),
    names_row=("name", "manufacturer"),
    url_name="fleet:model-detail",
    list_url_name="fleet:model-list",
    ignored=frozenset({"in_stock", "in_use"}),
    synonyms={
        "maker": "manufacturer", "make": "manufacturer", "vendor": "manufacturer", "brand": "manufacturer",
        "model": "name", "model_name": "name", "model_identifier": "identifier", "model_id": "identifier",
        "os": "platform", "operating_system": "platform", "type": "form_factor", "device_type": "form_factor",
        "supported_to": "supported_until", "end_of_support": "supported_until",
        "assistive_technology": "assistive_supported",
    },
    meanings={
        "identifier": "The maker's own, such as iPad13,4",
        "price_pence": "A whole number of pence",
        "supported_until": "Date: the last day of the maker's support",
    },
    example={
        "manufacturer": "Apple", "name": "iPad Air", "identifier": "iPad13,16", "platform": "ipados",
        "form_factor": "tablet", "price_pence": "56900", "supported_until": "2029-09-30",
    },
)  # fmt: skip
