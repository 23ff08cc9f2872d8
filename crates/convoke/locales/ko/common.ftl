## The frame of every page
frame-skip = 본문으로 건너뛰기
frame-navigation = 주 메뉴
frame-languages = 언어
frame-error-prefix = 오류:
frame-past = 과거 시점
frame-notice = 알림
frame-foot = Convoke는 지금 중요한 문제를 두고 사람들을 한자리에 부릅니다.

## Where to go
nav-agenda = 의제
nav-events = 행사
nav-stakeholders = 이해관계자
nav-hackathons = 해커톤
nav-ideas = 아이디어
nav-teams = 팀
nav-history = 기록

## What buttons do
do-accept = 수락
do-add-to-calendar = 달력에 추가
do-ask-to-join = 참여 요청
do-decline = 거절
do-join = 참여
do-leave = 나가기
do-pitch = 아이디어 제안
do-sign-in = 로그인
do-sign-out = 로그아웃

## States, of whatever has one
state-proposed = 제안됨
state-under-review = 검토 중
state-accepted = 수락됨
state-declined = 거절됨
state-withdrawn = 철회됨
state-scheduled = 일정 확정
state-published = 게시됨
state-closed = 닫힘
state-ended = 종료됨
state-reported = 보고 완료
state-postponed = 연기됨
state-cancelled = 취소됨
state-active = 활성
state-merged = 병합됨
state-paused = 일시 중지됨
state-prospect = 잠재 회원
state-registered = 등록됨
state-verified = 확인됨
state-erased = 삭제됨
state-received = 접수됨
state-left = 대기 그만둠
state-confirmed = 확정됨
state-waiting = 대기 중
state-offered = 자리 제안됨
state-prepared = 준비됨
state-sent = 발송됨
state-tentative = 미정
state-expired = 만료됨
state-revoked = 무효화됨
state-team-formation = 팀 구성
state-locked = 팀 확정
state-hacking = 해킹 중
state-frozen = 동결됨
state-drafted = 작성됨

## Roles
role-network-admin = 네트워크 관리자
role-hub-admin = 허브 관리자
role-curator = 큐레이터
role-host = 호스트
role-organiser = 운영자
role-member = 회원
role-participant = 참가자

## Kinds of stakeholder
kind-ngo = 비정부기구
kind-social-enterprise = 사회적 기업
kind-activist = 활동가
kind-startup = 스타트업
kind-knowledge-institution = 연구·교육 기관
kind-company = 기업
kind-government = 정부 기관
kind-international-body = 국제기구
kind-community-group = 주민 모임
kind-funder = 후원 기관

## Ways to attend
mode-in-person = 현장
mode-online = 온라인
mode-either = 현장 또는 온라인

## Words beside values and fields
word-about = 설명
word-actions = 작업
word-address = 주소
word-city = 도시
word-code = 코드
word-country = 나라
word-date = 날짜
word-deadline = 마감
word-email = 이메일 주소
word-event = 행사
word-evidence = 근거
word-figure = 수치 또는 조사 결과
word-idea = 아이디어
word-label = 이름
word-mode = 참석 방식
word-name = 이름
word-need = 필요한 것
word-needs = 필요한 것
word-none = 없음
word-note = 메모
word-offers = 나눌 수 있는 것
word-optional = 선택
word-pages = 페이지
word-phone = 전화
word-places = 자리
word-purpose = 목적
word-reason = 사유
word-region = 지역
word-skills = 기술
word-source = 출처
word-statement = 이슈 설명
word-text = 내용
word-title = 제목
word-urgency = 시급성
word-website = 웹사이트
word-what = 무엇인지
word-when = 일시
word-where = 장소
word-why = 이유
word-wishes = 희망 사항
word-zone = 시간대

## Forms
form-problem = 문제가 있습니다

## Clocks
clock-over = 시간이 끝났습니다

## When there is no page
problem-home = 첫 화면
problem-reference = 문의하실 때 이 번호를 알려 주세요:
problem-bad-request-title = 요청을 읽지 못했습니다
problem-bad-request-text = 뒤로 가서 다시 시도하세요.
problem-sign-in-title = 먼저 로그인하세요
problem-sign-in-text = 이 페이지는 로그인한 사람만 볼 수 있습니다.
problem-forbidden-title = 접근할 수 없습니다
problem-forbidden-text = 접근이 필요하면 허브 호스트에게 문의하세요.
problem-cross-site-title = 다른 사이트에서 온 양식입니다
problem-cross-site-text = 안전을 위해 아무것도 처리하지 않았습니다. 이 사이트에서 페이지를 열어 다시 보내세요.
problem-not-found-title = 페이지를 찾을 수 없습니다
problem-not-found-text = 옮겨졌거나 주소에 오타가 있을 수 있습니다.
problem-method-title = 이 주소에서는 할 수 없습니다
problem-method-text = 뒤로 가서 다시 시도하세요.
problem-slow-title = 전송이 너무 오래 걸렸습니다
problem-slow-text = 연결을 확인하고 다시 시도하세요.
problem-gone-title = 더 이상 없습니다
problem-gone-text = 내려졌거나 링크가 교체되었습니다.
problem-too-large-title = 한 번에 보내기에 너무 큽니다
problem-too-large-text = 더 짧은 글이나 더 작은 그림을 보내세요.
problem-unsupported-title = 읽을 수 없는 형식입니다
problem-unsupported-text = 페이지의 양식을 사용하세요.
problem-too-many-title = 시도가 너무 많습니다
problem-too-many-text = 잠시 뒤에 다시 시도하세요.
problem-internal-title = 저희 쪽에 문제가 생겼습니다
problem-internal-text = 기록해 두었습니다. 잠시 뒤에 다시 시도하세요.
problem-unavailable-title = 곧 돌아옵니다
problem-unavailable-text = 바쁘거나 다시 시작하는 중입니다. 잃어버린 것은 없습니다.

## How many
count-people = { $count }명
count-members = { $count }명의 회원
count-teams = { $count }개 팀
count-ideas = { $count }개의 아이디어
count-endorsements = { $count }건의 지지
count-days = { $count }일
count-hours = { $count }시간
count-minutes = { $count }분
