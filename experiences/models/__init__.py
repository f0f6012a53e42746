from experiences.models.cards import Fragment, Listening
from experiences.models.consent import Consent, ConsentText, ContactDetail
from experiences.models.drafts import BATCH, Change, FragmentDraft, Support, changes, rests_on, saturation
from experiences.models.readings import Reading
from experiences.models.story import LONGEST, Passage, PassageVersion, Saved, Story
from experiences.models.tellers import Helper, Interview, Secret, Teller, new_code

all_collected = Interview.all_collected

__all__ = [
    "BATCH",
    "LONGEST",
    "Change",
    "Consent",
    "ConsentText",
    "ContactDetail",
    "Fragment",
    "FragmentDraft",
    "Helper",
    "Interview",
    "Listening",
    "Passage",
    "PassageVersion",
    "Reading",
    "Saved",
    "Secret",
    "Story",
    "Support",
    "Teller",
    "all_collected",
    "changes",
    "new_code",
    "rests_on",
    "saturation",
]
