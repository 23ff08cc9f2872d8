### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = Wat er nu toe doet
home-next = Binnenkort
home-issues = Thema's op de agenda
