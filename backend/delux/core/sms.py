"""Text messages to phones, by whatever SMS_URL names."""

import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import requests
from django.conf import settings

# To connect, and to answer.
_TIMEOUT = (3, 6)


class SmsNotSent(Exception):
    """The provider did not take a message. Says why without the number, the text or the key."""


@dataclass(frozen=True)
class Sms:
    """``to`` is a number in E.164. Nobody is to get it later than ``minutes`` from now."""

    to: str
    text: str = field(repr=False)
    minutes: int


def send_sms(sms: Sms) -> None:
    """Hand a message to the provider.

    :raises SmsNotSent: it did not take it
    """
    address = urlsplit(settings.SMS_URL)
    _SENDERS[address.scheme](sms, address)


def sms_problem(url: str, *, is_real: bool) -> str:
    """Return what is wrong with an SMS_URL, if anything; ``is_real`` asks for one that reaches phones."""
    address = urlsplit(url)
    known = ("mobizon",) if is_real else tuple(_SENDERS)
    if address.scheme not in known:
        return f"SMS_URL must begin with one of: {', '.join(f'{name}:' for name in known)}"
    if address.scheme.startswith("mobizon") and not (address.username and address.hostname):
        return "SMS_URL must look like mobizon://API_KEY@api.mobizon.kz?from=Delux"
    return ""


def _print(sms: Sms, _address: SplitResult) -> None:
    sys.stdout.write(f"SMS to {sms.to}: {sms.text}\n")
    sys.stdout.flush()


def _write(sms: Sms, address: SplitResult) -> None:
    """One file a message: the number on the first line, then the text."""
    folder = Path(unquote(address.path))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{uuid.uuid4().hex}.txt").write_text(f"{sms.to}\n{sms.text}\n", encoding="utf-8")


def _by_mobizon(sms: Sms, address: SplitResult) -> None:
    """The call `message/sendsmsmessage` of Mobizon's API: https://help.mobizon.com/help/api-docs."""
    scheme = "http" if address.scheme.endswith("+http") else "https"
    host = f"{address.hostname}:{address.port}" if address.port else address.hostname
    form = {"recipient": sms.to.removeprefix("+"), "text": sms.text, "params[validity]": str(sms.minutes)}
    if sender := parse_qs(address.query).get("from"):
        form["from"] = sender[0]
    try:
        response = requests.post(
            f"{scheme}://{host}/service/message/sendsmsmessage",
            params={"output": "json", "api": "v1", "apiKey": unquote(address.username or "")},
            data=form,
            timeout=_TIMEOUT,
            allow_redirects=False,
        )
        answer = response.json()
    except (requests.RequestException, ValueError) as error:
        # Their words would hold the address, and with it the key.
        raise SmsNotSent(type(error).__name__) from None
    code = answer.get("code") if isinstance(answer, dict) else None
    if response.status_code != 200 or code != 0:
        raise SmsNotSent(f"HTTP {response.status_code}, code {code!r}"[:80])


_SENDERS: dict[str, Callable[[Sms, SplitResult], None]] = {
    "console": _print,
    "file": _write,
    "mobizon": _by_mobizon,
    # For a stand-in of the provider on this machine.
    "mobizon+http": _by_mobizon,
}
