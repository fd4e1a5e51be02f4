"""Records from the files that other systems write: CSV, JSON, JSON Lines, spreadsheets, EHF.

They are what `amili push` and `amili convert` read, and can be used from programs as well:

    with Reading(["october.csv"], INVOICES) as reading:
        report = await amili.bulk.submit_invoices(organization_id, reading, journal="october.journal")

Every file is checked as a whole before the first record is given out, then read in constant memory. What cannot be a
record is put aside with its place and the reason, and nothing of it is guessed.
"""
