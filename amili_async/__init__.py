"""amili-async."""
