-- When a secret calendar was last asked for, to the hour: no fact, and no part of a view.

CREATE TABLE calendar_link_use (
    link        TEXT    NOT NULL PRIMARY KEY,
    used_at     INTEGER NOT NULL
) STRICT;
