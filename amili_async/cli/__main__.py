"""`python -m amili_async.cli` is the same as `amili`."""

from amili_async.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
