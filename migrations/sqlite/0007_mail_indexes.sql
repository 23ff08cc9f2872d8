-- The mails of one hub, the newest first, without walking through those of all hubs.

CREATE INDEX mails_hub ON mails (journal, planned_at, message_id);

-- What still waits about an event, asked when a letter about it is planned.

CREATE INDEX mails_about ON mails (about) WHERE state = 'waiting';
