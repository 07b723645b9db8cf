"""A new event with a hundred places, on sale from now on. Runs with Django, prints JSON."""

import json
import time

from dev.bench.prepare import ticket_on_sale
from dev.load.scenarios import HOLDS

if __name__ == "__main__":
    print(json.dumps(ticket_on_sale(f"load-on-sale-{time.time_ns()}", HOLDS["on_sale"]["places"])))
