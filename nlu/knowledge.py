"""What the languages' folders teach: concepts, rules and spellings. A folder is found, not registered."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nlu.arabizi import looks_arabizi
from nlu.lexicon import Ids, Lexicon
from nlu.rules import Rule, parse, ways
from nlu.words import Reading, Words, plain

DATA = Path(__file__).parent / "data"
_ARABIC = "ar"
_ARABIZI_MARK = "ARABIZI"  # the concept of words that show Arabic in Latin letters


@dataclass
class Knowledge:
    """Everything read from one kind of file of all languages (`danger.toml`, `intents.toml`)."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    spellings: dict[str, Words] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _mark: Ids = frozenset()
    _look: Callable[[str, bool], Ids] | None = None

    def every(self, name: str) -> Ids:
        """The numbers of one concept in all languages."""
        return frozenset(number for (_, form), number in self._numbers.items() if form == name)

    def meanings(self, reading: Reading) -> list[Ids]:
        """The concepts of each word."""
        look, mark = self._look or self.lexicon.concepts, self._mark
        arabizi = any(looks_arabizi(word) for word in reading.words)
        found = [look(word, arabizi) for word in reading.words]
        if not arabizi and any(not ids.isdisjoint(mark) for ids in found):
            return [look(word, True) for word in reading.words]
        return found

    def named(self, meanings: Iterable[Ids]) -> list[frozenset[str]]:
        """The concepts' names of each word, the same in all languages; words that rules name are left out."""
        return [frozenset(self._names[i] for i in ids if i in self._names) for ids in meanings]

    def learn(self, language: str, data: Mapping[str, Mapping[str, str]]) -> None:
        """Add one language's folder."""
        for name, forms in data.get("concepts", {}).items():
            number = self._number(language, name)
            for form in forms.split():
                self.lexicon.add(form, number, language == _ARABIC and name != _ARABIZI_MARK)
        for short, long in _pairs(data["words"].get("spellings", "")):
            self.spellings[plain(short)] = tuple(plain(long).split())
        for kind, block in data["rules"].items():
            for line in _lines(block):
                name, _, pattern = line.rpartition(": ")
                for way in ways(pattern):
                    self.rules.append(parse(way, name or kind, lambda form: self._number(language, form)))
        unknown = sorted(form for lang, form in self._numbers if lang == language and _is_concept(form))
        if strange := set(unknown) - data.get("concepts", {}).keys():
            raise ValueError(f"{language}: rules speak of concepts that are not there: {sorted(strange)}")

    def seal(self, guarded: Iterable[str], *, remembers: bool = False) -> None:
        """Nothing more to learn. `guarded`: plain words never taken for a mistyped other one.

        `remembers`: each word is looked up once.
        """
        self._look = cache(self.lexicon.concepts) if remembers else None
        self._mark = self.every(_ARABIZI_MARK)
        self._numbers = {(lang, form): n for (lang, form), n in self._numbers.items() if _is_concept(form)}
        self._names = {number: form for (_, form), number in self._numbers.items()}  # forms have done their part
        self.lexicon.seal(guarded)

    def _number(self, language: str, form: str) -> int:
        key = (language, form)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            if not _is_concept(form):
                self.lexicon.add(form, self._numbers[key], language == _ARABIC)
        return self._numbers[key]


def gather(name: str, folder: Path = DATA, *, remembers: bool = False) -> Knowledge:
    """Read `<folder>/<language>/<name>.toml` of every language; tens of milliseconds.

    Raises KeyError or TOMLDecodeError for a faulty file.
    """
    knowledge = Knowledge()
    guarded: set[str] = set()
    for file in sorted(folder.glob(f"*/{name}.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        knowledge.learn(file.parent.name, data)
        guarded.update(plain(data["words"].get("guarded", "")).split())
    knowledge.seal(guarded, remembers=remembers)
    return knowledge


def _is_concept(form: str) -> bool:
    return form.isascii() and form.isupper() and form.isalpha()


def _lines(block: str) -> Iterator[str]:
    lines = (line.partition("#")[0].strip() for line in block.splitlines())
    return (line for line in lines if line)


def _pairs(block: str) -> Iterator[tuple[str, str]]:
    for part in block.replace("\n", ";").split(";"):
        short, _, long = part.partition("=")
        if long:
            yield short.strip(), long
