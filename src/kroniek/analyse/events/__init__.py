"""Events: frames from the language pack, matched on trees, with participants, time, place and status."""

from kroniek.analyse.events.detect import EVENTS

__all__ = ["EVENTS"]
