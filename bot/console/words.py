"""What the console calls things: the stored ids in words."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime

from bot.console.work_words import HAND_OVER, WHAT_FOR
from dialogs.flows.referral.fields import LANGUAGES, OPTIONS
from dialogs.text import Text, say
from locales import languages
from services.audit import Record

REGIONS = {"fr": "FR", "en": "GB"}
NAMES = languages.of_console()
LOCALES = {code: Locale(code, REGIONS.get(code)) for code in NAMES}
NAMED = {"bin": "Edo (Bini)"}  # as the people concerned say it; the same in all languages
URGENCY = {
    "immediate": say("console", "Immediate"),
    "soon": say("console", "In the next days"),
    "normal": say("console", "Later"),
}
AGE = {
    "adult": say("console", "Adult"),
    "minor": say("console", "Under 18"),
    "unknown": say("console", "Not known"),
}
REFERRER = {
    "professional": say("console", "A professional"),
    "self": say("console", "The person"),
}
STATE = {
    "received": say("console", "Received"),
    "acknowledged": say("console", "Acknowledged"),
    "reopened": say("console", "Reopened"),
    "claimed": say("console", "Claimed"),
    "evaluation": say("console", "Evaluation"),
    "searching": say("console", "Place looked for"),
    "place_offered": say("console", "Place offered"),
    "agreed": say("console", "The person agreed"),
    "arrived": say("console", "Arrived"),
    "follow_up": say("console", "Follow-up"),
    "passed_on": say("console", "Passed on to child protection"),
    "followed": say("console", "Followed with child protection"),
    "declined": say("console", "Declined"),
    "transferred": say("console", "Transferred"),
    "contact_lost": say("console", "Contact lost"),
    "did_not_come": say("console", "Did not come"),
    "closed": say("console", "Closed"),
    "withdrawn": say("console", "Taken back by the person"),
}
SET_STATE = {
    "reopened": say("console", "Reopen: it waits again for somebody to claim it"),
    "evaluation": say("console", "Evaluation: what the person needs and wishes is looked at"),
    "searching": say("console", "A place is looked for"),
    "place_offered": say("console", "A place is offered: the person decides, through their receipt"),
    "arrived": say("console", "The person has arrived"),
    "follow_up": say("console", "Follow-up: the contact goes on"),
    "passed_on": say("console", "Passed on to child protection: the professional is advised"),
    "followed": say("console", "Followed: child protection has taken it up"),
    "declined": say("console", "Declined, with something that fits instead"),
    "transferred": say("console", "Transferred: another service goes on with it"),
    "contact_lost": say("console", "Contact lost: nobody could be reached"),
    "did_not_come": say("console", "The person did not come"),
    "closed": say("console", "Closed: nothing more to do"),
}
REASON = {
    "minor": say("console", "Under 18: child protection is in charge"),
    "no_agreement": say("console", "The person does not agree or changed their mind"),
    "conditions": say("console", "The conditions of the scheme are not met"),
    "no_place": say("console", "No suitable place now"),
    "emergency_first": say("console", "The emergency must first be handled locally"),
    "other_support": say("console", "Already supported elsewhere"),
    "double": say("console", "The same request was made twice"),
    "no_news": say("console", "No more news from the person"),
}
ALTERNATIVE = {
    "siao": say("console", "SIAO (emergency accommodation)"),
    "emergency_shelter": say("console", "The emergency shelter line (a bed for the night)"),
    "local_partner": say("console", "A local partner"),
    "child_protection": say("console", "Child protection"),
    "ccem": say("console", "CCEM (forced labour, domestic servitude)"),
    "emergency": say("console", "Police or emergency services"),
    "other_department": say("console", "A partner in another département"),
}
ROLE = {
    "coordinator": say("console", "coordinator"),
    "supervisor": say("console", "supervisor"),
    "partner": say("console", "partner"),
    "content_editor": say("console", "content editor"),
    "trainer": say("console", "trainer"),
    "auditor": say("console", "auditor"),
    "administrator": say("console", "administrator"),
}
ROLE_MAY = {
    "coordinator": say("console", "Claims requests, opens what is sealed, answers, decides."),
    "supervisor": say("console", "The same; invites people, acts on others' claims, sees who did what."),
    "partner": say("console", "Keeps the free places of their own house up to date; sees nothing else."),
    "content_editor": say("console", "Confirms, corrects and hides what the chat says; sees no request."),
    "trainer": say("console", "Fills the agenda of trainings; sees no request and no contact."),
    "auditor": say("console", "Sees the clear part of requests and who did what; opens nothing."),
    "administrator": say("console", "Invites people, takes them out; sees no request and can open nothing."),
}
RIGHT = {
    "queue": say("console", "See the queue and the clear part of requests"),
    "work": say("console", "Claim a request, put it back, set its state"),
    "supervise": say("console", "Act on requests that others have claimed"),
    "open": say("console", "Open what is sealed and answer, once you hold the claim"),
    "grant": say("console", "Give somebody access to what is sealed"),
    "keys": say("console", "Make the recovery key, seal everything anew"),
    "people": say("console", "See who works here"),
    "invite": say("console", "Invite people, take them out, reset their second factor"),
    "audit": say("console", "See who did what"),
    "training": say("console", "Fill the agenda of trainings, see who signed up"),
    "edit": say("console", "Confirm, correct and hide facts and numbers; a change needs a second editor"),
    "codes": say("console", "Issue and revoke professional codes"),
    "places": say("console", "See the board of places, hold one for a request"),
    "own_places": say("console", "Keep your own places up to date"),
    "board": say("console", "See the numbers of the day"),
    "statistics": say("console", "See the yearly tables"),
    "retention": say("console", "See what is kept, and how long"),
    "api": say("console", "Give and take back access for other programs"),
}
PURPOSE = {
    "callback": say("console", "How to call the professional back"),
    "note": say("console", "What was written"),
}
HOLD_REASON = {
    "person_asked": say("console", "The person asked to keep it (RGPD art. 18)"),
    "claim": say("console", "A legal claim is under way (RGPD art. 17(3)(e))"),
    "justice": say("console", "A court or a judge asked to keep it (RGPD art. 17(3)(b))"),
    "complaint": say("console", "A complaint about how it was handled"),
}
CONSENT = {
    "search": say("console", "Working on the request"),
    "contact": say("console", "Messages behind the receipt"),
    "statistics": say("console", "Being counted in figures"),
}
ACTOR = {
    "person": say("console", "the person"),
    "professional": say("console", "the professional"),
    "coordination": say("console", "the coordination"),
    "system": say("console", "the system"),
}
ACTION = {
    "invited": say("console", "invited somebody"),
    "joined": say("console", "joined"),
    "made_keys": say("console", "made the coordination's keys"),
    "signed_in": say("console", "signed in"),
    "signed_out": say("console", "signed out"),
    "granted": say("console", "gave access to what is sealed"),
    "removed": say("console", "took somebody out"),
    "submitted": say("console", "sent the request"),
    "handed_over": say("console", "let the person see their own receipt"),
    "withdrawn": say("console", "took the request back"),
    "agreed": say("console", "agreed"),
    "disagreed": say("console", "took an agreement back"),
    "run_out": say("console", "ended an agreement whose time was over"),
    "erased": say("console", "erased what was sealed"),
    "receipt_replaced": say("console", "made a new receipt, the old one opens nothing"),
    "figures_frozen": say("console", "froze the figures of a year"),
    "held": say("console", "stopped the deletion of a request"),
    "let_go": say("console", "let a request be deleted when it is due"),
    "wrote": say("console", "wrote a message"),
    "slowed": say("console", "many sign-ins failed under one name"),
    "claimed": say("console", "claimed"),
    "released": say("console", "put back in the queue"),
    "opened": say("console", "opened what is sealed"),
    "offer_agreed": say("console", "agreed to the proposal"),
    "offer_refused": say("console", "did not agree to the proposal"),
    "noted": say("console", "wrote a note"),
    "handed_on": say("console", "handed the request over"),
    "call_checked": say("console", "called the professional back through the switchboard"),
    "found_minor": say("console", "found that the person is under 18"),
    "linked": say("console", "linked it with another request of the same person"),
    "unlinked": say("console", "took the link with another request back"),
    "answered": say("console", "answered"),
    "set_state": say("console", "set the state"),
    "code_issued": say("console", "issued a professional code"),
    "code_renewed": say("console", "renewed a professional code"),
    "code_revoked": say("console", "revoked a professional code"),
    "token_issued": say("console", "issued a token to a program"),
    "token_revoked": say("console", "revoked a program’s token"),
    "partner_added": say("console", "put a partner on the list"),
    "partner_let_in": say("console", "let somebody sign in for a partner"),
    "partner_removed": say("console", "took a partner off the list"),
    "places_added": say("console", "put places on the board"),
    "places_changed": say("console", "changed what places are like"),
    "places_counted": say("console", "counted free places"),
    "places_confirmed": say("console", "confirmed places"),
    "places_retired": say("console", "took places off the board"),
    "place_held": say("console", "held a place"),
    "place_let_go": say("console", "gave a held place back"),
    "place_late": say("console", "the time of a place that was agreed to is over"),
    "place_run_out": say("console", "the time for which a place was held was over"),
    "factor_set": say("console", "set up a second factor"),
    "factor_reset": say("console", "reset somebody's second factor"),
    "paper_codes_made": say("console", "made new codes for paper"),
    "paper_code_used": say("console", "used a code from paper"),
    "password_changed": say("console", "changed the password"),
    "sessions_ended": say("console", "ended sessions"),
    "recovery_made": say("console", "made a recovery key"),
    "recovery_tried": say("console", "tried the recovery key: it counts"),
    "recovered": say("console", "got access by the recovery key"),
    "reseal_begun": say("console", "made a new key and began to seal everything anew"),
    "resealed": say("console", "sealed everything anew: the old key is given up"),
    "purged": say("console", "deleted what was due"),
    "planned": say("console", "announced a training"),
    "replanned": say("console", "changed a training"),
    "training_open": say("console", "opened a training’s sign-up again"),
    "training_closed": say("console", "closed a training’s sign-up"),
    "training_cancelled": say("console", "cancelled a training"),
    "contacts_opened": say("console", "opened the contacts of a training"),
    "sign_up_confirmed": say("console", "confirmed a seat at a training"),
    "sign_up_signed_up": say("console", "took back the confirmation of a seat"),
    "sign_up_removed": say("console", "took a sign-up off the list"),
    "sign_up_attended": say("console", "noted that somebody came to a training"),
    "sign_up_absent": say("console", "noted that somebody did not come to a training"),
    "content_confirmed": say("console", "confirmed a fact or a number"),
    "content_proposed": say("console", "proposed a change of a fact or a number"),
    "content_hidden": say("console", "hid a fact or a number"),
    "content_undone": say("console", "took back a confirmation"),
    "content_accepted": say("console", "accepted a change of a fact or a number"),
    "content_refused": say("console", "refused a change of a fact or a number"),
    "content_withdrawn": say("console", "withdrew a change of a fact or a number"),
}
DETAIL = {
    **STATE,
    **WHAT_FOR,
    **HAND_OVER,
    "accepted": say("console", "Accepted"),  # as it was recorded before the states became more
    "liaison": say("console", "Liaison taken up"),
    "danger": say("console", "it speaks of danger"),
    **CONSENT,
    **HOLD_REASON,
    **ROLE,
}
PAGES = {
    "queue": say("console", "Queue"),
    "board": say("console", "Board"),
    "trainings": say("console", "Training"),
    "facts": say("console", "Facts and numbers"),
    "changes": say("console", "Second reading"),
    "places": say("console", "Places"),
    "own_places": say("console", "Your places"),
    "statistics": say("console", "Figures"),
    "kept": say("console", "What is kept"),
    "people": say("console", "People"),
    "keys": say("console", "Keys"),
    "codes": say("console", "Codes"),
    "tokens": say("console", "Programs"),
    "audit": say("console", "Who did what"),
    "account": say("console", "Your account"),
}
UNSAID = frozenset(("unknown", "unsaid"))
NOT_SAID = say("console", "not said")


def duration(seconds: int) -> Text:
    """How long, in the largest whole unit: minutes, hours or days."""
    minutes = max(0, seconds) // 60
    if minutes < 60:
        return say("console", "{count} min", count=minutes)
    if minutes < 48 * 60:
        return say("console", "{count} h", count=minutes // 60)
    return say("console", "{count} days", count=minutes // (24 * 60))


def option(field: str, value: str) -> Text | str:
    """The words of an option of a referral's question; the id itself when it is not known.

    What nobody answered is stored like "I don't know", so neither is told as somebody's own words.
    """
    if value in UNSAID:
        return NOT_SAID
    return next((choice.label for choice in OPTIONS.get(field, ()) if choice.id == value), value)


def tongues(language: str, codes: Iterable[str]) -> str:
    """Languages' names in the reader's language."""
    names = LOCALES[language].languages
    return ", ".join(NAMED.get(code) or names.get(code) or LANGUAGES.get(code, code) for code in codes)


def moment(language: str, at: int) -> str:
    """A time as it is in Paris."""
    zone = _paris()
    words = format_datetime(datetime.fromtimestamp(at, zone), "d MMM y, HH:mm", locale=LOCALES[language])
    return f"{words} UTC" if zone is UTC else words


def day(language: str, iso: str) -> str:
    """A day given as YYYY-MM-DD, or what was given if it is none."""
    try:
        return format_date(date.fromisoformat(iso), "d MMM y", locale=LOCALES[language])
    except ValueError:
        return iso


def date_of(language: str, at: int) -> str:
    """The day of a time."""
    return format_date(datetime.fromtimestamp(at, _paris()), "d MMM y", locale=LOCALES[language])


def details(record: Record) -> tuple[Text, ...]:
    """What a record's fixed words add to its action: a state, a reason, what fits instead, a role."""
    tables = (DETAIL, REASON, ALTERNATIVE)
    parts = zip(tables, record.detail.split(":"), strict=False)
    return tuple(table[part] for table, part in parts if part in table)


def _paris() -> tzinfo:
    try:
        return ZoneInfo("Europe/Paris")
    except ZoneInfoNotFoundError:
        return UTC
