# Generated from openapi/identity.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili identity service: what is known of every operation."""

from __future__ import annotations

from typing import Any, Final

from amili_async.models.identity import TokenRequest, TokenResponse
from amili_async.operations import Body, Evidence, Operation

REQUEST_TOKEN: Final[Operation[TokenResponse]] = Operation(
    id="RequestToken",
    method="POST",
    path="/token",
    prefix="",
    product="identity",
    tag="token",
    summary="Exchange client credentials for an access token.",
    idempotency="upsert",
    evidence=Evidence(
        level="documented",
        pages=("example-workflow-359631m0",),
        note="Request and answer are printed whole. The answer to a refused request is not known.",
    ),
    since="2026-03",
    request_body=Body(model=TokenRequest, content_type="application/x-www-form-urlencoded"),
    responses={200: TokenResponse},
    secured=False,
)

TABLE: Final[tuple[Operation[Any], ...]] = (REQUEST_TOKEN,)
"""All operations of the product, in the order of the spec."""
