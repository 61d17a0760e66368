"""What is quick and what it costs, measured side by side in one run: ``make bench``."""
