"""Which articles tell one story: later reports of one event, and what superseded what."""
