"""How fast, how large and how exact libraries of many sizes are: ``make bench-library``."""
