import pytest

SHELL = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Delux</title>
    <meta name="description" content="Sports events and gear in one basket." />
  </head>
  <body><div id="root"></div></body>
</html>
"""


@pytest.fixture(autouse=True)
def built_site(settings, tmp_path):
    """A browser application that is built, wherever the tests run."""
    settings.SPA_DIST = tmp_path
    settings.PUBLIC_URL = "https://delux.test"
    (tmp_path / "index.html").write_text(SHELL)
    return tmp_path
