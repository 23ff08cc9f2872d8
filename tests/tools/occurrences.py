"""Expands the events of a calendar file as Python's calendar programs do, and prints each date as
JSON: beginning and end in UTC, and the status. Usage: occurrences.py FILE FIRST LAST, days as
2027-01-31."""

import json
import sys
from datetime import date, timezone

import icalendar
import recurring_ical_events

path, first, last = sys.argv[1:]
with open(path, "rb") as file:
    calendar = icalendar.Calendar.from_ical(file.read())
days = (date.fromisoformat(first), date.fromisoformat(last))


def utc(event, name):
    return event[name].dt.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")


found = [
    [utc(event, "DTSTART"), utc(event, "DTEND"), str(event.get("STATUS", ""))]
    for event in recurring_ical_events.of(calendar).between(*days)
]
print(json.dumps(sorted(found)))
