"""What ``annotated-bib new`` writes: the files of a new edition, and the pages to which its works go."""
