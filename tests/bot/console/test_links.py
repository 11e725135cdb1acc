"""One-time links: where they lead is no header's to say, and each is used once, however many hurry."""

import asyncio
import re

import pytest

from services.people import invitations, members
from tests.bot.console.conftest import Site
from tests.bot.console.test_two_consoles import sites as sites

FORGED = ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "evil.example/x?")


@pytest.mark.parametrize("host", FORGED)
async def test_a_forged_host_gets_into_no_link(site: Site, host: str):
    nadia, other = await site.member("nadia", "supervisor"), await site.member("paul")
    visitor = await site.enter(nadia)
    await visitor.get("/people")
    for path, fields in (
        ("/people/invite", {"name": "zoe", "role": "coordinator"}),
        (f"/people/{other.member.id}/factor", {"sure": "yes"}),
    ):
        data = {"csrf": visitor.page.csrf, **fields}
        headers = {"Host": host, "X-Forwarded-Host": host, "X-Forwarded-Proto": "https", "Forwarded": f"host={host}"}
        cookies = {cookie.key: cookie.value for cookie in visitor.session.cookie_jar}
        async with visitor.session.post(
            f"{visitor.origin}{path}", data=data, headers=headers, cookies=cookies, allow_redirects=False
        ) as page:
            words = await page.text()
            assert "evil" not in words + str(page.headers)
            assert re.search(rf">\s*{re.escape(visitor.origin)}/(welcome|link)/[\w-]{{43}}\s*<", words), words


async def test_a_link_that_many_use_at_once_lets_one_in(sites: list[Site]):
    async with sites[0].database.begin() as tx:
        token = await invitations.invite(tx, "claire", "coordinator", sites[0].clock())
    visitors = [site.visitor() for site in sites for _ in range(3)]
    for visitor in visitors:
        await visitor.get(f"/welcome/{token}")
    passwords = [f"{number} calm boats at noon" for number in range(len(visitors))]
    pages = await asyncio.gather(
        *(
            visitor.post(f"/welcome/{token}", password=password, again=password)
            for visitor, password in zip(visitors, passwords, strict=True)
        )
    )
    assert sorted(page.path.endswith("/second-factor") for page in pages) == [False] * 5 + [True]
    async with sites[0].database.read() as tx:
        assert [one.name for one in await members.members(tx)] == ["claire"]
