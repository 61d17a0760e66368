"""Open WebUI asks a model for titles, tags and follow-ups of a chat: no questions, and answered plainly.

**Source:** the default prompts of Open WebUI begin with ``### Task:`` and name the JSON they want.
"""

import json
import re

__all__ = ["task_reply"]

TASK = "### Task:"

MAX_TITLE_CHARS = 60

_FIRST_QUESTION = re.compile(r"^USER: *(\S[^\n]*)", re.MULTILINE)


def task_reply(text: str) -> str | None:
    """Return what to reply to a task; None for anything that is none."""
    if not text.lstrip().startswith(TASK):
        return None
    if '"title"' in text:
        asked = _FIRST_QUESTION.search(text)
        return json.dumps({"title": asked[1][:MAX_TITLE_CHARS] if asked else "Question"}, ensure_ascii=False)
    for key in ("tags", "follow_ups", "queries"):
        if f'"{key}"' in text:
            return json.dumps({key: []})
    return json.dumps({"text": ""}) if '"text"' in text else ""
