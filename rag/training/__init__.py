"""Where the reader that ships with Pullquote is trained; needs the `train` extra, nothing else needs it."""
