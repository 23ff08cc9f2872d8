-- How mails leave: which of them first, what was really begun, and which newer one stands for an older.

ALTER TABLE mails ADD COLUMN kind TEXT NOT NULL DEFAULT 'notice';
ALTER TABLE mails ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
ALTER TABLE mails ADD COLUMN supersedes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mails ADD COLUMN superseded_by TEXT;
ALTER TABLE mails ADD COLUMN begun_at INTEGER;
ALTER TABLE mails ADD COLUMN fault TEXT;

-- A Message-ID is "digits.kind@domain".
UPDATE mails SET kind = substr(message_id, instr(message_id, '.') + 1,
    instr(message_id, '@') - instr(message_id, '.') - 1)
WHERE instr(message_id, '.') > 0 AND instr(message_id, '@') > instr(message_id, '.');
-- Until now every attempt under a lease may have been begun.
UPDATE mails SET begun_at = lease_until WHERE state = 'waiting';

DROP INDEX mails_due;
CREATE INDEX mails_waiting ON mails (priority, due_at) WHERE state = 'waiting';
CREATE INDEX mails_state ON mails (state, kind);
CREATE INDEX mails_planned ON mails (planned_at);
CREATE INDEX mails_bytes ON mails (done_at) WHERE sealed IS NOT NULL;
CREATE INDEX inbox_settled ON inbox (settled_at) WHERE verdict IS NOT NULL;
