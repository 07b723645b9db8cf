"""People of the demo data whom anyone may sign in as. `seed_db` makes them, `make run` prints them."""

DEMO_PASSWORD = "delux-demo-2026"  # noqa: S105 - protects demo data and nothing else

# Role, e-mail, password.
DEMO_LOGINS: list[tuple[str, str, str]] = [
    ("organizer", "organizer@delux.test", DEMO_PASSWORD),
    ("buyer", "buyer@delux.test", DEMO_PASSWORD),
    ("buyer", "buyer2@delux.test", DEMO_PASSWORD),
    ("staff admin", "admin@delux.test", DEMO_PASSWORD),
]
