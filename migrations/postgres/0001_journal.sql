-- The journal: facts go in once and never change.
-- Times are microseconds since 1970 UTC, so that both databases and the hash chain agree on them.

CREATE TABLE heads (
    journal     TEXT   NOT NULL PRIMARY KEY,
    position    BIGINT NOT NULL,
    hash        BYTEA  NOT NULL,
    recorded_at BIGINT NOT NULL,
    epoch       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE facts (
    journal     TEXT   NOT NULL,
    position    BIGINT NOT NULL,
    stream      TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    kind        TEXT   NOT NULL,
    schema      BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    occurred_at BIGINT,
    actor       TEXT   NOT NULL,
    command_id  TEXT   NOT NULL,
    ordinal     BIGINT NOT NULL,
    caused_by   BIGINT,
    correlation TEXT,
    payload     TEXT   NOT NULL,
    hash        BYTEA  NOT NULL,
    PRIMARY KEY (journal, position),
    UNIQUE (journal, stream, version),
    UNIQUE (journal, command_id, ordinal)
);

CREATE FUNCTION facts_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts never change: % is refused', TG_OP;
END $$;

CREATE TRIGGER facts_never_change BEFORE UPDATE OR DELETE ON facts
    FOR EACH ROW EXECUTE FUNCTION facts_never_change();
CREATE TRIGGER facts_never_truncated BEFORE TRUNCATE ON facts
    FOR EACH STATEMENT EXECUTE FUNCTION facts_never_change();

CREATE TABLE tags (
    journal  TEXT   NOT NULL,
    tag      TEXT   NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (journal, tag, position)
);

CREATE TABLE commands (
    journal        TEXT   NOT NULL,
    command_id     TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    actor          TEXT   NOT NULL,
    received_at    BIGINT NOT NULL,
    fingerprint    TEXT   NOT NULL,
    body           TEXT   NOT NULL,
    outcome        TEXT   NOT NULL,
    accepted       BOOLEAN NOT NULL,
    first_position BIGINT,
    last_position  BIGINT,
    PRIMARY KEY (journal, command_id)
);
CREATE INDEX commands_refused ON commands (received_at) WHERE NOT accepted;

CREATE TABLE snapshots (
    journal TEXT   NOT NULL,
    stream  TEXT   NOT NULL,
    version BIGINT NOT NULL,
    shape   BIGINT NOT NULL,
    state   TEXT   NOT NULL,
    PRIMARY KEY (journal, stream)
);

CREATE TABLE view_versions (
    journal TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (journal)
);
