"""Reads the rules of dialogs/anonymity.toml, and notes all that is not well formed."""

from collections.abc import Mapping
from dataclasses import fields

from dialogs.anonymity import COARSENED, Anonymity, Rule, Trait
from dialogs.commands import Triage
from dialogs.sheet import Sheet

FIELDS = tuple(one.name for one in fields(Triage))
NOWHERE = Trait("", "department", frozenset())


def read_anonymity(sheet: Sheet, departments: Mapping[str, str]) -> Anonymity:
    """What the file holds. Each département must be in one region."""
    groups = _lists(sheet, "group")
    traits = {trait.id: trait for trait in (_trait(table, groups) for table in sheet.sheets("trait"))}
    rules = tuple(_rule(table, traits) for table in sheet.sheets("rule"))
    regions = _lists(sheet, "region")
    sheet.each_once("rule", (rule.id for rule in rules))
    sheet.each_once("region", (code for codes in regions.values() for code in codes))
    placed = {code for codes in regions.values() for code in codes}
    for code in sorted(placed ^ set(departments)):
        sheet.fault("region", f"{code} must be a département, and in a region")
    return Anonymity(rules, regions)


def _trait(sheet: Sheet, groups: Mapping[str, tuple[str, ...]]) -> Trait:
    name = sheet.id()
    where = sheet.one_of("field", FIELDS)
    among = not sheet.has("other_than")
    named = sheet.words("of_groups", groups.__contains__)
    grouped = frozenset(value for name in named for value in groups.get(name, ()))
    trait = Trait(
        name,
        where,
        grouped | frozenset(sheet.words("of" if among else "other_than")),
        among,
        sheet.count("at_least") if sheet.has("at_least") else 1,
        sheet.count("at_most") if sheet.has("at_most") else 0,
        sheet.flag("exact_day"),
    )
    if not trait.values and not trait.exact_day:
        sheet.fault("of", "is missing: of, of_groups or other_than")
    if trait.exact_day and where != "safe_until":
        sheet.fault("exact_day", "only of safe_until")
    sheet.close()
    return trait


def _rule(sheet: Sheet, traits: Mapping[str, Trait]) -> Rule:
    name = sheet.id()
    wanted = sheet.words("all", traits.__contains__)
    coarsen = sheet.words("coarsen", COARSENED.__contains__)
    for key, given in (("all", wanted), ("coarsen", coarsen)):
        if not given:
            sheet.fault(key, "is missing")
    sheet.close()
    return Rule(name, tuple(traits.get(one, NOWHERE) for one in wanted), coarsen)


def _lists(sheet: Sheet, key: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of strings."""
    table = sheet.sheet(key)
    return {name: table.words(name) for name in table.keys}
