"""The API as a document: OpenAPI with an example for every body, and a page that shows it without any script."""
