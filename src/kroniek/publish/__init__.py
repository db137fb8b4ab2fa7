"""From records to files and pages. Pure functions, except for the writing itself."""
