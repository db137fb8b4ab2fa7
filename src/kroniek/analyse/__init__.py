"""The steps that find things in one document: pure functions, each of which gives its own layers."""
