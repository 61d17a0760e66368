"""Everything in the terminal: the pullquote command and the chat."""
