-- Keys of persons, kept apart from the journal: destroying one erases that person everywhere.

CREATE SCHEMA keys;

CREATE TABLE keys.subject_keys (
    person       TEXT   NOT NULL PRIMARY KEY,
    key          BYTEA,
    created_at   BIGINT NOT NULL,
    destroyed_at BIGINT
);

-- How far erasures have come: what is cached of the past is older than this, or dropped.
CREATE INDEX subject_keys_destroyed ON keys.subject_keys (destroyed_at) WHERE destroyed_at IS NOT NULL;

-- Which person an address belongs to. The address itself is not here, only a keyed hash of it.
CREATE TABLE keys.directory (
    address TEXT NOT NULL PRIMARY KEY,
    person  TEXT NOT NULL
);
CREATE INDEX directory_person ON keys.directory (person);

-- The secrets of this installation, made at its first start.
CREATE TABLE keys.secrets (
    name  TEXT  NOT NULL PRIMARY KEY,
    value BYTEA NOT NULL
);
