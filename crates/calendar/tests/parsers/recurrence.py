"""Expands rules and reads VTIMEZONE with dateutil and compares with what tests/recurrence.rs says.

Usage: recurrence.py FILE. Prints one line per difference and exits 1 when there is any.
"""

import datetime
import io
import json
import pathlib
import sys

import dateutil.rrule
import dateutil.tz

LAST = datetime.datetime(2035, 1, 1)


def rule_faults(case):
    """The dates of a rule, from a day on."""
    first = datetime.datetime.fromisoformat(case["first"])
    rule = dateutil.rrule.rrulestr(case["rule"], dtstart=first)
    dates = []
    for date in rule:
        if date > LAST:
            break
        dates.append(date.date().isoformat())
    if dates != case["dates"]:
        yield f"{case['first']} {case['rule']}: {dates} != {case['dates']}"


def zone_faults(case):
    """The offsets of a zone at walls that come once."""
    zone = dateutil.tz.tzical(io.StringIO(case["block"])).get(case["zone"])
    for wall, wanted in case["offsets"]:
        at = datetime.datetime.fromisoformat(wall).replace(tzinfo=zone)
        got = int(at.utcoffset().total_seconds())
        if got != wanted:
            yield f"{case['zone']} {wall}: {got} != {wanted}"
            return


def main(file):
    cases = json.loads(file.read_text(encoding="utf-8"))
    faults = [fault for case in cases["rules"] for fault in rule_faults(case)]
    faults += [fault for case in cases["zones"] for fault in zone_faults(case)]
    print("\n".join(faults) if faults else f"{len(cases['rules']) + len(cases['zones'])} alike")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
