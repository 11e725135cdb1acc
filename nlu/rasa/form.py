"""A text as Rasa is given it, the same in its examples and in what it is asked: plain words, and not many."""

from nlu.words import read

LONGEST = 1000  # characters: Rasa's time grows with the square of it, and it serves nobody else meanwhile


def in_form(text: str) -> str:
    """The words of a text, a space between them; no "/" at the start, which Rasa would take for a command."""
    return " ".join(read(text).words)[:LONGEST].strip()
