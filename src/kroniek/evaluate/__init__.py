"""Gold annotations and what the machine finds, compared layer by layer."""
