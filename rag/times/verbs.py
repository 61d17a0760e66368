"""English words that tell what was from what will be, as they stand in news."""

from typing import Final

from rag.times.vocabulary import listed

__all__ = [
    "ARRANGED",
    "BEFORE_NOUNS",
    "CLAUSE_BEGINS",
    "COMING",
    "MODALS",
    "NO_INFINITIVE",
    "NO_PAST",
    "PAST",
    "PRESENT",
]

NO_INFINITIVE: Final = frozenset(
    listed(
        "the a an this that these those its his her their our my your it him them us me each all some any one both"
        " more most and or of in on at by for from with as date work court press life power war talks school"
    )
)
"""What may follow ``to`` and is no verb."""

COMING: Final = frozenset(
    listed(
        "will shall would should may might must can could won't wouldn't going due scheduled expected slated planned"
        " plans plan planning expects expect intends intend hopes hope promises promised vowed aims seeks tomorrow"
        " upcoming unless until 'll let's"
    )
)

ARRANGED: Final = frozenset(listed("due scheduled expected slated planned promised"))
"""What was arranged may have been or may be to come; with ``is`` or ``are`` it is to come."""

MODALS: Final = frozenset(listed("will shall would should may might must can could to won't wouldn't cannot"))

PAST: Final = frozenset(
    listed(
        "was were had did didn't wasn't weren't hadn't ago been became began broke brought built bought came caught"
        " chose fell felt fled flew fought found gave got grew held kept knew laid led left lost made meant met paid"
        " ran rang rose said sank sat saw sent shook shot shrank shut slid sold sought spent spoke stood stole stopped"
        " struck swore swept swung swam taken taught threw told took thought underwent understood went withdrew won"
        " wore wrote written hit cut put quit beat burst cost dealt drew drove ate fallen given gone grown known seen"
        " shown shone spoken stolen sworn thrown worn awoke bore born bred dug fed froze hung hid leapt lent lit"
        " overcame overtook slept sped spun split spread stuck stung sung sprang tore wept wound set"
    )
)
"""Past forms that do not end in -ed."""

NO_PAST: Final = frozenset(
    listed(
        "need indeed speed hundred feed seed weed breed exceed proceed succeed bleed red bed embed sacred naked shed"
        " fred unprecedented united wed"
    )
)
"""Words in -ed that are no past forms."""

PRESENT: Final = frozenset(
    listed(
        "is are begins starts ends opens closes expires meets votes runs takes comes goes falls leaves returns resumes"
        " holds begin start end open close expire meet vote run take come go leave return resume reopens reopen hosts"
        " faces play plays appears arrives departs airs marks am has have does do lapses lapse walk walks reconvenes"
    )
)
"""Verbs whose present, beside a day, tells what is arranged."""

BEFORE_NOUNS: Final = frozenset(listed("the a an its their his her at of for this that last next first each"))
CLAUSE_BEGINS: Final = frozenset(
    listed("that which who whom whose when where while whether if because although though but")
)
