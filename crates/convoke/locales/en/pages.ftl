### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = What matters now
home-next = Coming up
home-issues = Issues on the agenda

past-banner = You are looking at the past: everything as it was on { $when }.
past-now = Show it as it is now
history-lead = Every decision is kept for ever. This is what happened, newest first, straight from the journal.
history-empty = Nothing has happened here yet.
history-older = Older
history-newest = Newest
history-position = Position { $position }
