"""What the transcript and the line below it are made of."""
