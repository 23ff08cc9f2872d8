### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = What matters now
home-next = Coming up
home-issues = Issues on the agenda
