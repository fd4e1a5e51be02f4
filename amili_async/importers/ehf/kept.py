"""Which elements of a document are kept. The rest is let go as it is read: lines, attachments, extensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BILLING", "Kept"]

Kept = Mapping[str, "Kept"]


def _tree(*paths: str) -> Kept:
    tree: dict[str, Kept] = {}
    for path in paths:
        branch = tree
        for name in path.split("/"):
            branch = branch.setdefault(name, {})  # type: ignore[assignment]  # built here, not changed later
    return tree


_SELLER: Final = "cac:AccountingSupplierParty/cac:Party"
_PARTY: Final = "cac:AccountingCustomerParty/cac:Party"
_TOTAL: Final = "cac:LegalMonetaryTotal"

BILLING: Final = _tree(
    "cbc:CustomizationID",
    "cbc:ID",
    "cbc:IssueDate",
    "cbc:DueDate",
    "cbc:InvoiceTypeCode",
    "cbc:CreditNoteTypeCode",
    "cbc:DocumentCurrencyCode",
    "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID",
    f"{_SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    f"{_SELLER}/cac:PartyTaxScheme/cbc:CompanyID",
    f"{_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName",
    f"{_SELLER}/cac:PartyLegalEntity/cbc:CompanyID",
    f"{_PARTY}/cac:PartyIdentification/cbc:ID",
    f"{_PARTY}/cac:PartyName/cbc:Name",
    f"{_PARTY}/cac:PostalAddress/cbc:StreetName",
    f"{_PARTY}/cac:PostalAddress/cbc:AdditionalStreetName",
    f"{_PARTY}/cac:PostalAddress/cac:AddressLine/cbc:Line",
    f"{_PARTY}/cac:PostalAddress/cbc:CityName",
    f"{_PARTY}/cac:PostalAddress/cbc:PostalZone",
    f"{_PARTY}/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    f"{_PARTY}/cac:PartyLegalEntity/cbc:RegistrationName",
    f"{_PARTY}/cac:PartyLegalEntity/cbc:CompanyID",
    f"{_PARTY}/cac:Contact/cbc:Telephone",
    f"{_PARTY}/cac:Contact/cbc:ElectronicMail",
    "cac:PaymentMeans/cbc:PaymentMeansCode",
    "cac:PaymentMeans/cbc:PaymentID",
    "cac:TaxTotal/cbc:TaxAmount",
    f"{_TOTAL}/cbc:LineExtensionAmount",
    f"{_TOTAL}/cbc:AllowanceTotalAmount",
    f"{_TOTAL}/cbc:ChargeTotalAmount",
    f"{_TOTAL}/cbc:TaxExclusiveAmount",
    f"{_TOTAL}/cbc:TaxInclusiveAmount",
    f"{_TOTAL}/cbc:PrepaidAmount",
    f"{_TOTAL}/cbc:PayableRoundingAmount",
    f"{_TOTAL}/cbc:PayableAmount",
)
