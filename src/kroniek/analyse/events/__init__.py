"""Events: frames from the language pack, matched on trees, with participants, time, place and status."""
