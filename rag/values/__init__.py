"""When two spans give the same value: the same number, the same day, the same name, the same words."""
