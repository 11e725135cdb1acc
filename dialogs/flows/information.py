"""Information pages: the list in two steps, then a page in parts: first answer, more, cases, sources, text to copy."""

from dialogs.age import known_age
from dialogs.choices import AGENDA, EXPLAINER, SCREENING, TRAINING, request
from dialogs.events import Chose
from dialogs.evidence import body, links, sources, withheld
from dialogs.flow import Flow, Move, Reply, Scene, Step, enter, go
from dialogs.library import Library, day_of
from dialogs.numbers import dial, lines, named
from dialogs.paper import Section
from dialogs.screen import Choice, Screen
from dialogs.session import Session
from dialogs.stack import top
from dialogs.text import Text, say
from dialogs.topic import Case, Fact, Group, Register, Topic

MORE = Choice("more", say("information", "Tell me more"))
SOURCES = Choice("sources", say("information", "Where does this come from?"))
DIFFERENT = Choice("cases", say("information", "My situation is different"))
COPY = Choice("copy", say("information", "The text to copy"))
ALL = Choice("all", say("information", "Other questions"))
COPIED = "copy/"
IN_YOUR_WORDS = say("information", "You can also ask in your own words.")
WHICH = say("information", "Which of these is true? You may look at several.")
LAWS = say("information", "Laws change. A lawyer or a support association can tell what applies to you.")
TRACES = say("information", "A page that you open stays in the history of this device.")
GROUPS: dict[Group, Text] = {
    "understand": say("information", "What it is"),
    "papers": say("information", "Rights and papers"),
    "help": say("information", "Help and daily life"),
    "practice": say("information", "For your work"),
    "who": say("information", "Who we are"),
}


def _register(scene: Scene) -> Register:
    return "professional" if scene.professional else "plain"


def _topic(scene: Scene) -> Topic:
    """The page asked for (before a point, the case); a minor who told their age reads what is for them."""
    topics = scene.library.topics
    topic = topics.get(scene.argument.partition(".")[0]) or next(iter(topics.values()))
    young = known_age(scene) == "minor" and topic.of_minors
    return topics[topic.of_minors] if young else topic


def _title(scene: Scene, topic: Topic) -> Text:
    return topic.title_for(professional=scene.professional)


def _facts(scene: Scene) -> tuple[Fact, ...]:
    return _topic(scene).facts_for(_register(scene), day_of(scene.session.at))


def _body(scene: Scene, facts: tuple[Fact, ...]) -> tuple[Text, ...]:
    day = day_of(scene.session.at)
    return body(facts, day, _topic(scene).tells, professional=scene.professional)


def _withheld(scene: Scene) -> tuple[Text, ...]:
    """Who can tell, where the first answer is out of sight."""
    topic = _topic(scene)
    return withheld(topic.tells) if topic.withheld(_register(scene)) else ()


def _show_list(scene: Scene) -> Screen:
    present = {topic.group for topic in scene.library.topics_for(_register(scene))}
    return Screen(
        (say("information", "What would you like to know?"), IN_YOUR_WORDS),
        tuple(Choice(f"group-{group}", label) for group, label in GROUPS.items() if group in present),
    )


def _show_group(scene: Scene) -> Screen:
    topics = scene.library.topics_for(_register(scene))
    title = next((label for group, label in GROUPS.items() if group == scene.argument), ALL.label)
    mine = [topic for topic in topics if topic.group == scene.argument] or topics
    return Screen((title,), (*(Choice(f"topic-{topic.id}", _title(scene, topic)) for topic in mine), ALL))


def _onward(scene: Scene, topic: Topic) -> tuple[Choice, ...]:
    ways = {
        "screening": SCREENING,
        "referral": request(professional=scene.professional),
        "explainer": EXPLAINER,
        "training": Choice("training", TRAINING),
        "agenda": AGENDA,
    }
    related = (scene.library.topics.get(other) for other in topic.related)
    return (
        *(ways[flow] for flow in topic.next),
        *(
            Choice(f"topic-{other.id}", _title(scene, other))
            for other in related
            if other and _register(scene) in other.audiences
        ),
        ALL,
    )


def _numbers(scene: Scene, topic: Topic) -> tuple[tuple[Text, ...], tuple[Choice, ...]]:
    found = named(scene, topic.helplines)
    return lines(found), dial(found)


def _parted(scene: Scene) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The first answer, and what holds for all beside it; what holds in some cases only stands behind them."""
    facts = _facts(scene)
    lead = tuple(fact for fact in facts if fact.lead) or facts[:3]
    first = {fact.id for fact in lead}
    return lead, tuple(fact for fact in facts if not fact.case or fact.id in first)


def _cases(scene: Scene) -> tuple[Case, ...]:
    """The situations of which the page says something to who reads it."""
    named = {fact.case for fact in _facts(scene)}
    return tuple(case for case in scene.library.cases.values() if case.id in named)


def _deeper(scene: Scene) -> tuple[Choice, ...]:
    """The parts of the page behind the one that is read."""
    return (*((DIFFERENT,) if _cases(scene) else ()), SOURCES, *_copy(scene))


def _copy(scene: Scene) -> tuple[Choice, ...]:
    return (COPY,) if scene.professional else ()


def _screen(topic: Topic, text: tuple[Text, ...], choices: tuple[Choice, ...]) -> Screen:
    """A part of a page; what has no plain words is for the professional alone."""
    return Screen(text, choices, alone="plain" not in topic.audiences)


def _show_page(scene: Scene) -> Screen:
    topic, (lead, general) = _topic(scene), _parted(scene)
    more = (MORE,) if len(lead) < len(general) else ()
    text, buttons = _numbers(scene, topic)
    return _screen(
        topic,
        (_title(scene, topic), *_withheld(scene), *_body(scene, lead), *text),
        (*more, *_deeper(scene), *buttons, *_onward(scene, topic)),
    )


def _show_more(scene: Scene) -> Screen:
    topic, (_, general) = _topic(scene), _parted(scene)
    return _screen(topic, (_title(scene, topic), *_body(scene, general)), (*_deeper(scene), *_onward(scene, topic)))


def _show_cases(scene: Scene) -> Screen:
    topic = _topic(scene)
    cases = tuple(Choice(f"case-{c.id}", c.label(professional=scene.professional)) for c in _cases(scene))
    return _screen(topic, (_title(scene, topic), WHICH), (*cases, *_onward(scene, topic)))


def _show_case(scene: Scene) -> Screen:
    """What holds in one situation. One that the page no longer has shows them all."""
    wanted = scene.argument.partition(".")[2]
    case = next((case for case in _cases(scene) if case.id == wanted), None)
    if case is None:
        return _show_cases(scene)
    topic, facts = _topic(scene), tuple(fact for fact in _facts(scene) if fact.case == wanted)
    text = (_title(scene, topic), case.label(professional=scene.professional), *_body(scene, facts))
    return _screen(topic, text, (*_deeper(scene), *_onward(scene, topic)))


def _show_sources(scene: Scene) -> Screen:
    topic, facts = _topic(scene), _facts(scene)
    opened = links(facts, professional=scene.professional)
    left = (TRACES,) if opened and not scene.professional else ()
    text = (_title(scene, topic), *sources(facts), LAWS, *left)
    return _screen(topic, text, (MORE, *_copy(scene), *opened, *_onward(scene, topic)))


def _show_copy(scene: Scene) -> Screen:
    """The whole page for a professional's own text: every fact with its source, case by case."""
    topic, facts = _topic(scene), _facts(scene)
    cases = [text for case in _cases(scene) for text in (case.professional, *_of_case(scene, case))]
    general = _body(scene, tuple(fact for fact in facts if not fact.case))
    return Screen((_title(scene, topic), *general, *cases, _issued(scene)), _onward(scene, topic), alone=True)


def _of_case(scene: Scene, case: Case) -> tuple[Text, ...]:
    return _body(scene, tuple(fact for fact in _facts(scene) if fact.case == case.id))


def _issued(scene: Scene) -> Text:
    return say("information", "Passerelle, {day}. Information, not legal advice.", day=str(day_of(scene.session.at)))


def printed(session: Session, library: Library) -> tuple[Section, ...] | None:
    """The page whose text a professional has before them, as a sheet; None elsewhere."""
    frame = top(session) if session.stack else None
    if (
        frame is None
        or frame.flow != FLOW.name
        or not frame.step.startswith(COPIED)
        or session.audience != "professional"
    ):
        return None
    scene = Scene(session, frame, library)
    general = _body(scene, tuple(fact for fact in _facts(scene) if not fact.case))
    return (
        Section(_title(scene, _topic(scene)), (_issued(scene), *general)),
        *(Section(case.professional, _of_case(scene, case)) for case in _cases(scene)),
    )


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    kind, _, name = reply.choice.partition("-")
    match kind:
        case "topic":
            return go(f"page/{name}")
        case "group":
            return go(f"group/{name}")
        case "case":
            return go(f"case/{_topic(scene).id}.{name}")
        case "more" | "cases" | "sources" | "copy":
            return go(f"{kind}/{_topic(scene).id}")
        case "all":
            return go("list")
        case _:
            return enter(reply.choice)


FLOW = Flow(
    "information",
    (
        Step("list", _show_list, _take),
        Step("group", _show_group, _take),
        Step("page", _show_page, _take),
        Step("more", _show_more, _take),
        Step("cases", _show_cases, _take),
        Step("case", _show_case, _take),
        Step("sources", _show_sources, _take),
        Step("copy", _show_copy, _take),
    ),
)
