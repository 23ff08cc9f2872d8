### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = Şimdi önemli olan
home-next = Yaklaşanlar
home-issues = Gündemdeki meseleler
