### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (EventProposed: fact-event-proposed). No names and no figures: many read a timeline.

# The network and its hubs, roles and access.

fact-hub-opened = 허브가 열렸습니다.
fact-hub-profile-changed = 허브 소개가 바뀌었습니다.
fact-role-granted = 누군가 역할을 받았습니다.
fact-role-revoked = 역할이 철회되었습니다.
fact-token-issued = 접근 토큰이 발급되었습니다.
fact-token-revoked = 접근 토큰이 철회되었습니다.

# Issues.

fact-issue-proposed = 이슈가 제안되었습니다.
fact-evidence-added = 근거가 추가되었습니다.
fact-evidence-retracted = 근거가 철회되었습니다.
fact-issue-endorsed = 이해관계자가 이슈를 지지했습니다.
fact-endorsement-withdrawn = 지지가 철회되었습니다.
fact-review-started = 큐레이터가 이슈를 검토하기 시작했습니다.
fact-issue-accepted = 이슈가 의제에 올랐습니다.
fact-issue-declined = 이슈가 거절되었습니다.
fact-issue-closed = 이슈가 닫혔습니다.
fact-issue-reopened = 이슈가 다시 열렸습니다.
fact-issue-merged = 이슈가 다른 이슈와 합쳐졌습니다.
fact-issue-absorbed = 다른 이슈가 이 이슈와 합쳐졌습니다.
fact-urgency-set = 이슈의 시급성이 정해졌습니다.
fact-region-set = 이슈의 지역이 정해졌습니다.
fact-sdg-linked = 이슈가 지속가능발전목표와 연결되었습니다.
fact-issue-title-taken = 이슈가 제목을 얻었습니다.
fact-issue-title-freed = 이슈의 제목을 다시 쓸 수 있게 되었습니다.
fact-issue-title-passed = 이슈의 제목이 이제 다른 이슈로 이어집니다.

# The registry.

fact-prospect-noted = 호스트가 이해관계자가 될 만한 곳을 적어 두었습니다.
fact-stakeholder-registered = 이해관계자가 명부에 올랐습니다.
fact-email-confirmed = 이메일 주소가 확인되었습니다.
fact-stakeholder-verified = 큐레이터가 이해관계자를 확인했습니다.
fact-stakeholder-profile-changed = 이해관계자 소개가 바뀌었습니다.
fact-offer-made = 이해관계자가 나눌 것을 내놓았습니다.
fact-offer-withdrawn = 이해관계자가 나누려던 것을 철회했습니다.
fact-need-declared = 이해관계자가 필요한 것을 알렸습니다.
fact-need-withdrawn = 이해관계자가 필요한 것을 철회했습니다.
fact-relation-declared = 이해관계자가 이슈와의 관계를 밝혔습니다.
fact-relation-ended = 이해관계자와 이슈의 이 관계가 끝났습니다.
fact-visibility-set = 누가 이해관계자를 볼 수 있는지 정해졌습니다.
fact-language-set = 이해관계자의 언어가 정해졌습니다.
fact-stakeholder-paused = 이해관계자가 잠시 쉽니다.
fact-stakeholder-resumed = 이해관계자가 다시 활동합니다.
fact-stakeholder-merged = 항목이 다른 항목과 합쳐졌습니다.
fact-stakeholder-absorbed = 다른 항목이 이 항목과 합쳐졌습니다.
fact-stakeholder-erased = 항목이 삭제되었습니다.
fact-contact-taken = 이메일 주소가 항목에 연결되었습니다.
fact-contact-dropped = 이메일 주소의 연결이 풀렸습니다.
fact-obligation-taken = 삭제하기 전에 마무리할 일이 생겼습니다.
fact-obligation-met = 삭제를 막던 일이 마무리되었습니다.
fact-person-erased = 한 사람의 정보가 삭제되었습니다. 저장했던 내용은 더 이상 읽을 수 없습니다.

# Hackathons and teams.

fact-hackathon-created = 해커톤이 계획되었습니다.
fact-rules-set = 팀 규모가 정해졌습니다.
fact-team-formation-opened = 팀을 만들 수 있습니다.
fact-roster-locked = 팀이 확정되었습니다.
fact-rosters-locked = 누가 어느 팀인지 확정되었습니다.
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
fact-proposal-withdrawn = 제안이 철회되었습니다.
fact-event-time-suggested = 행사의 시간과 장소가 제안되었습니다.
fact-event-described = 행사 설명이 바뀌었습니다.
fact-event-scheduled = 행사의 시간과 장소가 정해졌습니다.
fact-event-published = 행사가 게시되었습니다.
fact-event-rescheduled = 행사의 시간이나 장소가 바뀌었습니다.
fact-event-time-zone-changed = 행사의 시간대가 바로잡혔습니다.
fact-event-instant-shifted = 시간대 규정이 바뀌었습니다. 행사는 현지 시각 그대로 열립니다.
fact-event-postponed = 행사가 연기되었습니다.
fact-event-cancelled = 행사가 취소되었습니다.
fact-event-reinstated = 행사가 다시 열립니다.
fact-event-registration-opened = 등록이 열렸습니다.
fact-event-registration-closed = 등록이 닫혔습니다.
fact-event-ended = 행사가 끝났습니다.
fact-event-reported = 행사 보고서가 작성되었습니다.
fact-event-imported = 다른 곳의 공개 행사를 가져왔습니다.
fact-import-key-used = 자료의 한 줄을 가져왔습니다.
fact-desk-opened = 자리가 정해졌습니다.
fact-capacity-changed = 자리 수가 바뀌었습니다.
fact-waitlist-switched = 대기자 명단이 열리거나 닫혔습니다.
fact-registration-received = 누군가 자리를 신청했습니다.
fact-registration-confirmed = 등록이 확정되었습니다.
fact-waitlist-joined = 누군가 대기자 명단에 올랐습니다.
fact-place-offered = 다음 순서인 사람에게 자리를 제안했습니다.
fact-promotion-skipped = 기다리던 사람을 건너뛰었습니다. 이유는 기록되어 있습니다.
fact-offer-declined = 제안한 자리가 거절되었습니다.
fact-offer-expired = 제안한 자리를 제때 받지 않았습니다.
fact-waitlist-left = 누군가 대기자 명단에서 나갔습니다.
fact-party-changed = 함께 올 인원수가 바뀌었습니다.
fact-registration-cancelled = 등록이 취소되었습니다.
fact-invitation-prepared = 손님이 정해졌습니다.
fact-invitation-sent = 초대를 보냈습니다.
fact-invitation-reopened = 손님을 다시 초대합니다.
fact-rsvp-given = 손님이 답했습니다.
fact-rsvp-changed = 손님이 답을 바꿨습니다.
fact-invitation-revoked = 초대가 철회되었습니다.
fact-invitation-expired = 답 없이 초대가 끝났습니다.
fact-letters-stopped = 이분에게 더 이상 메일을 보내지 않습니다.
fact-letters-resumed = 이분에게 다시 메일을 보냅니다.
fact-mail-preferences-set = 누군가 알림을 받을 때를 골랐습니다.
fact-event-reminder-due = 자리가 있는 모든 분께 행사를 다시 알립니다.
fact-invitees-reminded = 아직 답하지 않은 분께 다시 알립니다.
fact-follow-asked = 누군가 의제를 팔로우하려고 주소를 적었습니다.
fact-issue-followed = 누군가 의제를 팔로우합니다.
fact-issue-unfollowed = 누군가 더 이상 의제를 팔로우하지 않습니다.
fact-digests-begun = 한 시간대의 첫 팔로워가 생겼습니다.
fact-digests-due = 이번 주 요약을 썼습니다.
fact-digests-put-off = 이번 주 요약이 늦어 다음 월요일을 기다립니다.
fact-calendar-link-created = 비밀 캘린더 주소가 만들어졌습니다.
fact-calendar-link-rotated = 비밀 캘린더 주소가 바뀌었습니다.
fact-calendar-link-revoked = 비밀 캘린더 주소가 끝났습니다.
fact-mails-held = 메일 발송을 보류합니다.
fact-mails-resumed = 메일을 다시 보냅니다.
fact-mail-retried = 메일 하나를 다시 보내 봅니다.

fact-time-proposed = 초대받은 사람이 다른 시간을 제안했습니다.
fact-proposed-time-taken = 제안받은 시간으로 행사를 옮겼습니다.
fact-proposed-time-declined = 제안받은 시간을 받아들이지 않았습니다.
fact-invitation-resent = 초대받은 사람의 캘린더가 초대장을 다시 요청했습니다.
fact-attendance-requested = 초대받지 않은 사람이 참석을 요청했습니다.
fact-attendance-request-accepted = 참석을 요청한 사람을 초대했습니다.
fact-attendance-request-declined = 참석을 요청한 사람을 초대하지 않았습니다.
fact-answer-held = 보낸 사람을 확인할 수 없는 답장이 왔습니다. 본인에게 확인을 요청했습니다.
fact-held-answer-confirmed = 초대받은 사람이 본인의 답이라고 확인했습니다.
fact-guest-moved = 초대장을 다른 주소로 옮겼습니다.
fact-email-change-requested = 다른 주소를 입력했습니다. 확인이 필요합니다.
fact-email-changed = 주소를 바꾸었습니다.

# Series.

fact-series-planned = 시리즈가 계획되었습니다.
fact-series-published = 시리즈가 게시되었습니다.
fact-series-extended = 시리즈가 길어졌습니다.
fact-series-changed = 시리즈가 바뀌었습니다.
fact-series-ended = 시리즈가 끝났습니다.
fact-event-joined-series = 행사가 시리즈의 한 날짜가 되었습니다.
