### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = 지금 중요한 것
home-next = 다가오는 일정

past-banner = 과거를 보고 있습니다. 모든 것이 { $when } 당시 그대로입니다.
past-now = 지금 상태 보기
history-lead = 모든 결정은 영원히 보관됩니다. 무슨 일이 있었는지 최신 순으로, 기록장에서 그대로 보여 줍니다.
history-empty = 아직 아무 일도 없었습니다.
history-older = 이전
history-newest = 최신
history-position = 위치 { $position }

# The hub, issue and registry pages.

home-hubs = 허브
home-lead = 지금의 사회 문제를 다루고 관련된 사람들을 한자리에 모으는 곳.
home-empty = 아직 허브가 없습니다
home-empty-hint = 첫 허브는 네트워크 관리자가 엽니다: convoke token --role network-admin, 그다음 openHub 뮤테이션.
agenda-no-issues = 아직 의제에 오른 이슈가 없습니다
agenda-no-issues-hint = 회원이 이슈를 제안하고, 근거가 모이면 큐레이터가 의제에 올립니다.
agenda-nothing-coming = 예정된 행사가 없습니다
agenda-all-events = 모든 행사
agenda-past = 최근
agenda-subscribe = 내 달력에서
agenda-subscribe-text = 한 번 구독하면 달력이 모든 변경을 따라갑니다. 대부분의 달력 프로그램은 몇 시간 안에 다시 확인하고, 급한 변경은 메일로 알려 드립니다.
agenda-about = 이 허브에 대하여
do-subscribe-calendar = 달력 앱에서 구독
do-feed-link = 달력 피드 (iCalendar)
do-join-registry = 명부에 등록하기
event-no-date = 날짜 미정
event-places = { $capacity }석 중 { $taken }석 참{ $waiting ->
    [0] {""}
   *[other] , { $waiting }명 대기 중
 }
event-coming = { $count ->
   *[other] { $count }명이 옵니다
 }
issue-sdgs = 지속가능발전목표
issue-no-evidence = 근거가 없습니다
issue-no-evidence-hint = 수치에는 출처와 날짜가 필요합니다.
issue-supporters = 지지하는 이들
issue-no-supporters = 아직 지지한 이가 없습니다
issue-events = 이 이슈에 관한 행사
issue-nothing-coming = 이 이슈에 관한 행사가 없습니다
urgency-low = 낮음
urgency-normal = 보통
urgency-high = 높음
urgency-acute = 매우 시급
join-title = 명부에 등록하기
join-lead = 명부에 있으면 관련된 이슈가 생겼을 때 초대받습니다. 1분이면 됩니다.
join-count = { $count ->
    [0] 첫 번째가 되어 주세요.
   *[other] 이해관계자 { $count }곳이 있습니다.
 }
join-kind = 어떤 유형인가요?
join-name-hint = 단체 이름이나 본인 이름.
join-city = 도시
join-about = 하는 일을 몇 문장으로
join-offers = 나눌 수 있는 것
join-needs = 찾고 있는 것
join-lines-hint = 한 줄에 하나씩. 예: 세입자를 위한 법률 상담
join-consent = 여기에 이름을 올리고 이 허브의 이슈에 관해 메일을 보내도 좋습니다
join-done = 명부에 올랐습니다. 관련된 이슈가 생기면 알려 드리겠습니다.

count-evidence = 근거 { $count }건

# Events, registrations, invitations.

event-coming-list = 예정
event-register = 등록
event-own = 내 등록
event-full = 자리가 모두 찼습니다. 기다리시면 자리가 나는 대로 순서에 따라 제안합니다.
event-wait = 대기자 명단에 오르기
event-email-hint = 달력에 넣을 행사 정보와 함께 확인 메일을 그 주소로 보냅니다.
event-party = 본인을 포함한 인원수
event-note = 호스트가 알아야 할 것
event-format = 모임의 종류
event-access = 들어오는 방법
event-serves = 다루는 이슈:
event-cancelled-because = 이 행사는 취소되었습니다: { $reason }
do-more = 더 보기
format-evening = 저녁 모임
format-workshop = 워크숍
format-masterclass = 마스터클래스
format-training = 교육
format-networking-hour = 교류 시간
format-house-meeting = 집 모임
format-hackathon = 해커톤
format-other = 모임
registration-title = 내 등록
registration-done = 완료했습니다. 이 페이지는 본인만의 페이지입니다. 주소를 보관해 두세요. 메일에도 있습니다.
registration-before-you =
    { $count ->
        [0] 대기 순서가 첫 번째입니다.
       *[other] 앞에 { $count }명이 기다리고 있습니다.
    }
registration-offered = { $until }까지 자리를 맡아 두었습니다.
registration-received = 등록이 접수되었습니다.
registration-confirmed = 자리가 확정되었습니다.
registration-waiting = 대기자 명단에 있습니다.
registration-cancelled = 이 등록은 취소되었습니다.
registration-declined = 자리를 다른 분께 넘겼습니다.
registration-expired = 제안 기한이 지났습니다.
registration-left = 대기자 명단에서 나갔습니다.
registration-take = 자리 받기
registration-pass = 넘기기
registration-leave = 대기자 명단에서 나가기
registration-cancel = 내 등록 취소
invitation-title = 초대
invitation-page-lead = { $name }님, 초대합니다.
invitation-page-why = 초대하는 이유: { $reason }
invitation-yes = 참석합니다
invitation-maybe = 미정입니다
invitation-no = 참석하지 못합니다
invitation-done = 고맙습니다. 답은 언제든 여기서 바꿀 수 있습니다.
invitation-over = 이 초대는 끝났습니다.
invitation-event = 행사 페이지

# Why somebody is suggested for an event.

mix-first-need = 다른 누구도 채우지 못하는 필요를 채움: { $what }
mix-second-need = 이 필요를 채우는 두 번째: { $what }
mix-first-kind = 이 유형에서 처음: { $what }
mix-second-kind = 이 유형에서 두 번째: { $what }
mix-first-group = 선택하신 그룹에서 처음: { $what }
mix-second-group = 선택하신 그룹에서 두 번째: { $what }
mix-works-on = 이슈를 다룹니다
mix-affected-by = 이슈의 영향을 받습니다
mix-studies = 이슈를 연구합니다
mix-funds = 이슈에 관한 일에 자금을 댑니다
mix-goals = 같은 목표를 위해 일합니다: { $goals }
mix-near = 가까이 있습니다: { $what }
mix-newcomer = 처음 오는 분

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
team-board-lead = { $min }–{ $max }명의 팀. 누구도 두 팀에 있지 않고, 정원을 넘지 않습니다.
team-none = 아직 팀이 없습니다
team-none-hint = 아이디어가 있든 없든 첫 팀을 만드세요.
team-open-places = { $count ->
   *[other] 빈자리 { $count }개
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

# The demo's mailbox.

mailbox-title = 메일함
mailbox-lead = 이 데모가 보냈을 메일을 최신 순으로 보여 줍니다. 이 컴퓨터 밖으로는 아무것도 나가지 않습니다.
mailbox-empty = 아직 작성된 메일이 없습니다
mailbox-from = 보낸 사람
mailbox-to = 받는 사람
mailbox-text = 일반 텍스트
mailbox-html = 받는 사람의 메일 프로그램에서 보이는 모습
mailbox-calendar = 달력용
mailbox-headers = 모든 헤더
preview-title = 모든 언어로 된 모든 편지
preview-lead = 실제로 없었던 어느 저녁을 두고 이 제품이 쓸 수 있는 편지들입니다. 아무것도 보내지 않습니다.
mailbox-signed = 서명한 곳(DKIM)
mailbox-unsigned = 서명 없음
mailbox-alone = 따로 보기

# The way in to the demo.

demo-title = 둘러보기
demo-lead = 허브 네 곳, 지어낸 사람들, 실제 장소. 누구로든 로그인해 보세요. 비밀번호는 없고, 이 컴퓨터 밖으로는 아무것도 나가지 않습니다.
demo-signed-in = 로그인했습니다. 아래에서 다른 사람을 고르거나 위에서 로그아웃하세요.
demo-visit = 로그인하지 않고 가 보기
demo-look = 어디를 볼까요
demo-hacking = 헤이그에서 진행 중인 해커톤
demo-forming = 서울에서 만들어지고 있는 팀
demo-mailbox = 데모가 보냈을 모든 메일과 달력 초대.
demo-api = API
demo-token = 탐색기에서 써 보세요. 토큰은 이렇게 만듭니다:
demo-calendars = 구독할 수 있는 달력:
demo-past = 과거의 모든 페이지: 주소 뒤에 ?asOf=와 위치 또는 시각을 붙이세요. 예:

# Letters somebody does not want
reach-title = 이 허브에서 보내는 메일
reach-invitations = 행사 초대
reach-reminders = 알림
reach-digests = 주간 소식
reach-news = 소식과 제안
reach-all = 메일
reach-lead = { $hub }에서 보내는 메일({ $what })을 그만 받으시겠어요?
reach-still = 자리를 잡아 두신 행사의 변경과 취소는 계속 알려 드립니다.
reach-stop = 그만 받기
reach-stopped = { $hub }에서 더 이상 메일({ $what })을 보내지 않습니다.
reach-again-lead = 실수로 누르셨나요?
reach-again = 다시 받기

# Confirming an address, by the link of the welcome letter.

confirm-title = 주소 확인
confirm-lead = { $name } 항목이 { $hub } 명부에 있습니다. 이 주소가 본인의 것이라고 알려 주시면 메일을 보낼 수 있습니다.
confirm-not-you = 요청하신 적이 없다면 이 페이지를 닫으세요. 아무 일도 일어나지 않습니다.
confirm-do = 네, 제 주소입니다
confirm-done = 감사합니다. 주소가 확인되었습니다.
confirm-already = { $hub }에 있는 { $name } 항목의 주소가 확인되었습니다. 더 하실 일은 없습니다.
confirm-next = { $hub }에서 하는 일
confirm-gone-title = 이 링크는 더 이상 쓸 수 없습니다
confirm-gone-old = 너무 오래되었거나, 해당 항목이 없어졌거나 주소가 바뀌었습니다.
confirm-gone-broken = 링크의 일부가 빠졌을 수 있습니다.
confirm-gone-do = 저희가 보낸 가장 최근 메일의 링크 전체를 열어 보세요. 그래도 안 되면 다시 등록해 주세요. 1분이면 됩니다.
confirm-gone-register = 다시 등록하기
confirm-gone-home = 내 허브 찾기
mails-title = 받는 메일
mails-lead = { $hub }에서 무엇을 언제 보내는지 보여 줍니다.
mails-reminders = 알림
mails-when = 자리가 있는 행사를 언제 다시 알려 드릴까요?
mails-quiet = 계신 곳 시간으로 밤 9시부터 아침 8시까지는 알림을 보내지 않습니다.
mails-week = 일주일 전
mails-day = 하루 전
mails-hours = 두 시간 전
mails-zone = 어디에 계신가요?
mails-zone-hint = 시간을 계신 곳 기준으로도 보여 드립니다.
mails-zone-none = 행사가 열리는 곳
mails-save = 저장
mails-done = 저장했습니다.
mails-kinds = 메일 종류
mails-sent = 받는 중
mails-stopped = 받지 않음
why-title = 이 메일을 받은 이유
why-lead = { $hub }에서 메일을 보낸 까닭은 다음과 같습니다.
why-by-you = 본인
why-by-rule = 허브의 규칙에 따라 자동으로
why-by-visitor = 방문자 또는 링크를 가진 분
why-by-other = 허브의 누군가
why-stop = 메일을 줄이려면
why-may-stop = 이런 메일은 그만 받을 수 있습니다. 확정된 자리에 관한 메일은 계속 받습니다.
why-cannot-stop = 이런 메일은 가지고 계신 자리, 소속된 팀, 직접 하신 일만 알려 드리므로 끌 수 없습니다. 자리를 돌려주시면 더 이상 가지 않습니다.
why-asked-once = 누군가 이 주소를 적어서 여쭈어 본 메일입니다. 아무것도 하지 않으시면 팔로우가 시작되지 않고 주간 요약도 가지 않습니다.
why-choose = 이 허브가 보내는 모든 메일 보기
follow-title = 메일로 팔로우하기
follow-lead = 소식이 있는 주에만 월요일에 메일 한 통을 보냅니다. 먼저 그 주소로 정말 원하시는지 여쭙니다.
follow-do = 이 의제 팔로우하기
follow-asked = 메일함을 확인해 주세요. 본인이 맞는지 여쭈었습니다.
follow-asks = “{ $title }” 소식을 월요일마다 메일로 받으시겠습니까?
follow-follows = “{ $title }” 의제를 팔로우하고 있습니다. 소식이 있는 주의 다음 월요일에 메일이 갑니다.
follow-stop = 더 이상 팔로우하지 않기
follow-gone = “{ $title }” 의제를 팔로우하고 있지 않습니다.

# Calendars: what to subscribe to, and secret addresses of one's own

calendars-title = 캘린더
calendars-lead = 쓰시는 캘린더 프로그램에서 행사를 보세요. 여기서 바뀌면 그곳에서도 바뀝니다.
calendars-own = 내 캘린더
calendars-own-text = 캘린더마다 비밀 주소가 있으며, 주소를 아는 사람은 누구나 그 캘린더를 읽을 수 있습니다. 프로그램마다 다른 주소를 주면 나머지를 그대로 두고 하나만 거둘 수 있습니다.
calendars-own-how = 참석할 행사와 마감을 캘린더에서 보려면, 자리나 초대에 관한 저희 편지의 링크를 열어 “캘린더”를 고르거나 로그인하세요.
calendars-none = 아직 캘린더 주소가 없습니다.
calendars-make = 주소 만들기
calendars-label = 어디에 쓰나요?
calendars-label-hint = 예: “내 휴대폰”. 본인만 볼 수 있습니다.
calendars-feed = 캘린더
calendars-feed-personal = 내가 가는 행사와 마감
calendars-feed-hackathon = { $title } (참가자용)
calendars-feed-team = { $name } 팀
calendars-feed-gone = 더는 속하지 않는 캘린더
calendars-detail = 보이는 내용
calendars-detail-full = 모두
calendars-detail-busy = 바쁜 시간만
calendars-create = 주소 만들기
calendars-options = 내 주소 뒤에 “?alarm=30”을 붙이면 30분 전에 알림을 받고, “?invited=0”을 붙이면 저희 초대로 이미 캘린더에 있는 행사를 뺍니다.
calendars-new = 새 주소
calendars-new-text = 지금 한 번만 보입니다. 바로 구독하거나 복사해 두세요.
calendars-made = 만든 때
calendars-ended = 끝난 때
calendars-used = 마지막 요청
calendars-used-around = { $when } 무렵
calendars-never-used = 아직 없음
calendars-rotate = 새 주소
calendars-revoke = 끝내기
calendars-rotate-hint = 다른 사람이 주소를 알게 되었을 때 “새 주소”를 누르면 옛 주소는 끝납니다. 끝난 주소를 계속 묻는 프로그램은 그 캘린더를 비웁니다.
calendars-done = 끝난 주소가 되었습니다.
calendars-hub = 허브 캘린더
calendars-hub-text = 공개 행사 전체입니다. 비밀이 아니니 이 주소는 나누어도 됩니다.
calendars-years = 한 해의 공개 행사 전체를 파일로 받습니다. 보관하거나 한 번만 가져올 때 쓰세요:
calendars-difference = 구독할까요, 한 번 가져올까요?
calendars-subscribe-means = 구독하면 프로그램이 거듭 물어봅니다. 변경과 취소가 저절로 반영되고, 구독을 그만두면 모두 사라집니다.
calendars-import-means = 파일을 가져오면 지금 모습 그대로 행사 하나가 복사됩니다. 그 뒤에는 본인만 고칠 수 있고, 두 번 가져오면 두 번 보일 수 있습니다.
calendars-refresh = 변경이 보이기까지
calendars-refresh-text = 얼마나 자주 물을지는 저희가 아니라 프로그램이 정합니다.
calendars-refresh-google = Google 캘린더: 4~24시간마다, 새로 고침 단추는 없습니다
calendars-refresh-outlook = 웹용 Outlook: 약 3시간마다, 컴퓨터용 Outlook: 1시간마다
calendars-refresh-apple = Apple 캘린더: Mac에서는 1시간마다, 휴대폰에서는 따로 정하지 않으면 하루 한 번
calendars-refresh-thunderbird = Thunderbird: 30분마다
calendars-refresh-mail = 급한 일은 메일로도 알려 드립니다.
subscribe-google = Google 캘린더에 추가
subscribe-copy = 복사할 주소
nav-calendars = 캘린더
calendars-more = 구독하는 모든 방법과 내 캘린더

# 초대받은 사람의 캘린더에서 온 것.

answers-title = 초대받은 사람들에게서 온 것
answers-done = 처리했습니다.
answers-proposed = 제안받은 다른 시간
answers-proposed-none = 다른 시간을 제안한 사람이 없습니다.
answers-take = 행사를 이 시간으로 옮기기
answers-leave = 시간을 그대로 두기
answers-why = 이유 (초대받은 사람이 읽습니다)
answers-requested = 참석을 요청한 사람
answers-requested-none = 초대 없이 참석을 요청한 사람이 없습니다.
answers-invite = 초대하기
answers-tell = 편지로 알리기
answers-handed-on = 누군가 전달한 초대장에 답했습니다.
answers-delegated = 초대받은 사람이 대신 보냅니다.
answers-came = 받은 메일과 결정
answers-came-hint = 메일 속의 말은 보낸 사람의 것이며, 아무도 확인하지 않았습니다.
answers-came-none = 아직 받은 메일이 없습니다.

verdict-applied = 반영함
verdict-duplicate = 이미 알고 있음
verdict-stale = 너무 오래됨
verdict-rejected = 규칙에 따라 거절함
verdict-refused = 믿을 수 없음
verdict-ignored = 할 일 없음
verdict-asks-to-attend = 참석 요청
verdict-proposes = 다른 시간 제안
verdict-sent-again = 다시 보냄
verdict-bounced = 배달되지 않음
verdict-mailbox-full = 메일함이 가득 참

reason-mail-unreadable = 메일이 깨졌거나, 우리가 읽는 크기보다 큽니다.
reason-calendar-unreadable = 캘린더 부분이 깨졌거나, 우리가 읽는 크기보다 큽니다.
reason-no-calendar = 캘린더 부분이 없습니다.
reason-automatic = 기계가 쓴 메일입니다.
reason-not-an-answer = 답장이 아닙니다.
reason-several-events = 여러 행사에 관한 메일입니다.
reason-wrong-event = 받는 주소와 다른 행사에 관한 메일입니다.
reason-not-one-attendee = 참석자가 정확히 한 명이 아닙니다.
reason-author-differs = 쓴 사람이 초대받은 사람이 아닙니다.
reason-not-authentic = 보낸 사람의 메일 도메인이 거기서 온 메일이 아니라고 합니다.
reason-unconfirmed = 보낸 사람을 보증하는 것이 없습니다.
reason-delegated = 우리가 편지를 보낼 수 없는 사람에게 넘겼습니다.
reason-no-answer = 참석, 미정, 불참 가운데 어느 것도 아닙니다.
reason-asks-for-refresh = 현재의 초대장을 요청합니다.
reason-not-invited = 초대받지 않은 사람이 거절하거나 초대장을 요청합니다.
reason-proposal-unreadable = 제안한 시간을 읽을 수 없습니다.
reason-erased = 이 사람의 정보는 지워졌습니다.
reason-passing = 메일 서버가 아직 시도하고 있습니다.
reason-distrusted = 메일 서버가 우리 메일을 믿지 않습니다.

verdict-held = 본인에게 확인 중

unproved-title = 회원님의 답
unproved-lead = 회원님의 이름으로 답장이 왔습니다: { $answer }. 본인의 답인가요?
unproved-not-you = 아니라면 이 페이지를 닫으세요. 아무것도 바뀌지 않습니다.
unproved-do = 네, 제 답입니다
unproved-done = 고맙습니다. 답을 반영했습니다.
unproved-gone = 이미 사용했거나 오래된 링크입니다. 초대장의 링크로 답할 수 있습니다.

address-title = 새 주소
address-lead = 앞으로 { $hub }에서 { $name }에게 보내는 편지는 { $email } 주소로 갑니다. 본인의 주소인가요?
address-do = 네, 제 주소입니다
address-done = 고맙습니다. 이제 이 주소로 편지를 보냅니다.
address-gone = 이미 사용했거나 오래된 링크입니다.
# A calendar comes in.

intake-title = 캘린더 가져오기
intake-lead = 다른 곳에서 쓰던 캘린더의 행사가 여기서 제안이 됩니다. 바로 게시되지 않으며, 하나씩 직접 받아들입니다.
intake-file = 캘린더 파일
intake-file-hint = .ics로 끝나는 파일, 5 MB까지. 안에 있는 사람과 첨부 파일은 가져오지 않습니다.
intake-issue = 관련 의제
intake-issue-hint = 고르지 않으면 행사마다 캘린더 이름을 까닭으로 적습니다.
intake-no-issue = 의제 없음
intake-past = 끝난 행사도 제안하기
intake-do = 가져오기
intake-again = 다른 캘린더
intake-component = { $number }번째 항목
intake-came-proposed = 제안됨
intake-came-known = 이미 있음
intake-came-left-out = 빠짐
intake-sum =
    행사 { $count }개를 제안했습니다. { $known }개는 이미 있었고, { $out }개는 빠졌습니다.

# Series.

series-one-of = 시리즈의 하나
series-next = 다음 날짜
