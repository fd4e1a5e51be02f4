"""Accounts Receivable (ARM): what the sandbox keeps for a client, and the handlers of its operations."""
