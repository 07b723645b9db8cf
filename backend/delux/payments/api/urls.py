from django.conf import settings
from django.urls import URLPattern, path

from delux.payments.api import returns, views

urlpatterns: list[URLPattern] = [
    path("payments/<int:payment_id>/", views.PaymentView.as_view(), name="payment"),
    path("payments/webhooks/<slug:provider>/", views.WebhookView.as_view(), name="payment-webhook"),
    *returns.urlpatterns,
]
if settings.MOCK_GATEWAY:
    urlpatterns += [path("payments/mock/charge/", views.MockChargeView.as_view(), name="mock-charge")]
