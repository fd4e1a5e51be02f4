"""Checks documents before they are parsed."""

from __future__ import annotations

from collections.abc import Sequence

from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.load import Document
from generator.pointers import child
from generator.problems import Problem

__all__ = ["check"]


def check(documents: Sequence[Document]) -> list[Problem]:
    """All problems of some documents."""
    return [
        Problem(document.path, child("", *error.absolute_path), error.message)
        for document in documents
        for error in OpenAPIV31SpecValidator(document.raw).iter_errors()
    ]
