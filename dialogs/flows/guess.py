"""When a text could mean two things: both, as a choice. When nothing helps: a human way."""

from dialogs import hearing
from dialogs.events import Chose
from dialogs.flow import Flow, Flows, Move, Reply, Scene, Step, done, switch
from dialogs.screen import Choice, Screen
from dialogs.text import say


def guess(flows: Flows) -> Flow:
    """The flow that offers the guesses; it needs to know how the other flows are called."""

    def show(scene: Scene) -> Screen:
        labels = [
            (intent, hearing.label(intent, flows, scene.library, professional=scene.professional))
            for intent in scene.chosen("intents")
        ]
        guesses = tuple(Choice(intent, text) for intent, text in labels if text)
        other = Choice("other", say("guess", "Something else"))
        return Screen((say("guess", "I am not sure that I understood. Do you mean:"),), (*guesses, other))

    def take(scene: Scene, reply: Reply) -> Move | None:
        if not isinstance(reply, Chose):
            return None
        way = hearing.route(reply.choice, flows, scene.library)
        return switch(way.flow, way.step) if way else done()

    return Flow("guess", (Step("choose", show, take),))
