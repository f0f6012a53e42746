from experiences.models.cards import Fragment, Listening
from experiences.models.consent import Consent, ConsentText, ContactDetail
from experiences.models.drafts import BATCH, Change, FragmentDraft, Support, changes, only_own, rests_on, saturation
from experiences.models.readings import Reading
from experiences.models.story import LONGEST, Passage, PassageVersion, Saved, Story
from experiences.models.tellers import Helper, Interview, Secret, Teller, new_code
from experiences.models.time import Quarter, TimeEntry, hours, quarters
from experiences.models.variation import SUGGESTED, Band, Seeking, SharedSpread, Spread, TellerTraits, Trait

all_collected = Interview.all_collected

__all__ = [
    "BATCH",
    "LONGEST",
    "SUGGESTED",
    "Band",
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
    "Quarter",
    "Reading",
    "Saved",
    "Secret",
    "Seeking",
    "SharedSpread",
    "Spread",
    "Story",
    "Support",
    "Teller",
    "TellerTraits",
    "TimeEntry",
    "Trait",
    "all_collected",
    "changes",
    "hours",
    "new_code",
    "only_own",
    "quarters",
    "rests_on",
    "saturation",
]
