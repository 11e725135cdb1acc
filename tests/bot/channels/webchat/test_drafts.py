"""Forms that could not be taken: whose words are kept, and how many."""

from bot.channels.webchat.drafts import MOST, Drafts
from bot.channels.webchat.form import Form


def test_hundreds_of_forms_of_somebody_else_take_nobodys_words():
    drafts = Drafts()
    for other in range(MOST):
        drafts.keep(str(other), Form(1, "n", 0, "fr", "p", text="noise"), at=1)
    drafts.keep("me", Form(1, "n", 0, "fr", "p", text="what I wrote"), at=1)
    kept = drafts.take("me", at=2)
    assert kept is not None
    assert kept.text == "what I wrote"
    assert drafts.take("0", at=2) is None
    assert drafts.take("1", at=2) is not None
