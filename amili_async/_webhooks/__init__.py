"""The parts of `amili_async.webhooks`. None of them does I/O."""
