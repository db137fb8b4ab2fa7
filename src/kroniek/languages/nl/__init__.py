"""Dutch, as it is written in the Netherlands and in Belgium."""
