"""Where it was measured, and with what."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["machine", "versions"]

_PACKAGES = (
    "amili-async",
    "aiohttp",
    "attrs",
    "cattrs",
    "msgspec",
    "uvloop",
    "pydantic",
    "httpx",
    "openapi-python-client",
    "openapi-generator-cli",
)


def machine() -> dict[str, str]:
    """Processor, system, date, and how busy it was."""
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "processor": f"{os.cpu_count()} × {_processor()}",
        "system": f"{platform.system()} {platform.machine()}",
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def versions() -> dict[str, str]:
    """Python and the packages that take part; those that are not here are left out."""
    found = {"Python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
