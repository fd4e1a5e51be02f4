"""Who may send events: nobody whose signature is not right."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from amili_async import ConfigError, WebhookError
from amili_async.webhooks import UNVERIFIED, HmacSha256Verifier, SignatureError, parse_event
from tests.fakes import FakeClock
from tests.webhooks import BATCH_COMPLETED, SECRET, base64_text, digest, signed

SENT = dt.datetime(2025, 8, 15, 11, 42, tzinfo=dt.UTC)  # `timeStamp` of the documented events
SIGNATURE = "X-Webhook-Signature"

secrets = st.text(min_size=1, max_size=80) | st.binary(min_size=1, max_size=80)


@given(body=st.binary(max_size=200), secret=secrets)
def test_what_is_signed_with_the_secret_is_trusted(body: bytes, secret: str | bytes) -> None:
    """Whatever the body and the secret are made of: the signature is over the bytes."""
    HmacSha256Verifier([secret]).verify(signed(body, secret), body)


@given(body=st.binary(min_size=1, max_size=200), bit=st.integers(min_value=0), secret=secrets)
def test_a_flipped_bit_is_refused(body: bytes, bit: int, secret: str | bytes) -> None:
    """One bit of the body is enough."""
    place = bit % (8 * len(body))
    forged = bytearray(body)
    forged[place // 8] ^= 1 << place % 8
    with pytest.raises(SignatureError, match="not right"):
        HmacSha256Verifier([secret]).verify(signed(body, secret), bytes(forged))


@given(place=st.integers(0, 255), encoding=st.sampled_from(["hex", "base64", "auto"]))
def test_a_flipped_bit_of_the_signature_is_refused(place: int, encoding: Any) -> None:
    """Also the last one, and in any encoding."""
    forged = bytearray(digest(b"{}"))
    forged[place // 8] ^= 1 << place % 8
    text = base64_text(bytes(forged)) if encoding == "base64" else forged.hex()
    with pytest.raises(SignatureError, match="not right"):
        HmacSha256Verifier([SECRET], encoding=encoding).verify({SIGNATURE: text}, b"{}")


@given(text=st.text(max_size=90))
def test_no_text_passes_for_a_signature_by_chance(text: str) -> None:
    """Garbage is refused, and never breaks anything."""
    with pytest.raises(SignatureError):
        HmacSha256Verifier([SECRET], encoding="auto").verify({SIGNATURE: text}, b"{}")


def test_a_known_signature() -> None:
    """The second test case of RFC 4231, so that verifier and tests cannot agree on something else than HMAC-SHA-256."""
    mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    HmacSha256Verifier(["Jefe"]).verify({SIGNATURE: mac}, b"what do ya want for nothing?")


@pytest.mark.parametrize(
    ("encoding", "write"),
    [
        ("hex", lambda mac: mac.hex()),
        ("hex", lambda mac: mac.hex().upper()),
        ("base64", base64_text),
        ("base64", lambda mac: base64_text(mac).rstrip("=")),
        ("base64", lambda mac: base64_text(mac).replace("+", "-").replace("/", "_")),
        ("auto", lambda mac: mac.hex()),
        ("auto", base64_text),
    ],
)
def test_signatures_are_read_in_the_encoding_that_is_set(encoding: Any, write: Callable[[bytes], str]) -> None:
    """Over many bodies, so that each digit of either alphabet comes up."""
    for number in range(50):
        body = b"%d" % number
        HmacSha256Verifier([SECRET], encoding=encoding).verify({SIGNATURE: write(digest(body))}, body)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("hex", base64_text(digest(b"{}"))),
        ("base64", digest(b"{}").hex()),
        ("hex", digest(b"{}").hex()[:-2]),
        ("hex", digest(b"{}").hex() + "00"),
        ("hex", " ".join(digest(b"{}").hex())),
        ("base64", base64_text(digest(b"{}")[:-1])),
        ("base64", base64_text(digest(b"{}")) + "AAAA"),
        ("base64", "æ" * 43),
        ("auto", f"{digest(b'{}').hex()},{digest(b'{}').hex()}"),
        ("auto", "null"),
    ],
)
def test_a_signature_in_another_form_is_garbage(encoding: Any, text: str) -> None:
    """Too short, too long, in another encoding, joined by a proxy: none is taken for half right."""
    with pytest.raises(SignatureError, match="is not an HMAC-SHA-256 in"):
        HmacSha256Verifier([SECRET], encoding=encoding).verify({SIGNATURE: text}, b"{}")


def test_spare_bits_of_base64_are_refused() -> None:
    """One signature has one spelling."""
    text = base64_text(digest(b"{}")).rstrip("=")
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = text[:-1] + digits[digits.index(text[-1]) ^ 1]
    with pytest.raises(SignatureError):
        HmacSha256Verifier([SECRET], encoding="base64").verify({SIGNATURE: other}, b"{}")


def test_a_prefix_has_to_be_there() -> None:
    """As many services write `sha256=` before it."""
    verifier = HmacSha256Verifier([SECRET], prefix="sha256=")
    mac = digest(b"{}").hex()
    verifier.verify({SIGNATURE: f"sha256={mac}"}, b"{}")
    for text in (mac, f"sha1={mac}", f"SHA256={mac}", f"sha256= {mac}"):
        with pytest.raises(SignatureError):
            verifier.verify({SIGNATURE: text}, b"{}")


@pytest.mark.parametrize("headers", [{}, {SIGNATURE: ""}, {SIGNATURE: "  "}, {"Signature": "x"}])
def test_a_missing_signature_is_refused(headers: dict[str, str]) -> None:
    """The error names the header."""
    with pytest.raises(SignatureError, match="header X-Webhook-Signature is missing"):
        parse_event(headers, BATCH_COMPLETED, verifier=HmacSha256Verifier([SECRET]))


def test_a_second_signature_is_refused() -> None:
    """Whether in a multi-dict or in another spelling, and even if both are the same: nobody sends it twice."""
    right, wrong = digest(BATCH_COMPLETED).hex(), "0" * 64
    for headers in (
        CIMultiDict([(SIGNATURE, right), (SIGNATURE, wrong)]),
        CIMultiDict([(SIGNATURE, right), (SIGNATURE, right)]),
        {SIGNATURE: right, SIGNATURE.lower(): wrong},
    ):
        with pytest.raises(SignatureError, match="more than once"):
            parse_event(headers, BATCH_COMPLETED, verifier=HmacSha256Verifier([SECRET]))


def test_headers_are_found_in_any_spelling() -> None:
    """Frameworks and proxies change upper and lower case."""
    headers = {"x-webhook-signature": digest(BATCH_COMPLETED).hex(), "IDEMPOTENCYKEY": "k", "x-AMILI-request-ID": "r"}
    event = parse_event(headers, BATCH_COMPLETED, verifier=HmacSha256Verifier([SECRET]))
    assert (event.idempotency_key, event.request_id) == ("k", "r")


def test_a_header_that_is_not_text_is_refused() -> None:
    """Some gateways give lists of values."""
    headers: Any = {SIGNATURE: [digest(BATCH_COMPLETED).hex()]}
    with pytest.raises(SignatureError, match="is not text"):
        parse_event(headers, BATCH_COMPLETED, verifier=HmacSha256Verifier([SECRET]))


def test_secrets_can_be_changed_without_a_gap() -> None:
    """Each of several secrets is good, and one that was taken out is not."""
    verifier = HmacSha256Verifier(["new", b"old"])
    verifier.verify(signed(b"{}", "old"), b"{}")
    verifier.verify(signed(b"{}", "new"), b"{}")
    with pytest.raises(SignatureError, match="for any of the secrets"):
        verifier.verify(signed(b"{}", "older"), b"{}")


def test_all_secrets_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """In constant time: the first match does not end the search."""
    compared: list[bytes] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return one == other

    monkeypatch.setattr("hmac.compare_digest", compare)
    HmacSha256Verifier(["a", "b", "c"]).verify(signed(b"{}", "a"), b"{}")
    assert compared == [digest(b"{}", secret) for secret in "abc"]


@pytest.mark.parametrize("secrets", [[], [""], ["a", b""], [None], [7], ["\ud800"], "secret", b"secret"])
def test_unusable_secrets_are_refused(secrets: Any) -> None:
    """An empty setting must not become an empty key, nor one secret a list of letters."""
    with pytest.raises(ConfigError, match="secret"):
        HmacSha256Verifier(secrets)


def test_a_secret_of_the_environment_keeps_its_bytes() -> None:
    """`os.environ` gives bytes that are no UTF-8 as surrogates."""
    HmacSha256Verifier([b"\xff\xfe".decode(errors="surrogateescape")]).verify(signed(b"{}", b"\xff\xfe"), b"{}")


@pytest.mark.parametrize(
    "settings",
    [
        {"encoding": "HEX"},
        {"replay_window_s": 0},
        {"replay_window_s": -1},
        {"replay_window_s": float("inf")},
        {"replay_window_s": float("nan")},
        {"timestamp_header": "X-Time"},
        {"signed_content": lambda timestamp, body: body},
    ],
)
def test_settings_that_do_not_fit_are_refused(settings: Any) -> None:
    """A window that does nothing would only look like protection."""
    with pytest.raises(ConfigError):
        HmacSha256Verifier([SECRET], **settings)


@pytest.mark.parametrize(
    ("age_s", "refusal"), [(0, None), (300, None), (301, "too old"), (-300, None), (-301, "from the future")]
)
def test_the_replay_window_has_two_sides(age_s: float, refusal: str | None) -> None:
    """By the body's own time, which the signature covers."""
    clock = FakeClock(SENT + dt.timedelta(seconds=age_s))
    verifier = HmacSha256Verifier([SECRET], replay_window_s=300, clock=clock)
    if refusal is None:
        parse_event(signed(BATCH_COMPLETED), BATCH_COMPLETED, verifier=verifier)
    else:
        with pytest.raises(SignatureError, match=refusal):
            parse_event(signed(BATCH_COMPLETED), BATCH_COMPLETED, verifier=verifier)


def test_without_a_window_age_does_not_matter(clock: FakeClock) -> None:
    """Off by default: a delivery may be repeated late, and nobody knows how late."""
    parse_event(signed(BATCH_COMPLETED), BATCH_COMPLETED, verifier=HmacSha256Verifier([SECRET], clock=clock))


@pytest.mark.parametrize("body", [b"{}", b'{"timeStamp":null}', b'{"timeStamp":"yesterday"}', b"[]", b"{"])
def test_a_window_needs_a_time(body: bytes, clock: FakeClock) -> None:
    """What has no time cannot be in time."""
    with pytest.raises(SignatureError):
        parse_event(signed(body), body, verifier=HmacSha256Verifier([SECRET], replay_window_s=300, clock=clock))


@pytest.mark.parametrize(
    "text", ["1755258120", "1755258120000", "2025-08-15T11:42:00Z", "2025-08-15T13:42:00+02:00", " 1755258120 "]
)
def test_the_time_may_stand_in_a_header(text: str) -> None:
    """In any of the usual forms, and in front of the body in what is signed."""
    clock = FakeClock(SENT)
    verifier = HmacSha256Verifier(
        [SECRET],
        replay_window_s=300,
        timestamp_header="X-Time",
        signed_content=lambda timestamp, body: timestamp.encode() + b"." + body,
        clock=clock,
    )
    mac = digest(text.strip().encode() + b"." + b"{}").hex()
    verifier.verify({SIGNATURE: mac, "x-time": text}, b"{}")
    with pytest.raises(SignatureError, match="not right"):
        verifier.verify({SIGNATURE: mac, "x-time": "1755258121"}, b"{}")
    clock.advance(301)
    with pytest.raises(SignatureError, match="too old"):
        verifier.verify({SIGNATURE: mac, "x-time": text}, b"{}")


@pytest.mark.parametrize("text", ["", "soon", "2025-08-15T11:42:00", "-5", "1e9", "٣", "9" * 15, "9" * 400])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    """Without a zone it would be a guess."""
    verifier = HmacSha256Verifier([SECRET], replay_window_s=300, timestamp_header="X-Time", clock=FakeClock(SENT))
    with pytest.raises(SignatureError, match="X-Time"):
        verifier.verify({**signed(b"{}"), "X-Time": text}, b"{}")


class Custom:
    """A verifier of the user's own."""

    def __init__(self, outcome: Any) -> None:
        self.outcome = outcome

    def verify(self, headers: Mapping[str, str], body: bytes) -> Any:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def test_any_object_may_verify() -> None:
    """The scheme is not documented, so it can be exchanged; each refusal becomes a `SignatureError`."""
    assert parse_event({}, BATCH_COMPLETED, verifier=Custom(None)).type == "BATCH_COMPLETED"
    for error in (SignatureError("no"), WebhookError("no")):
        with pytest.raises(SignatureError, match="no"):
            parse_event({}, BATCH_COMPLETED, verifier=Custom(error))


async def _later() -> None: ...


@pytest.mark.parametrize("answer", [False, True, 0, _later], ids=["false", "true", "zero", "coroutine"])
def test_a_verifier_that_answers_is_refused(answer: Any) -> None:
    """One that says False, or would have to be awaited, must not be taken for a yes."""
    with pytest.raises(TypeError, match="must raise to refuse"):
        parse_event({}, BATCH_COMPLETED, verifier=Custom(answer() if callable(answer) else answer))


@pytest.mark.parametrize("verifier", [None, "secret", HmacSha256Verifier, object(), True])
def test_the_verifier_cannot_be_left_out(verifier: Any) -> None:
    """Nobody gets to unverified events by way of an empty setting."""
    with pytest.raises(TypeError, match="UNVERIFIED"):
        parse_event(signed(BATCH_COMPLETED), BATCH_COMPLETED, verifier=verifier)
    with pytest.raises(TypeError, match="verifier"):
        parse_event({}, BATCH_COMPLETED)  # type: ignore[call-arg]  # that it cannot be left out is the point


def test_unverified_has_to_be_said() -> None:
    """In so many words, then there need not be a signature."""
    assert parse_event({}, BATCH_COMPLETED, verifier=UNVERIFIED).type == "BATCH_COMPLETED"
    assert repr(UNVERIFIED) == "UNVERIFIED"
    assert pickle.loads(pickle.dumps(UNVERIFIED)) is UNVERIFIED


def test_secrets_show_nowhere() -> None:
    """Not in repr, errors, tracebacks with their local variables, pickles or copies."""
    verifier = HmacSha256Verifier(["hush-hush-1", b"hush-hush-2"])
    shown = [repr(verifier), str(verifier)]
    for headers in ({}, {SIGNATURE: "0" * 64}, {SIGNATURE: "zz"}):
        with pytest.raises(SignatureError) as caught:
            verifier.verify(headers, b"{}")
        report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        # Not the frame of this test, which holds the list above.
        shown += [str(frame.locals) for frame in report.stack if frame.name != "test_secrets_show_nowhere"]
        shown += [str(caught.value), repr(caught.value), str(pickle.dumps(caught.value))]
    for take in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not pickled") as refused:
            take(verifier)
        shown.append(str(refused.value))
    assert "hush" not in "".join(shown)
    assert len(shown) > 10
