"""Reads .ics files with the parsers of two Python servers and prints what they found as JSON.

Usage: calendars.py FILE... Prints {parser: {file: {"method": …, "events": […]}}}. A file that a
parser refuses has {"fault": …} in place of its events; nothing is repaired or skipped.
"""

import datetime
import json
import sys

import icalendar
import vobject


def moment(value):
    """An instant or a day."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    return value.strftime("%Y%m%d")


def with_icalendar(data):
    calendar = icalendar.Calendar.from_ical(data)
    events = []
    for event in calendar.walk("VEVENT"):
        if event.errors:
            raise ValueError(f"icalendar reports {event.errors}")
        attendee = event.get("ATTENDEE")
        events.append({
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "start": moment(event["DTSTART"].dt),
            "end": moment(event["DTEND"].dt),
            "attendee": str(attendee) if attendee is not None else "",
        })
    return {"method": str(calendar.get("METHOD", "")), "events": events}


def with_vobject(data):
    method, events = "", []
    for calendar in vobject.readComponents(data.decode("utf-8")):
        lines = calendar.contents.get("method", [])
        method = lines[0].value if lines else ""
        for event in calendar.contents.get("vevent", []):
            def value(name, default=""):
                lines = event.contents.get(name, [])
                if len(lines) > 1:
                    raise ValueError(f"{name} is there {len(lines)} times")
                return lines[0].value if lines else default

            events.append({
                "uid": value("uid"),
                "sequence": int(value("sequence")),
                "status": value("status"),
                "summary": value("summary"),
                "start": moment(value("dtstart")),
                "end": moment(value("dtend")),
                "attendee": value("attendee"),
            })
    return {"method": method, "events": events}


def main(files):
    found = {"icalendar.py": {}, "vobject": {}}
    for file in files:
        with open(file, "rb") as source:
            data = source.read()
        for parser, reader in [("icalendar.py", with_icalendar), ("vobject", with_vobject)]:
            try:
                found[parser][file] = reader(data)
            except Exception as error:  # any refusal of a parser is a fault of the writer
                found[parser][file] = {"fault": f"{type(error).__name__}: {error}"}
    print(json.dumps(found))


main(sys.argv[1:])
