-- What must follow from facts, once each; and the mails that came of it, as bytes.

CREATE TABLE outbox (
    journal    TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    ordinal    BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    lane       TEXT   NOT NULL,
    due_at     BIGINT NOT NULL,
    body       TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT,
    note       TEXT,
    PRIMARY KEY (journal, position, ordinal)
);
CREATE INDEX outbox_due ON outbox (kind, due_at) WHERE state = 'waiting';
CREATE INDEX outbox_lane ON outbox (journal, lane) WHERE state = 'waiting';

CREATE TABLE mails (
    journal    TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    ordinal    BIGINT NOT NULL,
    recipient  TEXT   NOT NULL,
    template   TEXT   NOT NULL,
    message_id TEXT   NOT NULL UNIQUE,
    about      TEXT   NOT NULL,
    locale     TEXT   NOT NULL,
    planned_at BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    expires_at BIGINT,
    state      TEXT   NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT,
    sealed     TEXT,
    last_code  BIGINT,
    last_text  TEXT,
    done_at    BIGINT,
    PRIMARY KEY (journal, position, ordinal, recipient)
);
CREATE INDEX mails_due ON mails (due_at) WHERE state = 'waiting';
CREATE INDEX mails_recipient ON mails (recipient);
