"""The people whose passwords a person trying Delux may know. They exist only where demo data was made."""

from dataclasses import dataclass

PASSWORD = "delux-demo-2026"


@dataclass(frozen=True)
class DemoLogin:
    role: str
    email: str
    first_name: str
    last_name: str


DEMO_LOGINS = (
    DemoLogin("organizer", "organizer@delux.test", "Айдана", "Серикова"),
    DemoLogin("buyer", "buyer@delux.test", "Тимур", "Ахметов"),
    DemoLogin("buyer", "buyer2@delux.test", "Айгерим", "Токтогулова"),
    DemoLogin("staff admin", "admin@delux.test", "Дарья", "Ким"),
)
