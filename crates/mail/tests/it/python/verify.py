"""Verifies signatures by dkimpy: verify.py FOLDER prints `name true|false` for each .eml in it.

dns.json in the folder has the TXT records, by name.
"""

import json
import pathlib
import sys

import dkim

folder = pathlib.Path(sys.argv[1])
records = json.loads((folder / "dns.json").read_text())


def answer(name, timeout=5):
    return records.get(name.decode().rstrip("."), "").encode()


for file in sorted(folder.glob("*.eml")):
    try:
        verified = dkim.verify(file.read_bytes(), dnsfunc=answer)
    except dkim.DKIMException:
        verified = False
    print(file.stem, str(verified).lower())
