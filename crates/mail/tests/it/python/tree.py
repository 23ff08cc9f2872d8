"""Prints what Python's email package makes of a letter; fails on any defect it finds.

Both calendar parts must hold the same bytes, and those must not be base64 once more.
"""

import email
import email.policy
import hashlib
import sys


def show(part, depth):
    assert not part.defects, part.defects
    line = "  " * depth + part.get_content_type()
    for name in ("charset", "method", "component", "name"):
        value = part.get_param(name)
        if value is not None:
            line += f" {name}={value}"
    encoding = part["Content-Transfer-Encoding"]
    if encoding is not None:
        line += f" ({encoding})"
    if part["Content-Disposition"] is not None:
        line += f" {part.get_content_disposition()} filename={part.get_filename()}"
    if not part.is_multipart():
        content = part.get_payload(decode=True)
        line += f" sha256={hashlib.sha256(content).hexdigest()[:12]}"
    print(line)
    for child in part.iter_parts() if part.is_multipart() else ():
        show(child, depth + 1)


with open(sys.argv[1], "rb") as file:
    message = email.message_from_binary_file(file, policy=email.policy.default)

for header, value in message.items():
    assert not getattr(value, "defects", ()), (header, value.defects)
for header in ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted"):
    print(f"{header}: {message[header]}")
show(message, 0)

calendars = [
    part.get_payload(decode=True)
    for part in message.walk()
    if part.get_content_type() in ("text/calendar", "application/ics")
]
if calendars:
    invitation, attachment = calendars
    assert invitation == attachment, "the calendar parts differ"
    assert invitation.startswith(b"BEGIN:VCALENDAR\r\n"), invitation[:40]
    method = next(part for part in message.walk() if part.get_content_type() == "text/calendar").get_param("method")
    assert f"\r\nMETHOD:{method}\r\n".encode() in invitation, method
