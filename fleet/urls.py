"""The addresses of facts: one list, a block for each kind of object."""

from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from fleet.views import access, accounts, api_tokens, approvals, devices, history, models, people, sites

app_name = "fleet"
urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.ChangePassword.as_view(), name="password-change"),
    path("account/tokens/", api_tokens.api_token_list, name="api-token-list"),
    path("account/tokens/make/", api_tokens.MakeApiToken.as_view(), name="api-token-make"),
    path("account/tokens/<int:pk>/revoke/", api_tokens.revoke_api_token, name="api-token-revoke"),
    path("help/", accounts.help_page, name="help"),
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})\.css$", accounts.brand_css, name="brand-css"),
    path("devices/", devices.DeviceList.as_view(), name="device-list"),
    path("devices/add/", devices.AddDevice.as_view(), name="device-add"),
    path("devices/<int:pk>/", devices.DevicePage.as_view(), name="device-detail"),
    path("devices/<int:pk>/edit/", devices.EditDevice.as_view(), name="device-edit"),
    path("devices/<int:pk>/custody/", devices.RecordCustody.as_view(), name="device-custody"),
    path("sites/", sites.SiteList.as_view(), name="site-list"),
    path("sites/add/", sites.AddSite.as_view(), name="site-add"),
    path("sites/<int:pk>/", sites.SitePage.as_view(), name="site-detail"),
    path("sites/<int:pk>/edit/", sites.EditSite.as_view(), name="site-edit"),
    path("people/", people.PersonList.as_view(), name="person-list"),
    path("people/add/", people.AddPerson.as_view(), name="person-add"),
    path("people/<int:pk>/", people.PersonPage.as_view(), name="person-detail"),
    path("people/<int:pk>/edit/", people.EditPerson.as_view(), name="person-edit"),
    path("models/", models.ModelList.as_view(), name="model-list"),
    path("models/add/", models.AddModel.as_view(), name="model-add"),
    path("models/<int:pk>/", models.ModelPage.as_view(), name="model-detail"),
    path("models/<int:pk>/edit/", models.EditModel.as_view(), name="model-edit"),
    path("approvals/", approvals.ApprovalList.as_view(), name="approval-list"),
    path("approvals/add/", approvals.RecordApproval.as_view(), name="approval-add"),
    path("approvals/<int:pk>/", approvals.ApprovalPage.as_view(), name="approval-detail"),
    path("approvals/<int:pk>/withdraw/", approvals.WithdrawApproval.as_view(), name="approval-withdraw"),
    path(
        "approvals/<int:pk>/conditions/<int:condition>/sign/",
        approvals.SignStatement.as_view(),
        name="approval-sign",
    ),
    path("settings/access/", access.GrantList.as_view(), name="grant-list"),
    path("settings/access/give/", access.GiveRole.as_view(), name="grant-give"),
    path("settings/access/<int:pk>/", access.GrantPage.as_view(), name="grant-detail"),
    path("settings/access/<int:pk>/end/", access.EndRole.as_view(), name="grant-end"),
    path("settings/roles/", access.role_list, name="role-list"),
    path("settings/changes/", history.change_log, name="change-log"),
]
