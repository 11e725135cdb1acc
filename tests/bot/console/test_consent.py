"""What a person agreed to, as the desk sees it."""

from services.referrals import purposes


async def test_the_desk_sees_which_purposes_stand_and_what_was_taken_back(site):
    claire = await site.enter(await site.member("claire", "supervisor"))
    referral = await site.submit(note="she likes to sing", referrer="self")
    page = await claire.get(f"/requests/{referral}")
    for told in ("Working on the request", "Messages behind the receipt", "stands, until", "was not agreed to"):
        assert told in page.text
    assert "ended on" not in page.text
    async with site.database.begin() as tx:
        await purposes.take_back(tx, referral, "contact", site.clock())
    await claire.post(f"/requests/{referral}/claim")
    page = await claire.get(f"/requests/{referral}")
    assert "ended on" in page.text
    assert "The person wants no messages: you cannot write to them." in page.text
    assert "Send the answer" not in page.text
    assert "took an agreement back: Messages behind the receipt" in page.text


async def test_an_answer_that_crosses_a_no_to_messages_is_kept_and_not_sent(site):
    claire = await site.enter(await site.member("claire", "supervisor"))
    referral = await site.submit(note="she likes to sing", referrer="self")
    page = await claire.post(f"/requests/{referral}/claim")
    revision = page.field("revision")
    async with site.database.begin() as tx:
        await purposes.take_back(tx, referral, "contact", site.clock())
    page = await claire.post(f"/requests/{referral}/answer", text="A long answer", revision=revision)
    assert "The person wants no messages: nothing was sent." in page.text
    assert "A long answer" in page.text


async def test_the_record_shows_the_digest_of_what_was_destroyed(site):
    claire = await site.enter(await site.member("claire", "supervisor"))
    referral = await site.submit(note="she likes to sing", referrer="self")
    async with site.database.begin() as tx:
        await purposes.take_back(tx, referral, "search", site.clock())
    page = await claire.get(f"/requests/{referral}")
    assert "erased what was sealed: digest" in page.text
