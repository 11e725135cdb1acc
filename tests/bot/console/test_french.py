"""The console in French, with the real catalogue: every page, and every table of words."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from playwright.async_api import Browser

from bot.console import code_words, place_words, problems, words
from bot.console.pages import Catalog
from dialogs.text import Text
from locales.catalog import FOLDER
from locales.catalog import Catalog as RealCatalog
from tests.bot.console.conftest import PASSWORD, Site
from tests.bot.console.test_browser import SIZES, fill_the_queue, follow, look, prove

SAME = {"Codes", "Places", "Police, gendarmerie", "Département", "{count} min", "{count} h", "{act}: {what}"}


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The French catalogue as it is in the source, compiled for this test."""
    folder = tmp_path_factory.mktemp("locales")
    (folder / "languages.toml").write_text('[en]\nname = "English"\n[fr]\nname = "Français"\n')
    target = folder / "fr" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with (FOLDER / "fr/LC_MESSAGES/messages.po").open("rb") as read, target.open("wb") as written:
        write_mo(written, read_po(read))
    return folder


@pytest.fixture
def catalog(compiled: Path) -> Catalog:
    return RealCatalog(compiled)


def tables() -> list[Text]:
    named = [value for module in (words, code_words, place_words, problems) for value in vars(module).values()]
    listed = [one for table in named if isinstance(table, dict) for one in table.values()]
    told = [one[1] if isinstance(one, tuple) else one for one in (*named, *listed)]
    return [text for text in told if isinstance(text, Text)]


def test_every_word_of_the_tables_is_translated(catalog):
    texts = tables()
    assert len(texts) > 100
    left = {text.msgid for text in texts if catalog.translate("fr", text) == text.msgid}
    assert left - SAME == set()


async def test_a_day_in_french(site: Site):
    await site.member("claire", "supervisor")
    visitor = site.visitor()
    page = await visitor.get("/sign-in?lang=fr")
    assert '<html lang="fr">' in page.text
    await visitor.prove("claire", await visitor.post("/sign-in", name="claire", password=PASSWORD))
    referral = await site.submit(note="elle aime chanter", languages=("bin", "ro"), forms=("labour",))
    page = await visitor.post(f"/requests/{referral}/claim")
    assert "roumain" in page.text
    page = await visitor.post(f"/requests/{referral}/open", purpose="evaluate")
    assert "elle aime chanter" in page.text
    page = await visitor.post(f"/requests/{referral}/state", to="declined", revision=page.field("revision"))
    assert page.status == 400
    pages = [page, *[await visitor.get(path) for path in ("/queue", "/people", "/audit", "/account", "/nothing")]]
    for page in pages:
        assert '<html lang="fr">' in page.text
        for english in ("Sign out", "Queue<", "The most urgent", "Who did", "There is nothing"):
            assert english not in page.text


@pytest.mark.parametrize("size", SIZES)
async def test_french_fits_too(site: Site, browser: Browser, size):
    await site.member("claire", "supervisor")
    referral = await fill_the_queue(site)
    width, height = SIZES[size]
    page = await browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR")
    await page.goto(f"{site.origin}/sign-in")
    await page.locator("#name").fill("claire")
    await page.locator("#password").fill(PASSWORD)
    await follow(page, page.locator("main button"))
    await look(page, f"second-factor-fr-{size}")
    await prove(page, site.origin, "claire")
    await look(page, f"queue-fr-{size}")
    await follow(page, page.locator(f"form[action$='{referral}/claim'] button"))
    await follow(page, page.locator("form[action*='/open'] button"))
    await look(page, f"opened-fr-{size}")
    for name in ("people", "audit", "account", "places"):
        await page.goto(f"{site.origin}/{name}")
        await look(page, f"{name}-fr-{size}")


async def test_a_supervisors_menu_takes_two_lines_at_most_and_every_page_is_reached_by_keyboard(
    site: Site, browser: Browser
):
    await site.member("claire", "supervisor")
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    page = await context.new_page()
    await page.goto(f"{site.origin}/sign-in")
    await page.locator("#name").fill("claire")
    await page.locator("#password").fill(PASSWORD)
    await follow(page, page.locator("main button"))
    await prove(page, site.origin, "claire")
    links = page.locator(".top nav a")
    shown = [await link.bounding_box() for link in await links.all()]
    assert len({box["y"] for box in shown if box}) <= 2
    reached = set()
    for _ in range(len(shown) + 5):
        await page.keyboard.press("Tab")
        reached.add(await page.evaluate("document.activeElement.textContent.trim()"))
    assert set(await links.all_inner_texts()) <= reached
    await context.close()
