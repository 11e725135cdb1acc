"""The day of a coordinator: the queue, a claim, what is sealed, an answer, a decision."""

import re

import pytest
from sqlalchemy import update

from dialogs.commands import PostMessage
from dialogs.letters import Letter
from services.people import invitations
from services.perform import Circumstances, perform
from services.referrals import claims, messages, referrals
from services.referrals.claims import Stock
from services.tables.audit import AuditRecord
from tests.bot.console.conftest import PASSWORD


async def test_from_the_one_time_link_to_the_answer_behind_the_receipt(site):
    async with site.database.begin() as tx:
        token = await invitations.invite(tx, "Claire", "supervisor", site.clock())
    visitor = site.visitor()
    page = await visitor.get(f"/welcome/{token}")
    assert "Welcome, claire" in page.text
    page = await visitor.post(f"/welcome/{token}", password=PASSWORD, again=PASSWORD)
    assert PASSWORD not in page.text
    page = await visitor.prove("claire", page)
    assert (page.status, page.path) == (200, "/console/queue")
    referral = await site.submit(note="she likes to sing", callback="the desk", urgency="immediate", department="06")
    page = await visitor.get("/queue")
    assert referral in page.text
    assert "sing" not in page.text
    page = await visitor.post(f"/requests/{referral}/claim")
    assert "The request is yours." in page.text
    assert "sing" not in page.text
    page = await visitor.post(f"/requests/{referral}/open", purpose="evaluate")
    assert "she likes to sing" in page.text
    assert "the desk" in page.text
    page = await visitor.post(
        f"/requests/{referral}/answer", text="We are here.\r\nCall.", revision=page.field("revision")
    )
    assert "Your answer waits" in page.text
    person = claims.OpenReceipt(referral, "person", "claimed", False, site.receipts[1].keys)
    async with site.database.read() as tx:
        assert await messages.read_for_receipt(tx, person) == ("We are here.\nCall.",)
    page = await visitor.post(f"/requests/{referral}/state", to="evaluation", revision=page.field("revision"))
    assert "The state is set." in page.text
    assert (await site.referral(referral)).state == "evaluation"
    for act in ("claimed", "opened what is sealed", "answered", "set the state: Evaluation"):
        assert act in page.text
    page = await visitor.post("/sign-out")
    assert page.path == "/console/sign-in"
    assert (await visitor.get("/queue")).path == "/console/sign-in"


async def test_the_queue_shows_the_order_the_counts_and_minors_apart(site):
    claire = await site.enter(await site.member("claire"))
    later = await site.submit(urgency="normal", languages=("bin", "fr"), avoid=("13", "2A"), department="974")
    minor = await site.submit(urgency="immediate", age_group="minor")
    first = await site.submit(urgency="immediate", safe_until="2027-01-16")
    page = await claire.get("/queue")
    adults, _, liaisons = page.text.partition("Child protection liaison")
    assert re.findall(r"requests/(R-\w+-\w+)\"", adults) == [first, later]
    assert re.findall(r"requests/(R-\w+-\w+)\"", liaisons) == [minor]
    assert "Edo (Bini), French" in page.text
    assert "not 13, 2A" in page.text
    assert "<strong>3</strong> waiting" in page.text
    assert "<strong>2</strong> of these immediate" in page.text
    site.clock.now += 3 * 3600
    claire = await site.enter(await site.member("paul"))
    assert "3 h" in (await claire.get("/queue")).text


async def test_a_liaison_is_never_for_a_place(site):
    claire = await site.enter(await site.member("claire"))
    minor = await site.submit(age_group="minor")
    page = await claire.post(f"/requests/{minor}/claim")
    assert "Passed on to child protection: the professional is advised" in page.text
    assert "place is looked for" not in page.text
    page = await claire.post(f"/requests/{minor}/state", to="searching", revision=page.field("revision"))
    assert (page.status, (await site.referral(minor)).state) == (409, "claimed")
    page = await claire.post(f"/requests/{minor}/state", to="passed_on", revision=page.field("revision"))
    assert "Followed: child protection has taken it up" in page.text


async def test_who_comes_second_to_a_claim_is_told(site):
    claire, paul = await site.enter(await site.member("claire")), await site.enter(await site.member("paul"))
    referral = await site.submit()
    assert (await claire.post(f"/requests/{referral}/claim")).status == 200
    page = await paul.post(f"/requests/{referral}/claim")
    assert page.status == 409
    assert "Somebody else has claimed this request" in page.text
    page = await paul.get(f"/requests/{referral}")
    assert "held by claire" in page.text
    assert "Set the state" not in page.text


async def test_an_answer_whose_claim_was_lost_is_shown_again(site):
    claire = await site.enter(await site.member("claire"))
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    referral = await site.submit()
    page = await claire.post(f"/requests/{referral}/claim")
    revision = page.field("revision")
    await nadia.post(f"/requests/{referral}/hand-over", to="all", why="load", revision=revision)
    page = await claire.post(f"/requests/{referral}/answer", text="an hour's <work> & more", revision=revision)
    assert page.status == 409
    assert "You do not hold this request." in page.text
    assert "an hour&#39;s &lt;work&gt; &amp; more</textarea>" in page.text
    assert (await site.referral(referral)).last_message == 0


async def test_an_answer_sent_twice_arrives_once_and_is_not_lost(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    page = await claire.post(f"/requests/{referral}/claim")
    revision, token = page.field("revision"), page.csrf
    first = await claire.post(f"/requests/{referral}/answer", csrf=token, text="hello", revision=revision)
    second = await claire.post(f"/requests/{referral}/answer", csrf=token, text="hello", revision=revision)
    assert (first.status, second.status) == (200, 409)
    assert "hello</textarea>" in second.text


async def test_an_answer_after_the_session_ended_is_shown_again(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    page = await claire.post(f"/requests/{referral}/claim")
    site.clock.now += 15 * 60
    page = await claire.post(f"/requests/{referral}/answer", text="an hour's work", revision=page.field("revision"))
    assert page.status == 403
    assert "Locked" in page.text
    assert "an hour&#39;s work</textarea>" in page.text
    site.clock.now += 8 * 3600
    page = await claire.post(f"/requests/{referral}/answer", csrf=claire.page.csrf, text="an hour's work")
    assert "Your session has ended" in page.text
    assert "an hour&#39;s work</textarea>" in page.text


async def test_a_decision_that_lacks_something_keeps_what_was_chosen(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit(age_group="unknown", referrer="self")
    page = await claire.post(f"/requests/{referral}/claim")
    assert "possibly under 18" in page.text
    revision = page.field("revision")
    page = await claire.post(f"/requests/{referral}/state", to="declined", reason="conditions", revision=revision)
    assert page.status == 400
    assert "choose a reason and what fits instead" in page.text
    assert '<option value="conditions" selected>' in page.text
    page = await claire.post(f"/requests/{referral}/state", to="evaluation", revision=revision)
    revision = page.field("revision")
    page = await claire.post(f"/requests/{referral}/state", to="searching", revision=revision)
    assert (page.status, "check it before a place is looked for" in page.text) == (400, True)
    page = await claire.post(f"/requests/{referral}/state", to="searching", adult="yes", revision=revision)
    assert (page.status, (await site.referral(referral)).state) == (200, "searching")


async def test_what_people_typed_never_becomes_markup(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit(note="<script>alert(1)</script>", callback='"><img src=x>')
    await claire.post(f"/requests/{referral}/claim")
    page = await claire.post(f"/requests/{referral}/open", purpose="evaluate")
    assert "<script>" not in page.text
    assert "<img" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


async def test_access_is_given_by_one_click_and_works_from_the_next_sign_in(site):
    claire = await site.enter(await site.member("claire"))
    await site.member("paul")
    paul = site.visitor()
    referral = await site.submit(note="she likes to sing")
    await paul.sign_in("paul")
    page = await paul.post(f"/requests/{referral}/claim")
    assert "You have no access to what is sealed yet" in page.text
    assert (await paul.post(f"/requests/{referral}/open", purpose="evaluate")).status == 403
    page = await claire.get("/people")
    assert "Only one person can open" in page.text
    (target,) = re.findall(r"/people/(\d+)/grant", page.text)
    page = await claire.post(f"/people/{target}/grant")
    assert "Only one person can open" not in page.text
    await paul.get("/queue")
    await paul.post("/sign-out")
    await paul.sign_in("paul")
    page = await paul.post(f"/requests/{referral}/open", purpose="evaluate")
    assert "she likes to sing" in page.text


async def test_a_supervisor_invites_and_takes_out_and_the_audit_tells(site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    page = await nadia.get("/people")
    page = await nadia.post("/people/invite", name="Paul", role="coordinator")
    (link,) = re.findall(r"http://[^<]*(/welcome/[\w-]+)<", page.text)
    assert link not in (await nadia.get("/people")).text
    paul = site.visitor()
    await paul.get(link)
    await paul.post(link, password=PASSWORD, again=PASSWORD)
    await paul.sign_in("paul")
    assert (await paul.get("/queue")).status == 200
    page = await nadia.get("/people")
    (target,) = re.findall(r"/people/(\d+)/remove", page.text)
    referral = await site.submit()
    await paul.post(f"/requests/{referral}/claim")
    page = await nadia.post(f"/people/{target}/remove")
    assert "Take paul out?" in page.text
    assert "go back to the queue: 1" in page.text
    assert (await paul.get("/queue")).path == "/console/queue"
    page = await nadia.post(f"/people/{target}/remove", sure="yes")
    assert "back in the queue, and the name is free again" in page.text
    assert (await site.referral(referral)).state == "acknowledged"
    assert (await paul.get("/queue")).path == "/console/sign-in"
    page = await nadia.get("/audit")
    assert "The chain is whole" in page.text
    for act in ("invited somebody: coordinator", "joined: coordinator", "took somebody out: paul"):
        assert act in page.text


async def test_the_only_one_who_can_open_what_is_sealed_is_not_taken_out(site):
    marie = await site.member("marie")
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    page = await nadia.post(f"/people/{marie.member.id}/remove", sure="yes")
    assert page.status == 409
    assert "Nobody else can open what is sealed" in page.text


async def test_a_new_message_is_seen_in_the_queue_until_it_is_opened(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit(referrer="self", urgency="normal")
    await claire.post(f"/requests/{referral}/claim")
    async with site.database.begin() as tx:
        post = PostMessage(referral, "person", Letter("he is here", "text", "ro"), urgent=True)
        around = Circumstances(site.keys.speaker("web", "a"), site.clock(), "fr", no_words, Stock(site.keys))
        await perform(tx, post, around)
    page = await claire.get("/queue?show=held")
    assert "new message" in page.text
    assert '<span class="chip immediate">' in page.text
    page = await claire.get(f"/requests/{referral}")
    assert "new messages: 1" in page.text
    assert "wrote a message: it speaks of danger" in page.text
    await claire.post(f"/requests/{referral}/open", purpose="evaluate")
    assert '<span class="chip new">' not in (await claire.get("/queue?show=held")).text


def no_words(*_: object) -> str:
    return ""


async def test_an_answer_for_one_holder_is_said_to_be_so(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    page = await claire.post(f"/requests/{referral}/claim")
    assert "The person reads: Romanian." in page.text
    assert "The professional reads: French." in page.text
    await claire.post(f"/requests/{referral}/answer", text="For you.", to="person", revision=page.field("revision"))
    page = await claire.post(f"/requests/{referral}/open", purpose="evaluate")
    assert "the coordination → the person" in page.text
    async with site.database.read() as tx:
        professional = claims.OpenReceipt(referral, "professional", "claimed", False, site.receipts[0].keys)
        person = claims.OpenReceipt(referral, "person", "claimed", False, site.receipts[1].keys)
        assert await messages.read_for_receipt(tx, professional) == ()
        assert await messages.read_for_receipt(tx, person) == ("For you.",)


async def test_an_answer_with_a_number_in_it_is_asked_about_first(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    page = await claire.post(f"/requests/{referral}/claim")
    revision, told = page.field("revision"), "Call us on 06 39 98 12 34 \u202ebefore noon."
    page = await claire.post(f"/requests/{referral}/answer", text=told, revision=revision)
    assert page.status == 400
    assert "06 39 98 12 34" in page.text
    assert (await site.referral(referral)).last_message == 0
    seen = page.field("seen")
    page = await claire.post(f"/requests/{referral}/answer", text=told, revision=revision, sure="yes", seen=seen)
    assert page.status == 200
    page = await claire.post(f"/requests/{referral}/open", purpose="evaluate")
    assert "12 34 before noon." in page.text
    assert "\u202e" not in page.text


async def test_where_to_go_is_asked_about_whatever_was_confirmed_before(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    revision = (await claire.post(f"/requests/{referral}/claim")).field("revision")
    there = {"text": "Prenez le train pour Lyon à 8 h.", "revision": revision, "sure": "yes"}
    page = await claire.post(f"/requests/{referral}/answer", **there)
    assert (page.status, "(train, Lyon, 8 h)" in page.text) == (400, True)
    page = await claire.post(f"/requests/{referral}/answer", **there | {"text": "À Paris.", "seen": page.field("seen")})
    assert (page.status, "(Paris)" in page.text) == (400, True)
    assert (await site.referral(referral)).last_message == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("আগামীকাল ট্রেনে মার্সেই আসবেন", "(আগামীকাল, ট্রেন, মার্সেই)"),
        ("On part demain.", "(demain)"),
        ("আপনার নাম কি ফাতেমা বেগম? ফোন ০৬ ৩৯ ৯৮ ১২ ৩৪", "০৬ ৩৯ ৯৮ ১২ ৩৪"),
    ],
)
async def test_what_is_asked_about_is_shown_as_it_was_written(site, text, found):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    revision = (await claire.post(f"/requests/{referral}/claim")).field("revision")
    page = await claire.post(f"/requests/{referral}/answer", text=text, revision=revision)
    assert (page.status, found in page.text) == (400, True)
    warned = page.text.partition("seems to hold")[2].partition("</")[0]
    assert all(word in text for word in re.findall(r"[\u0980-\u09ff]+", warned)), warned


async def test_of_what_was_taken_back_the_page_shows_no_answer(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit(forms=("labour",), department="06")
    async with site.database.begin() as tx:
        await referrals.withdraw(tx, referral, site.clock())
    page = await claire.get(f"/requests/{referral}")
    assert "were deleted" in page.text
    assert "What was asked" not in page.text


async def test_a_refused_invitation_keeps_what_was_typed(site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    await nadia.get("/people")
    for name, role, status in (("x", "coordinator", 400), ("NADIA", "auditor", 409), ("zoe", "emperor", 400)):
        page = await nadia.post("/people/invite", name=name, role=role)
        assert page.status == status
        assert f'name="name" value="{name}"' in page.text


async def test_a_broken_chain_is_said(site):
    nadia = await site.enter(await site.member("nadia", "supervisor"))
    async with site.database.begin() as tx:
        await tx.execute(update(AuditRecord).where(AuditRecord.id == 2).values(actor="99"))
    assert "The chain is broken at record 2" in (await nadia.get("/audit")).text
    assert "The chain is whole" not in (await nadia.get("/audit?before=2")).text


async def test_states_that_ended_are_in_their_own_part(site):
    claire = await site.enter(await site.member("claire"))
    referral = await site.submit()
    page = await claire.post(f"/requests/{referral}/claim")
    assert referral in (await claire.get("/queue?show=held")).text
    revision = page.field("revision")
    await claire.post(
        f"/requests/{referral}/state", to="declined", reason="no_place", alternative="siao", revision=revision
    )
    assert referral in (await claire.get("/queue?show=ended")).text
    assert (await claire.get("/queue?show=nonsense")).status == 404


async def test_what_was_taken_back_says_nothing_of_an_age_or_an_urgency_any_more(site):
    visitor = await site.enter(await site.member("claire"))
    referral = await site.submit(urgency="immediate", age_group="unknown")
    hint = "treat the person as possibly under 18"
    assert hint in (await visitor.get(f"/requests/{referral}")).text
    async with site.database.begin() as tx:
        await referrals.withdraw(tx, referral, site.clock())
    for path in (f"/requests/{referral}", "/queue?show=ended"):
        page = await visitor.get(path)
        assert (referral in page.text, hint in page.text, 'class="chip normal"' in page.text) == (True, False, False)
