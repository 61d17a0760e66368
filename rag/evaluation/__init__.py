"""How good the parts and the whole are, in numbers with their noise."""
