"""Every kind of screen in every language: nothing overflows, is cut off, overlaps, is small or pale; nor does axe."""

import gzip
import re
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.channels.webchat.http import assets
from bot.turns import Content
from dialogs.engine import Turn
from tests.bot.channels.webchat.browser import PHONE
from tests.bot.channels.webchat.gallery import application, pages, places
from tests.bot.channels.webchat.stage import served
from tests.test_catalogues import LANGUAGES

MEASURING = Path(__file__).with_name("measuring.js").read_text("utf-8")
FIRST = "welcome-language"
AXE_FILE = str(files("axe_playwright_python") / "axe.min.js")
LOW = 460  # so low that nothing is fixed over the page
WIDE = {"width": 1280, "height": LOW}
KINDS = (
    "welcome-language", "welcome-who", "menu-choose", "crisis-numbers", "information-page", "information-sources",
    "referral-note", "consent-text", "receipt-kept", "receipt-open", "privacy-erase", "danger-finding",
    "two-menu-choose",
    "turned-danger-finding", "beside-more", "beside-large", "beside-cover", "beside-cover-word", "beside-notice",
)  # fmt: skip
EDGELESS = """all => all.map(one => getComputedStyle(one)).filter(
    style => parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === "none").length"""
COVERED = """() => {
    const [bar, room] = [...document.querySelectorAll(".exits")].map(part => part.getBoundingClientRect());
    return getComputedStyle(document.querySelector(".exits")).position !== "fixed" || room.height < bar.height;
}"""
SIZES = "all => all.map(one => [one.getBoundingClientRect().width, one.getBoundingClientRect().height])"
AXE = """() => axe.run(document, {
    resultTypes: ["violations"],
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
}).then(found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)}`)))"""


@pytest.fixture(scope="module")
def turns() -> dict[str, Turn]:
    return places()


@pytest.fixture(params=LANGUAGES)
def shown(request: pytest.FixtureRequest, turns: dict[str, Turn], everything_said: Content) -> dict[str, str]:
    """All pages in one language, by name."""
    return dict(pages(everything_said, turns, request.param))


@pytest.fixture
async def page(shown: dict[str, str], browser: Browser) -> AsyncIterator[Page]:
    """A phone at the first of them."""
    async with served(application(shown)) as url:
        page = await browser.new_page(
            viewport={"width": PHONE["width"], "height": LOW},
            base_url=url,
            bypass_csp=True,  # the tools that look are not ours
        )
        await page.goto(f"/{FIRST}")
        yield page
        await page.close()


async def test_nothing_overflows_is_cut_off_overlaps_is_small_or_pale(page: Page, shown: dict[str, str]):
    assert len(shown) > 300
    everything = [[name, html] for name, html in shown.items()]
    assert await page.evaluate(MEASURING, everything) == []
    some = [[name, shown[name]] for name in KINDS]
    await page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert await page.evaluate(MEASURING, some) == []
    await page.emulate_media(color_scheme="dark")
    assert await page.evaluate(MEASURING, some) == []
    await page.emulate_media(color_scheme="dark", contrast="more")
    await page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400 %
    assert await page.evaluate(MEASURING, some) == []


async def test_below_the_ways_out_that_stay_in_sight_nothing_is_hidden_at_the_end(page: Page):
    for size in (PHONE, WIDE | {"height": PHONE["height"]}):
        await page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for name in KINDS:
            await page.goto(f"/{name}")
            if await page.locator(".exits").count():
                assert not await page.evaluate(COVERED), name


async def test_in_large_letters_the_ways_out_take_less_than_a_third_of_a_phone_and_stay_large_enough_to_tap(page: Page):
    await page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    for name in ("menu-choose", "two-menu-choose", "turned-danger-finding", "beside-large"):
        await page.goto(f"/{name}")
        await page.evaluate("document.documentElement.className = 'large'")
        assert await page.evaluate("document.querySelector('.exits').getBoundingClientRect().height") < 568 / 3, name
        assert not await page.evaluate(COVERED), name
        taps = await page.eval_on_selector_all(".exits:not(.room) :is(a, button)", SIZES)
        assert len(taps) >= 2
        assert min(min(size) for size in taps) >= 44


def test_what_two_see_is_the_page_of_who_holds_the_device(turns: dict[str, Turn], everything_said: Content):
    for language in ("ar", "zh"):
        for name, html in pages(everything_said, turns, language):
            frame, *within = re.findall(r' lang="(\w+)"', html)
            assert frame == language
            if name.startswith(("turned-", "two-")):
                assert set(within) - {language} <= ({"fr" if language == "ar" else "ar"} if "two-" in name else set())


def test_no_line_begins_with_a_sign_that_french_puts_after_a_space(shown: dict[str, str]):
    broken = re.compile(r"[^\s<>] [:;?!»](?![^<]*>)|« ")  # outside of tags
    assert {name: found[0] for name, html in shown.items() if (found := broken.search(html))} == {}


async def test_axe_finds_nothing(page: Page):
    faults = {}
    for name in KINDS:
        await page.goto(f"/{name}")
        await page.add_script_tag(path=AXE_FILE)
        if found := await page.evaluate(AXE):
            faults[name] = found
    assert not faults


async def test_where_the_device_wants_few_colours_every_button_keeps_an_edge(
    browser: Browser, turns: dict[str, Turn], everything_said: Content
):
    shown = dict(pages(everything_said, turns, "fr"))
    async with served(application(shown)) as url:
        page = await browser.new_page(forced_colors="active", base_url=url)
        for name in ("menu-choose", "crisis-numbers", "beside-more"):
            await page.goto(f"/{name}")
            assert await page.eval_on_selector_all(".choice:not(.quiet), .leave, .send", EDGELESS) == 0
        await page.close()


def test_the_first_page_and_all_that_it_loads_weigh_little(shown: dict[str, str]):
    packed = {name: len(asset.packed) for name, asset in assets().items()}
    assert packed["script"] <= 8 * 1024
    assert len(gzip.compress(shown[FIRST].encode())) + sum(packed.values()) <= 15 * 1024
    assert max(len(gzip.compress(html.encode())) for html in shown.values()) <= 15 * 1024


async def test_the_measure_sees_what_is_wrong(page: Page):
    wrong = """<html lang="fr" dir="ltr"><body><main>
        <p style="width: 900px; color: #999; background: #fff">pale and wide</p>
        <p style="overflow: hidden; height: 5px; width: 99px">cut off below</p>
        <a href="/" style="position: absolute; top: 0; left: 0; width: 60px; height: 50px">one</a>
        <a href="/" style="position: absolute; top: 9px; left: 9px; width: 30px; height: 50px">other</a>
        </main></body></html>"""
    found = "\n".join(await page.evaluate(MEASURING, [["wrong", wrong]]))
    for fault in ("wider than", "beyond the edge", "cut off below", "contrast 2.", "overlaps", "small"):
        assert fault in found
