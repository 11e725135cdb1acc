"""The coordinators' console: every door and who may open it."""

from collections.abc import Callable

from aiohttp import web

from bot.console import (
    account,
    board,
    codes,
    desk,
    editing,
    entering,
    fact,
    facts,
    fitting,
    keeping,
    keys,
    listing,
    live,
    own,
    own_places,
    people,
    places,
    proving,
    statistics,
    tokens,
    training,
    work,
)
from bot.console.auth import Route, frame, guarded
from bot.console.pages import Catalog, Pages
from bot.console.streams import Streams
from bot.console.visit import HOUSE, House
from bot.edited import Edited
from services.changes import Changes
from services.database import Database
from services.keys import Keys
from services.people.console_sessions import IDLE_S
from services.places.capacity import TERMS, Terms
from services.referrals.targets import Targets, targets
from services.writing import Writing

FILE_AGE = "public, max-age=31536000, immutable"

ROUTES = (
    Route("GET", "", "bare", "anyone", entering.home),
    Route("GET", "/", "home", "anyone", entering.home),
    Route("GET", "/sign-in", "sign_in", "anyone", entering.show_sign_in),
    Route("POST", "/sign-in", "do_sign_in", "anyone", entering.sign_in),
    Route("GET", "/welcome/{token}", "welcome", "anyone", entering.show_welcome),
    Route("POST", "/welcome/{token}", "do_welcome", "anyone", entering.welcome),
    Route("GET", "/link/{token}", "factor_link", "anyone", entering.show_link),
    Route("GET", "/second-factor", "factor", "waiting", proving.show),
    Route("POST", "/second-factor", "prove", "waiting", proving.prove),
    Route("GET", "/locked", "locked", "waiting", proving.show_lock),
    Route("POST", "/locked", "unlock", "waiting", proving.unlock),
    Route("POST", "/begin-again", "begin_again", "waiting", proving.begin_again),
    Route("POST", "/sign-out", "sign_out", "signed_in", entering.sign_out),
    Route("GET", "/account", "account", "signed_in", account.show),
    Route("POST", "/account/password", "change_password", "signed_in", account.change_password),
    Route("POST", "/account/paper", "new_paper", "signed_in", account.new_paper),
    Route("POST", "/account/sessions/end", "end_others", "signed_in", account.end_others),
    Route("POST", "/account/sessions/{session}/end", "end_session", "signed_in", account.end_session),
    Route("GET", "/account/desk", "own", "work", own.show),
    Route("POST", "/account/desk", "keep_own", "work", own.keep),
    Route("GET", "/queue", "queue", "queue", listing.show_queue),
    Route("GET", "/queue/keyboard", "keyboard", "queue", listing.show_keyboard),
    Route("POST", "/queue/next", "next", "work", listing.claim_next),
    Route("GET", "/queue/events", "events", "queue", live.events, unasked=True),
    Route("GET", "/board", "board", "board", board.show),
    Route("GET", "/requests/{id}", "referral", "queue", desk.show),
    Route("POST", "/requests/{id}/claim", "claim", "work", desk.claim),
    Route("POST", "/requests/{id}/state", "state", "work", desk.set_state),
    Route("POST", "/requests/{id}/open", "open", "open", desk.open_sealed),
    Route("POST", "/requests/{id}/answer", "answer", "open", desk.answer),
    Route("POST", "/requests/{id}/writing", "writing", "open", desk.writing, unasked=True),
    Route("POST", "/requests/{id}/hold", "hold_place", "places", fitting.hold),
    Route("POST", "/requests/{id}/prolong", "prolong_place", "places", fitting.prolong),
    Route("POST", "/requests/{id}/give-back", "give_back_place", "places", fitting.give_back),
    Route("POST", "/requests/{id}/ready-answer", "ready_answer", "open", work.ready_answer),
    Route("POST", "/requests/{id}/note", "note", "open", work.note),
    Route("POST", "/requests/{id}/hand-over", "hand_over", "work", work.hand_over),
    Route("POST", "/requests/{id}/call", "check_call", "work", work.check_call),
    Route("POST", "/requests/{id}/minor", "found_minor", "work", work.found_minor),
    Route("POST", "/requests/{id}/link", "link", "work", work.link),
    Route("GET", "/trainings", "trainings", "training", training.show_all),
    Route("GET", "/trainings/agenda.ics", "agenda_file", "training", training.file),
    Route("GET", "/trainings/new", "new_training", "training", training.show_new),
    Route("POST", "/trainings/new", "plan_training", "training", training.plan),
    Route("GET", "/trainings/{id}", "training", "training", training.show),
    Route("GET", "/trainings/{id}/change", "change_training", "training", training.show_change),
    Route("POST", "/trainings/{id}/change", "do_change_training", "training", training.change),
    Route("POST", "/trainings/{id}/state", "training_state", "training", training.set_state),
    Route("POST", "/trainings/{id}/contacts", "training_contacts", "open", training.open_contacts),
    Route("POST", "/trainings/{id}/mark", "mark_sign_up", "training", training.mark),
    Route("GET", "/trainings/{id}/sheet", "training_sheet", "training", training.sheet),
    Route("GET", "/trainings/{id}/agenda.ics", "training_file", "training", training.file),
    Route("GET", "/people", "people", "people", people.show_people),
    Route("POST", "/people/invite", "invite", "invite", people.invite),
    Route("POST", "/people/{id}/grant", "grant", "grant", people.grant),
    Route("POST", "/people/{id}/remove", "remove", "invite", people.remove),
    Route("POST", "/people/{id}/factor", "reset_factor", "invite", people.reset_factor),
    Route("GET", "/keys", "keys", "keys", keys.show),
    Route("POST", "/keys/paper", "make_paper", "keys", keys.make_paper),
    Route("POST", "/keys/try", "try_paper", "keys", keys.try_paper),
    Route("POST", "/keys/recover", "recover", "keys", keys.recover),
    Route("POST", "/keys/reseal", "reseal", "keys", keys.reseal),
    Route("GET", "/codes", "codes", "codes", codes.show_codes),
    Route("POST", "/codes/issue", "issue_code", "codes", codes.issue),
    Route("POST", "/codes/{id}/renew", "renew_code", "codes", codes.renew),
    Route("POST", "/codes/{id}/revoke", "revoke_code", "codes", codes.revoke),
    Route("GET", "/places", "places", "places", places.show_board),
    Route("GET", "/places/new", "new_places", "places", places.show_new),
    Route("POST", "/places/new", "add_places", "places", places.add),
    Route("GET", "/places/{id}/change", "change_places", "places", places.show_change),
    Route("POST", "/places/{id}/change", "do_change_places", "places", places.change),
    Route("POST", "/places/{id}/count", "count_places", "places", places.count),
    Route("POST", "/places/{id}/confirm", "confirm_places", "places", places.confirm),
    Route("POST", "/places/{id}/retire", "retire_places", "places", places.retire),
    Route("POST", "/partners/add", "add_partner", "places", places.add_partner),
    Route("POST", "/partners/{id}/remove", "remove_partner", "places", places.remove_partner),
    Route("POST", "/partners/{id}/let-in", "let_in_partner", "places", places.let_in),
    Route("POST", "/sources/{id}/take-in", "take_in_source", "places", places.take_in),
    Route("GET", "/my-places", "own_places", "own_places", own_places.show),
    Route("POST", "/my-places/confirm", "confirm_own", "own_places", own_places.confirm),
    Route("POST", "/my-places/{id}/count", "count_own", "own_places", own_places.count),
    Route("POST", "/my-places/{id}/free-from", "own_free_from", "own_places", own_places.free_from),
    Route("GET", "/tokens", "tokens", "api", tokens.show_tokens),
    Route("POST", "/tokens/issue", "issue_token", "api", tokens.issue),
    Route("POST", "/tokens/{id}/revoke", "revoke_token", "api", tokens.revoke),
    Route("GET", "/statistics", "statistics", "statistics", statistics.show),
    Route("GET", "/statistics/{year}", "statistics_year", "statistics", statistics.show),
    Route("GET", "/statistics/{year}/report", "statistics_report", "statistics", statistics.report),
    Route("GET", "/statistics/{year}/table.csv", "statistics_table", "statistics", statistics.table),
    Route("GET", "/statistics/{year}/table.json", "statistics_machine", "statistics", statistics.machine),
    Route("GET", "/statistics/{year}/{of}.svg", "statistics_chart", "statistics", statistics.chart),
    Route("GET", "/kept", "kept", "retention", keeping.show),
    Route("POST", "/requests/{id}/stop-deletion", "stop_deletion", "supervise", keeping.hold),
    Route("POST", "/requests/{id}/let-delete", "let_delete", "supervise", keeping.let_go),
    Route("GET", "/audit", "audit", "audit", people.show_audit),
    Route("GET", "/facts", "facts", "edit", facts.show_facts),
    Route("GET", "/facts/{key}", "fact", "edit", fact.show),
    Route("GET", "/facts/{key}/preview", "preview", "edit", fact.preview),
    Route("POST", "/facts/{key}/confirm", "confirm", "edit", editing.confirm),
    Route("POST", "/facts/{key}/correct", "correct", "edit", editing.correct),
    Route("POST", "/facts/{key}/hide", "hide", "edit", editing.hide),
    Route("POST", "/facts/{key}/show", "show_again", "edit", editing.show_again),
    Route("GET", "/changes", "changes", "edit", facts.show_changes),
    Route("POST", "/changes/{edit}/undo", "undo", "edit", editing.undo),
    Route("POST", "/changes/{edit}/accept", "accept", "edit", editing.accept),
    Route("POST", "/changes/{edit}/refuse", "refuse", "edit", editing.refuse),
    Route("POST", "/changes/{edit}/withdraw", "withdraw", "edit", editing.withdraw),
)


def console(
    database: Database,
    keys: Keys,
    catalog: Catalog,
    clock: Callable[[], int],
    edited: Edited,
    *,
    https: bool = False,
    public: str = "",
    terms: Terms = TERMS,
    idle_s: int = IDLE_S,
    aims: Targets | None = None,
    writing: Writing | None = None,
) -> web.Application:
    """The console as an application to mount at any prefix. `clock`: Unix seconds. `edited`: what its editors edit.

    `https`: people reach it over https (a proxy ends it), so cookies are for https only. `public`: the address
    that links begin with, else the one at which the server listens. `terms`: how long places are sure, and held.
    `idle_s`: after how many seconds without use it is locked. `aims`: how soon what waits is to be done.
    `writing`: who is told that a coordinator writes.
    """
    application = web.Application(middlewares=[frame])
    streams = Streams(Changes(database), writing or Writing(database, keys))
    application[HOUSE] = House(
        database, keys, Pages(catalog, idle_s), clock, edited, streams, aims or targets(), https, public, terms, idle_s
    )
    application.cleanup_ctx.append(streams.run)
    application.on_shutdown.append(streams.end)
    application.router.add_get("/style.css", _style, name="style")
    application.router.add_get("/desk.js", _script, name="script")
    for route in ROUTES:
        application.router.add_route(route.method, route.path, guarded(route), name=route.name)
    return application


async def _style(request: web.Request) -> web.Response:
    return _file(request.app[HOUSE].pages.style, "text/css")


async def _script(request: web.Request) -> web.Response:
    return _file(request.app[HOUSE].pages.script, "text/javascript")


def _file(body: bytes, kind: str) -> web.Response:
    return web.Response(body=body, content_type=kind, charset="utf-8", headers={"Cache-Control": FILE_AGE})
