"""Who gets what from each operation: the decision, written down. An operation without a row fails the tests.

The columns are those of ``ACTORS``. Everyone asks for the buyer's or organizer's own thing; ``ok`` is 2xx.
A blocked person is nobody: 401 wherever the access token is read at all, else what anonymous gets.
"""

ACTORS = ("anonymous", "buyer", "other_buyer", "organizer", "other_organizer", "staff")

PUBLIC = "         ok  ok  ok  ok  ok  ok"
SIGNED_IN = "      401 ok  ok  ok  ok  ok"
BUYERS_OWN = "     401 ok  404 404 404 404"
ORGANIZERS = "     401 403 403 ok  ok  403"
ORGANIZERS_OWN = " 401 403 403 ok  404 403"

POLICIES = {
    # Service
    "health": PUBLIC,
    "ready": PUBLIC,
    # Auth
    "auth_register": PUBLIC,
    "auth_login": PUBLIC,
    "auth_logout": PUBLIC,
    "auth_providers": PUBLIC,
    "auth_token_refresh": "401 401 401 401 401 401",  # the refresh token alone counts, and none is sent
    "auth_google": "       404 404 404 404 404 404",  # no client id is set
    "auth_google_start": " 404 404 404 404 404 404",
    "auth_code_send": PUBLIC,
    "auth_code_sign_in": PUBLIC,
    "auth_password_forgotten": PUBLIC,
    "auth_password_reset": PUBLIC,
    "auth_email_confirm": "409 409 409 409 409 409",  # works only where its owner has signed in
    "auth_email_confirmation_send": "401 ok 409 409 409 409",  # only the buyer's e-mail is not confirmed yet
    "auth_me": SIGNED_IN,
    "auth_me_update": SIGNED_IN,
    "auth_me_phone_send": SIGNED_IN,
    "auth_me_phone_confirm": SIGNED_IN,
    "auth_me_email_send": " 401 409 409 409 409 ok",  # for those who have none, and staff came by phone
    "auth_me_email_add": "  401 409 409 409 409 ok",
    "auth_me_avatar_set": SIGNED_IN,
    "auth_me_avatar_remove": SIGNED_IN,
    "auth_me_data": SIGNED_IN,
    "auth_me_erase": "401 409 ok 409 409 ok",  # sellers stay, and the buyer has orders under way
    "auth_sessions_list": SIGNED_IN,
    "auth_sessions_end": BUYERS_OWN,
    "auth_sessions_end_all": SIGNED_IN,
    "auth_password_change": SIGNED_IN,
    "auth_organizer_create": "401 ok ok 409 409 ok",  # once a person
    "auth_organizer_update": ORGANIZERS,
    "auth_organizer_logo_set": ORGANIZERS,
    "addresses_list": SIGNED_IN,
    "addresses_create": SIGNED_IN,
    "addresses_update": BUYERS_OWN,
    "addresses_delete": BUYERS_OWN,
    # What everybody may look at
    "events_list": PUBLIC,
    "events_get": PUBLIC,
    "event_calendar_get": PUBLIC,
    "event_tickets_list": PUBLIC,
    "event_facets_list": PUBLIC,
    "event_points_list": PUBLIC,
    "event_categories_list": PUBLIC,
    "products_list": PUBLIC,
    "products_retrieve": PUBLIC,
    "categories_list": PUBLIC,
    "organizers_get": PUBLIC,
    # The buyer's
    "cart_quote": PUBLIC,
    "cart_get": SIGNED_IN,
    "cart_clear": SIGNED_IN,
    "cart_add_item": SIGNED_IN,
    "cart_merge": SIGNED_IN,
    "cart_change_item": BUYERS_OWN,
    "cart_remove_item": BUYERS_OWN,
    "orders_list": SIGNED_IN,
    "orders_place": "401 ok 409 409 409 409",  # only the buyer has something in the basket
    "orders_get": BUYERS_OWN,
    "orders_cancel": BUYERS_OWN,
    "tickets_list": SIGNED_IN,
    "tickets_get": BUYERS_OWN,
    "tickets_update": BUYERS_OWN,
    "tickets_refund_preview": BUYERS_OWN,
    "tickets_refund": BUYERS_OWN,
    "tickets_refund_ask": BUYERS_OWN,
    "tickets_refund_withdraw": BUYERS_OWN,
    "tickets_offer": BUYERS_OWN,
    "tickets_offer_withdraw": BUYERS_OWN,
    "ticket_offers_list": SIGNED_IN,
    "ticket_offers_take": "    401 404 ok  404 404 404",  # it is offered to the other buyer
    "ticket_offers_decline": " 401 404 ok  404 404 404",
    "ticket_pdf_get": BUYERS_OWN,
    "ticket_calendar_get": BUYERS_OWN,
    "orders_tickets_pdf_get": BUYERS_OWN,
    "payments_get": BUYERS_OWN,
    "payments_mock_charge": BUYERS_OWN,
    "page_views_count": PUBLIC,
    "payments_webhook": "400 400 400 400 400 400",  # the provider's signature alone counts
    "notifications_list": SIGNED_IN,
    "notifications_read": BUYERS_OWN,
    "notifications_read_all": SIGNED_IN,
    "silences_list": SIGNED_IN,
    "silences_end": BUYERS_OWN,
    "unsubscribe_get": PUBLIC,  # the signature in its address alone counts
    "unsubscribe": PUBLIC,
    "unsubscribe_undo": PUBLIC,
    # The organizer's
    "events_create": ORGANIZERS,
    "products_create": ORGANIZERS,
    "crm_dashboard": ORGANIZERS,
    "crm_orders_list": ORGANIZERS,
    "crm_orders_get": ORGANIZERS_OWN,
    "crm_orders_move": ORGANIZERS_OWN,
    "crm_orders_refund": ORGANIZERS_OWN,
    "crm_orders_refund_preview": ORGANIZERS_OWN,
    "crm_refund_requests_grant": ORGANIZERS_OWN,
    "crm_refund_requests_decline": ORGANIZERS_OWN,
    "crm_customers_list": ORGANIZERS,
    "crm_customers_get": ORGANIZERS_OWN,
    "crm_notes_list": ORGANIZERS_OWN,
    "crm_notes_add": ORGANIZERS_OWN,
    "crm_notes_delete": ORGANIZERS_OWN,
    "crm_notes_update": ORGANIZERS_OWN,
    "crm_customer_tags_list": ORGANIZERS,
    "crm_customers_set_tags": ORGANIZERS_OWN,
    "crm_goods_imports_list": ORGANIZERS,
    "crm_goods_imports_create": ORGANIZERS,
    "crm_goods_imports_template": ORGANIZERS,
    "crm_goods_imports_get": ORGANIZERS_OWN,
    "crm_goods_imports_confirm": ORGANIZERS_OWN,
    "crm_mailings_list": ORGANIZERS,
    "crm_mailings_audience": ORGANIZERS,
    "crm_mailings_create": ORGANIZERS,
    "crm_mailings_get": ORGANIZERS_OWN,
    "crm_mailings_update": ORGANIZERS_OWN,
    "crm_mailings_delete": ORGANIZERS_OWN,
    "crm_mailings_preview": ORGANIZERS_OWN,
    "crm_mailings_test": ORGANIZERS_OWN,
    "crm_mailings_send": ORGANIZERS_OWN,
    "crm_tasks_list": ORGANIZERS,
    "crm_tasks_create": ORGANIZERS,
    "crm_tasks_update": ORGANIZERS_OWN,
    "crm_tasks_delete": ORGANIZERS_OWN,
    "crm_check_in": ORGANIZERS_OWN,
    "crm_check_ins_manifest": ORGANIZERS_OWN,
    "crm_check_ins_batch": ORGANIZERS_OWN,
    "crm_attendee_check_in": ORGANIZERS_OWN,
    "crm_events_list": ORGANIZERS,
    "crm_events_create": ORGANIZERS,
    "crm_events_get": ORGANIZERS_OWN,
    "crm_events_update": ORGANIZERS_OWN,
    "crm_events_delete": ORGANIZERS_OWN,
    "crm_events_publish": ORGANIZERS_OWN,
    "crm_events_unpublish": ORGANIZERS_OWN,
    "crm_events_duplicate": ORGANIZERS_OWN,
    "crm_event_figures": ORGANIZERS_OWN,
    "crm_events_cancel_preview": ORGANIZERS_OWN,
    "crm_events_cancel": ORGANIZERS_OWN,
    "crm_event_attendees_export": ORGANIZERS_OWN,
    "crm_event_attendees_list": ORGANIZERS_OWN,
    "crm_event_cover_set": ORGANIZERS_OWN,
    "crm_event_location_set": ORGANIZERS_OWN,
    "crm_event_online_info_set": ORGANIZERS_OWN,
    "crm_ticket_types_list": ORGANIZERS_OWN,
    "crm_ticket_types_create": ORGANIZERS_OWN,
    "crm_ticket_types_arrange": ORGANIZERS_OWN,
    "crm_ticket_types_get": ORGANIZERS_OWN,
    "crm_ticket_types_update": ORGANIZERS_OWN,
    "crm_ticket_types_delete": ORGANIZERS_OWN,
    "crm_products_list": ORGANIZERS,
    "crm_products_create": ORGANIZERS,
    "crm_products_retrieve": ORGANIZERS_OWN,
    "crm_products_update": ORGANIZERS_OWN,
    "crm_products_delete": ORGANIZERS_OWN,
    "crm_products_duplicate": ORGANIZERS_OWN,
    "crm_product_images_arrange": ORGANIZERS_OWN,
    "crm_product_images_create": ORGANIZERS_OWN,
    "crm_product_images_update": ORGANIZERS_OWN,
    "crm_product_images_delete": ORGANIZERS_OWN,
    "crm_variants_list": ORGANIZERS_OWN,
    "crm_variants_create": ORGANIZERS_OWN,
    "crm_variants_save": ORGANIZERS_OWN,
    "crm_variants_update": ORGANIZERS_OWN,
    "crm_variants_delete": ORGANIZERS_OWN,
}


def expected(operation_id: str, *, reads_token: bool) -> dict[str, str]:
    """Return what each actor, the blocked one included, gets from an operation."""
    row = dict(zip(ACTORS, POLICIES[operation_id].split(), strict=True))
    return row | {"blocked": "401" if reads_token else row["anonymous"]}
