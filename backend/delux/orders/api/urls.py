from django.urls import URLPattern, path

from delux.orders.api import cart_views, order_views

urlpatterns: list[URLPattern] = [
    path("cart/", cart_views.CartView.as_view(), name="cart"),
    path("cart/items/", cart_views.CartItemsView.as_view(), name="cart-items"),
    path("cart/items/<int:item_id>/", cart_views.CartItemView.as_view(), name="cart-item"),
    path("cart/merge/", cart_views.CartMergeView.as_view(), name="cart-merge"),
    path("cart/quote/", cart_views.CartQuoteView.as_view(), name="cart-quote"),
    path("orders/", order_views.OrdersView.as_view(), name="orders"),
    path("orders/<str:ref>/", order_views.OrderView.as_view(), name="order"),
    path("orders/<str:ref>/cancel/", order_views.OrderCancelView.as_view(), name="order-cancel"),
    path(
        "orders/<str:ref>/tickets/pdf/", order_views.OrderTicketsPdfView.as_view(), name="order-tickets-pdf"
    ),
]
