"""Who says what a span holds, and how firmly: rules over a small set of patterns, for English."""
