"""One module a subject: its paths, each as thin as a row of a table."""
