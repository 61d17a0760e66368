"""The words by which news names who says something. English only; every pattern is linear in its text."""

import re

__all__ = [
    "ACCORDING_TO",
    "BY_AGENT",
    "FINITE",
    "QUOTED_AS",
    "SAID_SO",
    "SAYING",
    "SAYING_BESIDES",
    "SPEAKING_PEOPLE",
    "TAKES_LISTENER",
]

_CONTENT_FOLLOWS = r"(?=\s+(?:that|how|what|why)\b|\s*[,:.;?!\u201c\u2018\"]|\s*$)"

_ORDINARY = (
    r"add(?:s|ed)|found|finds|report(?:s|ed)|show(?:s|ed)|writes?|wrote|note[sd]|explain(?:s|ed)|repl(?:ies|ied)"
    r"|conclude[sd]|reveal(?:s|ed)|suggest(?:s|ed)|recall(?:s|ed)|promise[sd]|rule[sd]|shout(?:s|ed)|hope[sd]?"
    r"|fear(?:s|ed)|learn(?:s|ed|t)|stress(?:es|ed)|cried|cries|whispered|murmured|sighed|laughed|asked|continued"
    r"|went on|goes on|remember(?:s|ed)|answer(?:s|ed)|respond(?:s|ed)|agree[sd]|repeat(?:s|ed)|disclose[sd]"
    r"|observe[sd]|remark(?:s|ed)|comment(?:s|ed)|emphasi[sz]e[sd]|underline[sd]|hint(?:s|ed)|signal(?:s|led)|posted"
    r"|decide[sd]|determine[sd]|establish(?:es|ed)|quipped|guess(?:es|ed)?|hear[sd]?|mean[st]?|indicate[sd]?"
    r"|demonstrate[sd]|discover(?:s|ed)|describe[sd]"
)
"""Verbs that tell of saying when a clause or a quotation follows, or nothing, or the speaker behind a comma."""

SAYING = re.compile(
    r"\b(?:"
    # What follows is said, whatever it is.
    r"said|says?|told|tells?|announce[sd]?|confirm(?:s|ed)?|state[sd]|declare[sd]?|insist(?:s|ed)?|warn(?:s|ed)?"
    r"|claim(?:s|ed)|argue[sd]?|acknowledge[sd]?|admit(?:s|ted)?|concede[sd]?|estimate[sd]|forecasts?|predict(?:s|ed)?"
    r"|expects?|thinks?|believe[sd]?|testifie[sd]|pledge[sd]|vow(?:s|ed)|accuse[sd]?|allege[sd]?|assert(?:s|ed)"
    r"|maintain(?:s|ed)|contend(?:s|ed)|reiterate[sd]|boast(?:s|ed)|complain(?:s|ed)|joke[sd]|reckon(?:s|ed)?"
    r"|suspects?(?! (?:had|have|has|was|were|are)\b)|caution(?:s|ed)|assure[sd]|swore|calculate[sd]?|anticipate[sd]?"
    r"|tweeted|pointed out"
    r"|puts? the (?:number|toll|cost|price|figure|count|total|damage)|(?:made|makes?) (?:it )?clear"
    r"|express(?:es|ed)|blame[sd]|voice[sd]|demand(?:s|ed)|urge[sd]|recommend(?:s|ed)|rule[sd]? out"
    r"|was quoted as saying|let it be known|gave the \w+ as"
    rf"|(?:{_ORDINARY})(?:{_CONTENT_FOLLOWS}|(?= to (?:his|her|its|their)\b))"
    rf"|(?<=[,\u201d\"] )(?:{_ORDINARY})(?= (?-i:[A-Z]))"
    r")\b(?!\s+(?:nothing|little|goodbye|no more)\b)",
    re.IGNORECASE,
)
"""Verbs of saying, in the active voice."""

SAYING_BESIDES = re.compile(
    r"(?<=, )(?:say|add|explain|not|insist|stress|argu|warn|claim|tell|indicat|confirm|announc|writ|acknowledg|admitt"
    r"|assert|alleg|declar|predict|promis|suggest|conced|recall|estimat|demand|describ)ing\b",
    re.IGNORECASE,
)
"""What the subject of a sentence says besides doing something: "he left, saying …"."""

QUOTED_AS = re.compile(r"\bquot(?:ed|es|ing) (?P<speaker>[^,;:]{1,120}?) as saying\b", re.IGNORECASE)

TAKES_LISTENER = re.compile(
    r"t[eo]l|accuse|put|wr[io]t|expect|assure|suspect|allege|gave|made|was|believe|think|thought", re.IGNORECASE
)
"""Verbs behind which no speaker stands, but whom or what they are about."""

ACCORDING_TO = re.compile(
    r"\baccording to (?!schedule|plans?\b|tradition|custom)"
    r"|\b(?:in the (?:words|view|opinion|estimate) of|quoting|as told by|on the word of|by the account of) "
    # What else is cited is a reason.
    r"|\bciting (?=(?:\S+ ){0,4}?(?:sources?|officials?|police|reports?|documents|data|figures|witnesses|people)\b)",
    re.IGNORECASE,
)

BY_AGENT = re.compile(
    r"\b(?:said|announced|confirmed|reported|published|released|denied|rejected|quoted|estimated|claimed) by ",
    re.IGNORECASE,
)

SPEAKING_PEOPLE = re.compile(
    r"\b(?:officials|investigators|police|doctors|residents|prosecutors|witnesses|experts|analysts|scientists|organisers"
    r"|neighbours|authorities|researchers|rescuers|firefighters|lawyers|ministers|leaders|workers|unions|parents|villagers"
    r"|relatives|soldiers|economists|engineers|survivors|protesters|rebels|spokes(?:men|women|people))$",
    re.IGNORECASE,
)
"""Whom "they" means when they speak, at the end of a subject; prices do not."""

SAID_SO = re.compile(r"\b(?:said so|confirmed (?:this|that|it)|made the (?:claim|remarks?|announcement|statement))\b")
"""What takes up the sentence before."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|said|says|told|began"
    r"|came|cost|cut|fell|felt|found|gave|went|got|grew|held|hit|kept|knew|led|left|lost|made|met|paid|put|ran|read|rose"
    r"|sank|saw|sent|set|shot|shut|sold|spent|spoke|stood|struck|took|thought|won|wrote|became|bought|brought|broke|built|caught|drew|drove|ended"
    r"|flew|fought|heard|lay|rang|sat|slept|stole|swept|threw|woke|wore|[a-z]+n't"
    r"|(?<!the )(?<!a )(?<!an )(?<!-)(?!red\b)[a-z]+ed)\b"
)
"""Words that are, or are most likely, the verb of a clause."""
