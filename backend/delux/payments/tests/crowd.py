from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import DatabaseError, connection


def all_at_once(acts: list[Callable[[], object]], *, at_a_time: int = 16) -> Counter[str]:
    """Run ``acts`` in threads that start together; count how they ended: result or error's name."""
    start = Barrier(min(at_a_time, len(acts)))

    def run(index: int) -> str:
        try:
            if index < start.parties:
                start.wait(timeout=30)
            with connection.cursor() as cursor:
                # Who waits how long depends on the machine; what comes of it must not.
                cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
            return str(acts[index]())
        except Exception as error:  # noqa: BLE001 - every ending is counted, and asserted on by the test
            return type(error).__name__ + (f": {error}" if isinstance(error, DatabaseError) else "")
        finally:
            connection.close()

    with ThreadPoolExecutor(at_a_time) as pool:
        return Counter(pool.map(run, range(len(acts))))
