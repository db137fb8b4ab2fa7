"""From files to documents: one module for each kind of input."""
