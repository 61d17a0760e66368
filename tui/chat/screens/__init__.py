"""What opens over the transcript."""
