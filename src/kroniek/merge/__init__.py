"""From analyses to a chronicle: families of copies, events, claims, processes. Pure functions."""
