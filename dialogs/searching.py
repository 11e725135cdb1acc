"""Search words: which pages a text names, in the person's language, where the understanding is unsure."""

import re
from collections.abc import Callable, Iterable, Mapping

from dialogs.library import Library
from dialogs.text import Text
from dialogs.topic import Register, Topic
from dialogs.typed import CHINESE, bare

PAPERS = "fr"  # what stands on a paper is French, in whatever language one asks about it
MOST = 2  # pages offered for one text
MOST_NAMED = 3  # pages that a short note may name
AROUND = frozenset(
    ("le", "la", "les", "l", "un", "une", "du", "de", "des", "d", "sur", "info", "infos", "fiche", "question", "page",
     "c", "est", "quoi", "the", "a", "an", "on", "about", "what", "is", "are", "of", "el", "los", "las", "del", "sobre",
     "que", "es", "son", "ما", "هو", "هي", "عن", "حول", "معلومات")
)  # fmt: skip


def search_words(topics: Iterable[Topic], in_words: Callable[[Text], str]) -> dict[str, tuple[str, ...]]:
    """By topic, its search words as `in_words` puts them into a language: "search: a, b, c" without the first word."""
    listed = {topic.id: re.split("[:：]", in_words(topic.search), maxsplit=1)[-1] for topic in topics if topic.search}
    words = {topic: tuple(bare(word) for word in re.split("[,،;，、；]", line)) for topic, line in listed.items()}
    return {topic: tuple(filter(None, found)) for topic, found in words.items()}


def found(library: Library, text: str, register: Register, *languages: str | None) -> tuple[Topic, ...]:
    """The pages of a register whose words stand in a text, whole, accents and capitals aside: the longest words first.

    Each language is looked at, and French always. Two pages at most.
    """
    said = f" {bare(text)} "
    named = [library.search.get(language or "", {}) for language in dict.fromkeys((*languages, PAPERS))]
    weighed = [(_weight(topic, said, named), topic) for topic in library.topics_for(register)]
    best = sorted((pair for pair in weighed if pair[0]), key=lambda pair: -pair[0])
    return tuple(topic for _, topic in best[:MOST])


def named_by(library: Library, text: str, register: Register, *languages: str | None) -> tuple[Topic, ...]:
    """The pages of a register of which a text is one of the words, nothing more, but for small words around it.

    Blanks do not count ("L425-1"). Each language is looked at, and French always. Three pages at most.
    """
    said = bare(text).split()
    while said and said[0] in AROUND:
        said.pop(0)
    whole = {"".join(said), bare(text).replace(" ", "")} - {""}
    lists = [library.search.get(language or "", {}) for language in dict.fromkeys((*languages, PAPERS))]
    pages = (
        topic
        for topic in library.topics_for(register)
        if any(word.replace(" ", "") in whole for listed in lists for word in listed.get(topic.id, ()))
    )
    return tuple(pages)[:MOST_NAMED]


def _weight(topic: Topic, said: str, named: Iterable[Mapping[str, tuple[str, ...]]]) -> int:
    """How many letters of the text are words of this page."""
    there = (word for listed in named for word in listed.get(topic.id, ()) if word in said)  # few, and quick to tell
    words = {word for word in there if _stands(word, said)}
    return sum(map(len, words))


def _stands(word: str, said: str) -> bool:
    """Whether a word that is in a text is a whole one; Chinese has no blanks between its words."""
    return f" {word} " in said or CHINESE.search(word) is not None
