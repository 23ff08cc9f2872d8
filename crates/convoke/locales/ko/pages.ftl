### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = 지금 중요한 것
home-next = 다가오는 일정
home-issues = 의제에 오른 이슈

# The hub, issue and registry pages.

home-hubs = 허브
home-lead = 지금의 사회 문제를 다루고 관련된 사람들을 한자리에 모으는 곳.
home-empty = 아직 허브가 없습니다
agenda-no-issues = 아직 의제가 없습니다
agenda-nothing-coming = 예정된 행사가 없습니다
agenda-all-events = 모든 행사
agenda-past = 최근
agenda-subscribe = 내 캘린더에서
agenda-about = 이 허브에 대하여
do-subscribe-calendar = 캘린더 앱에서 구독
do-feed-link = 캘린더 피드 (iCalendar)
do-join-registry = 등록하기
event-no-date = 날짜 미정
issue-supporters = 지지하는 이들
issue-events = 이 의제의 행사
join-title = 등록하기
join-kind = 어떤 곳입니까?
join-city = 도시
join-offers = 나눌 수 있는 것
join-needs = 찾고 있는 것
past-now = 지금 상태 보기
history-older = 이전
history-newest = 최신
history-empty = 아직 아무 일도 없었습니다.
