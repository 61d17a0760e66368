"""The words by which news tells how firmly it says something. English only; every pattern is linear in its text."""

import re

from rag.answers import Hedge

__all__ = [
    "CALLING_UNTRUE",
    "DENYING",
    "HEDGED_BY_SPEAKER",
    "HEDGED_BY_VERB",
    "HEDGES",
    "NEGATED",
    "NEGATED_BEHIND",
    "NOT_REALLY_NEGATED",
    "PROVED_UNTRUE",
    "SUBORDINATE",
]


def _words(pattern: str) -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_RUMOUR = (
    r"(?:claims?|reports?|suggestions?|rumou?rs?|accusations?|allegations?|charges?|stor(?:y|ies)|talk|news|idea|notion"
    r"|assertions?|speculation|theory|version|account)"
)
_UNTRUE = (
    r"(?:false|untrue|not true|wrong|incorrect|baseless|groundless|unfounded|invented|made up|nonsense|rubbish|absurd"
    r"|ridiculous|(?:an? )?(?:\w+ )?(?:lies?|fabrications?|fairy tales?|inventions?|hoax|slander|myth|fiction))\b"
)

_TIME_TO_COME = (
    r"(?:on |from |in |at )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|next \w+|tomorrow|tonight|\d{1,2} (?=[A-Z])"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\b)"
)
_SCHEDULED = (
    r"(?<!the )(?<!a )(?:begin|start|open|close|end|leave|expire|meet|arrive|resume|return|take (?:place|effect)|takes"
    rf" (?:place|effect))s?(?= (?:\S+ ){{0,2}}?{_TIME_TO_COME})"
    rf"|(?:is|are) [a-z]+ing(?= (?:\S+ ){{1,6}}?{_TIME_TO_COME})"
)
"""The present with a time to come: "the fair opens on 3 May", "the fund is closing in June"."""

DENYING = re.compile(
    r"\b(?:"
    rf"den(?:y|ies|ied|ying)(?= (?:that|having|being|ever|any)\b| \w+ing\b| (?:\S+ ){{0,4}}?{_RUMOUR} (?:that|of)\b)"
    r"|(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )den(?:y|ies|ied|ying)"
    r"(?= (?:(?!because|since|as|when|after|while|who|which)[^\s,;:]+ ){1,5}?(?:had|has|have|was|were|is|are|would)\b)"
    r"|(?:reject|dismiss|disput|refut|contradict|rebuff|ridicul|mock|play|laugh|shrug|brush)"
    rf"(?:s|es|e|ed|ing)?(?: off| aside| down)? (?:\S+ ){{0,5}}?{_RUMOUR} (?:that|of)\b"
    r"|(?:disput|refut)(?:es|ed|e|ing) that\b"
    r"|(?:was|is|were|are) (?:untrue|false|not true|a lie|wrong|not the case) that\b"
    r"|(?:no truth (?:in|to)|nothing in) (?:\S+ ){0,5}?(?:that|of)\b"
    r")",
    re.IGNORECASE,
)
"""What makes a denial of what follows it."""

CALLING_UNTRUE = re.compile(rf"\bcall(?:s|ed|ing)? (?P<claim>.{{1,400}}?)[\u201c\u2018\"]?\b{_UNTRUE}", re.IGNORECASE)
PROVED_UNTRUE = re.compile(
    rf"\b{_RUMOUR} (?:that|of)\b(?P<claim>.{{1,400}}?)\b(?:was|were|is|are|proved|turned out)(?: to be)? {_UNTRUE}",
    re.IGNORECASE,
)
"""What makes a denial of the claim in its middle."""

NEGATED = re.compile(
    r"\b(?:not|cannot|never|no one|nobody|none|neither|nor|nothing|nowhere|without|no|hardly|failed to|fails to"
    r"|refused to|refuses to|declined to|yet to|instead of|rather than|ruled out|rules out)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
NOT_REALLY_NEGATED = re.compile(
    r"\b(?:not only|not just|not merely|not until|no (?:fewer|less|more|later|sooner|doubt|matter|wonder)"
    r"|not (?:less|fewer|more|later) than|not (?:\S+ ){0,4}?(?:before|until)|not least|without (?:doubt|warning))\b"
    r"|\bwithout (?:[^\s,]+ ){0,7}?[^\s,]+,",
    re.IGNORECASE,
)
NEGATED_BEHIND = re.compile(
    r"\s+(?:was|were|is|are|has|have|had|did|does|do|will|would|could|can|should)(?: not\b|n['\u2019]t\b)"
    r"|\s+(?:never|cannot)\b",
    re.IGNORECASE,
)
"""A verb negated right behind its subject."""

HEDGES = {
    Hedge.ALLEGED: _words(
        r"allegedly|reportedly|supposedly|purportedly|apparently|unconfirmed|unverified|alleg(?:e[sd]?|ing)"
        r"|(?:allegations?|accusations?|rumou?rs?) (?:that|of)|accus(?:e[sd]?|ing)|suspected (?:of|to)|charged with"
        r"|(?:is|are|was|were) (?:said|alleged|reported|rumou?red|believed|thought|understood|claimed) to"
        r"|it (?:is|was) (?:said|alleged|rumou?red|claimed) that|(?:seem|appear)(?:s|ed)? to (?:be|have)"
    ),
    Hedge.EXPECTED: _words(
        r"expect(?:s|ed|ing|ations?)?|(?:un)?likely|could|might|(?-i:may)|should|probably|perhaps|possibly|potentially"
        r"|forecasts?|predict(?:s|ed|ions?)?|project(?:ed|ions?)|anticipate[sd]?|feared|fears? (?:that|of)"
        r"|hopes? (?:to|that|for)|hoped|foresees?|foreseen|presumably|in all likelihood|chance of|tipped to"
        r"|(?:looks?|seems?) (?:set|certain) to|on course (?:to|for)"
    ),
    Hedge.PLANNED: _words(
        r"(?<!the )(?<!a )(?<!his )(?<!her )will|shall|would|plan(?:s|ned|ning)? (?:to|for)|plans|planned|due|scheduled"
        r"|slated|intend(?:s|ed)?|intention|wants? to|wanted to|aim(?:s|ed)? (?:to|for|at)|going to"
        r"|(?:is|are|was|were) to(?! blame)|offer(?:s|ed) to|about to|set to|is set for"
        r"|pledge[sd]?|promise[sd]?|vow(?:s|ed)|propos(?:e[sd]?|als?)"
        r"|prepar(?:es|ing) to|agreed to|seeks? to|decided to|resolved to|pencilled in|earmarked"
        rf"|\w+['\u2019]ll|(?:{_SCHEDULED})"
    ),
}
"""What a clause itself tells, the gravest doubt first."""

SUBORDINATE = re.compile(
    r"\s(?:which|who|whose|where|because|since|although)\s|\s(?:that|and|but|as|when|after|before)\s(?:\S+\s){1,6}?"
    r"(?:is|are|was|were|has|have|had|did|does|[a-z]+ed)\s",
    re.IGNORECASE,
)
"""Where another clause begins, so that a cue before it does not bear on what is behind it."""

HEDGED_BY_VERB = {
    Hedge.ALLEGED: re.compile(r"claim|accuse|allege|suspect|contend|maintain", re.IGNORECASE),
    Hedge.EXPECTED: re.compile(r"forecast|predict|expect|think|believe|hope|fear|reckon|anticipate", re.IGNORECASE),
    Hedge.PLANNED: re.compile(r"pledge|vow|promise", re.IGNORECASE),
}
"""What the verb of saying alone tells of what is said."""

HEDGED_BY_SPEAKER = re.compile(
    r"\b(?:prosecut\w+|indictment|charge sheet|lawsuit|plaintiffs?|accusers?)\b", re.IGNORECASE
)
"""Speakers who allege whatever they say."""
