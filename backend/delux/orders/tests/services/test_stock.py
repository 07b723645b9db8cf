from delux.orders.services.stock import piece


def test_tickets_of_one_event_queue_together_and_each_variant_alone() -> None:
    early, late = piece("ticket", 5, 1, event_id=9), piece("ticket", 6, 1, event_id=9)
    shoes, socks = piece("product", 5, 1, event_id=0), piece("product", 6, 1, event_id=0)

    assert early.queue == late.queue == ("event", 9)
    assert (shoes.queue, socks.queue) == (("variant", 5), ("variant", 6))
