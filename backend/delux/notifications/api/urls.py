from django.urls import path

from delux.notifications.api import silences, views

urlpatterns = [
    path("notifications/", views.NotificationsView.as_view()),
    path("notifications/read/", views.ReadAllView.as_view()),
    path("notifications/<int:notification_id>/read/", views.ReadNotificationView.as_view()),
    *silences.urlpatterns,
]
