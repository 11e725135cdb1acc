"""Typing errors made on purpose: letters left out, swapped, doubled, changed; so that the model has seen some."""

import random

TRIES, MOST = 3, 2
SHORTEST = 4
LATIN = "abcdefghilmnoprstuy"
OTHER = "ابتثجحدرسعفقلمنهوي"


def misspelt(text: str, dice: random.Random) -> str:
    """The text with at most two words mistyped inside."""
    words, done = text.split(), 0
    for _ in range(TRIES):
        place = dice.randrange(len(words))
        if len(words[place]) >= SHORTEST and words[place].isalpha() and done < MOST:
            words[place] = _mistyped(words[place], dice)
            done += 1
    return " ".join(words)


def _mistyped(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    before, letter, after, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    return dice.choice((
        before + after + rest,
        before + after + letter + rest,
        before + letter + letter + after + rest,
        before + dice.choice(LATIN if word.isascii() else OTHER) + after + rest,
    ))  # fmt: skip
