"""Sends mails to an LMTP server by Python's own client, and prints each reply as JSON.

lmtp.py PORT or lmtp.py SOCKET. smtplib's own sendmail reads one reply for a mail, and LMTP has one
for each recipient; so it is asked for each step.
"""

import json
import smtplib
import sys

place = sys.argv[1]
client = smtplib.LMTP(place) if place.startswith("/") else smtplib.LMTP("127.0.0.1", int(place))
client.command_encoding = "utf-8"
client.ehlo()
mail = b"From: ada@example.org\r\nSubject: x\r\n\r\n.\r\n..dots\r\n\r\nend"


def send(sender, recipients, mail, options=()):
    replies = [client.mail(sender, options)]
    replies += [client.rcpt(recipient) for recipient in recipients]
    if all(code == 250 for code, _ in replies):
        # One reply is read by data() itself.
        replies.append(client.data(mail))
        replies += [client.getreply() for _ in recipients[1:]]
    else:
        client.rset()
    return [f"{code} {text.decode()}" for code, text in replies]


to = ["rsvp+1@hub.example", "nobody@hub.example", "b+1@hub.example"]
utf8 = ["SMTPUTF8", "BODY=8BITMIME"]
print(
    json.dumps(
        {
            "offers": sorted(client.esmtp_features),
            "three recipients": send("ada@example.org", to, mail),
            "null sender": send("", to[2:], mail),
            "outside ASCII": send("조@example.org", ["조@hub.example"], mail, utf8),
            "announced too large": send("", to[:1], mail, ["SIZE=3000000"]),
            "too large": send("", to[:2], b"x" * 3_000_000),
            "others": [client.noop()[0], client.verify("ada")[0], client.quit()[0]],
        }
    )
)
