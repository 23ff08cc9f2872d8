-- What must follow from facts, once each; and the mails that came of it, as bytes.

CREATE TABLE outbox (
    journal    TEXT   NOT NULL,
    position   INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    kind       TEXT   NOT NULL,
    lane       TEXT   NOT NULL,
    due_at     INTEGER NOT NULL,
    body       TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    note       TEXT,
    PRIMARY KEY (journal, position, ordinal)
) STRICT;
CREATE INDEX outbox_due ON outbox (kind, due_at) WHERE state = 'waiting';
CREATE INDEX outbox_lane ON outbox (journal, lane) WHERE state = 'waiting';

CREATE TABLE mails (
    journal    TEXT   NOT NULL,
    position   INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    recipient  TEXT   NOT NULL,
    template   TEXT   NOT NULL,
    message_id TEXT   NOT NULL UNIQUE,
    about      TEXT   NOT NULL,
    locale     TEXT   NOT NULL,
    planned_at INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    expires_at INTEGER,
    state      TEXT   NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    sealed     TEXT,
    last_code  INTEGER,
    last_text  TEXT,
    done_at    INTEGER,
    PRIMARY KEY (journal, position, ordinal, recipient)
) STRICT;
CREATE INDEX mails_due ON mails (due_at) WHERE state = 'waiting';
CREATE INDEX mails_recipient ON mails (recipient);
