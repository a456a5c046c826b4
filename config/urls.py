"""Every address, room by room."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from fleet.api.errors import NoSuchAddress
from rollouts.views.today import today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([path("", today, name="today")], "home"))),
    path("help/", include("config.help.views")),
    path("", include("fleet.urls")),
    path("api/v1/", include("fleet.api.urls")),
    path("api/v1/", include("rollouts.api.urls")),
    path("api/<path:rest>", NoSuchAddress.as_view(), name="api-no-such-address"),
    path("", include("rollouts.urls")),
    path("admin/", admin.site.urls),
]
