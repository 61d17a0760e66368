"""The terminal chat: questions above each other, each with its quotation and the article it stands in."""
