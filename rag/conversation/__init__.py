"""Follow-ups: a question that leans on the turns before it, made to stand alone, by rules that tell what they did.

``tagging`` cuts a question into words with their parts; ``phrases`` finds what it names; ``focus`` is what the turns so
far are about; ``leaning`` tells whether a question leans on them, and ``rewriting`` puts what it means in words.
"""

from rag.conversation.standalone import MAX_TURNS, standalone_question
from rag.conversation.turns import PastTurn, StandaloneQuestion

__all__ = ["MAX_TURNS", "PastTurn", "StandaloneQuestion", "standalone_question"]
