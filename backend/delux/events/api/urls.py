from django.urls import URLPattern, path

from delux.events.api import documents, tickets, transfers, views

urlpatterns: list[URLPattern] = [
    path("events/", views.EventsView.as_view(), name="events"),
    path("events/<slug:ref>/", views.EventView.as_view(), name="event"),
    path("events/<slug:ref>/tickets/", views.EventTicketsView.as_view(), name="event-tickets"),
    path("events/<slug:ref>/calendar/", documents.EventCalendarView.as_view(), name="event-calendar"),
    path("event-points/", views.EventPointsView.as_view(), name="event-points"),
    path("event-facets/", views.EventFacetsView.as_view(), name="event-facets"),
    path("event-categories/", views.EventCategoriesView.as_view(), name="event-categories"),
    path("tickets/", tickets.TicketsView.as_view(), name="tickets"),
    path("tickets/<int:ticket_id>/", tickets.TicketView.as_view(), name="ticket"),
    path("tickets/<int:ticket_id>/offer/", transfers.TicketTransferView.as_view(), name="ticket-offer"),
    path("ticket-offers/", transfers.TicketOffersView.as_view(), name="ticket-offers"),
    path(
        "ticket-offers/<int:offer_id>/take/",
        transfers.TicketOfferTakeView.as_view(),
        name="ticket-offer-take",
    ),
    path(
        "ticket-offers/<int:offer_id>/decline/",
        transfers.TicketOfferDeclineView.as_view(),
        name="ticket-offer-decline",
    ),
    path("tickets/<int:ticket_id>/pdf/", documents.TicketPdfView.as_view(), name="ticket-pdf"),
    path("tickets/<int:ticket_id>/calendar/", documents.TicketCalendarView.as_view(), name="ticket-calendar"),
]
