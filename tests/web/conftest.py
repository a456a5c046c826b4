from typing import Any

import pytest


@pytest.fixture
def gallery(settings: Any) -> None:
    """The addresses of tests/web/gallery.py instead of the product's."""
    settings.ROOT_URLCONF = "tests.web.gallery"
