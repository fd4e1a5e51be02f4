"""EHF Billing 3 and Peppol BIS Billing 3: invoices become records, credit notes become corrections.

Nothing is guessed: what a document does not say in so many words stays out, and one whose own figures contradict each
other is put aside.
"""

from __future__ import annotations

from amili_async.importers.ehf.document import EhfDocuments

__all__ = ["EhfDocuments"]
