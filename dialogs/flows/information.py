"""Information pages: the list, the first answer, all of it, where it comes from."""

from dialogs.age import known_age
from dialogs.choices import SCREENING, request
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, enter, go
from dialogs.library import day_of
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say
from dialogs.topic import Fact, Register, Topic

MORE = Choice("more", say("information", "Tell me more"))
SOURCES = Choice("sources", say("information", "Where does this come from?"))
ALL = Choice("all", say("information", "Other questions"))


def _register(scene: Scene) -> Register:
    return "professional" if scene.professional else "plain"


def _topic(scene: Scene) -> Topic:
    """The page asked for; a minor who told their age reads what is for them."""
    topics = scene.library.topics
    topic = topics.get(scene.argument) or next(iter(topics.values()))
    young = known_age(scene) == "minor" and topic.of_minors
    return topics[topic.of_minors] if young else topic


def _title(scene: Scene, topic: Topic) -> Text:
    return topic.title_for(professional=scene.professional)


def _facts(scene: Scene) -> tuple[Fact, ...]:
    return _topic(scene).facts_for(_register(scene), day_of(scene.session.at))


def _words(scene: Scene, fact: Fact) -> Text:
    text = say("information", "This is history: {fact}", fact=fact.text) if fact.historical else fact.text
    if not scene.professional:
        return text
    return say("information", "{fact} [{source}; read on {day}]", fact=text, source=fact.source, day=fact.checked_on)


def _body(scene: Scene, facts: tuple[Fact, ...]) -> tuple[Text, ...]:
    """The facts; a professional sees the source behind each, others the day of the oldest check."""
    text = tuple(_words(scene, fact) for fact in facts)
    oldest = min(fact.checked_on for fact in facts)
    return text if scene.professional else (*text, say("information", "Checked on {day}.", day=oldest))


def _show_list(scene: Scene) -> Screen:
    topics = scene.library.topics_for(_register(scene))
    return Screen(
        (say("information", "What would you like to know?"),),
        tuple(Choice(f"topic-{topic.id}", _title(scene, topic)) for topic in topics),
    )


def _onward(scene: Scene, topic: Topic) -> tuple[Choice, ...]:
    ways = {"screening": SCREENING, "referral": request(professional=scene.professional)}
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
    day = day_of(scene.session.at)
    found = [scene.library.helplines[h] for h in topic.helplines if scene.library.helplines[h].shown_on(day)]
    return lines(found), dial(found)


def _show_page(scene: Scene) -> Screen:
    topic, facts = _topic(scene), _facts(scene)
    lead = tuple(fact for fact in facts if fact.lead) or facts[:3]
    more = (MORE,) if len(lead) < len(facts) else ()
    text, buttons = _numbers(scene, topic)
    return Screen(
        (_title(scene, topic), *_body(scene, lead), *text), (*more, SOURCES, *buttons, *_onward(scene, topic))
    )


def _show_more(scene: Scene) -> Screen:
    topic = _topic(scene)
    return Screen((_title(scene, topic), *_body(scene, _facts(scene))), (SOURCES, *_onward(scene, topic)))


def _show_sources(scene: Scene) -> Screen:
    topic = _topic(scene)
    cited = dict.fromkeys((fact.source, fact.checked_on) for fact in _facts(scene))
    text = tuple(say("information", "{source}. Read on {day}.", source=s, day=day) for s, day in cited)
    advice = say("information", "Laws change. A lawyer or a support association can tell what applies to you.")
    return Screen((_title(scene, topic), *text, advice), (MORE, *_onward(scene, topic)))


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice.startswith("topic-"):
        return go(f"page/{reply.choice.removeprefix('topic-')}")
    match reply.choice:
        case "more" | "sources":
            return go(f"{reply.choice}/{_topic(scene).id}")
        case "all":
            return go("list")
        case _:
            return enter(reply.choice)


FLOW = Flow(
    "information",
    (
        Step("list", _show_list, _take),
        Step("page", _show_page, _take),
        Step("more", _show_more, _take),
        Step("sources", _show_sources, _take),
    ),
)
