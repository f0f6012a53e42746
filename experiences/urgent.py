"""Words that ask for help now, or for a complaint: a reminder of the referral card, and never a decision."""

import re

SIGNS = re.compile(
    r"\b(?:zelfmoord\w*|zelfdoding\w*|een eind(?:e)? (?:aan|maken)|niet meer (?:wil(?:de)?|wou) leven|suïcid\w*"
    r"|geslagen door|sl(?:aat|oeg|oegen) (?:mij|me|haar|hem|ons)|mishandel\w*|bedreig\w*|verkracht\w*|misbruikt?"
    r"|huis ?uit(?:gezet)?|uithuiszetting|ontruim\w*|op straat (?:gezet|slapen|slaap|geslapen)|dakloos"
    r"|(?:geen|niets te) eten (?:meer )?(?:in huis|hebben|voor de kinderen)|stroom afgesloten|gas afgesloten"
    r"|klacht (?:in)?dien\w*|een klacht|bezwaar (?:maken|maakte|gemaakt|indienen)|advocaat)\b",
    re.IGNORECASE,
)


def signs(text):
    """The words in a story for which the referral card exists, each once, in the order in which they come."""
    return list(dict.fromkeys(match.group() for match in SIGNS.finditer(text)))
