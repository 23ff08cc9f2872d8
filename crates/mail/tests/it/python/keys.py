"""Makes private keys: keys.py FOLDER writes rsa.pem, rsa1.pem (PKCS#1), ed25519.pem, small.pem."""

import pathlib
import sys

from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

folder = pathlib.Path(sys.argv[1])


def write(name, key, kind):
    pem = key.private_bytes(form.Encoding.PEM, kind, form.NoEncryption())
    (folder / name).write_bytes(pem)


key = rsa.generate_private_key(65537, 2048)
write("rsa.pem", key, form.PrivateFormat.PKCS8)
write("rsa1.pem", key, form.PrivateFormat.TraditionalOpenSSL)
write("small.pem", rsa.generate_private_key(65537, 1024), form.PrivateFormat.PKCS8)
write("ed25519.pem", ed25519.Ed25519PrivateKey.generate(), form.PrivateFormat.PKCS8)
