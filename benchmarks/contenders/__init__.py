"""What is compared: this library, clients generated from the same spec, and hand-written code at the limit.

All but this library and the hand-written loop are made when the benchmark runs, from openapi/collection.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from attrs import frozen

__all__ = ["Codec", "Push"]


@frozen(kw_only=True)
class Codec:
    """JSON text to objects and back.

    Attributes:
        name: For the table.
        read_page: Reads a page of invoices.
        write_page: Writes what `read_page` gave.
        read_body: Reads a CreateInvoices body.
        write_body: Writes what `read_body` gave.
        plain: What was read, as plain values, to be compared.
        writes_only: It reads like another contender, so only its writing is measured.
    """

    name: str
    read_page: Callable[[bytes], Any]
    write_page: Callable[[Any], bytes | str]
    read_body: Callable[[bytes], Any]
    write_body: Callable[[Any], bytes | str]
    plain: Callable[[Any], Any]
    writes_only: bool = False


class Push(Protocol):
    """Hands invoices over, waits for their batches, and finds the result of each."""

    async def __call__(self, url: str, rows: Iterator[dict[str, Any]], *, chunk_size: int, concurrency: int) -> int:
        """Gives the number of invoices whose result says that they were taken in."""
        ...
