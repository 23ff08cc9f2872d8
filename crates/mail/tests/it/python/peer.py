"""A mail server we did not write: aiosmtpd, for one test process.

peer.py MODE [CERTIFICATE KEY], MODE one of smtp, starttls, smtps, lmtp. Prints its port, then one
line of JSON per letter. With a certificate it demands the login hub / s3cret.
"""

import asyncio
import base64
import json
import logging
import ssl
import sys

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        letter = {
            "hello": session.host_name,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "mime": base64.b64encode(envelope.original_content).decode(),
            "tls": server.transport.get_extra_info("ssl_object") is not None,
            "utf8": envelope.smtp_utf8,
        }
        print(json.dumps(letter), flush=True)
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, login):
    ok = login.login == b"hub" and login.password == b"s3cret"
    return AuthResult(success=ok, handled=False)


def build(mode, context):
    if mode == "lmtp":
        return LMTP(Handler())
    secure = {}
    if mode == "starttls":
        secure = {"tls_context": context, "require_starttls": True}
    if context is not None:
        secure |= {"authenticator": authenticate, "auth_required": True}
        secure |= {"auth_require_tls": mode == "starttls"}
        # So that both ways to log in are tried.
        secure |= {"auth_exclude_mechanism": ["PLAIN"] if mode == "smtps" else ["LOGIN"]}
    return SMTP(Handler(), enable_SMTPUTF8=True, **secure)


async def main():
    mode = sys.argv[1]
    context = None
    if len(sys.argv) > 2:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    implicit = context if mode == "smtps" else None
    # Refused handshakes are part of the test, not news.
    logging.disable(logging.CRITICAL)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: build(mode, context), "127.0.0.1", 0, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
