from experiences.models.cards import Fragment, Listening
from experiences.models.consent import Consent, ContactDetail
from experiences.models.counted import SharedCount
from experiences.models.drafts import BATCH, Change, FragmentDraft, Support, changes, only_own, rests_on, saturation
from experiences.models.feedback import Feedback, first_words
from experiences.models.keeping import Due, Terms, Warned
from experiences.models.own_way import WrongCode
from experiences.models.papers import Addresses, ConsentText, InterviewGuide, not_of
from experiences.models.readings import Reading
from experiences.models.reviewing import Remark, rare_traits
from experiences.models.story import LONGEST, Passage, PassageVersion, Saved, Story, officials_of
from experiences.models.tellers import Helper, Interview, Secret, Teller, new_code
from experiences.models.time import Quarter, TimeEntry, hours, quarters
from experiences.models.variation import SUGGESTED, Band, Seeking, SharedSpread, Spread, TellerTraits, Trait

all_collected = Interview.all_collected

__all__ = [
    "BATCH",
    "LONGEST",
    "SUGGESTED",
    "Addresses",
    "Band",
    "Change",
    "Consent",
    "ConsentText",
    "ContactDetail",
    "Due",
    "Feedback",
    "Fragment",
    "FragmentDraft",
    "Helper",
    "Interview",
    "InterviewGuide",
    "Listening",
    "Passage",
    "PassageVersion",
    "Quarter",
    "Reading",
    "Remark",
    "Saved",
    "Secret",
    "Seeking",
    "SharedCount",
    "SharedSpread",
    "Spread",
    "Story",
    "Support",
    "Teller",
    "TellerTraits",
    "Terms",
    "TimeEntry",
    "Trait",
    "Warned",
    "WrongCode",
    "all_collected",
    "changes",
    "first_words",
    "hours",
    "new_code",
    "not_of",
    "officials_of",
    "only_own",
    "quarters",
    "rare_traits",
    "rests_on",
    "saturation",
]
