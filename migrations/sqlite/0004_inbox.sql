-- Mail that came in. Its bytes are sealed, and gone once it is decided what they mean.

CREATE TABLE inbox (
    id          TEXT    NOT NULL PRIMARY KEY,
    received_at INTEGER NOT NULL,
    door        TEXT    NOT NULL,
    purpose     TEXT    NOT NULL,
    about       TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    sealed      TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    verdict     TEXT,
    details     TEXT,
    settled_at  INTEGER
) STRICT;
CREATE INDEX inbox_waiting ON inbox (received_at) WHERE verdict IS NULL;
CREATE INDEX inbox_about ON inbox (about, received_at);
CREATE INDEX inbox_person ON inbox (person, verdict, received_at);
