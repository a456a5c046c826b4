"""Every address, room by room."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from fleet.api.errors import NoSuchAddress
from fleet.views.sign_in import admin_sign_in
from rollouts.views.today import today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(([path("", today, name="today")], "home"))),
    path("help/", include("config.help.views")),
    path("", include("fleet.urls")),
    path("api/v1/", include("fleet.api.urls")),
    path("api/v1/", include("feedback.api.urls")),
    path("api/v1/", include("rollouts.api.urls")),
    path("api/<path:rest>", NoSuchAddress.as_view(), name="api-no-such-address"),
    path("", include("feedback.urls")),
    path("", include("rollouts.urls")),
    # Tranche's own door leads to the admin, so that its throttle and its second factor hold there too.
    path("admin/login/", admin_sign_in, name="admin-sign-in"),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="fleet:password-change"),
        name="admin-password-change",
    ),
    path("admin/", admin.site.urls),
]
