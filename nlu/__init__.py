"""Free text to intents, danger and languages; personal data out of it."""
