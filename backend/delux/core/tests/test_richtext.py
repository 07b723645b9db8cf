import pytest

from delux.core.richtext import clean_html

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='https://ok.example' onclick=alert(1)>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p onmouseover=alert(1)>x</p>",
    "<body onload=alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=javascript:alert(1)//>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<p><video><source onerror=alert(1)></video></p>",
    "<details open ontoggle=alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<a href=https://ok.example style=position:fixed>x</a>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_could_run_survives(text: str) -> None:
    cleaned = clean_html(text)

    for danger in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<style",
        "<form",
        "<math",
        "<meta",
        "<base",
        "<link",
        "<!--",
    ):
        assert danger not in cleaned.lower()
    tags = [part.split(">")[0].lower() for part in cleaned.split("<")[1:]]
    assert not [tag for tag in tags if " on" in tag or "script:" in tag or "data:" in tag or "style" in tag]


def test_what_an_organizer_formats_stays() -> None:
    text = "<h3>Start</h3><p>At <strong>nine</strong>, <em>sharp</em>.<br></p><ul><li>water</li></ul>"
    text += "<blockquote>go</blockquote>"

    assert clean_html(text) == text


def test_links_lead_out_without_a_way_back() -> None:
    cleaned = clean_html(
        '<a href="https://example.com/map">map</a> <a href="mailto:race@example.com">write</a>'
    )

    assert 'href="https://example.com/map" rel="noopener noreferrer nofollow"' in cleaned
    assert 'href="mailto:race@example.com"' in cleaned


def test_cleaning_twice_changes_nothing() -> None:
    for text in HOSTILE:
        once = clean_html(text)
        assert clean_html(once) == once
