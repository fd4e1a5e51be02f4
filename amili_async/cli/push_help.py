"""What `amili push -h` says."""

from __future__ import annotations

from typing import Final

__all__ = ["EPILOGS", "HELP"]

_ENDS: Final = """
A row that cannot be read is reported with its place, and the others are sent. Ctrl-C and SIGTERM end a push
cleanly: what is under way may finish, and the report tells how far it got. After that, as after a kill or a power cut,
run the same command again: the journal says what was sent, and nothing is sent twice.
"""

_INVOICES: Final = f"""
Send invoices from files for collection, and tell what became of each.

Tables (CSV, .xlsx) need a header. These columns have to be there: invoice_number, original_invoice_amount, currency,
invoice_date, due_date.

These may be: unique_source_invoice_id, type, description, ocr_reference_number, vat, fees, collection_notice_date;
and for the debtor debtor_type, customer_number, firstname, lastname, name, identification_number,
organization_number, date_of_birth, email, phone, street, zip_code, city, country_code.

Amounts are written 1249.50 or 1249,50, dates 2026-01-31 or 31.01.2026. Files named .jsonl hold an invoice on each
line, under the API's own names, as --failures writes them. EHF documents are read as they are.
{_ENDS}
The journal of invoices is kept in their folder: an invoice that comes again in another file there is not sent again.
It is known by its unique_source_invoice_id, else by its number, so have the former from the first push on, or never.
"""

_BY_NUMBER: Final = """
Tables (CSV, .xlsx) need a header with amount, currency, and invoice_id or invoice_number; there may be {more}.

The invoice is named by Amili's id, or by its invoice number; then it is looked up, and a record whose number no
invoice has, or more than one, is rejected. An invoice that was pushed a few minutes ago may not be listed yet.
"""

_LISTS: Final = """
{kind} have no number of their own, so a journal serves one list: keep a file as it is until all of it is settled, and
give the next list a file of its own.
"""

_PAYMENTS: Final = f"""
Report payments that debtors made to the creditor, and tell what became of each.
{_BY_NUMBER.format(more="type, date, description")}{_ENDS}{_LISTS.format(kind="Payments")}"""

_CORRECTIONS: Final = f"""
Report corrections of claims, such as credit notes, and tell what became of each.
{_BY_NUMBER.format(more="date, description")}{_ENDS}{_LISTS.format(kind="Corrections")}"""

HELP: Final = {"invoices": _INVOICES, "payments": _PAYMENTS, "corrections": _CORRECTIONS}

EPILOGS: Final = {
    "invoices": """Examples:

- `amili push invoices october.csv --dry-run`
- `amili push invoices october.csv --failures rest.jsonl`
- `amili push invoices export.csv --map columns.toml --encoding windows-1252`
""",
    "payments": """Examples:

- `amili push payments bank-2026-10-31.csv`
- `amili push payments bank-2026-10-31.csv --failures rest.jsonl --limit 10`
""",
    "corrections": """Examples:

- `amili push corrections corrections.csv`
- `amili push corrections credit-notes.zip --credit-sign negative`
""",
}
