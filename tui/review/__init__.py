"""The terminal review: `model` knows the rows and decisions, the rest shows them and listens."""
