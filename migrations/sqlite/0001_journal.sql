-- The journal: facts go in once and never change.
-- Times are microseconds since 1970 UTC, so that both databases and the hash chain agree on them.

CREATE TABLE heads (
    journal     TEXT   NOT NULL PRIMARY KEY,
    position    INTEGER NOT NULL,
    hash        BLOB   NOT NULL,
    recorded_at INTEGER NOT NULL,
    epoch       INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE facts (
    journal     TEXT   NOT NULL,
    position    INTEGER NOT NULL,
    stream      TEXT   NOT NULL,
    version     INTEGER NOT NULL,
    kind        TEXT   NOT NULL,
    schema      INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    occurred_at INTEGER,
    actor       TEXT   NOT NULL,
    command_id  TEXT   NOT NULL,
    ordinal     INTEGER NOT NULL,
    caused_by   INTEGER,
    correlation TEXT,
    payload     TEXT   NOT NULL,
    hash        BLOB   NOT NULL,
    PRIMARY KEY (journal, position),
    UNIQUE (journal, stream, version),
    UNIQUE (journal, command_id, ordinal)
) STRICT;

CREATE TRIGGER facts_never_change BEFORE UPDATE ON facts
BEGIN
    SELECT RAISE(ABORT, 'facts never change: UPDATE is refused');
END;
CREATE TRIGGER facts_never_vanish BEFORE DELETE ON facts
BEGIN
    SELECT RAISE(ABORT, 'facts never change: DELETE is refused');
END;

CREATE TABLE tags (
    journal  TEXT   NOT NULL,
    tag      TEXT   NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (journal, tag, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
    journal        TEXT   NOT NULL,
    command_id     TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    actor          TEXT   NOT NULL,
    received_at    INTEGER NOT NULL,
    fingerprint    TEXT   NOT NULL,
    body           TEXT   NOT NULL,
    outcome        TEXT   NOT NULL,
    accepted       INTEGER NOT NULL,
    first_position INTEGER,
    last_position  INTEGER,
    PRIMARY KEY (journal, command_id)
) STRICT;
CREATE INDEX commands_refused ON commands (received_at) WHERE NOT accepted;

CREATE TABLE snapshots (
    journal TEXT   NOT NULL,
    stream  TEXT   NOT NULL,
    version INTEGER NOT NULL,
    shape   INTEGER NOT NULL,
    state   TEXT   NOT NULL,
    PRIMARY KEY (journal, stream)
) STRICT;

CREATE TABLE view_versions (
    journal TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (journal)
) STRICT;
