"""What can be set on a sandbox, in one frozen object."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, TypedDict
from uuid import UUID

from attrs import Attribute, field, frozen
from attrs.validators import optional

from amili_async.config import SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET, SANDBOX_ORGANIZATION_ID
from amili_async.sandbox.limits import check_flag, check_integer, check_number, check_text

__all__ = ["TOKEN_OPERATION", "Settings", "SettingsArgs", "checked_id"]

#: The one operation that needs no token and is not struck by chance.
TOKEN_OPERATION: Final = "RequestToken"  # noqa: S105  # a name

_MOST_S: Final = 2**31
_LEAST_STEP_S: Final = 0.01  # a paused case looks at each step whether it can go on


def checked_id(value: UUID | str) -> str:
    """Give the id of an organization as it is kept.

    Raises:
        ValueError: It is no uuid, so that every request for it would be refused.
    """
    try:
        return str(value if isinstance(value, UUID) else UUID(value))
    except (AttributeError, TypeError, ValueError):
        raise ValueError("organization_id must be a UUID, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6") from None


def _scopes(value: Collection[str] | str) -> Collection[str]:
    return tuple(value.split()) if isinstance(value, str) else value


def _are_texts(_settings: Any, attribute: Attribute[Any], value: Any) -> None:
    if (
        not isinstance(value, Collection)
        or isinstance(value, Mapping)
        or not all(isinstance(text, str) for text in value)
    ):
        raise ValueError(f"{attribute.name} must be a list of texts such as write:collection.case")


def _by(check: Callable[..., None], **bounds: float) -> Any:
    return lambda _settings, attribute, value: check(attribute.name, value, **bounds)


_flag: Final = _by(check_flag)
_text: Final = _by(check_text)
_count: Final = _by(check_integer, least=1, most=2**31)


@frozen(kw_only=True)
class Settings:
    """How a sandbox behaves. Every number here is the sandbox's own: Amili's are not documented.

    Attributes:
        client_id: The one client that the token service knows.
        client_secret: Its secret.
        organization_id: The organization that is there from the start.
        token_lifetime_s: Seconds until a token expires, on the sandbox's clock.
        batch_delay_s: Seconds a batch stays QUEUED.
        idempotency_header: Request header that carries the idempotency key of a write.
        honour_idempotency_keys: Answer a repeated key with the batch of the first time. Off: act again.
        store_idempotency_keys: Keep the key on the batch, so that the list of batches can be filtered by it.
        reject_duplicates: Reject an invoice whose number the organization has used before.
        default_page_size: Items on a page when the request does not say.
        max_page_size: Items on a page at most; a larger wish is cut down to this.
        max_items: Invoices, payments or corrections in one request at most.
        max_body_bytes: Size of a request body at most.
        strict: Check the sandbox's own answers against the spec too, and answer 500 where they break it.
        client_scopes: What a token permits. `write:collection.case`, which CreateInvoices needs, is the only known one.
        client_no: The ARM client that is there from the start.
        legacy_username: For HTTP Basic on the legacy API, which takes tokens as well.
        legacy_password: The same.
        join_cases: Put an invoice into the open case of the same debtor, type and currency instead of a new one.
        case_step_s: Seconds until an open case takes its next step: to COLLECTION_NOTICE, and then into the list that
            waits for AcceptDebtCollectionList. None: cases stay as they were opened.
        webhook_url: Where events are sent; None for nowhere.
        webhook_secret: What they are signed with.
        webhook_allow_remote: Permit a URL off this machine.
        webhook_background: Send by itself. Off: only when `Sandbox.deliver_webhooks` is called.
    """

    client_id: str = field(default=SANDBOX_CLIENT_ID, validator=_text)
    client_secret: str = field(default=SANDBOX_CLIENT_SECRET, repr=False, validator=_text)
    organization_id: str = field(default=SANDBOX_ORGANIZATION_ID, converter=checked_id)
    token_lifetime_s: int = field(default=3600, validator=_by(check_integer, least=0, most=_MOST_S))
    batch_delay_s: float = field(default=0.2, validator=_by(check_number))
    idempotency_header: str = field(default="IdempotencyKey", validator=_text)
    honour_idempotency_keys: bool = field(default=True, validator=_flag)
    store_idempotency_keys: bool = field(default=True, validator=_flag)
    reject_duplicates: bool = field(default=True, validator=_flag)
    default_page_size: int = field(default=50, validator=_count)
    max_page_size: int = field(default=200, validator=_count)
    max_items: int = field(default=1000, validator=_count)
    max_body_bytes: int = field(default=4_000_000, validator=_count)
    strict: bool = field(default=True, validator=_flag)
    client_scopes: Collection[str] = field(default=("write:collection.case",), converter=_scopes, validator=_are_texts)
    client_no: int = field(default=2218, validator=_by(check_integer, least=0, most=2**31))
    legacy_username: str = field(default="sandbox-user", validator=_text)
    legacy_password: str = field(default="sandbox-password", repr=False, validator=_text)
    join_cases: bool = field(default=False, validator=_flag)
    case_step_s: float | None = field(default=None, validator=optional(_by(check_number, least=_LEAST_STEP_S)))
    webhook_url: str | None = field(default=None, validator=optional(_text))
    webhook_secret: str = field(default="sandbox-webhook-secret", repr=False, validator=_text)
    webhook_allow_remote: bool = field(default=False, validator=_flag)
    webhook_background: bool = field(default=True, validator=_flag)


class SettingsArgs(TypedDict, total=False):
    """The same as keyword arguments, for whoever passes them on."""

    client_id: str
    client_secret: str
    organization_id: str
    token_lifetime_s: int
    batch_delay_s: float
    idempotency_header: str
    honour_idempotency_keys: bool
    store_idempotency_keys: bool
    reject_duplicates: bool
    default_page_size: int
    max_page_size: int
    max_items: int
    max_body_bytes: int
    strict: bool
    client_scopes: Collection[str]
    client_no: int
    legacy_username: str
    legacy_password: str
    join_cases: bool
    case_step_s: float | None
    webhook_url: str | None
    webhook_secret: str
    webhook_allow_remote: bool
    webhook_background: bool
