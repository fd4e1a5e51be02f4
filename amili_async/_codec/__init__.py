"""How values become JSON and back; `amili_async.codec` is the way in."""
