"""The card: in each language, its code leads to the address, its outside tells nothing."""

import re

import pytest
from playwright.async_api import Browser

from bot.__main__ import main
from bot.commands.card import sheet
from locales.telling import tells
from tests.bot.stage import AT
from tests.test_catalogues import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outside_is_a_recipe_and_the_inside_a_way(language: str):
    page = sheet(language, "https://chat.example.org/", AT)
    outsides = re.findall(r'<div class="part outside">(.*?)</div>', page, re.DOTALL)
    assert len(outsides) == 4
    assert not any("example.org" in outside or "<svg" in outside for outside in outsides)
    assert not any(tells(outside) for outside in outsides)
    assert page.count("<svg") == page.count("https://chat.example.org/</bdi>") == 4
    assert "17 · 112 · SMS 114" in page
    assert "src=" not in page, "nothing is loaded"
    assert 'dir="rtl"' in page or language != "ar"


@pytest.mark.parametrize("language", ["fr", "ar"])
async def test_the_numbers_stand_below_their_heading_at_the_edge_where_lines_begin(browser: Browser, language: str):
    page = await browser.new_page()
    await page.set_content(sheet(language, "https://chat.example.org/", AT))
    heading = await page.locator(".numbers").first.bounding_box()
    numbers = await page.locator(".numbers bdi").first.bounding_box()
    assert heading
    assert numbers
    from_the_left = [box["x"] + (box["width"] if language == "ar" else 0) for box in (heading, numbers)]
    assert from_the_left[0] == pytest.approx(from_the_left[1], abs=1)
    assert numbers["width"] < heading["width"] - 20, "else every edge fits"
    await page.close()


def test_without_an_address_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("PASSERELLE_PUBLIC_URL", raising=False)
    monkeypatch.setattr("sys.argv", ["passerelle", "card"])
    assert main() == 1
    assert "PASSERELLE_PUBLIC_URL" in capsys.readouterr().err
    monkeypatch.setenv("PASSERELLE_PUBLIC_URL", "https://chat.example.org/aide")
    monkeypatch.setattr("sys.argv", ["passerelle", "card", "--lang", "ar"])
    assert main() == 0
    assert "https://chat.example.org/aide/" in capsys.readouterr().out
