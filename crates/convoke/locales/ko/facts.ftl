### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (event.proposed: fact-event-proposed).

fact-other = 변경이 있었습니다.

# Hackathons and teams.

fact-hackathon-created = 해커톤이 계획되었습니다.
fact-rules-set = 팀 규모가 정해졌습니다.
fact-team-formation-opened = 팀을 만들 수 있습니다.
fact-roster-locked = 팀이 확정되었습니다.
fact-rosters-locked = 명단이 확정되었습니다.
fact-clock-started = 시계가 시작되었습니다.
fact-clock-paused = 시계가 멈췄습니다.
fact-clock-resumed = 시계가 다시 갑니다.
fact-clock-extended = 시간이 연장되었습니다.
fact-submissions-frozen = 시간이 끝나 제출이 마감되었습니다.
fact-hackathon-cancelled = 해커톤이 취소되었습니다.
fact-participant-enrolled = 누군가 참가했습니다.
fact-participant-withdrawn = 누군가 참가를 그만두었습니다.
fact-idea-pitched = 아이디어가 제안되었습니다.
fact-idea-withdrawn = 아이디어가 철회되었습니다.
fact-team-founded = 팀이 만들어졌습니다.
fact-member-joined = 누군가 팀에 들어왔습니다.
fact-join-requested = 누군가 팀에 참가를 요청했습니다.
fact-join-request-withdrawn = 참가 요청이 취소되었습니다.
fact-join-request-declined = 참가 요청이 거절되었습니다.
fact-join-requests-closed = 참가 요청이 닫혔습니다.
fact-code-rotated = 팀이 코드를 바꾸었습니다.
fact-member-left = 누군가 팀을 떠났습니다.
fact-member-removed = 누군가 팀에서 제외되었습니다.
fact-lead-passed = 팀장이 바뀌었습니다.
fact-team-dissolved = 팀이 해산되었습니다.
fact-member-moved = 운영자가 누군가를 옮겼습니다.
