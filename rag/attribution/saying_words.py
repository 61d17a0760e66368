"""The words by which news names who says something. English only; every pattern is linear in its text."""

import re

__all__ = ["ACCORDING_TO", "BY_AGENT", "FINITE", "SAID_SO", "SAYING", "TAKES_LISTENER"]

_CONTENT_FOLLOWS = r"(?=\s+(?:that|how|what|why)\b|\s*[,:.;?!\u201c\u2018\"]|\s*$)"

SAYING = re.compile(
    r"\b(?:"
    # What follows is said, whatever it is.
    r"said|says?|told|tells?|announce[sd]?|confirm(?:s|ed)?|state[sd]|declare[sd]?|insist(?:s|ed)?|warn(?:s|ed)?"
    r"|claim(?:s|ed)|argue[sd]?|acknowledge[sd]?|admit(?:s|ted)?|concede[sd]?|estimate[sd]|forecasts?|predict(?:s|ed)?"
    r"|expects?|thinks?|believe[sd]?|testifie[sd]|pledge[sd]|vow(?:s|ed)|accuse[sd]?|allege[sd]?|assert(?:s|ed)"
    r"|maintain(?:s|ed)|contend(?:s|ed)|reiterate[sd]|boast(?:s|ed)|complain(?:s|ed)|joke[sd]|reckon(?:s|ed)?"
    r"|suspects?|caution(?:s|ed)|assure[sd]|swore|calculate[sd]?|anticipate[sd]?|tweeted|pointed out"
    r"|puts? the (?:number|toll|cost|price|figure|count|total|damage)|(?:made|makes?) (?:it )?clear"
    r"|was quoted as saying|let it be known|gave the \w+ as"
    # Ordinary verbs, unless a clause or a quotation follows, or nothing.
    r"|(?:add(?:s|ed)|found|finds|report(?:s|ed)|show(?:s|ed)|writes?|wrote|note[sd]|explain(?:s|ed)|repl(?:ies|ied)"
    r"|conclude[sd]|reveal(?:s|ed)|suggest(?:s|ed)|recall(?:s|ed)|promise[sd]|rule[sd]|shout(?:s|ed)|hope[sd]?"
    r"|fear(?:s|ed)|learn(?:s|ed|t)|stress(?:es|ed)|cried|cries|whispered|murmured|sighed|laughed|asked|continued"
    r"|went on|goes on|remember(?:s|ed)|answer(?:s|ed)|respond(?:s|ed)|agree[sd]|repeat(?:s|ed)|disclose[sd]"
    r"|observe[sd]|remark(?:s|ed)|comment(?:s|ed)|emphasi[sz]e[sd]|underline[sd]|hint(?:s|ed)|signal(?:s|led)|posted"
    r"|decide[sd]|determine[sd]|establish(?:es|ed)|quipped|guess(?:es|ed)?|hear[sd]?|mean[st]?|indicate[sd]?"
    rf"|demonstrate[sd]|discover(?:s|ed))(?:{_CONTENT_FOLLOWS}|(?= to (?:his|her|its|their)\b))"
    r")\b(?!\s+(?:nothing|little|goodbye|no more)\b)",
    re.IGNORECASE,
)
"""Verbs of saying, in the active voice."""

TAKES_LISTENER = re.compile(
    r"t[eo]l|accuse|put|wr[io]t|expect|assure|suspect|allege|gave|made|was|believe|think|thought", re.IGNORECASE
)
"""Verbs behind which no speaker stands, but whom or what they are about."""

ACCORDING_TO = re.compile(
    r"\baccording to (?!schedule|plans?\b|tradition|custom)"
    r"|\b(?:in the (?:words|view|opinion|estimate) of|citing|quoting|as told by|on the word of|by the account of) ",
    re.IGNORECASE,
)

BY_AGENT = re.compile(
    r"\b(?:said|announced|confirmed|reported|published|released|denied|rejected|quoted|estimated|claimed) by ",
    re.IGNORECASE,
)

SAID_SO = re.compile(r"\b(?:said so|confirmed (?:this|that|it)|made the (?:claim|remarks?|announcement|statement))\b")
"""What takes up the sentence before."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|said|says|told|began"
    r"|came|cost|cut|fell|felt|found|gave|went|got|grew|held|hit|kept|knew|led|left|lost|made|met|paid|put|ran|read|rose"
    r"|sank|saw|sent|set|shot|shut|sold|spent|spoke|stood|struck|took|thought|won|wrote|[a-z]+n't"
    r"|(?<!the )(?<!a )(?<!an )(?!red\b)[a-z]+ed)\b"
)
"""Words that are, or are most likely, the verb of a clause."""
