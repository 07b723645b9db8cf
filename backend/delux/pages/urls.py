"""Every address of the site that is not the API's. The browser application routes the same ones itself."""

from django.urls import path, re_path

from delux.pages import views

_REF = r"(?P<slug>[-a-zA-Z0-9_]{1,180})"

urlpatterns = [
    path("robots.txt", views.robots),
    path("sitemap.xml", views.sitemap_index),
    re_path(r"^sitemap-(?P<name>[a-z]{1,20})-(?P<number>[1-9][0-9]{0,8})\.xml$", views.numbered_sitemap),
    re_path(
        rf"^cards/(?P<kind>event|product)/(?P<language>ru|kk|ky|en)/{_REF}/(?P<name>[0-9a-f]{{20}})\.jpg$",
        views.card,
    ),
    path("", views.home),
    re_path(r"^events/?$", views.events),
    re_path(rf"^events/{_REF}/?$", views.event),
    re_path(r"^shop/?$", views.shop),
    re_path(rf"^shop/{_REF}/?$", views.product),
    re_path(rf"^organizers/{_REF}/?$", views.organizer),
    re_path(r"^search/?$", views.search),
    re_path(r"^privacy/?$", views.privacy),
    re_path(r"^developers/?$", views.guide),
    re_path(r"^developers/(?P<name>[a-z-]{1,40})/?$", views.guide),
    re_path(rf"^(?:{'|'.join(views.PRIVATE)})(?:/.*)?$", views.private),
    re_path(r"^(?!static/|assets/|media/|cards/).*$", views.missing, name="spa"),
]
