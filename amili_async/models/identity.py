# Generated from openapi/identity.yaml by generator/. Do not edit.
# To change it: edit the spec or generator/templates/, then `make generate`.
"""Amili identity service: models.

Enums come first, then the objects, each in the order of the spec. What the documentation leaves open stays open here:
an enum keeps values it does not know, an object keeps other fields in `additional_properties`, and both are sent back
as they came.
"""

from __future__ import annotations

from typing import Any as _Any
from uuid import UUID as _UUID

from attrs import define as _define
from attrs import field as _field


@_define(kw_only=True)
class TokenRequest:
    """Client credentials, sent as a form."""

    grant_type: str = _field(metadata={"wire": "grant_type"})
    """The value to send is `client_credentials`."""
    client_id: str = _field(metadata={"wire": "client_id"})
    """The client id that Amili assigned."""
    client_secret: str = _field(repr=False, metadata={"wire": "client_secret"})
    """The client secret that Amili assigned. Personal data or a secret: left out of `repr`."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""


@_define(kw_only=True)
class TokenResponse:
    """An access token and its lifetime."""

    access_token: str = _field(repr=False, metadata={"wire": "access_token"})
    """The token (a JWT), for the header `Authorization: Bearer …`. Personal data or a secret: left out of `repr`."""
    token_type: str | None = _field(default=None, metadata={"wire": "token_type"})
    """`Bearer` in the example."""
    not_before: int | None = _field(default=None, metadata={"wire": "not_before"})
    """When the token becomes valid, in Unix seconds."""
    expires_in: int = _field(metadata={"wire": "expires_in"})
    """Lifetime in seconds; 3600 in the example."""
    expires_on: int | None = _field(default=None, metadata={"wire": "expires_on"})
    """When the token runs out, in Unix seconds; `not_before` plus `expires_in` in the example."""
    resource: _UUID | None = _field(default=None, metadata={"wire": "resource"})
    """Not explained by the documentation."""
    additional_properties: dict[str, _Any] = _field(factory=dict, repr=False)
    """Fields that the spec does not name, by wire name."""
