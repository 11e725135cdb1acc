"""What somebody at the desk sets for themselves: languages and an address that only they see."""

from services.people import desk_settings


async def test_languages_and_an_address_are_kept_for_oneself(site):
    claire, paul = await site.member("claire"), await site.member("paul")
    visitor = await site.enter(claire)
    assert "/console/account/desk" in (await visitor.get("/account")).text
    page = await visitor.get("/account/desk")
    assert "It never assigns by itself." in page.text
    page = await visitor.post(
        "/account/desk", language_ro="yes", language_bin="yes", address=" claire@example.org ", any_hour="yes"
    )
    assert "Your settings are kept." in page.text
    assert 'value="claire@example.org"' in page.text
    assert page.text.count(" checked") == 3
    async with site.database.read() as tx:
        kept = await desk_settings.own(tx, site.keys, claire.member.id)
        assert await desk_settings.spoken(tx) == {claire.member.id: kept.languages}
    assert (set(kept.languages), kept.address, kept.any_hour) == ({"ro", "bin"}, "claire@example.org", True)
    other = await (await site.enter(paul)).get("/account/desk")
    assert "claire@" not in other.text
    assert " checked" not in other.text


async def test_a_wrong_address_is_shown_again_and_nothing_is_kept(site):
    visitor = await site.enter(await site.member("claire"))
    page = await visitor.post("/account/desk", address="claire at home", language_fr="yes")
    assert page.status == 400
    assert "This is no address for mail" in page.text
    assert 'value="claire at home"' in page.text
    assert 'value=""' in (await visitor.get("/account/desk")).text


async def test_an_auditor_has_no_desk_to_set(site):
    visitor = await site.enter(await site.member("olga", "auditor"))
    assert (await visitor.get("/account/desk")).status == 403
    assert "/account/desk" not in (await visitor.get("/account")).text
