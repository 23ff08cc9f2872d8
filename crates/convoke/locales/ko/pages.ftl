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

# Hackathons and teams.

hackathon-none = 계획된 해커톤이 없습니다
hackathon-none-hint = 운영자가 행사 안에서 계획합니다.
hackathon-left = 남은 시간
hackathon-paused = 시계가 멈췄습니다. { $left } 남았습니다.
hackathon-frozen = { $when }에 시간이 끝났습니다.
hackathon-waits = 시작되면 벽시계와 상관없이 { $length } 동안 갑니다.
hackathon-utc = UTC 기준
hackathon-team-size = 팀 규모
hackathon-sizes = { $min }–{ $max }명
hackathon-people = 참가자
hackathon-lock = 확정 당시
hackathon-lock-figures = 인원이 모자란 팀: { $under }. 팀이 없는 사람: { $unplaced }.
hackathon-extensions = 연장된 시간
hackathon-extended = 모두에게 { $by } 연장: { $reason }
hackathon-extended-team = { $team } 팀에 { $by } 연장: { $reason }
hackathon-cancelled-because = 이 해커톤은 취소되었습니다: { $reason }
hackathon-board = 팀과 아이디어
hackathon-run = 해커톤 진행
hackathon-do-open = 팀 만들기 열기
hackathon-do-lock = 팀 확정
hackathon-do-start = 시계 시작
hackathon-do-pause = 시계 멈춤
hackathon-do-resume = 시계 다시 시작
hackathon-do-freeze = 제출 마감
hackathon-extend = 모두에게 시간 연장
hackathon-minutes = 분
hackathon-reason-hint = 모두가 읽을 수 있습니다.
state-locked = 팀 확정
team-board-lead = { $min }–{ $max }명의 팀. 누구도 두 팀에 있지 않고, 정원을 넘지 않습니다.
team-none = 아직 팀이 없습니다
team-none-hint = 아이디어가 있든 없든 첫 팀을 만드세요.
team-open-places = { $count ->
   *[other] 빈자리 { $count }
 }
team-full = 정원이 찼습니다
team-works-on = 주제: { $idea }
team-own = 내 팀
team-code = 코드
team-code-hint = 이 코드가 있으면 묻지 않고 들어옵니다.
team-asks = { $name } 님이 참가를 요청했습니다.
team-somebody = 누군가
team-asked = 참가를 요청했습니다.
team-found = 팀 만들기
team-name = 팀 이름
team-by-code = 코드로 참가
team-unplaced = 아직 팀이 없는 사람
team-to-clock = 시계로 가기
idea-none = 아직 아이디어가 없습니다.
idea-line = 한 줄 아이디어
idea-text = 몇 문장의 아이디어
idea-by = { $name }
idea-taken = { $team } 팀이 맡음
enrol-title = 참가하기
enrol-lines-hint = 한 줄에 하나씩.
enrol-wishes = 하고 싶은 일
