"""Checks of records before they are sent: numbers with check digits, dates, amounts, codes.

    checks = Checks.from_options(["kid=error", "dates=off"])
    for finding in checks.run(invoice):
        print(finding)

They say what looks wrong; they ask nobody, and change nothing. That a number passes means that it can be one, not that
somebody has it. No message repeats what it is about.
"""

from __future__ import annotations

try:
    from amili_async.importers.checks.catalogue import CHECKS, Check
    from amili_async.importers.checks.findings import Finding, Severity
    from amili_async.importers.checks.run import Checks
except ModuleNotFoundError as error:
    if error.name != "stdnum":
        raise
    message = "the checks need python-stdnum: pip install 'amili-async[cli]'"
    raise ModuleNotFoundError(message, name=error.name) from error

__all__ = ["CHECKS", "Check", "Checks", "Finding", "Severity"]
