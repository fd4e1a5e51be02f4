"""What the tests of the command line share: a running sandbox, and the command as a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from amili_async.cli.app import app
from amili_async.sandbox import Sandbox
from amili_async.sandbox.foreground import environment_of

Amili = Callable[..., Result]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox in a thread of its own, empty."""
    with Sandbox(batch_delay_s=0).in_thread() as sandbox:
        yield sandbox


@pytest.fixture
def amili() -> Amili:
    """The command: `amili("push", "invoices", path, **environment)`."""

    def run(*arguments: object, **environment: str) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment, prog_name="amili")

    return run


@pytest.fixture
def connected(amili: Amili, sandbox: Sandbox) -> Amili:
    """The command with the settings of the empty sandbox; further settings win."""

    def run(*arguments: object, **environment: str) -> Result:
        return amili(*arguments, **{**environment_of(sandbox), **environment})

    return run
