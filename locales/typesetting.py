"""How a sentence is set on a page: where no line may break."""

import re

SPACES = re.compile(r" (?=[:;?!»])|(?<=«) ")


def unbroken(text: str) -> str:
    """The text with the spaces of French before : ; ? ! » and after « kept on one line with what they belong to.

    Source: Imprimerie nationale, Lexique des règles typographiques. Other languages have no space there.
    """
    return SPACES.sub("\u00a0", text)
