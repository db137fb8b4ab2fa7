"""Times: finding expressions, resolving them, and giving what is told its time."""

from kroniek.analyse.times.linking import time_of
from kroniek.analyse.times.step import TIMES, find_times, renew

__all__ = ["TIMES", "find_times", "renew", "time_of"]
