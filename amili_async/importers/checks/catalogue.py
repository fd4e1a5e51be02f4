"""Every check there is: what it looks at, and what its findings mean unless it is chosen otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final, TypeAlias

from attrs import frozen

from amili_async.importers.checks import identities, terms
from amili_async.importers.checks.findings import Severity
from amili_async.models.collection import CreateCorrectionItem, CreateInvoiceItem, CreatePaymentItem

__all__ = ["CHECKS", "Check"]

Checked: TypeAlias = CreateInvoiceItem | CreatePaymentItem | CreateCorrectionItem


@frozen
class Check:
    """One check.

    Attributes:
        name: Its id, which stays.
        about: What it finds.
        default: What a finding means unless it is chosen otherwise: a warning, unless the record is certainly wrong.
        run: Gives field and message of each finding; takes the record and today's date.
    """

    name: str
    about: str
    default: Severity
    run: Callable[[Checked, date], Iterator[tuple[str, str]]]


CHECKS: Final[Mapping[str, Check]] = {
    check.name: check
    for check in (
        Check("kid", "KID with a wrong check digit, by mod 10 and by mod 11", Severity.WARN, identities.kid),
        Check("orgno", "organization number with a wrong check digit", Severity.WARN, identities.orgno),
        Check("idnumber", "national identity number that cannot be one", Severity.WARN, identities.idnumber),
        Check("synthetic", "national identity number of a test register", Severity.OFF, identities.synthetic),
        Check("account", "account number or IBAN with wrong check digits", Severity.WARN, identities.account),
        Check("debtor", "no debtor, or one without a name and a number", Severity.WARN, identities.debtor),
        Check("country", "country code that is not one of two letters", Severity.WARN, identities.country),
        Check("zipcode", "Norwegian zip code that has not four digits", Severity.WARN, identities.zipcode),
        Check("currency", "currency that is not used anywhere", Severity.WARN, terms.currency),
        Check("decimals", "amount with more decimals than its currency has", Severity.ERROR, terms.decimals),
        Check("amount", "invoice that claims nothing; payment or correction of nothing", Severity.WARN, terms.amount),
        Check("dates", "due before the invoice's date, or dated in the future", Severity.WARN, terms.dates),
        Check("age", "due more than three years ago, perhaps time-barred", Severity.WARN, terms.age),
    )
}
