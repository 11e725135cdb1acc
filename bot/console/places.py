"""The board of places: what partners can offer, without any address; partners, and what public sources say."""

from collections.abc import Mapping

from aiohttp import web

from bot.console import place_form, place_words, problems
from bot.console.people import number_of
from bot.console.place_form import Typed
from bot.console.place_speech import PlaceSpeech
from bot.console.visit import Visit
from dialogs.library import Library
from dialogs.text import Text
from nlu.redaction import redact
from services.places import known_places, partners, places
from services.places.capacity import AGES, KINDS, SUITS, Capacity, Details
from services.rights import Refused


async def show_board(visit: Visit) -> web.StreamResponse:
    """All places, partners, and what could be brought to the board."""
    return await _board(visit, notice=visit.notice(place_words.DONE))


async def show_new(visit: Visit) -> web.StreamResponse:
    """An empty form."""
    return await _form(visit, Typed({"partner": visit.request.query.get("partner", "")}, Details()))


async def add(visit: Visit) -> web.StreamResponse:
    """Put places on the board, to be confirmed."""
    typed, partner = place_form.read(visit.form, library_of(visit)), visit.form.get("partner", "")
    if typed.faults:
        return await _form(visit, typed, status=400)
    async with visit.house.database.begin() as tx:
        await places.add(tx, visit.house.keys, visit.member, _figure(partner), typed.details, visit.at)
    return visit.see("places", done="added")


async def show_change(visit: Visit) -> web.StreamResponse:
    """The form of places as they are."""
    one = await _one(visit)
    return await _form(visit, Typed(place_form.of(one, visit.language), one.details), one)


async def change(visit: Visit) -> web.StreamResponse:
    """Say anew what they are like."""
    typed = place_form.read(visit.form, library_of(visit))
    if typed.faults:
        return await _form(visit, typed, await _one(visit), status=400)
    async with visit.house.database.begin() as tx:
        revision = _figure(visit.form.get("revision", ""))
        await places.change(tx, visit.house.keys, visit.member, number_of(visit), typed.details, revision, visit.at)
    return visit.see("places", done="changed")


async def count(visit: Visit) -> web.StreamResponse:
    """One more is free, or one less."""
    return await _act(visit, "counted", counting=True)


async def confirm(visit: Visit) -> web.StreamResponse:
    """The figures are right today."""
    return await _act(visit, "confirmed", counting=False)


async def retire(visit: Visit) -> web.StreamResponse:
    """Take places off the board, once it is sure."""
    if visit.form.get("sure") != "yes":
        one = await _one(visit)
        return await visit.page(
            "place_retire.html", here=visit.path("places"), current="places", one=one, tell=PlaceSpeech(visit)
        )
    async with visit.house.database.begin() as tx:
        revision = _figure(visit.form.get("revision", ""))
        await places.retire(tx, visit.house.keys, visit.member, number_of(visit), revision, visit.at)
    return visit.see("places", done="retired")


async def add_partner(visit: Visit) -> web.StreamResponse:
    """A partner with a label of the coordination's own, sealed; no address may get into it (design: there is none)."""
    label = visit.form.get("label", "")
    if found := [label[one.start : one.end] for one in redact(label).found if one.kind != "name"]:
        told = Text(place_words.TELLING.context, place_words.TELLING.msgid, (("found", ", ".join(found)),))
        return await _board(visit, 400, notice=visit.in_words(told), tone="alert")
    try:
        async with visit.house.database.begin() as tx:
            await partners.add(tx, visit.member, label, visit.at)
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("places", done="partner")


async def remove_partner(visit: Visit) -> web.StreamResponse:
    """Take a partner off the list that has no places there."""
    try:
        async with visit.house.database.begin() as tx:
            await partners.remove(tx, visit.member, number_of(visit), visit.at)
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("places", done="partner_gone")


async def let_in(visit: Visit) -> web.StreamResponse:
    """Somebody signs in for a partner from now on."""
    async with visit.house.database.begin() as tx:
        who = _figure(visit.form.get("who", ""))
        await partners.let_in(tx, visit.member, number_of(visit), who, visit.at)
    return visit.see("places", done="let_in")


async def take_in(visit: Visit) -> web.StreamResponse:
    """Bring what a source says to the board, to be confirmed."""
    name = visit.request.match_info["id"]
    try:
        async with visit.house.database.begin() as tx:
            await known_places.take_in(tx, visit.house.keys, visit.member, name, visit.at)
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("places", done="taken_in")


async def _act(visit: Visit, done: str, *, counting: bool) -> web.StreamResponse:
    keys, number = visit.house.keys, number_of(visit)
    try:
        async with visit.house.database.begin() as tx:
            if counting:
                await places.count(tx, keys, visit.member, number, step_of(visit), visit.at)
            else:
                await places.confirm(tx, keys, visit.member, [number], visit.at)
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("places", done=done)


def step_of(visit: Visit) -> int:
    """One more or one less; 0 for anything else."""
    return {"more": 1, "less": -1}.get(visit.form.get("step", ""), 0)


async def _one(visit: Visit) -> Capacity:
    async with visit.house.database.read() as tx:
        return await places.one(tx, visit.house.keys, number_of(visit))


async def _refused(visit: Visit, fault: Refused) -> web.Response:
    if fault.why in ("missing", "not_allowed"):
        raise fault
    problem = problems.refused(fault.why)
    return await _board(visit, problem.status, notice=visit.in_words(problem.sentence), tone="alert")


async def _board(visit: Visit, status: int = 200, *, notice: str = "", tone: str = "") -> web.Response:
    async with visit.house.database.read() as tx:
        board = await places.board(tx, visit.house.keys)
        holders = await places.holders(tx, visit.house.keys)
        known = {one.id: one for one in await partners.listed(tx, visit.opened)}
        free = await partners.sign_ins(tx)
    here = {one.known for one in board}
    return await visit.page(
        "places.html",
        status,
        here=visit.path("places"),
        board=board,
        holders=holders,
        totals=places.totals(board, visit.at, visit.house.terms),
        terms=visit.house.terms,
        partners=known,
        busy={one.partner for one in board},
        sign_ins=free,
        sources=[one for one in known_places.known() if one.id not in here],
        notice=notice,
        tone=tone,
        label=visit.form.get("label", ""),
        longest=partners.LONGEST_LABEL,
        tell=PlaceSpeech(visit),
    )


async def _form(visit: Visit, typed: Typed, one: Capacity | None = None, status: int = 200) -> web.Response:
    async with visit.house.database.read() as tx:
        known = await partners.listed(tx, visit.opened)
    blank = ("revision", "partner", "region", "departments", "languages", "total", "free_from", "short_delay")
    ticks = [f"{group}-{name}" for group, names in GROUPS.items() for name in names]
    return await visit.page(
        "place_form.html",
        status,
        here=visit.path("places"),
        current="places",
        one=one,
        partners=known,
        typed=dict.fromkeys((*blank, *ticks), "") | dict(typed.values),
        faults={name: visit.in_words(text) for name, text in typed.faults.items()},
        regions=sorted(name for name, codes in library_of(visit).anonymity.regions.items() if len(codes) > 1),
        kinds=_each(visit, place_words.KIND),
        ages=_each(visit, place_words.AGE),
        suits=_each(visit, place_words.SUIT),
        tell=PlaceSpeech(visit),
    )


GROUPS: Mapping[str, tuple[str, ...]] = {"kind": KINDS, "child": AGES, "suited": SUITS}


def _each(visit: Visit, table: Mapping[str, Text]) -> dict[str, str]:
    return {name: visit.in_words(text) for name, text in table.items()}


def library_of(visit: Visit) -> Library:
    """Names of départements and regions."""
    return visit.house.edited.content.library


def _figure(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0
