"""An API that answers at once, for benchmarks: no checks, hardly any state, and no part in what is measured.

`python benchmarks/loopback.py` prints its port and serves until its stdin ends. It accepts invoices as batches that are
done when they are first asked for, names every invoice in them, and counts what it got.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys

_NUMBERS = re.compile(rb'"invoiceNumber":"([^"]*)"')
_AMOUNTS = re.compile(rb'"originalInvoiceAmount":([0-9]+)\.([0-9]{2})\b')
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *([0-9]+)")


class Loopback:
    """The books: batches that nobody has asked for yet, and two sums."""

    def __init__(self) -> None:
        self._batches: dict[str, list[bytes]] = {}
        self._ids = itertools.count(1)
        self._records = 0
        self._oere = 0

    def answer(self, method: bytes, path: str, body: bytes) -> tuple[int, bytes]:
        """One request."""
        if path.endswith("/token"):
            return 200, b'{"access_token":"t","expires_in":3600,"token_type":"Bearer"}'
        if method == b"POST":
            return 202, self._accept(body)
        if path == "/books":
            return 200, json.dumps({"records": self._records, "oere": self._oere}).encode()
        return 200, self._batch(path.rsplit("/", 1)[1])

    def _accept(self, body: bytes) -> bytes:
        numbers = _NUMBERS.findall(body)
        self._records += len(numbers)
        self._oere += sum(int(whole) * 100 + int(part) for whole, part in _AMOUNTS.findall(body))
        batch = f"00000000-0000-4000-8000-{next(self._ids):012d}"
        self._batches[batch] = numbers
        return b'{"summary":{"status":"SUCCESS"},"data":{"batchId":"%b"}}' % batch.encode()

    def _batch(self, batch: str) -> bytes:
        items = b",".join(
            b'{"invoiceId":"00000000-0000-4000-9000-%012d","invoiceNumber":"%b","caseId":"%d"}' % (at, number, at)
            for at, number in enumerate(self._batches.pop(batch))
        )
        return b'{"data":{"batchId":"%b","status":"SUCCESS","succeeded":[%b]}}' % (batch.encode(), items)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                method, target, _ = head.split(b" ", 2)
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length[1])) if length is not None else b""
                status, content = self.answer(method, target.decode().partition("?")[0], body)
                writer.write(
                    b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                    % (status, len(content), content)
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def main() -> None:
    """Serve until stdin ends."""
    server = await asyncio.start_server(Loopback().serve, "127.0.0.1", 0, limit=2**20)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
