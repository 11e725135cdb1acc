"""A card to print: folded, its outside is a recipe; inside are a code to scan and the address of the web chat."""

import argparse
import sys
import time
from pathlib import Path

from bot.config import Settings

FOLDER = Path(__file__).parents[1] / "templates"


async def card(options: argparse.Namespace) -> int:
    """Print the sheet of a language as HTML. Raises ValueError where the public address is not set."""
    address = Settings().address
    if not address:
        raise ValueError("a card needs the address that people type: set PASSERELLE_PUBLIC_URL")
    sys.stdout.write(sheet(options.language, f"{address}/", int(time.time())))
    return 0


def sheet(language: str, address: str, at: int) -> str:
    """Four cards as a page of their own, nothing loaded. `at`: Unix seconds, for the emergency numbers of a day."""
    import segno
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from dialogs.reading import read_library
    from dialogs.text import Text
    from locales.catalog import Catalog

    catalog, templates = (
        Catalog(),
        Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined),
    )
    code = segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True)
    lines = read_library().helplines_for(at, "threat", "medical", "silent")
    numbers = " · ".join(f"SMS {line.number}" if line.scheme == "sms" else line.number for line in lines)
    return templates.get_template("card.html").render(
        language=language,
        direction=catalog.direction(language),
        t=lambda context, msgid: catalog.translate(language, Text(context, msgid)),
        code=Markup(code),  # noqa: S704 (made here, of an address of ours)
        address=address,
        numbers=numbers,
    )
