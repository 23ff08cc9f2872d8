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

# Events, places, invitations.

fact-event-proposed = 행사가 제안되었습니다.
fact-proposal-accepted = 제안이 받아들여졌습니다.
fact-proposal-declined = 제안이 거절되었습니다.
fact-proposal-withdrawn = 제안이 거두어졌습니다.
fact-event-described = 행사 설명이 바뀌었습니다.
fact-event-scheduled = 행사의 때와 곳이 정해졌습니다.
fact-event-published = 행사가 공개되었습니다.
fact-event-rescheduled = 행사의 때나 곳이 바뀌었습니다.
fact-event-time-zone-changed = 행사의 시간대가 바로잡혔습니다.
fact-event-instant-shifted = 시간대 규정이 바뀌어 행사가 현지 시계에 맞춰 옮겨졌습니다.
fact-event-postponed = 행사가 미뤄졌습니다.
fact-event-cancelled = 행사가 취소되었습니다.
fact-event-reinstated = 행사가 다시 열립니다.
fact-event-registration-opened = 등록이 열렸습니다.
fact-event-registration-closed = 등록이 닫혔습니다.
fact-event-ended = 행사가 끝났습니다.
fact-event-reported = 행사의 결과가 알려졌습니다.
fact-event-imported = 다른 곳의 공개 행사를 가져왔습니다.
fact-import-key-used = 자료의 한 줄을 가져왔습니다.
fact-desk-opened = 자리가 정해졌습니다.
fact-capacity-changed = 자리 수가 바뀌었습니다.
fact-waitlist-switched = 대기자 명단이 열리거나 닫혔습니다.
fact-registration-received = 누군가 자리를 신청했습니다.
fact-registration-confirmed = 등록이 확정되었습니다.
fact-waitlist-joined = 누군가 대기자 명단에 올랐습니다.
fact-place-offered = 다음 차례에게 자리를 권했습니다.
fact-promotion-skipped = 기다리던 사람을 건너뛰었고 까닭이 남았습니다.
fact-offer-declined = 권한 자리를 사양했습니다.
fact-offer-expired = 권한 자리를 제때 받지 않았습니다.
fact-waitlist-left = 누군가 대기자 명단에서 나갔습니다.
fact-party-changed = 함께 올 인원이 바뀌었습니다.
fact-registration-cancelled = 등록이 취소되었습니다.
fact-invitation-prepared = 손님이 정해졌습니다.
fact-invitation-sent = 초대를 보냈습니다.
fact-invitation-reopened = 손님을 다시 초대합니다.
fact-rsvp-given = 손님이 답했습니다.
fact-rsvp-changed = 손님이 답을 바꿨습니다.
fact-invitation-revoked = 초대를 거두었습니다.
fact-invitation-expired = 답 없이 초대가 끝났습니다.
