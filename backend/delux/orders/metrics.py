"""Figures of selling, for Prometheus."""

from prometheus_client import Counter, Histogram

from delux.core.metrics import watch_work
from delux.orders.models import Order

PLACED = Counter("delux_orders_placed", "Orders placed", ["market"])
# The provider is "none" where nothing was to be paid.
PAID = Counter("delux_orders_paid", "Orders paid", ["market", "provider"])
EXPIRED = Counter("delux_orders_expired", "Orders canceled as nobody paid in time", ["market"])
STOCK_REFUSALS = Counter("delux_stock_refusals", "Orders refused as too few were left")
CHECKOUT_SECONDS = Histogram(
    "delux_checkout_seconds",
    "How long placing an order took, and paying it with its provider's answer",
    ["step"],
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10),
)

watch_work("holds", Order.objects.lapsed, due="expires_at")
