-- Keys of persons, in a file of their own (attached as "keys"): destroying one erases that person everywhere.

CREATE TABLE keys.subject_keys (
    person       TEXT   NOT NULL PRIMARY KEY,
    key          BLOB,
    created_at   INTEGER NOT NULL,
    destroyed_at INTEGER
) STRICT;

-- How far erasures have come: what is cached of the past is older than this, or dropped.
CREATE INDEX keys.subject_keys_destroyed ON subject_keys (destroyed_at) WHERE destroyed_at IS NOT NULL;

-- Which person an address belongs to. The address itself is not here, only a keyed hash of it.
CREATE TABLE keys.directory (
    address TEXT NOT NULL PRIMARY KEY,
    person  TEXT NOT NULL
) STRICT;
CREATE INDEX keys.directory_person ON directory (person);

-- The secrets of this installation, made at its first start.
CREATE TABLE keys.secrets (
    name  TEXT  NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
