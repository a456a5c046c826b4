"""The addresses of facts: one list, a block for each kind of object."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from fleet.views import accounts

app_name = "fleet"
urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.ChangePassword.as_view(), name="password-change"),
    path("help/", accounts.help_page, name="help"),
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})\.css$", accounts.brand_css, name="brand-css"),
]
