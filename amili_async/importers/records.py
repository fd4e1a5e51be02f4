"""What a source gives out: records that are whole, and records whose invoice has to be looked up first."""

from __future__ import annotations

from typing import TypeAlias

from attrs import define

from amili_async.importers.problems import RowProblem
from amili_async.models.collection import CreateCorrectionItem, CreateInvoiceItem, CreatePaymentItem

__all__ = ["ByInvoiceNumber", "Record", "Row"]


@define(kw_only=True)
class ByInvoiceNumber:
    """A payment or a correction whose file names the invoice by its number; Amili wants its own id of the invoice.

    Attributes:
        invoice_number: The creditor's number of the invoice.
        record: The record without `invoice_id`.
    """

    invoice_number: str
    record: CreatePaymentItem | CreateCorrectionItem


Record: TypeAlias = CreateInvoiceItem | CreatePaymentItem | CreateCorrectionItem | ByInvoiceNumber
Row: TypeAlias = Record | RowProblem
