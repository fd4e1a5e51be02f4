"""What can be set on a sandbox, in one frozen object."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, TypedDict

from attrs import field, frozen

from amili_async.config import SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET, SANDBOX_ORGANIZATION_ID

__all__ = ["TOKEN_OPERATION", "Settings", "SettingsArgs"]

#: The one operation that needs no token and is not struck by chance.
TOKEN_OPERATION: Final = "RequestToken"  # noqa: S105  # a name


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

    client_id: str = SANDBOX_CLIENT_ID
    client_secret: str = field(default=SANDBOX_CLIENT_SECRET, repr=False)
    organization_id: str = SANDBOX_ORGANIZATION_ID
    token_lifetime_s: int = 3600
    batch_delay_s: float = 0.2
    idempotency_header: str = "IdempotencyKey"
    honour_idempotency_keys: bool = True
    store_idempotency_keys: bool = True
    reject_duplicates: bool = True
    default_page_size: int = 50
    max_page_size: int = 200
    max_items: int = 1000
    max_body_bytes: int = 4_000_000
    strict: bool = True
    client_scopes: Collection[str] = ("write:collection.case",)
    client_no: int = 2218
    legacy_username: str = "sandbox-user"
    legacy_password: str = field(default="sandbox-password", repr=False)
    join_cases: bool = False
    case_step_s: float | None = None
    webhook_url: str | None = None
    webhook_secret: str = field(default="sandbox-webhook-secret", repr=False)
    webhook_allow_remote: bool = False
    webhook_background: bool = True


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
