"""An API that answers at once, for benchmarks: no checks, hardly any state, and no part in what is measured.

`python benchmarks/loopback.py` prints its port and serves until its stdin ends. It accepts invoices as batches that are
done when they are first asked for, names every invoice in them, and counts what it got. With `--pages`, it also has a
list of invoices to go through.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
import sys
import time
from pathlib import Path

_NUMBERS = re.compile(rb'"invoiceNumber": ?"([^"]*)"')
_AMOUNTS = re.compile(rb'"originalInvoiceAmount": ?([0-9]+)\.([0-9]{2})\b')
_TOKEN = re.compile(r"(?i)pagetoken=([0-9]+)")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *([0-9]+)")


class Loopback:
    """The books: batches that nobody has asked for yet, sums, and how many tokens it gave."""

    def __init__(self, pages: int = 0, page: bytes = b"", latency_s: float = 0.0) -> None:
        self._pages = pages
        self._page = page
        self._latency_s = latency_s
        self._batches: dict[str, list[bytes]] = {}
        self._ids = itertools.count(1)
        self._records = 0
        self._oere = 0
        self._tokens = 0

    def answer(self, method: bytes, target: str, body: bytes) -> tuple[int, bytes]:
        """One request."""
        path, _, query = target.partition("?")
        if path.endswith("/token"):
            self._tokens += 1
            return 200, b'{"access_token":"t","expires_in":3600,"token_type":"Bearer"}'
        if method == b"POST":
            return 202, self._accept(body)
        if path == "/books":
            told = {"records": self._records, "oere": self._oere, "tokens": self._tokens}
            return 200, json.dumps({**told, "cpu_s": time.process_time()}).encode()
        if path.endswith("/invoices"):
            return 200, self._list(query)
        return 200, self._batch(path.rsplit("/", 1)[1])

    def _accept(self, body: bytes) -> bytes:
        numbers = _NUMBERS.findall(body)
        self._records += len(numbers)
        self._oere += sum(int(whole) * 100 + int(part) for whole, part in _AMOUNTS.findall(body))
        batch = f"00000000-0000-4000-8000-{next(self._ids):012d}"
        self._batches[batch] = numbers
        return b'{"summary":{"status":"SUCCESS"},"data":{"batchId":"%b"}}' % batch.encode()

    def _list(self, query: str) -> bytes:
        token = _TOKEN.search(query)
        number = int(token[1]) + 1 if token is not None else 1
        more = b'"%d"' % number if number < self._pages else b"null"
        return b'{"summary":{"status":"SUCCESS","nextPageToken":%b},"data":%b}' % (more, self._page)

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
                status, content = self.answer(method, target.decode(), body)
                if self._latency_s:
                    await asyncio.sleep(self._latency_s)
                writer.write(
                    b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                    % (status, len(content), content)
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _loopback(arguments: argparse.Namespace) -> Loopback:
    if not arguments.pages:
        return Loopback()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from benchmarks import sample

    text = sample.page(arguments.items)
    return Loopback(arguments.pages, text[text.index(b'"data":') + len(b'"data":') : -1], arguments.latency_ms / 1000)


async def main() -> None:
    """Serve until stdin ends."""
    parser = argparse.ArgumentParser(description="An API that answers at once, for benchmarks.")
    parser.add_argument("--pages", type=int, default=0, help="length of the list of invoices")
    parser.add_argument("--items", type=int, default=100, help="invoices on a page")
    parser.add_argument("--latency-ms", type=float, default=0, help="time before each answer")
    server = await asyncio.start_server(_loopback(parser.parse_args()).serve, "127.0.0.1", 0, limit=2**20)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
