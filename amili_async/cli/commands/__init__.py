"""The commands: options and help. What they do is imported when they do it."""
