"""Files: kept as they were sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from amili_async.sandbox.arm.batches import items_of
from amili_async.sandbox.arm.queries import page_by_query
from amili_async.sandbox.call import Answer, Call, Handler
from amili_async.sandbox.problems import OF_CLIENT, Problem, not_found

__all__ = ["HANDLERS"]


def upload(call: Call) -> Answer:
    """Keep files: 200 if all are kept, 207 if some are. A file's fields were not seen: it is an object, not empty."""
    files = items_of(call.body, "files")
    client = call.client
    results = []
    for index, file in enumerate(files):
        if isinstance(file, dict) and file:
            results.append({"index": index, "fileId": client.add_file(file)["fileId"], "errors": []})
        else:
            results.append({"index": index, "errors": ["a file must be an object that is not empty"]})
    kept = sum(1 for result in results if "fileId" in result)
    if not kept:
        raise Problem(422, "no file was kept", extra={"files": results})
    client.log(call.operation.id, call.state.now)
    return Answer(200 if kept == len(files) else 207, {"files": results})


def list_files(call: Call) -> Answer:
    """The client's files."""
    return page_by_query(call, "files", list(call.client.files.values()))


def get(call: Call) -> Answer:
    """One file."""
    file = call.client.files.get(call.path["fileid"])
    if file is None:
        raise not_found("the file", where=OF_CLIENT)
    return Answer(200, file)


HANDLERS: Final[Mapping[str, Handler]] = {"UploadFiles": upload, "ListFiles": list_files, "GetFile": get}
