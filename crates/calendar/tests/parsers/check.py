"""Reads rendered calendars with the parser of a Python server and compares every field.

Usage: check.py FOLDER PARSER. The folder holds expected.json (written by tests/foreign_parsers.rs)
and the .ics files it names; the parser is icalendar (Indico) or vobject (Radicale, pretix). Prints
one line per difference and exits 1 when there is any; it never skips a file, and it does not
repair what it reads.
"""

import datetime
import json
import pathlib
import sys

import dateutil.rrule
import icalendar
import vobject

FIELDS = (
    "uid summary location description start end occurrence dates alarm sequence status url "
    "categories contact attendee name properties"
).split()


def moment(value):
    """An instant or a day as expected.json writes it."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def flat(value):
    """The dates of EXDATE or RDATE: one line or several."""
    lines = value if isinstance(value, list) else [value] if value is not None else []
    return [date.dt for line in lines for date in line.dts]


def dates(event):
    """All dates of a series: the clock on the wall goes through the rule, then gets its zone."""
    if "RRULE" not in event:
        return []
    start = event["DTSTART"].dt
    zone = getattr(start, "tzinfo", None)
    rule = event["RRULE"].to_ical().decode()
    naive = datetime.datetime.combine(start, datetime.time()) if zone is None else start
    naive = naive.replace(tzinfo=None)
    until = event["RRULE"].get("UNTIL")
    if until and zone is not None:
        local = until[0].astimezone(zone).strftime("%Y%m%dT%H%M%S")
        rule = ";".join(
            f"UNTIL={local}" if part.startswith("UNTIL=") else part for part in rule.split(";")
        )
    found = [date.replace(tzinfo=zone) for date in dateutil.rrule.rrulestr(rule, dtstart=naive)]
    if zone is None:
        found = [date.date() for date in found]
    left_out = flat(event.get("EXDATE"))
    found = [date for date in found if date not in left_out] + flat(event.get("RDATE"))
    return sorted(moment(date) for date in found)


def minutes(trigger):
    """How long before the start."""
    return -int(trigger.total_seconds()) // 60


def with_icalendar(data):
    """The events of a file as Indico would read them."""
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        if event.errors:
            raise ValueError(f"icalendar reports {event.errors}")
        categories = event.get("CATEGORIES")
        attendee = event.get("ATTENDEE")
        alarms = event.walk("VALARM")
        yield {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "start": moment(event["DTSTART"].dt),
            "end": moment(event["DTEND"].dt),
            "occurrence": moment(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else "",
            "dates": dates(event),
            "alarm": minutes(alarms[0]["TRIGGER"].dt) if alarms else -1,
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
    many = ("rdate", "exdate")
    for calendar in vobject.readComponents(data.decode("utf-8")):
        for event in calendar.contents.get("vevent", []):

            def value(name, default=""):
                lines = event.contents.get(name, [])
                if len(lines) > 1 and name not in many:
                    raise ValueError(f"{name} is there {len(lines)} times")
                return lines[0].value if lines else default

            attendee = event.contents.get("attendee", [None])[0]
            alarm = event.contents.get("valarm", [None])[0]
            rules = event.getrruleset(addRDate=True) if "rrule" in event.contents else []
            is_day = not isinstance(value("dtstart"), datetime.datetime)
            yield {
                "uid": value("uid"),
                "summary": value("summary"),
                "location": value("location"),
                "description": value("description"),
                "start": moment(value("dtstart")),
                "end": moment(value("dtend")),
                "occurrence": moment(value("recurrence-id")) if value("recurrence-id") else "",
                "dates": sorted(moment(date.date() if is_day else date) for date in rules),
                "alarm": minutes(alarm.trigger.value) if alarm else -1,
                "sequence": int(value("sequence")),
                "status": value("status"),
                "url": value("url"),
                "categories": value("categories", []),
                "contact": value("contact"),
                "attendee": attendee.value if attendee else "",
                "name": attendee.params.get("CN", [""])[0] if attendee else "",
                "properties": sorted(n.upper() for n in event.contents if n != "valarm"),
            }


READERS = {"icalendar": with_icalendar, "vobject": with_vobject}


def differences(read, expected):
    """One line per field that came back different, for each event of a file."""
    if len(read) != len(expected):
        yield f"{len(read)} events instead of {len(expected)}"
        return
    for got, wanted in zip(read, expected):
        for field in FIELDS:
            if got[field] != wanted[field]:
                yield f"{wanted['uid']}: {field}: {got[field]!r} != {wanted[field]!r}"


def main(folder, parser):
    faults = []
    files = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for file in files:
        data = (folder / file["file"]).read_bytes()
        try:
            found = differences(list(READERS[parser](data)), file["events"])
            faults += [f"{file['file']}: {parser}: {fault}" for fault in found]
        except Exception as error:  # any refusal of a parser is a fault of ours
            faults.append(f"{file['file']}: {parser}: {type(error).__name__}: {error}")
    print("\n".join(faults) if faults else f"{len(files)} files read alike")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
