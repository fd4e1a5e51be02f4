"""What a document is, by its first element and the specification it names."""

from __future__ import annotations

from typing import Final, Literal

from amili_async.importers.ehf.elements import DocumentError, Element, OtherDocumentError

__all__ = ["ENVELOPE", "ENVELOPE_HEADER", "DocumentKind", "check_specification", "kind_of_root"]

DocumentKind = Literal["invoice", "credit note"]

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_ENVELOPE: Final = "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}"
ENVELOPE: Final = f"{_ENVELOPE}StandardBusinessDocument"
ENVELOPE_HEADER: Final = f"{_ENVELOPE}StandardBusinessDocumentHeader"

_KINDS: Final[dict[str, DocumentKind]] = {
    f"{{{_UBL}Invoice-2}}Invoice": "invoice",
    f"{{{_UBL}CreditNote-2}}CreditNote": "credit note",
}
# Documents that travel beside invoices and hold none. Whatever is not named here is told of as a problem: it might
# hold an invoice.
_BESIDE: Final = {
    "ApplicationResponse": "response messages",
    "Catalogue": "catalogues",
    "DespatchAdvice": "despatch advices",
    "Order": "orders",
    "OrderCancellation": "order cancellations",
    "OrderChange": "order changes",
    "OrderResponse": "order responses",
    "OrderResponseSimple": "order responses",
    "ReceiptAdvice": "receipt advices",
    "Reminder": "reminders",
    "Statement": "statements",
}
_WANTED: Final = "only EHF Billing 3 and Peppol BIS Billing 3 are read"
# How the first element of other formats begins, and what they are.
_FOREIGN: Final = (
    ("{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice", "a CII invoice (Cross Industry Invoice)"),
    ("{http://rep.oio.dk/ubl/", "an OIOXML document"),
    ("{http://www.w3.org/1999/xhtml}", "a web page"),
    ("{http://www.w3.org/2003/05/soap-envelope}", "a SOAP message"),
    ("{http://schemas.xmlsoap.org/soap/envelope/}", "a SOAP message"),
    ("{urn:iso:std:iso:20022:", "a bank message (ISO 20022)"),
)
_EN16931: Final = "urn:cen.eu:en16931:2017"
# What a specification's name holds, and what it is.
_SPECIFICATIONS: Final = (
    ("urn:www.cenbii.eu:transaction:biitrns", "EHF 2.0 or Peppol BIS 2, which are no longer in use"),
    ("OIOUBL", "OIOUBL"),
    ("urn:peppol:pint:", "Peppol PINT"),
)


def kind_of_root(tag: str) -> DocumentKind:
    """What a document is whose first element this is, with its namespace in braces.

    Raises:
        OtherDocumentError: It holds no invoice.
        DocumentError: It is in a format that is not read.
    """
    if kind := _KINDS.get(tag):
        return kind
    namespace, _, name = tag.rpartition("}")
    if namespace == f"{{{_UBL}{name}-2" and name in _BESIDE:
        raise OtherDocumentError(f"is one of the UBL documents that hold no invoice ({name})", _BESIDE[name])
    for beginning, what in _FOREIGN:
        if tag.startswith(beginning):
            raise DocumentError(f"is {what}; {_WANTED}")
    if name.lower() == "html":
        raise DocumentError("is a web page")
    raise DocumentError(f"is XML, but neither a UBL invoice nor a UBL credit note; {_WANTED}")


def check_specification(document: Element) -> None:
    """See that the elements mean what they mean in EHF Billing 3.

    Other national forms of the European norm EN 16931 in UBL share that meaning, and are read too.

    Raises:
        DocumentError: The document follows another specification.
    """
    specification = document.text_of("cbc:CustomizationID") or ""
    if specification == _EN16931 or specification.startswith(f"{_EN16931}#"):
        return
    for part, what in _SPECIFICATIONS:
        if part in specification:
            raise DocumentError(f"is {what}; {_WANTED}", document.line)
    raise DocumentError(
        f"does not say in cbc:CustomizationID that it follows EN 16931 ({_EN16931}…); {_WANTED}", document.line
    )
