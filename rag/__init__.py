"""Question in, sourced answer out; knows no screen and no socket."""
