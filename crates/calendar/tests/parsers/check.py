"""Reads rendered calendars with the parsers of two Python servers and compares every field.

Usage: check.py FOLDER. The folder holds expected.json (written by tests/foreign_parsers.rs) and
the .ics files it names. Prints one line per difference and exits 1 when there is any; it never
skips a file, and it does not repair what it reads.
"""

import datetime
import json
import pathlib
import sys

import icalendar
import vobject

FIELDS = (
    "uid summary location description start end sequence status url categories contact attendee name"
).split()


def moment(value):
    """An instant or a day as expected.json writes it."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def with_icalendar(data):
    """The events of a file as Indico would read them."""
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        if event.errors:
            raise ValueError(f"icalendar reports {event.errors}")
        categories = event.get("CATEGORIES")
        attendee = event.get("ATTENDEE")
        yield {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "start": moment(event["DTSTART"].dt),
            "end": moment(event["DTEND"].dt),
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "url": str(event.get("URL", "")),
            "categories": [str(word) for word in categories.cats] if categories else [],
            "contact": str(event.get("CONTACT", "")),
            "attendee": str(attendee) if attendee is not None else "",
            "name": str(attendee.params.get("CN", "")) if attendee is not None else "",
            "properties": sorted(event.keys()),
        }


def with_vobject(data):
    """The events of a file as Radicale and pretix would read them."""
    for calendar in vobject.readComponents(data.decode("utf-8")):
        for event in calendar.contents.get("vevent", []):
            def value(name, default=""):
                lines = event.contents.get(name, [])
                if len(lines) > 1:
                    raise ValueError(f"{name} is there {len(lines)} times")
                return lines[0].value if lines else default

            attendee = event.contents.get("attendee", [None])[0]
            yield {
                "uid": value("uid"),
                "summary": value("summary"),
                "location": value("location"),
                "description": value("description"),
                "start": moment(value("dtstart")),
                "end": moment(value("dtend")),
                "sequence": int(value("sequence")),
                "status": value("status"),
                "url": value("url"),
                "categories": value("categories", []),
                "contact": value("contact"),
                "attendee": attendee.value if attendee else "",
                "name": attendee.params.get("CN", [""])[0] if attendee else "",
                "properties": sorted(name.upper() for name in event.contents),
            }


def differences(parser, read, expected):
    """One line per field that came back different, for each event of a file."""
    if len(read) != len(expected):
        yield f"{parser}: {len(read)} events instead of {len(expected)}"
        return
    for got, wanted in zip(read, expected):
        for field in [*FIELDS, "properties"]:
            if got[field] != wanted[field]:
                yield f"{parser}: {wanted['uid']}: {field}: {got[field]!r} != {wanted[field]!r}"


def main(folder):
    faults = []
    files = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for file in files:
        data = (folder / file["file"]).read_bytes()
        for parser, reader in [("icalendar", with_icalendar), ("vobject", with_vobject)]:
            try:
                faults += [
                    f"{file['file']}: {fault}"
                    for fault in differences(parser, list(reader(data)), file["events"])
                ]
            except Exception as error:  # any refusal of a parser is a fault of ours
                faults.append(f"{file['file']}: {parser}: {type(error).__name__}: {error}")
    print("\n".join(faults) if faults else f"{len(files)} files read alike")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
