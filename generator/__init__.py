"""Turns the OpenAPI documents in `openapi/` into `amili_async/models`, `amili_async/endpoints` and a coverage table.

The way of a document: `load` reads it, `profile` refuses what this generator does not do well, `tagging` prepares a
copy for the parser, `adapter` (the only module that knows the parser) builds the representation of `ir`, `passes`
checks and completes it, the views spell it out in Python, `emit` puts them into `templates/` and formats the result,
and `tree` compares that text with the files on disk or writes them. For the changelog, `revisions` builds the same
representation of two editions, and `diff` compares those.
"""
