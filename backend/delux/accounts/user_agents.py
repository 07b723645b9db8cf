"""What a browser calls itself, in two words a person knows: `Chrome` on `Android`."""

# In this order: each of the later names stands in the earlier ones' strings too.
_BROWSERS = (
    ("YaBrowser", "Yandex Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def name_browser(user_agent: str) -> str:
    """Return the browser's name, empty for one that is not known."""
    return next((name for mark, name in _BROWSERS if mark in user_agent), "")


def name_system(user_agent: str) -> str:
    """Return the name of the device or its system, empty for one that is not known."""
    return next((name for mark, name in _SYSTEMS if mark in user_agent), "")
