-- Mail that came in. Its bytes are sealed, and gone once it is decided what they mean.

CREATE TABLE inbox (
    id          TEXT    NOT NULL PRIMARY KEY,
    received_at BIGINT NOT NULL,
    door        TEXT    NOT NULL,
    purpose     TEXT    NOT NULL,
    about       TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    sealed      TEXT,
    attempts    BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT,
    verdict     TEXT,
    details     TEXT,
    settled_at  BIGINT
);
CREATE INDEX inbox_waiting ON inbox (received_at) WHERE verdict IS NULL;
CREATE INDEX inbox_about ON inbox (about, received_at);
CREATE INDEX inbox_person ON inbox (person, verdict, received_at);
