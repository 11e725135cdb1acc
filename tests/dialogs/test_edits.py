"""What editors changed, over what the files say: which one holds, in which language, and what is left of a page."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dialogs.editing import Correction, confirmed, corrected
from dialogs.edits import FACT_KEYS, NUMBERS, Edit, Translation, edited, entries, sentences, standing
from dialogs.helpline import EMERGENCY
from dialogs.library import day_of
from dialogs.present import present
from dialogs.session import Frame, Session
from dialogs.stack import MENU
from dialogs.text import Text
from tests.dialogs.world import AT, FLOWS, LIBRARY

KNOWN = entries(LIBRARY)
KEY = "rights.plain_no_card"
FILE = KNOWN[KEY].values
DAY = FILE["checked_on"]
CONTEXT = "topic.rights"


def correction(base=FILE, said=None, wrong=False, **changed) -> Edit:
    return Edit(KEY, "correct", {**FILE, **changed}, base, said or {}, wrong)


def with_file(**changed: Any):
    """The library as another release of the files would have it."""
    topic = LIBRARY.topics["rights"]
    changed |= {"text": Text(CONTEXT, changed["text"])} if "text" in changed else {}
    facts = tuple(replace(f, **changed) if f.id == "plain_no_card" else f for f in topic.facts)
    return replace(LIBRARY, topics={**LIBRARY.topics, "rights": replace(topic, facts=facts)})


def stood(*edits: Edit, library=LIBRARY):
    return standing(entries(library)[KEY], edits)


def page(library, step: str, audience: Any = "person") -> list[Text]:
    session = Session("en", AT, audience=audience, stack=(MENU, Frame("information", step)))
    return list(present(session, FLOWS, library).text)


def msgids(texts) -> str:
    return " ".join(str(part) for text in texts for part in (text.msgid, *(value for _, value in text.values)))


def test_every_entry_has_a_key_of_its_own():
    count = sum(len(topic.facts) for topic in LIBRARY.topics.values()) + len(LIBRARY.helplines)
    assert len(KNOWN) == count
    assert set(FILE) == set(FACT_KEYS)
    assert NUMBERS not in LIBRARY.topics


def test_what_was_accepted_wins_over_the_file_and_a_changed_file_is_flagged():
    edit = correction(text="New.")
    assert stood(edit).now["text"] == "New."
    assert stood(edit).flag is None
    changed = with_file(text="Newer in the file.")
    assert (stood(edit, library=changed).now["text"], stood(edit, library=changed).flag) == ("New.", "file_changed")


def test_what_was_written_back_stands_in_the_file():
    edit = correction(text="New.")
    exported = with_file(text="New.", checked_on="2027-03-01")
    stands = stood(edit, library=exported)
    assert (stands.flag, stands.now["checked_on"]) == ("in_file", "2027-03-01")
    assert not replace(stands, said={}).edited


def test_a_confirmation_counts_for_the_words_that_were_read_only():
    edit = confirmed(stood(), "2027-01-01")
    assert stood(edit).now == {**FILE, "checked_on": "2027-01-01"}
    assert stood(edit, library=with_file(checked_on="2027-02-01")).now["checked_on"] == "2027-02-01"
    stands = stood(edit, library=with_file(text="Newer in the file."))
    assert (stands.now["text"], stands.now["checked_on"], stands.flag) == ("Newer in the file.", DAY, "lapsed")


def test_a_correction_that_is_confirmed_keeps_its_words():
    first = correction(text="New.")
    second = confirmed(stood(first), "2027-01-01")
    assert stood(first, second).now == {**FILE, "text": "New.", "checked_on": "2027-01-01"}


def test_taking_the_files_words_leaves_nothing_behind():
    newer = with_file(text="Newer in the file.")
    first = correction(text="New.", said={"fr": {"text": Translation("Neuf.", "New.", DAY)}})
    theirs = entries(newer)[KEY].values
    stands = stood(first, Edit(KEY, "correct", theirs, theirs), library=newer)
    assert (stands.now, stands.edited, stands.flag) == (theirs, False, None)


def in_words(language: str, text: Text) -> str:
    return {"fr": f"fr {text.msgid}", "es": f"es {text.msgid}"}.get(language, "")


def test_a_language_without_new_words_says_the_old_ones_as_perhaps_changed():
    asked = Correction(
        {**FILE, "text": "New."}, {"fr": {"text": "Neuf."}, "es": {"text": f"es {FILE['text']}"}, "ar": {}}
    )
    edit = corrected(stood(), asked, in_words)
    assert edit.said["fr"]["text"] == Translation("Neuf.", "New.", FILE["checked_on"])
    written, instead = sentences(LIBRARY, {KEY: [edit]})
    assert written == {("fr", CONTEXT, "New."): "Neuf."}
    told = msgids([instead["es", CONTEXT, "New."]])
    assert f"es {FILE['text']}" in told
    assert "may have changed" in told
    assert DAY in told
    assert "lawyer" in told
    assert ("ar", CONTEXT, "New.") not in instead  # it never had words of its own: English stands in


def test_old_words_that_are_wrong_are_said_no_more():
    edit = corrected(stood(), Correction({**FILE, "text": "New."}, {"es": {}}, wrong=True), in_words)
    told = msgids([sentences(LIBRARY, {KEY: [edit]})[1]["es", CONTEXT, "New."]])
    assert "This has changed" in told
    assert "lawyer" in told
    assert FILE["text"] not in told


def test_words_that_fit_as_they_are_stay():
    old = f"es {FILE['text']}"
    asked = Correction({**FILE, "text": "New."}, {"es": {"text": old}}, fits=frozenset(("es",)))
    edit = corrected(stood(), asked, in_words)
    assert sentences(LIBRARY, {KEY: [edit]})[0] == {("es", CONTEXT, "New."): old}


def test_a_translation_alone_is_corrected_and_taken_back():
    edit = corrected(stood(), Correction(FILE, {"fr": {"text": "Mieux dit."}}), in_words)
    place = ("fr", CONTEXT, FILE["text"])
    assert sentences(LIBRARY, {KEY: [edit]})[0] == {place: "Mieux dit."}
    back = Edit(KEY, "undo", FILE, FILE)
    assert sentences(LIBRARY, {KEY: [edit, back]}) == ({}, {})


def test_who_reads_just_now_what_was_in_force_keeps_their_words():
    first = correction(text="New.", said={"fr": {"text": Translation("Neuf.", "New.", DAY)}})
    second = correction(text="Newer.", said={"fr": {"text": Translation("Plus neuf.", "Newer.", DAY)}})
    written, _ = sentences(LIBRARY, {KEY: [first, second]})
    assert written == {("fr", CONTEXT, "New."): "Neuf.", ("fr", CONTEXT, "Newer."): "Plus neuf."}


def test_an_edit_of_what_is_gone_changes_nothing():
    gone = {"rights.no_such_fact": [replace(correction(text="New."), key="rights.no_such_fact")]}
    assert edited(LIBRARY, gone) == LIBRARY
    assert sentences(LIBRARY, gone) == ({}, {})


def test_a_hidden_first_answer_leaves_who_can_tell():
    lead = [fact for fact in LIBRARY.topics["rights"].facts if fact.register == "plain" and fact.lead]
    hidden = {f"rights.{fact.id}": [Edit(f"rights.{fact.id}", "hide")] for fact in lead}
    told = msgids(page(edited(LIBRARY, hidden), "page/rights"))
    assert "A part of this page is being checked." in told
    assert "lawyer" in told
    assert all(fact.text.msgid not in told for fact in lead)


def test_a_hidden_page_never_falls_back_to_the_words_for_professionals():
    rights = LIBRARY.topics["rights"]
    hidden = {f"rights.{f.id}": [Edit(f"rights.{f.id}", "hide")] for f in rights.facts if f.register == "plain"}
    library = edited(LIBRARY, hidden)
    for step in ("page/rights", "more/rights", "cases/rights", "sources/rights"):
        told = msgids(page(library, step))
        assert all(fact.text.msgid not in told for fact in rights.facts)


def test_no_edit_hides_or_changes_an_emergency_number():
    def spoilt(key: str) -> list[Edit]:
        values = {**KNOWN[key].values, "number": "0899 00 00 00", "status": "GK", "checked_on": "2001-01-01"}
        return [Edit(key, "correct", values, KNOWN[key].values), Edit(key, "hide")]

    numbers = {key: spoilt(key) for key in KNOWN if key.startswith(f"{NUMBERS}.")}
    library = edited(LIBRARY, numbers)
    shown = {h.number for h in library.helplines.values() if h.shown_on(day_of(AT))}
    assert shown == set(EMERGENCY)


EDITS = st.one_of(
    st.builds(Edit, st.just(KEY), st.sampled_from(("hide", "show"))),
    st.builds(
        lambda text, status, checked, wrong: correction(
            said={"fr": {"text": Translation("Vieux.", "Old.", DAY)}},
            wrong=wrong,
            text=text,
            status=status,
            checked_on=checked,
        ),
        st.sampled_from((FILE["text"], "New.", "Newer.")),
        st.sampled_from(("V1", "V2", "GK")),
        st.dates().map(str),
        st.booleans(),
    ),
)
STEPS = ("page", "more", "cases", "case", "sources", "copy", "list", "group")


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KNOWN)), EDITS), max_size=12),
    st.sampled_from(sorted(LIBRARY.topics)),
    st.sampled_from(STEPS),
    st.sampled_from(("person", "professional", "other")),
)
def test_whatever_was_edited_every_page_is_still_a_page(made, topic: str, step: str, audience: str):
    by_key: dict[str, list[Edit]] = {}
    for key, edit in made:
        fits = set(edit.values) <= set(KNOWN[key].values)
        by_key.setdefault(key, []).append(replace(edit, key=key) if fits else Edit(key, "hide"))
    library = edited(LIBRARY, by_key)
    sentences(LIBRARY, by_key)
    texts = page(library, f"{step}/{topic}", audience)
    assert texts
    facts = [fact for each in library.topics.values() for fact in each.facts]
    gone = {fact.text for fact in facts if fact.hidden} - {fact.text for fact in facts if not fact.hidden}
    assert gone.isdisjoint(part for text in texts for part in (text, *(value for _, value in text.values)))
