### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = 지금 중요한 것
home-next = 다가오는 일정
home-issues = 의제에 오른 이슈
