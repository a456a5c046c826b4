"""The addresses of facts in the REST API, below /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("mdm/", include("fleet.api.mdm.urls")),
]
