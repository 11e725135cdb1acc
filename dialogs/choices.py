"""What several flows offer, in the same words everywhere."""

from dialogs.screen import Choice
from dialogs.text import say

CHECK = say("menu", "Check a situation, question by question")
MY_RIGHTS = say("menu", "My rights")
ASK_FOR_HELP = say("menu", "Ask for help")
REFER = say("menu", "Refer a person to the network")
OFFER = say("job_offer", "Check a job or travel offer")
TRAINING = say("menu", "Training and practice")
PRACTISE = say("exercise", "Practise with an invented case")
HAVE_RECEIPT = say("menu", "I have a receipt: news and messages")
ANOTHER_LANGUAGE = say("menu", "Another language")
WHAT_IS_KEPT = say("menu", "What is kept; erase")
HOW = say("menu", "How this works")
ASK_TOGETHER = say("bilingual", "Ask together in two languages")
REACH_A_PERSON = say("human", "Reach a person")
BY_TELEPHONE = say(
    "bilingual",
    "A professional interpreter can also work by telephone. No such number was checked here: ask your own service.",
)
FOR_ANOTHER = say("job_offer", "Is it for somebody else? Then answer as that person would.")

NOT_HERE = Choice("not_here", say("unspoken", "A language that is not here"))
GO_ON = Choice("go_on", say("menu", "Go on where I was"))
HUMAN = Choice("human", REACH_A_PERSON)
RECEIPT = Choice("receipt", HAVE_RECEIPT)
BEGIN = Choice("start", say("screening", "Begin"), intent="affirm")
WHY = Choice("why", say("screening", "Why do you ask this?"), intent="why_asked")
ERASE = Choice("erase", say("privacy", "Erase everything here"))
FINISH = Choice("finish", say("screening", "Finish: delete these answers"))
HOW_TO_ASK = Choice("how", say("screening", "How to ask this"))
TOGETHER = Choice("bilingual", ASK_TOGETHER)
BACK_TO_IT = Choice("finding", say("screening", "Back to what was learnt"))
CHANGES = Choice("changes", say("screening", "What one answer would change"))
HAVE_CODE = Choice("code", say("screening", "I have a professional code"))
EXPLAINER = Choice("explainer", say("explainer", "Try out the definition: act, means, purpose"))
SCREENING = Choice("screening", CHECK)
AGENDA = Choice("agenda", say("training", "Coming training days"))
_RIGHTS = Choice("rights", MY_RIGHTS)
_RIGHTS_OF_VICTIMS = Choice("rights", say("menu", "Rights of victims"))
_FOR_ME = Choice("referral", ASK_FOR_HELP)
_FOR_ANOTHER = Choice("referral", REFER)


def rights(*, professional: bool) -> Choice:
    """The way to the rights, as who reads them calls them."""
    return _RIGHTS_OF_VICTIMS if professional else _RIGHTS


def request(*, professional: bool) -> Choice:
    """The way to a request, as who makes it calls it."""
    return _FOR_ANOTHER if professional else _FOR_ME
