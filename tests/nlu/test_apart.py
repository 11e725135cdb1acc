"""What measures is not what teaches: no message of the tests, nor a near copy, is an example; and examples differ."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from nlu.copies import SHORTEST, copies
from nlu.examples import examples
from nlu.marked import NAME as MARKED
from nlu.material import files, messages

FOLDER = Path(__file__).parent
LANGUAGES = sorted(path.parent.name for path in FOLDER.glob("*/ordinary.yml"))
MOST_COPIES = 0.01  # of a language's examples: "I don't want to die" beside "I want to die" is none to be mended


@cache
def taught() -> dict[str, list[str]]:
    found = defaultdict(list)
    for example in examples():
        found[example.language].append(example.text)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_of_the_tests_is_an_example_or_nearly(language: str):
    asked = [text for path in files([FOLDER / language]) if path.name != MARKED for _, text in messages(path)]
    known = [pair for pair in copies(asked, taught()[language]) if len(pair[0]) >= SHORTEST]
    assert not known


@pytest.mark.parametrize("language", sorted(taught()))
def test_examples_are_no_near_copies_of_each_other(language: str):
    texts = taught()[language]
    assert len({text for text, _ in copies(texts, texts)}) <= MOST_COPIES * len(texts)


def test_a_near_copy_is_noticed():
    texts = ["ils ont pris mon passeport à l'aéroport", "Ils ont pris mon passeport a l'aeroport", "la météo de demain"]
    assert [pair[0] for pair in copies(texts, texts)] == [texts[0]]
