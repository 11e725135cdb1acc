"""What Rasa is taught, as one file in its own format, from the same examples and lexicons as our model.

Texts and forms are in the form in which Rasa is asked. The concepts that examples mention most are given, one pattern
for each in all languages: Rasa tries them one by one, and compiles them anew for each text when there are too many.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from nlu.compile import forms
from nlu.concepts import Concepts
from nlu.examples import examples, intent_of, teaching
from nlu.rasa.form import in_form

MOST_PATTERNS = 200  # each costs some 20 µs a text; Python keeps 512
EACH = 25  # examples of an intent in a language: what all have; in 20 languages it learns four minutes
Tree = dict[str, Any]
END = ""


def material(each: int = EACH) -> str:
    """Rasa's YAML. `each`: so many examples of an intent in a language."""
    every = list(examples())
    counts: Counter[tuple[str, str]] = Counter()
    taught: dict[str, dict[str, None]] = defaultdict(dict)
    for example in (every[place] for place in teaching(every)):
        group, text = (example.language, intent_of(example)), in_form(example.text)
        if text and counts[group] < each:
            counts[group] += 1
            taught[group[1]][text] = None
    blocks = [{"intent": intent, "examples": _list(texts)} for intent, texts in sorted(taught.items())]
    said = [text for texts in taught.values() for text in texts]
    blocks += [{"regex": name, "examples": _list([pattern])} for name, pattern in _patterns(said)]
    return yaml.dump({"version": "3.1", "nlu": blocks}, Dumper=yaml.CSafeDumper, allow_unicode=True, width=10**6)


def _list(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _patterns(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The concepts that are mentioned most, with what they are met by."""
    concepts = Concepts()
    met = Counter(name for text in said for name in set().union(*concepts.find(tuple(text.split()))))
    wanted = {name for name, _ in met.most_common(MOST_PATTERNS)}
    trees: dict[str, Tree] = defaultdict(dict)
    for concept, form in sorted({(concept, form) for concept, form, _ in forms()}):
        if concept in wanted:
            _plant(trees[concept], form)
    for name, tree in sorted(trees.items()):
        yield name, rf"\b(?:{_written(tree)})"


def _plant(tree: Tree, form: str) -> None:
    words = [in_form(word.rstrip("*")) + "*" * word.endswith("*") for word in form.split()]
    if written := " ".join(word for word in words if word.strip("*")):
        for letter in (*written, END):
            tree = tree.setdefault(letter, {})


def _written(tree: Tree) -> str:
    """A tree of letters as a pattern: what begins alike is tried once."""
    return "|".join(_branch(letter, below) for letter, below in tree.items())


def _branch(letter: str, below: Tree) -> str:
    if letter == END:
        return r"\b"
    here = r"\w*" if letter == "*" else re.escape(letter)
    inner = _written(below)
    return here + (f"(?:{inner})" if len(below) > 1 else inner)
