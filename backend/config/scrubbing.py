"""Takes out of a text what lets somebody in or leads to a person: the last net under logs and reports."""

import re
from typing import Any

import structlog

_NAMED = r"((?:token|password|secret|code|challenge|key|state)=)[^\s&\"'<>]+"
_LINK = r"(/unsubscribe/|/(?:reset-password|confirm-email|unsubscribe)#)[^\s/\"'<>]+"
# A row of the database in an error, with all that is in it: nothing tells where people's own words end.
_ROW = r"(Failing row contains )\(.*?(?=\n\n(?:The above exception|During handling)|\Z)"
# As it is kept: digits alone, also right behind a colon or a hyphen.
_PHONE_AS_KEPT = r"(?<![\w.])(?:(?:\+|%2B)\d{9,15}|(?:7|996)\d{9,10})(?![\w.])"
# And as people write it, and what becomes of that in an address.
_BETWEEN = r"(?:[ ()+-]|%20|%28|%29){0,3}"
_PHONE_AS_WRITTEN = (
    rf"(?<![\w.:-])(?:(?:\+|%2B)\d(?:{_BETWEEN}\d){{8,14}}|[78](?:{_BETWEEN}\d){{10}}"
    rf"|996(?:{_BETWEEN}\d){{9}})(?![\w:]|\.\d)"
)
_SCRUBBED = [
    (re.compile(_ROW, re.DOTALL), r"\1([row])"),
    (re.compile(r"(://[^\s:/@\"']*:)[^\s/\"']+@"), r"\1[secret]@"),
    (re.compile(_LINK), r"\1[secret]"),
    (re.compile(_NAMED, re.IGNORECASE), r"\1[secret]"),
    (re.compile(r"\b(Bearer|Basic) [\w.~+/=-]+", re.IGNORECASE), r"\1 [secret]"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), "[token]"),
    (re.compile(r"[^\s\"'<>(),:;/@=\[\]]+(?:@|%40)[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<![\w.:-])\d(?:[ -]?\d){12,18}(?![\w.])"), "[card]"),
    (re.compile(_PHONE_AS_KEPT), "[phone]"),
    (re.compile(_PHONE_AS_WRITTEN, re.IGNORECASE), "[phone]"),
]


def scrubbed(text: str) -> str:
    for pattern, instead in _SCRUBBED:
        text = pattern.sub(instead, text)
    return text


def scrubbed_all(value: Any) -> Any:
    """Return ``value`` with every text in it scrubbed, however deep."""
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, dict):
        return {key: scrubbed_all(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [scrubbed_all(each) for each in value]
    return value


def scrub_event(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Scrub a line of the log."""
    return {key: scrubbed_all(value) for key, value in event.items()}
