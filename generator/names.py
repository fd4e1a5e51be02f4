"""Python names for the names of the API."""

from __future__ import annotations

import builtins
import keyword
import re

__all__ = ["constant", "enum_member", "field_name", "function_name", "is_class_name", "module_name", "parameter_name"]

_WORDS = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "AE", "Ø": "O", "Å": "A"})

# Names that a field would hide in the class body, where the annotations of the fields after it are read; the argument
# that `__init__` has already; and the names that every model has.
_FIELD_RESERVED = frozenset(
    {"list", "dict", "str", "int", "bool", "float", "self", "additional_properties", "page_items"}
)
# The generated functions' own arguments and locals.
_PARAMETER_RESERVED = frozenset({"client", "self", "body", "options", "response"})
# Names that a method would hide in the namespace class, where signatures and decorators are read.
_FUNCTION_RESERVED = frozenset({"operation", "dt"}) | frozenset(name for name in dir(builtins) if name.islower())


def _snake(text: str) -> str:
    return "_".join(_WORDS.findall(text.translate(_LETTERS))).lower()


def _safe(name: str, reserved: frozenset[str], prefix: str) -> str:
    if not name or name[0].isdigit():
        name = f"{prefix}_{name}" if name else prefix
    if keyword.iskeyword(name) or name in reserved:
        name += "_"
    return name


def field_name(wire: str) -> str:
    """Name of a model's field: `$type` → `type`, `originalInvoiceAmount` → `original_invoice_amount`."""
    return _safe(_snake(wire), _FIELD_RESERVED, "field")


def parameter_name(wire: str) -> str:
    """Name of a function's argument: `PageToken` → `page_token`."""
    return _safe(_snake(wire), _PARAMETER_RESERVED, "param")


def function_name(operation_id: str) -> str:
    """Name of a function: `GetCasesByOrganization` → `get_cases_by_organization`."""
    return _safe(_snake(operation_id), _FUNCTION_RESERVED, "call")


def module_name(tag: str) -> str:
    """Name of a tag's module: `Debt collection list` → `debt_collection_list`."""
    return _safe(_snake(tag), frozenset(), "tag")


def constant(operation_id: str) -> str:
    """Name of an operation's row: `CreateInvoices` → `CREATE_INVOICES`."""
    # All rows together are the TABLE.
    return _safe(_snake(operation_id), frozenset({"table"}), "row").upper()


def enum_member(value: str | int) -> str:
    """Name of an enum's member: `paymentReminder` → `PAYMENT_REMINDER`, `1` → `VALUE_1`."""
    if value == "":
        return "EMPTY"
    text = f"minus {-value}" if isinstance(value, int) and value < 0 else str(value)
    return _safe(_snake(text), frozenset(), "value").upper()


def is_class_name(name: str) -> bool:
    """Whether a component's name can be a class's name as it is; it is never changed."""
    return re.fullmatch(r"[A-Z][A-Za-z0-9]*", name) is not None and not keyword.iskeyword(name)
