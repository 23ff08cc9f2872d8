"""Reads rendered calendars with the parser of Evolution and GNOME, which knows RFC 5546 by table.

Usage: libical.py FOLDER WHERE. The first folder is that of check.py; the second is where the
library was unpacked when the system has none. Prints one line per difference and exits 1 when
there is any. Fields are compared as the library gives them; what it finds wrong with a line, or
with the properties a METHOD asks for, is a difference too.
"""

import ctypes
import ctypes.util
import json
import pathlib
import re
import sys

FIELDS = "uid summary location description".split()


def load(folder):
    """The library, with the functions used here."""
    unpacked = sorted(folder.rglob("libical.so.3"))
    lib = ctypes.CDLL(str(unpacked[0]) if unpacked else ctypes.util.find_library("ical"))
    lib.icalparser_parse_string.restype = ctypes.c_void_p
    lib.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    lib.icalcomponent_string_to_kind.argtypes = [ctypes.c_char_p]
    for name in ("first", "next"):
        step = getattr(lib, f"icalcomponent_get_{name}_component")
        step.restype = ctypes.c_void_p
        step.argtypes = [ctypes.c_void_p, ctypes.c_int]
    lib.icalrestriction_check.argtypes = [ctypes.c_void_p]
    lib.icalcomponent_count_errors.argtypes = [ctypes.c_void_p]
    lib.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    lib.icalcomponent_as_ical_string.argtypes = [ctypes.c_void_p]
    for field in FIELDS:
        get = getattr(lib, f"icalcomponent_get_{field}")
        get.restype = ctypes.c_char_p
        get.argtypes = [ctypes.c_void_p]
    return lib


def events(lib, calendar):
    """The fields of each event."""
    kind = lib.icalcomponent_string_to_kind(b"VEVENT")
    event = lib.icalcomponent_get_first_component(calendar, kind)
    while event:
        values = [getattr(lib, f"icalcomponent_get_{field}")(event) for field in FIELDS]
        yield {field: (value or b"").decode("utf-8") for field, value in zip(FIELDS, values)}
        event = lib.icalcomponent_get_next_component(calendar, kind)


def faults_of(lib, data, expected):
    """Everything this library does not like or reads otherwise."""
    calendar = lib.icalparser_parse_string(data)
    if not calendar:
        return ["it cannot be read"]
    faults = []
    # For DECLINECOUNTER this version still has the table of RFC 2446, without ATTENDEE or SEQUENCE.
    is_old = b"\r\nMETHOD:DECLINECOUNTER\r\n" in data
    is_allowed = is_old or lib.icalrestriction_check(calendar)
    if lib.icalcomponent_count_errors(calendar) or not is_allowed:
        text = lib.icalcomponent_as_ical_string(calendar).decode("utf-8").replace("\r\n ", "")
        faults += re.findall("X-LIC-ERROR.*", text) or ["the restrictions are not kept"]
    read = list(events(lib, calendar))
    if len(read) != len(expected):
        return [*faults, f"{len(read)} events instead of {len(expected)}"]
    for got, wanted in zip(read, expected):
        faults += [
            f"{wanted['uid']}: {field}: {got[field]!r} != {wanted[field]!r}"
            for field in FIELDS
            if got[field] != wanted[field]
        ]
    return faults


def main(folder, where):
    lib = load(where)
    faults = []
    files = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for file in files:
        data = (folder / file["file"]).read_bytes()
        found = faults_of(lib, data, file["events"])
        faults += [f"{file['file']}: libical: {fault}" for fault in found]
    print("\n".join(faults) if faults else f"{len(files)} files read alike")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
