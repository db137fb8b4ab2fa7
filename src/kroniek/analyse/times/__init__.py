"""Times: finding expressions, resolving them, and giving what is told its time."""

from kroniek.analyse.times.linking import clause_of, time_beside, time_of
from kroniek.analyse.times.step import TIMES, find_times, renew

__all__ = ["TIMES", "clause_of", "find_times", "renew", "time_beside", "time_of"]
