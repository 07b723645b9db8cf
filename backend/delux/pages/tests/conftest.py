import json
from pathlib import Path

import pytest

LOCALES = Path(__file__).parents[4] / "frontend" / "src" / "locales"
SHELL = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Delux</title>
    <meta name="description" content="Sports events and gear in one basket." />
  </head>
  <body><div id="root"></div><noscript>Delux needs JavaScript to run.</noscript></body>
</html>
"""


@pytest.fixture(autouse=True)
def built_site(settings, tmp_path):
    """A browser application that is built, wherever the tests run."""
    settings.SPA_DIST = tmp_path
    settings.PUBLIC_URL = "https://delux.test"
    (tmp_path / "index.html").write_text(SHELL)
    (tmp_path / ".vite").mkdir()
    words = {
        folder.name: {
            name: json.loads((folder / f"{name}.json").read_text()) for name in ("common", "events", "market")
        }
        for folder in LOCALES.iterdir()
        if folder.is_dir()
    }
    (tmp_path / ".vite" / "words.json").write_text(json.dumps(words))
    return tmp_path
