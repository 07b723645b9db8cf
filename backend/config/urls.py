from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve

from delux.accounts.api import urls as accounts
from delux.core.api import views as core
from delux.crm.api import urls as crm
from delux.crm.api.page_views import PageViewsView
from delux.events.api import urls as events
from delux.market.api import urls as market
from delux.notifications.api import urls as notifications
from delux.orders.api import urls as orders
from delux.pages.api_docs import ReferenceView, SchemaView, TryView
from delux.payments.api import urls as payments
from delux.privacy.api import urls as privacy

# One flat list: a request for the last of several included lists would fail in all of the others first.
api_v1: list[URLPattern | URLResolver] = [
    *accounts.urlpatterns,
    *privacy.urlpatterns,
    *events.urlpatterns,
    *market.urlpatterns,
    *orders.urlpatterns,
    *payments.urlpatterns,
    *notifications.urlpatterns,
    path("crm/", include(crm)),
    path("views/", PageViewsView.as_view(), name="page-views"),
]

urlpatterns = [
    path("api/v1/", include(api_v1)),
    path("api/health/", core.HealthView.as_view(), name="health"),
    path("api/health/ready/", core.ReadyView.as_view(), name="ready"),
    path("metrics/", core.metrics, name="metrics"),
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("api/docs/", TryView.as_view(), name="docs"),
    path("api/redoc/", ReferenceView.as_view(), name="reference"),
    path("admin/", admin.site.urls),
    re_path(r"^api/", core.unknown_endpoint),
]

# One process serves everything here; in production a front server takes media from its storage.
# Only what core.images stores has an address: nothing else that lies there, no name too long for a disk.
urlpatterns += [
    re_path(
        r"^media/(?P<path>[a-z]{1,20}/[0-9a-z-]{1,80}\.(?:webp|avif))$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
    path("", include("delux.pages.urls")),
]

handler400 = core.handler400
handler500 = core.handler500
