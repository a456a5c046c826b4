"""The addresses of MDM intake. The inventory takes pushes with or without the last slash."""

from django.urls import path, re_path

from fleet.api.mdm import conflicts, deliveries, events, hooks, inventory, ranks, replays, sources, usage

urlpatterns = [
    re_path(r"^inventory/?$", inventory.InventoryView.as_view(), name="api-mdm-inventory"),
    re_path(r"^hooks/(?P<slug>[-a-z0-9_]+)/?$", hooks.HookView.as_view(), name="api-mdm-hook"),
    re_path(r"^usage/?$", usage.UsageView.as_view(), name="api-mdm-usage"),
    path("sources/", sources.MdmSourceList.as_view(), name="api-mdm-source-list"),
    path("deliveries/", deliveries.DeliveryList.as_view(), name="api-delivery-list"),
    re_path(
        r"^deliveries/(?P<pk>[0-9a-f-]{36})/?$",
        deliveries.DeliveryDetail.as_view(),
        name="api-delivery-detail",
    ),
    path("deliveries/<uuid:pk>/retry/", deliveries.DeliveryRetry.as_view(), name="api-delivery-retry"),
    path("deliveries/<uuid:pk>/trial/", replays.DeliveryTrial.as_view(), name="api-delivery-trial"),
    path("deliveries/<uuid:pk>/replay/", replays.DeliveryReplay.as_view(), name="api-delivery-replay"),
    path("events/", events.DeviceEventList.as_view(), name="api-device-event-list"),
    path("who-wins/", ranks.RankList.as_view(), name="api-rank-list"),
    path("who-wins/<str:code>/<slug:group>/", ranks.RankDetail.as_view(), name="api-rank-detail"),
    path("conflicts/", conflicts.IdentityConflictList.as_view(), name="api-conflict-list"),
    path("conflicts/<int:pk>/", conflicts.IdentityConflictDetail.as_view(), name="api-conflict-detail"),
    path(
        "conflicts/<int:pk>/resolve/",
        conflicts.IdentityConflictResolve.as_view(),
        name="api-conflict-resolve",
    ),
]
