"""What the command ``annotated-bib`` does."""
