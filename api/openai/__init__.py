"""The shape of OpenAI's chat completions, for clients that know no other.

Decision: docs/decisions/020-other-clients.md.
"""
