"""The people of the coordination, and who did what."""

from aiohttp import web

from bot.console import problems, words
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.text import say
from services import audit, leaving, rights
from services.people import access, invitations, members, recovery, second_factor
from services.rights import Member, Refused

RESET = say("console", "Their factor and sessions have ended. They sign in behind this link, with their password.")
LARGEST_NUMBER = 2**63 - 1
DONE = {
    "granted": say("console", "Access is given. It works from their next sign-in: ask them to sign in again."),
    "removed_holder": say(
        "console",
        "Taken out. What they held is back in the queue. They held the key: let a supervisor seal everything anew, "
        "under Keys.",
    ),
    "removed": say("console", "Taken out. What they held is back in the queue, and the name is free again."),
}


async def show_people(visit: Visit) -> web.StreamResponse:
    """Everybody, and the links not used yet."""
    return await _people_page(visit, notice=visit.notice(DONE))


async def invite(visit: Visit) -> web.StreamResponse:
    """Make a one-time link, shown on this one page."""
    name, role = visit.form.get("name", ""), visit.form.get("role", "")
    try:
        async with visit.house.database.begin() as tx:
            token = await invitations.invite(tx, name, role, visit.at, visit.member)
    except Refused as fault:
        problem = problems.refused(fault.why)
        notice = visit.in_words(problem.sentence)
        return await _people_page(
            visit, problem.status, notice=notice, tone="alert", typed={"name": name, "role": role}
        )
    link = f"{visit.house.origin(visit.request)}{visit.path('welcome', token=token)}"
    return await _people_page(visit, link=link, invited_name=invitations.proper_name(name))


async def grant(visit: Visit) -> web.StreamResponse:
    """Give somebody access to what is sealed."""
    async with visit.house.database.begin() as tx:
        await access.grant(tx, visit.opened, number_of(visit), visit.at)
    return visit.see("people", done="granted")


async def reset_factor(visit: Visit) -> web.StreamResponse:
    """End somebody's second factor, once it is sure; a one-time link for a new one, shown on this one page."""
    number = number_of(visit)
    person = await _person(visit, number)
    if visit.form.get("sure") != "yes":
        return await visit.page("reset.html", here=visit.path("people"), current="people", person=person)
    async with visit.house.database.begin() as tx:
        token = await second_factor.reset(tx, number, visit.at, visit.member)
    link = f"{visit.house.origin(visit.request)}{visit.path('factor_link', token=token)}"
    return await _people_page(visit, link=link, invited_name=person.name, why=visit.in_words(RESET))


async def remove(visit: Visit) -> web.StreamResponse:
    """Take somebody out, once it is sure."""
    if visit.form.get("sure") != "yes":
        return await _ask(visit)
    held_key = (await _person(visit, number_of(visit))).access
    try:
        async with visit.house.database.begin() as tx:
            await leaving.remove(tx, visit.member, number_of(visit), visit.at)
    except Refused as fault:
        if fault.why != "last_access":
            raise
        problem = problems.refused(fault.why)
        notice = visit.in_words(problem.sentence)
        return await _people_page(visit, problem.status, notice=notice, tone="alert")
    return visit.see("people", done="removed_holder" if held_key else "removed")


async def _ask(visit: Visit) -> web.Response:
    number = number_of(visit)
    person = await _person(visit, number)
    async with visit.house.database.read() as tx:
        held = len(await leaving.held_by(tx, number))
    return await visit.page("remove.html", here=visit.path("people"), current="people", person=person, held=held)


async def _person(visit: Visit, number: int) -> Member:
    async with visit.house.database.read() as tx:
        people = await members.members(tx)
    person = next((one for one in people if one.id == number and one.active), None)
    if person is None:
        raise Problem(404, problems.SENTENCES[404])
    return person


async def show_audit(visit: Visit) -> web.StreamResponse:
    """Who did what; on the first page, whether the chain is whole, for which all of it is read."""
    before = visit.request.query.get("before", "")
    if before and not _is_number(before):
        raise Problem(400, problems.SENTENCES[400])
    async with visit.house.database.read() as tx:
        records = await audit.records(tx, int(before) if before else None)
        broken = None if before else await audit.verify(tx)
        total = await audit.count(tx)
    return await visit.page(
        "audit.html",
        told=True,
        verified=not before,
        records=records,
        broken=broken,
        total=total,
        head=records[0].hash.hex() if records else "",
        older=records[-1].id if records and records[-1].id > 1 else 0,
    )


async def _people_page(
    visit: Visit,
    status: int = 200,
    *,
    notice: str = "",
    tone: str = "",
    typed: dict[str, str] | None = None,
    link: str = "",
    invited_name: str = "",
    why: str = "",
) -> web.Response:
    async with visit.house.database.read() as tx:
        people = await members.members(tx)
        pending = await invitations.invitations(tx, visit.at)
        factors = await second_factor.who_has_one(tx)
        paper = await recovery.counts(tx)
    translate = visit.house.pages.translate
    return await visit.page(
        "people.html",
        status,
        here=visit.path("people"),
        people=people,
        pending=pending,
        holders=sum(person.access for person in people),
        roles=[
            (role, translate(visit.language, words.ROLE[role]), translate(visit.language, words.ROLE_MAY[role]))
            for role in rights.ROLES
            if visit.member.brings_in(role)
        ],
        notice=notice,
        tone=tone,
        typed=typed or {"name": "", "role": "coordinator" if visit.member.may("queue") else "partner"},
        link=link,
        invited_name=invited_name,
        told_why=why,
        factors=factors,
        recovery=paper,
    )


def number_of(visit: Visit) -> int:
    """The number in the address. Raises Problem when it is none."""
    text = visit.request.match_info["id"]
    if not _is_number(text):
        raise Problem(404, problems.SENTENCES[404])
    return int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_NUMBER
