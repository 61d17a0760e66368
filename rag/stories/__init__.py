"""Which articles tell one story: near-copies of one text, later reports of one event, and what superseded what."""
