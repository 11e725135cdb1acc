"""The board's page: what nobody answered comes first, and every number leads to its requests."""

import re

from tests.bot.console.conftest import NOW, Site
from tests.bot.console.test_listing import listed

HOUR = 3600


async def test_what_nobody_answered_is_the_first_number_and_seen_the_hour_it_happens(site: Site):
    opened = await site.member("claire")
    claire = await site.enter(opened)
    referral = await site.submit(urgency="immediate", languages=("ro",))
    await site.submit(urgency="normal", languages=())
    page = await claire.get("/board")
    assert "<strong>0</strong> <span>Requests that nobody has answered in time" in page.text
    assert page.text.index("nobody has answered") < page.text.index("being worked on")
    assert "4 working hours" in page.text
    assert "Romanian" in page.text
    site.clock.now = NOW + 3 * HOUR
    claire = await site.enter(opened)
    page = await claire.get("/board")
    found = re.search(r'class="note alert first"><strong>1</strong> <span><a href="([^"]+)"', page.text)
    assert found
    assert listed(await claire.get(found[1].replace("/console", "").replace("&amp;", "&"))) == [referral]


async def test_who_holds_what_is_late_is_for_supervisors(site: Site):
    claire, nadia = await site.member("claire"), await site.member("nadia", "supervisor")
    referral = await site.submit(urgency="immediate")
    await (await site.enter(claire)).post(f"/requests/{referral}/claim")
    site.clock.now = NOW + 3 * HOUR
    assert "who holds it" not in (await (await site.enter(claire)).get("/board")).text
    page = await (await site.enter(nadia)).get("/board")
    assert 'data-label="Held by">claire</th><td data-label="Late">1</td>' in page.text


async def test_times_are_told_with_how_many_they_are_of(site: Site):
    claire = await site.member("claire")
    referral = await site.submit(urgency="soon")
    site.clock.now = NOW + 2 * HOUR
    visitor = await site.enter(claire)
    await visitor.post(f"/requests/{referral}/claim")
    page = await visitor.get("/board")
    assert '<span class="nowrap">2 h · 2 h</span><br><span class="soft small">of 1</span>' in page.text
    assert "Ended in the last 90 days without any answer: 0 of 0." in page.text
