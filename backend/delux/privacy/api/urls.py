from django.urls import path

from delux.privacy.api import views

urlpatterns = [
    path("auth/me/data/", views.DataView.as_view()),
    path("auth/me/erase/", views.EraseView.as_view()),
]
