"""Everything over HTTP: JSON API and web page."""
