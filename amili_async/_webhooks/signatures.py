"""Whether a webhook comes from Amili. How Amili signs is not documented, so the way to check it can be exchanged."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import inspect
import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Final, Literal, NoReturn, Protocol, get_args

from amili_async._webhooks.headers import SIGNATURE, all_values
from amili_async._webhooks.payload import read_field, read_payload
from amili_async._webhooks.problems import SignatureError
from amili_async.clock import SYSTEM_CLOCK, Clock
from amili_async.errors import ConfigError, WebhookError

__all__ = ["UNVERIFIED", "HmacSha256Verifier", "Unverified", "Verifier", "check", "ensure_verifier"]

Encoding = Literal["hex", "base64", "auto"]

_DIGEST_BYTES: Final = hashlib.sha256().digest_size
_HEX: Final = re.compile(rf"[0-9A-Fa-f]{{{2 * _DIGEST_BYTES}}}")
_UNIX_TIME: Final = re.compile(r"[0-9]{1,15}")
#: Seconds of the year 5138: a larger number counts milliseconds.
_MOST_SECONDS: Final = 10**11


class Verifier(Protocol):
    """Checks that a webhook comes from Amili. Any object with this method will do."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Return None if the webhook can be trusted, raise `SignatureError` if not.

        Args:
            headers: As they came. Upper and lower case may differ from what is documented.
            body: The bytes as they came, before any parsing.
        """
        ...


class Unverified(Enum):
    """The type of `UNVERIFIED`."""

    UNVERIFIED = "UNVERIFIED"

    def __repr__(self) -> str:
        return "UNVERIFIED"


#: Says in so many words that nobody checks where a webhook comes from: whoever finds the URL can send events.
UNVERIFIED: Final = Unverified.UNVERIFIED


def ensure_verifier(verifier: object) -> None:
    """Refuse what could never verify anything.

    Raises:
        TypeError: It is no verifier.
    """
    if verifier is UNVERIFIED or (callable(getattr(verifier, "verify", None)) and not isinstance(verifier, type)):
        return
    raise TypeError("verifier must be a Verifier, e.g. HmacSha256Verifier([secret]), or UNVERIFIED")


def check(verifier: Verifier | Unverified, headers: Mapping[str, str], body: bytes) -> None:
    """Let a verifier decide. Anything that is not a clear yes is a no.

    Raises:
        SignatureError: The verifier refused.
        TypeError: It is no verifier, or one that answers where it should raise.
    """
    ensure_verifier(verifier)
    if verifier is UNVERIFIED:
        return
    try:
        answer: Any = verifier.verify(headers, body)  # type: ignore[func-returns-value]  # that it returns None is checked
    except SignatureError:
        raise
    except WebhookError as error:
        raise SignatureError(error.message) from None
    if answer is not None:
        # False, or a coroutine that nobody awaits, would let every forgery in.
        if inspect.iscoroutine(answer):
            answer.close()
        raise TypeError(f"{type(verifier).__name__}.verify must raise to refuse and return None; it returned a value")


class HmacSha256Verifier:
    """HMAC-SHA-256 of the raw body with a shared secret: **a guess**, the most usual scheme.

    Amili documents the name of the header, `X-Webhook-Signature`, and nothing else that could be read: neither
    algorithm nor key, encoding, prefix, time or what is signed. Ask Amili, then set this up to match, or pass a
    `Verifier` of your own. A wrong guess refuses every webhook; it lets none in.

    Args:
        secrets: The shared secret, as text (its UTF-8 bytes are the key) or bytes. Several while it is being changed:
            each of them is good.
        header: Where the signature stands.
        encoding: How it is written; `"auto"` takes hex and base64.
        prefix: What stands before it, such as `"sha256="`. It has to be there.
        replay_window_s: How far the time of a webhook may lie from ours, in either direction; None does not look. Mind
            that Amili may repeat a webhook much later, and that it then has to be new enough as well.
        timestamp_header: Header with the time of sending: Unix time in seconds or milliseconds, or ISO 8601 with a
            zone. None takes `timeStamp` of the body, which the signature covers. **A header is worth something only if
            the signature covers it, too**: see `signed_content`.
        signed_content: Puts together what is signed, from the value of `timestamp_header` and the body, such as
            `lambda timestamp, body: f"{timestamp}.".encode() + body`. None: the body alone.
        clock: Time, for tests.

    Raises:
        ConfigError: There is no secret, an empty one, or settings that do not fit together.
    """

    def __init__(
        self,
        secrets: Sequence[str | bytes],
        *,
        header: str = SIGNATURE,
        encoding: Encoding = "hex",
        prefix: str = "",
        replay_window_s: float | None = None,
        timestamp_header: str | None = None,
        signed_content: Callable[[str, bytes], bytes] | None = None,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        if encoding not in get_args(Encoding):
            raise ConfigError(f"encoding must be one of {', '.join(map(repr, get_args(Encoding)))}")
        if replay_window_s is not None and not (replay_window_s > 0 and math.isfinite(replay_window_s)):
            raise ConfigError("replay_window_s must be more than 0 seconds, or None to accept webhooks of any age")
        if timestamp_header is None and signed_content is not None:
            raise ConfigError("signed_content is made with a timestamp: name its header in timestamp_header")
        if timestamp_header is not None and replay_window_s is None and signed_content is None:
            raise ConfigError("timestamp_header has no effect without replay_window_s or signed_content")
        self._keys = _keys(secrets)
        self._header = header
        self._encoding = encoding
        self._prefix = prefix
        self._window_s = replay_window_s
        self._timestamp_header = timestamp_header
        self._signed_content = signed_content
        self._clock = clock

    def __repr__(self) -> str:
        return f"<HmacSha256Verifier of {self._header} with {len(self._keys)} secret(s)>"

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("HmacSha256Verifier holds secrets: it is not pickled or copied; make a new one instead")

    def verify(self, headers: Mapping[str, str], body: bytes) -> None:
        """Check the signature, and the time if a window is set.

        Raises:
            SignatureError: It is missing, there are several, or it is not right.
        """
        given = self._digest_in(_single(headers, self._header))
        timestamp = None if self._timestamp_header is None else _single(headers, self._timestamp_header)
        content = body
        if self._signed_content is not None and timestamp is not None:
            content = self._signed_content(timestamp, body)
        if not _any_matches(self._keys, content, given):
            raise SignatureError(f"the signature in {self._header} is not right for any of the secrets")
        if self._window_s is not None:
            sent = _instant(timestamp, str(self._timestamp_header)) if timestamp is not None else _body_time(body)
            self._check_time(sent, self._window_s)

    def _digest_in(self, text: str) -> bytes:
        if not text.startswith(self._prefix):
            raise SignatureError(f"the signature in {self._header} does not begin with the prefix that is set")
        text = text[len(self._prefix) :]
        digest = None
        if self._encoding in ("hex", "auto") and _HEX.fullmatch(text):
            digest = bytes.fromhex(text)
        elif self._encoding in ("base64", "auto"):
            digest = _from_base64(text)
        if digest is None or len(digest) != _DIGEST_BYTES:
            wanted = "hex or base64" if self._encoding == "auto" else self._encoding
            raise SignatureError(f"the signature in {self._header} is not an HMAC-SHA-256 in {wanted}")
        return digest

    def _check_time(self, sent: dt.datetime, window_s: float) -> None:
        age_s = (self._clock.now() - sent).total_seconds()
        if abs(age_s) > window_s:
            wrong = "too old" if age_s > 0 else "from the future; compare the clocks"
            raise SignatureError(f"the webhook is {wrong}: its time is more than {window_s:g} s from ours")


def _keys(secrets: Sequence[str | bytes]) -> tuple[bytes, ...]:
    # One string is a sequence of strings, too: every letter would be taken for a secret.
    if isinstance(secrets, (str, bytes)):
        raise ConfigError("secrets must be a list, also with a single secret: HmacSha256Verifier([secret])")
    keys = tuple(_key(secret) for secret in secrets)
    if not keys:
        raise ConfigError("no secret: HmacSha256Verifier needs at least one")
    if not all(keys):
        raise ConfigError(
            "a secret is empty, garbled, or neither str nor bytes; is the setting it comes from filled in?"
        )
    return keys


def _key(secret: object) -> bytes:
    """The bytes of a secret; none if it is unusable."""
    if isinstance(secret, str):
        try:
            return secret.encode(errors="surrogateescape")  # as `os.environ` keeps bytes that are no UTF-8
        except UnicodeEncodeError:  # it holds the secret, so it is not passed on
            return b""
    return secret if isinstance(secret, bytes) else b""


def _any_matches(keys: Sequence[bytes], content: bytes, given: bytes) -> bool:
    # Apart from what raises, so that no key is a local variable of a frame that an error report may print.
    right = False
    for key in keys:  # all of them, so that the time it takes does not tell which one was good
        right |= hmac.compare_digest(hmac.digest(key, content, "sha256"), given)
    return right


def _single(headers: Mapping[str, str], name: str) -> str:
    values = all_values(headers, name)
    if len(values) > 1:
        raise SignatureError(f"header {name} came more than once")
    if not values or not values[0]:
        raise SignatureError(f"header {name} is missing")
    return values[0]


def _from_base64(text: str) -> bytes | None:
    """Bytes of base64 in either alphabet, padded or not; None if it is something else."""
    try:
        digits = text.rstrip("=").replace("-", "+").replace("_", "/").encode("ascii")
        decoded = base64.b64decode(digits + b"=" * (-len(digits) % 4), validate=True)
    except ValueError:  # UnicodeEncodeError and binascii.Error are such
        return None
    # The last digit has spare bits, so that several texts would pass for one signature.
    return decoded if base64.b64encode(decoded).rstrip(b"=") == digits else None


def _instant(text: str, header: str) -> dt.datetime:
    instant = None
    try:
        if _UNIX_TIME.fullmatch(text):
            seconds = int(text)
            instant = dt.datetime.fromtimestamp(seconds / 1000 if seconds > _MOST_SECONDS else seconds, dt.UTC)
        else:
            instant = dt.datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        pass
    if instant is None or instant.tzinfo is None:
        raise SignatureError(f"header {header} is neither Unix time nor an ISO 8601 instant with a zone")
    return instant


def _body_time(body: bytes) -> dt.datetime:
    sent = read_field(read_payload(body), dt.datetime, "timeStamp")
    if sent is None:
        raise SignatureError("the webhook has no time ($.timeStamp) to hold against replay_window_s")
    return sent
