"""The product with its guard against overselling taken out, for the test that shows what the guard is for."""

import time

from config.wsgi import application as application
from delux.events.models import TicketType
from delux.orders.services import stock


def check_then_write(_item_type: str, key: int, quantity: int) -> bool:
    """Hold tickets the naive way: look, think, write down what was seen plus one's own."""
    row = TicketType.objects.get(pk=key)
    if row.quantity_total - row.quantity_held < quantity:
        return False
    time.sleep(0.01)
    TicketType.objects.filter(pk=key).update(quantity_held=row.quantity_held + quantity)
    return True


stock._hold = check_then_write
stock.lock_hot_rows = lambda *_rows: None
