"""Where the reader that ships with Pullquote is trained; needs the `train` extra, imported by no other room."""
