"""What the console calls the sorts of places, and what speaks for and against one."""

from collections.abc import Mapping

from dialogs.text import Text, say
from services.places.capacity import Standing
from services.places.matching import Refusal

KIND: Mapping[str, Text] = {
    "woman": say("console", "women only"),
    "man": say("console", "men only"),
    "mixed": say("console", "women and men"),
    "couple": say("console", "couples can stay together"),
    "trans": say("console", "trans people are welcome"),
}
AGE: Mapping[str, Text] = {
    "child_0_2": say("console", "0 to 2 years"),
    "child_3_11": say("console", "3 to 11 years"),
    "child_12_17": say("console", "12 to 17 years"),
}
SUIT: Mapping[str, Text] = {
    "mobility": say("console", "access without stairs"),
    "treatment": say("console", "a treatment can go on without a break"),
    "pregnancy": say("console", "pregnancy and birth"),
    "mental_health": say("console", "psychological support from the start"),
    "addiction": say("console", "support with addiction"),
    "hearing_sight": say("console", "hearing or sight"),
}
STANDING: Mapping[Standing, Text] = {
    "fresh": say("console", "confirmed"),
    "faded": say("console", "fading: confirm it"),
    "gone": say("console", "too old: not proposed"),
    "unconfirmed": say("console", "to be confirmed: not proposed"),
}
REFUSAL: Mapping[Refusal, Text] = {
    "minor": say(
        "console", "This person is under 18: no place of the network is looked for. Child protection is in charge."
    ),
    "age": say("console", "The age is not known: check it first. Until then no place is looked for."),
}
REASON: Mapping[str, Text] = {
    "unconfirmed": say("console", "nobody has confirmed these places yet"),
    "gone": say("console", "not confirmed for {count} days"),
    "avoided": say("console", "in a département to avoid: {what}"),
    "danger": say("console", "in the département where the person is now: {what}"),
    "women": say("console", "not for women"),
    "men": say("console", "not for men"),
    "trans": say("console", "nobody said that trans people are welcome"),
    "children": say("console", "no children may come along"),
    "child_age": say("console", "not for children of this age: {what}"),
    "mobility": say("console", "no access without stairs"),
    "treatment": say("console", "the treatment might be interrupted"),
    "full": say("console", "not enough free places: {count} needed"),
    "other_region": say("console", "in another region than the danger"),
    "same_region": say("console", "in the same region as the danger: {what}"),
    "danger_unknown": say("console", "where the danger is was not said: ask"),
    "wishes_distance": say("console", "the person wishes to be far away"),
    "sea": say("console", "a flight away"),
    "free_now": say("console", "free now"),
    "free_in_time": say("console", "free before the safe roof ends"),
    "free_too_late": say("console", "free {count} days after the safe roof ends"),
    "free_later": say("console", "free in {count} days"),
    "short_delay": say("console", "takes people in at short delay"),
    "no_short_delay": say("console", "there is haste, and no short delay is known"),
    "among_women": say("console", "only women live there"),
    "among_men": say("console", "only men live there"),
    "mixed": say("console", "women and men live there: ask whether that suits"),
    "language": say("console", "a shared language: {what}"),
    "no_language": say("console", "no shared language: an interpreter is needed"),
    "couple": say("console", "two adults can stay together"),
    "no_couple": say("console", "nobody said that two adults can stay together"),
    "met": say("console", "need met: {what}"),
    "not_met": say("console", "need not met: {what}"),
    "faded": say("console", "confirmed {count} days ago: call before you offer it"),
}
TELLING = say(
    "console",
    "This was not kept: it seems to hold an address or a number ({found}). Take it out, or use a word of your own.",
)
WITH_CHILDREN = say("console", "with children: {ages}")
NOT_KNOWN = say("console", "for whom is not known")
DONE = {
    "counted": say("console", "Noted. It is confirmed for today."),
    "confirmed": say("console", "Thank you: confirmed for today."),
    "added": say("console", "On the board. Nobody has confirmed it yet: count what is free, or confirm."),
    "changed": say("console", "Changed. How many are free stayed as it was."),
    "retired": say("console", "Taken off the board."),
    "partner": say("console", "The partner is on the list. Add its places now."),
    "partner_gone": say("console", "The partner is off the list, and nobody signs in for it."),
    "let_in": say("console", "From now on this person keeps the partner’s places up to date, and sees no others."),
    "taken_in": say("console", "On the board, to be confirmed. Call first, then say for whom the places are."),
}
