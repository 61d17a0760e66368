"""English words that steer a follow-up: the closed classes whole, and the common verbs and roles of news."""

__all__ = [
    "ADVERBS",
    "ARTICLES",
    "ASKING",
    "BARE_PLACES",
    "BE",
    "COLLECTIVES",
    "DO",
    "HAVE",
    "IRREGULAR",
    "LINKS",
    "MODALS",
    "NUMBERS",
    "PARTICLES",
    "PLURALS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "PRONOUNS",
    "QUANTIFIERS",
    "ROLES",
    "SAYING",
    "STATES",
    "TIMES",
    "VERBS",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ASKING = _set("who whom whose what which when where why how")
BE = _set("is are was were be been being am isn't aren't wasn't weren't")
DO = _set("do does did don't doesn't didn't")
HAVE = _set("has have had hasn't haven't hadn't")
MODALS = _set("will would can could may might must shall should won't wouldn't can't couldn't shouldn't")
ARTICLES = _set("the a an this that these those each every some any no both either neither")
QUANTIFIERS = _set("many much few several all most")
POSSESSIVES = _set("my our your his her its their")
PRONOUNS = _set(
    "i you we me us he she it they him them hers theirs mine yours ours himself herself itself themselves someone "
    "somebody anyone anybody everyone everybody something anything everything nothing nobody there here one ones"
)
PREPOSITIONS = _set(
    "of in on at by for from to with about against after before during since until till between among over under "
    "through into onto near within without across around towards toward via than as per off behind beyond outside "
    "inside along despite above below like according"
)
LINKS = _set("and or but so if because while whether though although")
ADVERBS = _set(
    "not also still already now ever never exactly again yet actually really else just only too even first finally "
    "precisely eventually later earlier instead anyway then so up out down away back together ago further once please "
    "more last little"
)
NUMBERS = _set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "half"
)
PARTICLES = _set("al da das de del della den der des di do dos du el la las le los van von")
"""Small words inside names."""
TIMES = _set(
    "today tonight tomorrow yesterday noon midnight morning afternoon evening night day week weekend month year "
    "decade century hour minute season spring summer autumn winter january february march april may june july august "
    "september october november december monday tuesday wednesday thursday friday saturday sunday date time times "
    "moment"
)
STATES = _set("missing dead injured wounded homeless jobless unemployed")
"""What people are called by what befell them."""
PLURALS = STATES | _set("people police children men women crew staff troops media data authorities")
COLLECTIVES = _set(
    "army bank board cabinet club coalition commission committee company council court crew family firm government "
    "group jury ministry navy opposition parliament party police senate team tribunal union university"
)
"""One body, of which one says "it" or "they"."""
ROLES = _set(
    "president minister chancellor premier king queen prince princess mayor governor senator ambassador envoy "
    "mediator spokesman spokeswoman spokesperson general colonel captain officer soldier chief chairman chairwoman "
    "chair head director boss manager leader founder owner employer executive secretary judge lawyer prosecutor "
    "defendant witness suspect victim priest bishop pope professor scientist researcher engineer astronomer doctor "
    "nurse surgeon teacher pupil student author writer poet painter artist singer actor actress dancer player striker "
    "goalkeeper coach trainer referee champion winner rider cyclist runner skier swimmer driver pilot sailor farmer "
    "fisherman fisherwoman worker baker shepherd gardener guard keeper clerk treasurer delegate negotiator candidate "
    "lawmaker speaker activist man woman boy girl child mother father son daughter brother sister wife husband widow "
    "person someone patient expert economist analyst critic inspector detective spy courier inventor heir successor "
    "predecessor deputy colleague opponent rival"
)
BARE_PLACES = _set(
    "school home prison jail hospital court bed office war peace total all advance public detail work town church "
    "college university sea power place fact practice return danger trouble need line time times sight turn charge "
    "use cash part person private secret future custody exile general particular addition effect force europe last "
    "least most first present night noon midnight school what which whom stake risk issue large short long parliament "
    "government"
)
"""Nouns that stand after "in" or "at" without an article; any other that does is most likely a name."""
SAYING = _set(
    "say tell announce claim think believe deny confirm warn explain admit argue promise suggest expect add insist "
    "estimate predict state mention report call declare know hope fear want"
)
IRREGULAR = {
    form: base
    for base, forms in {
        "bear": "born", "beat": "beaten", "become": "became", "begin": "began begun", "bind": "bound",
        "bite": "bit bitten", "bleed": "bled", "blow": "blew blown", "break": "broke broken",
        "bring": "brought", "build": "built", "burn": "burnt", "buy": "bought", "catch": "caught",
        "choose": "chose chosen", "come": "came", "cost": "", "cut": "", "deal": "dealt", "dig": "dug",
        "draw": "drew drawn", "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen",
        "feel": "felt", "fight": "fought", "find": "found", "flee": "fled", "fly": "flew flown",
        "forbid": "forbade forbidden", "forecast": "", "foresee": "foresaw foreseen", "forget": "forgot forgotten",
        "freeze": "froze frozen", "get": "got gotten", "give": "gave given", "go": "went gone", "grow": "grew grown",
        "hang": "hung", "hear": "heard", "hide": "hid hidden", "hit": "", "hold": "held", "hurt": "", "keep": "kept",
        "know": "knew known", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "let": "",
        "lose": "lost", "make": "made", "mean": "meant", "meet": "met",
        "overtake": "overtook overtaken", "overthrow": "overthrew overthrown", "pay": "paid", "put": "", "read": "",
        "rebuild": "rebuilt", "ride": "rode ridden", "rise": "rose risen", "run": "ran", "say": "said",
        "see": "saw seen", "seek": "sought", "sell": "sold", "send": "sent", "set": "", "shake": "shook shaken",
        "shed": "", "shoot": "shot", "show": "shown", "shut": "", "sing": "sang sung", "sink": "sank sunk",
        "sit": "sat", "sleep": "slept", "slide": "slid", "speak": "spoke spoken", "spend": "spent", "split": "",
        "stand": "stood", "steal": "stole stolen", "stick": "stuck", "strike": "struck",
        "sue": "", "swear": "swore sworn", "sweep": "swept", "swim": "swam swum", "take": "took taken",
        "teach": "taught", "tear": "tore torn", "tell": "told", "think": "thought", "throw": "threw thrown",
        "undergo": "underwent undergone", "undertake": "undertook undertaken", "uphold": "upheld",
        "wake": "woke woken", "wear": "wore worn", "weep": "wept", "win": "won", "withdraw": "withdrew withdrawn",
        "withhold": "withheld", "write": "wrote written",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""Irregular past forms to their base."""

VERBS = frozenset(IRREGULAR.values()) | _set(
    "abandon accept accuse achieve act add admit adopt affect agree aim allow announce answer appeal appear apply "
    "appoint approve argue arrest arrive ask assume attack attend award back ban base beat believe belong blame "
    "block boycott broker call cancel capture carry cause celebrate change charge check claim clean clear climb "
    "close collapse collect combine compare compete complain complete concern condemn confirm connect consider "
    "contain continue contribute control convict cost count cover crash create criticise cross cut damage decide "
    "declare decline defeat defend delay deliver demand deny depend destroy detain develop die disagree disappear "
    "discover discuss dismiss divide donate drop earn elect end enter erupt escape establish estimate evacuate "
    "exchange exist expand expect explain explode export express extend face fail fear fill finance fine finish "
    "fire fit follow force form free fund gain gather get grant guarantee halt handle happen hear help hit hope "
    "host hurt identify import improve include increase injure insist inspect intend introduce invent investigate "
    "invest involve isolate issue join judge jump keep kill land last launch let lift like limit live locate look "
    "lower manage mark measure mention miss move name need negotiate notice object obtain occur offer open operate "
    "oppose order organise own pardon participate pass pause persuade plan play pledge point postpone predict "
    "prefer prepare prevent produce prolong promise propose protect protest prove provide publish pull push qualify "
    "quit raise reach react read receive recall recommend record recover reduce refer refuse regulate reject "
    "release remain remember remove rename repair replace reply report represent request require rescue resign "
    "respond restore result resume retire return reveal review revise rule save score search secure seek serve set "
    "settle share shift shut sign slow solve spread stage start state stay stop suffer suggest support suppose "
    "surrender survive suspect suspend switch talk target telephone test thank threaten trade train transfer "
    "transport travel trigger try turn uncover understand unite urge use vanish verify visit vote wait walk want "
    "warn wash weigh welcome work worry wound apologise pick borrow head lean command study allege annex "
    "assassinate attract auction bomb bribe bury commit compose conclude conduct confess confiscate convince cull "
    "deploy deport derail describe deserve detect determine devastate direct disrupt drain drown ease emerge employ "
    "enable encourage endorse enforce engage enjoy ensure equip erect evict examine exceed exclude execute expel "
    "expire explore expose extract extradite fade float forgive frighten fulfil grab greet guess harm hate haul "
    "hesitate hire hunt ignore impose impress imprison indict inform inherit install insult insure interrupt "
    "interview invade invite kidnap kick lack loot lure marry melt merge mourn murder nominate obey obstruct occupy "
    "offend outlaw overlook owe paint perform permit plead poison pollute pour praise pray preserve pretend print "
    "proclaim prosecute punish purchase pursue ratify recognise recruit refund regret relate relocate rely remind "
    "renew renovate rent reopen resist resolve restrict retain retreat retrieve reunite rob roll rush sack salvage "
    "scare scrap select separate shout skip slip smoke smuggle spare spill spoil sponsor stab starve steer strand "
    "strengthen submit succeed summon surround tackle tear tend topple torture tow track transform treat trust "
    "unveil update vaccinate violate weaken widen withhold witness wreck yield sound"
)
"""Base forms."""
