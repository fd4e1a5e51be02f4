"""What was given to `amili push` and `amili convert`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from amili_async.cli.state import Format
from amili_async.errors import ConfigError

if TYPE_CHECKING:
    from amili_async.cli.push_checks import Checked
    from amili_async.cli.push_options import CreditSign
    from amili_async.importers.options import ReadOptions

__all__ = ["PushArguments", "ReadArguments"]


@frozen(kw_only=True)
class ReadArguments:
    """How to read and check the files.

    Attributes:
        mapping: `--map`.
        encoding: `--encoding`.
        delimiter: `--delimiter`.
        sheet: `--sheet`.
        credit_sign: `--credit-sign`.
        seller: `--seller`.
        check: `--check`, as often as it was given.
        limit: `--limit`.
    """

    mapping: Path | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    credit_sign: CreditSign | None
    seller: str | None
    check: list[str]
    limit: int | None

    def options(self) -> ReadOptions:
        """How files are to be read."""
        from amili_async.importers.options import ReadOptions

        return ReadOptions(
            encoding=self.encoding,
            delimiter="\t" if self.delimiter in ("tab", "\\t") else self.delimiter,
            mapping=self.mapping,
            sheet=self.sheet,
            credit_sign=None if self.credit_sign is None else self.credit_sign.value,
            seller=self.seller,
        )

    def checked(self) -> Checked:
        """What puts records through the checks.

        Raises:
            ConfigError: There is no such check or level.
        """
        try:
            from amili_async.cli.push_checks import Checked
            from amili_async.importers.checks import Checks
        except ModuleNotFoundError as error:
            if error.name != "stdnum":
                raise
            raise ConfigError("the checks need one more package: pip install 'amili-async[cli]'") from None
        return Checked(Checks.from_options(self.check).run)


@frozen(kw_only=True)
class PushArguments:
    """How to push.

    Attributes:
        files: What to push.
        reading: How to read it.
        organization_id: `--organization-id`.
        chunk_size: `--chunk-size`.
        concurrency: `--concurrency`.
        rate_limit: `--rate-limit`.
        max_wait_s: `--max-wait`.
        journal: `--journal`.
        no_journal: `--no-journal`.
        database: `--database`.
        failures: `--failures`.
        yes: `--yes`.
        dry_run: `--dry-run`.
        output: `--format`.
        as_json: `--json`.
    """

    files: list[Path]
    reading: ReadArguments
    organization_id: str | None
    chunk_size: int
    concurrency: int
    rate_limit: float | None
    max_wait_s: float | None
    journal: Path | None
    no_journal: bool
    database: str | None = field(repr=False)  # there may be a password in it
    failures: Path | None
    yes: bool
    dry_run: bool
    output: Format
    as_json: bool
