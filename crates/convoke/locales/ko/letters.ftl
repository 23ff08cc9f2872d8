### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = { $name }님, 안녕하세요.
letter-farewell = { $hub } 호스트 드림
letter-why = { $hub }에 참여하고 계셔서 이 메일을 보냅니다.
letter-hello = 안녕하세요.
letter-online = 온라인
letter-page-do = 페이지 보기
letter-reason = 사유: { $reason }

invitation-subject = 초대: { $title }
invitation-lead = { $hub }에서 “{ $title }” 행사에 초대합니다.
invitation-why = 초대하는 이유: { $reason }
invitation-do = 참석 여부 알리기
invitation-more = 그 페이지에서 한 번만 누르면 됩니다. 행사가 시작될 때까지 답을 바꿀 수 있고, 다시 묻지 말라고 하실 수도 있습니다.

invitation-revoked-subject = 초대 취소: { $title }
invitation-revoked-lead = “{ $title }” 초대를 철회했습니다. 따로 하실 일은 없습니다.

event-updated-subject = 변경: { $title }
event-updated-lead = “{ $title }” 행사에 바뀐 것이 있습니다. 지금은 아래와 같습니다.
event-updated-moved = “{ $title }” 행사의 시간이나 장소가 바뀌었습니다. 지금은 아래와 같습니다.
event-updated-ask = 참석 여부를 다시 알려 주세요.
event-updated-kept = 자리는 그대로 있습니다. 오실 수 없게 되었다면 다른 분이 쓸 수 있게 자리를 돌려주세요.
event-updated-waiting = 아직 대기자 명단에 있습니다.
event-postponed-subject = 연기: { $title }
event-postponed-lead = “{ $title }” 행사가 연기되었습니다. 새 시간은 아직 정해지지 않았으며, 정해지면 알려 드리겠습니다.

event-cancelled-subject = 취소: { $title }
event-cancelled-lead = “{ $title }” 행사는 열리지 않습니다.
event-cancelled-more = 따로 하실 일은 없습니다.

registration-confirmed-subject = 자리 확정: { $title }
registration-confirmed-lead =
    { $count ->
       *[other] “{ $title }” 행사에 { $count }자리가 확정되었습니다.
    }
registration-confirmed-more = 오실 수 없다면 다른 분이 쓸 수 있게 자리를 돌려주세요.
registration-do = 등록 보기 또는 취소
registration-cancelled-subject = 등록 취소: { $title }
registration-cancelled-lead = “{ $title }” 행사 등록이 취소되었습니다.
registration-cancelled-more = 직접 취소하지 않으셨거나 마음이 바뀌었다면 행사 페이지에서 다시 등록하세요.

waitlist-joined-subject = 대기자 명단: { $title }
waitlist-joined-lead = “{ $title }” 행사는 자리가 다 찼고, 대기자 명단에 올라 있습니다. 자리가 나면 메일로 알려 드리겠습니다.

place-offered-subject = 자리가 났습니다: { $title }
place-offered-lead = “{ $title }” 행사에 자리가 났습니다. { $until }까지 맡아 두겠습니다.
place-offered-do = 자리를 받거나 넘기기
place-offered-more = 그 뒤에는 다음 분께 드립니다.

stakeholder-welcome-subject = { $hub }에 오신 것을 환영합니다
stakeholder-welcome-lead = 이제 { $hub } 명부에 올라 있습니다. 이 주소가 본인의 것인지 확인해 주세요.
stakeholder-welcome-do = 이 주소 확인하기
stakeholder-welcome-more = 요청하신 적이 없다면 아무것도 하지 마세요. 확인이 없으면 다시 메일을 보내지 않습니다.

letter-someone = 어떤 분

issue-accepted-subject = 의제 채택: { $title }
issue-accepted-lead = { $hub }에서 “{ $title }”을(를) 의제로 채택했습니다. 제안해 주셔서 감사합니다.
issue-declined-subject = 의제 미채택: { $title }
issue-declined-lead = { $hub }에서 “{ $title }”을(를) 의제로 채택하지 않았습니다.

hackathon-cancelled-subject = 해커톤 취소: { $title }
hackathon-cancelled-lead = “{ $title }” 해커톤은 열리지 않습니다.
join-requested-subject = { $who }님이 { $team } 팀에 들어오고 싶어 합니다
join-requested-lead = { $who }님이 { $team } 팀에 들어오고 싶어 합니다. 팀 게시판에서 답해 주세요.
join-accepted-subject = { $team } 팀에 들어갔습니다
join-accepted-lead = { $team } 팀에서 받아들였습니다.
join-declined-subject = { $team } 팀의 거절
join-declined-lead = { $team } 팀에는 들어갈 수 없습니다. 다른 팀에 자리가 있습니다.
member-removed-subject = 더 이상 { $team } 팀이 아닙니다
member-removed-lead = 더 이상 { $team } 팀의 팀원이 아닙니다. 다른 팀에 자리가 있습니다.
lead-passed-subject = { $team } 팀의 팀장이 되었습니다
lead-passed-lead = 이제 { $team } 팀의 팀장입니다. 들어오려는 분께 답하는 것은 팀장의 일입니다.
member-moved-subject = 이제 { $team } 팀입니다
member-moved-lead = 운영자가 { $team } 팀으로 옮겼습니다.
member-unplaced-subject = 소속된 팀이 없습니다
member-unplaced-lead = 운영자가 팀에서 제외했습니다. 다른 팀에 자리가 있습니다.
team-dissolved-subject = { $team } 팀이 해산되었습니다
team-dissolved-lead = { $team } 팀이 해산되었습니다. 다른 팀에 자리가 있습니다.

### Words in calendars.

calendar-cancelled = 취소: { $title }
calendar-postponed = 연기: { $title }
calendar-join = 온라인으로 참여
calendar-busy = 다른 일정 있음
calendar-submissions = 제출 마감: { $title }
calendar-kick-off = 시작: { $title }
calendar-teams-settled = 팀 확정: { $title }
calendar-hackathon-name = { $title } – { $hub }
calendar-hackathon-about = { $hub }: “{ $title }” 일정
calendar-personal-name = 내 행사 – { $hub }
calendar-personal-about = { $hub }에서 참석할 행사와 마감입니다. 이 주소는 혼자만 알고 계세요.
calendar-part-name = { $title } (참가자용)
calendar-part-about = { $hub }: “{ $title }” 참가자용 일정입니다. 이 주소는 혼자만 알고 계세요.
calendar-team-name = { $name } – { $title }
calendar-team-about = { $hub }: “{ $title }”에 대해 { $name } 팀이 알아야 할 일정입니다. 이 주소는 팀 안에서만 쓰세요.
calendar-ended-name = 접근이 끝났습니다
calendar-ended-about = 이 캘린더 주소는 끝났습니다. 구독을 해지하거나 캘린더 페이지에서 새 주소를 만드세요.
calendar-hub-about = { $hub } 행사
calendar-issue-name = { $issue } – { $hub }
calendar-issue-about = { $hub }: “{ $issue }” 관련 행사
calendar-not-shown =
    { $count ->
       *[other] 행사 { $count }개를 표시하지 않음
    }
letter-because = 이 메일을 왜 받았나요?
letter-stop-invitations = 이 허브의 초대를 더 받지 않기
letter-stop-reminders = 이 허브의 알림을 더 받지 않기
letter-stop-digests = 이 허브의 주간 요약을 더 받지 않기
letter-stop-news = 이 허브의 소식과 제안을 더 받지 않기
event-reminder-subject = 곧 열립니다: { $title }
event-reminder-lead = “{ $title }” 행사가 다가왔고, 자리가 확정되어 있습니다.
letter-choose = 언제 알림을 받을지 고르기
letter-your-time = 계신 곳의 시간
invitation-reminder-subject = 오시나요? { $title }
invitation-reminder-lead = “{ $title }” 행사에 초대했는데 아직 답을 받지 못했습니다.
follow-confirm-subject = “{ $title }” 의제를 팔로우할까요?
follow-confirm-lead = 누군가 { $hub }의 “{ $title }” 의제를 팔로우하려고 이 주소를 적었습니다. 소식이 있는 주에만 월요일에 메일 한 통을 보냅니다. 본인이 맞나요?
follow-confirm-do = 네, 이 의제를 팔로우합니다
issue-digest-subject = 이번 주 { $hub }
issue-digest-one-subject = 이번 주: { $title }
issue-digest-lead = 팔로우하시는 의제에 이런 일이 있었습니다.
issue-digest-stop = 더 이상 팔로우하지 않기
issue-digest-new = 새 행사: { $title }, { $when }
issue-digest-moved = 바뀐 시간: { $title }, { $when }
issue-digest-on = 열립니다: { $title }, { $when }
issue-digest-postponed = 연기: { $title }
issue-digest-cancelled = 취소: { $title }
issue-digest-reported =
    { $count ->
       *[other] { $title } 행사가 끝났습니다. { $count }명이 왔습니다.
    }
issue-digest-evidence = 새 근거: { $figure } ({ $source })
issue-digest-evidence-more =
    { $count ->
       *[other] 근거 { $count }건 더
    }
issue-digest-endorsed =
    { $count ->
       *[other] { $count }곳이 더 지지합니다.
    }
issue-digest-closed = 의제가 마무리되었습니다.
issue-digest-reopened = 의제가 다시 올라왔습니다.
issue-digest-merged = 의제가 다른 의제로 이어집니다. 페이지에서 그리로 갈 수 있습니다.
letter-why-follows = { $hub } 의제를 팔로우하고 계셔서 이 메일을 보냅니다.
letter-why-asked = 누군가 { $hub }에 이 주소를 적어서 이 메일을 보냅니다.

invitation-again-subject = 현재 내용: { $title }
invitation-again-lead = 캘린더가 이 초대장을 다시 요청했습니다. 현재 내용은 다음과 같습니다.

proposed-time-declined-subject = 시간은 그대로입니다: { $title }
proposed-time-declined-lead = “{ $title }”의 다른 시간을 제안해 주셔서 고맙습니다. 받아들이지 못했으며, 행사는 원래 시간에 열립니다.

attendance-declined-subject = 참석 요청에 대하여: { $title }
attendance-declined-lead = “{ $title }”에 관심을 가져 주셔서 고맙습니다. 이 행사는 초대받은 분들만 참석하며, 이번에는 자리를 드릴 수 없습니다.
attendance-declined-more = 누구나 오실 수 있는 다른 행사도 있습니다. 그곳에서 뵙기를 바랍니다.

answer-unconfirmed-subject = 본인이 맞나요? { $title }
answer-unconfirmed-lead = “{ $title }” 초대에 대한 답장이 회원님의 이름으로 왔습니다: { $answer }. 메일 제공업체가 보낸 사람을 보증하지 않으므로, 반영하기 전에 확인합니다.
answer-unconfirmed-do = 네, 제 답입니다
answer-unconfirmed-more = 링크는 일주일 동안 한 번만 쓸 수 있습니다. 본인이 아니라면 아무것도 하지 마세요. 바뀐 것은 없습니다.

guest-moved-away-subject = 다른 주소로 옮김: { $title }
guest-moved-away-lead = 등록된 주소가 바뀌었습니다. “{ $title }”은(는) 새 주소의 캘린더로 옮겨집니다. 따로 하실 일은 없습니다.
guest-moved-subject = 새 주소로: { $title }
guest-moved-lead = 등록된 주소가 바뀌었습니다. “{ $title }”의 현재 내용을 캘린더에 넣을 수 있도록 보냅니다.

address-confirm-subject = 본인의 주소인가요? { $hub }
address-confirm-lead = 앞으로 { $hub }의 편지를 이 주소로 보내려고 합니다. 본인의 주소인지 확인해 주세요.
address-confirm-more = 링크는 일주일 동안 한 번만 쓸 수 있습니다. 요청한 적이 없다면 아무것도 하지 마세요.
address-changed-subject = { $hub }에 등록된 주소가 바뀌었습니다
address-changed-lead = 요청하신 대로 앞으로 { $hub }의 편지는 다른 주소로 갑니다.
address-changed-more = 본인이 아니라면 바로 허브에 알려 주세요.
# Series.

letter-series-dates = 되풀이되는 모임입니다. 날짜는 모두 { $count }개이고 마지막은 { $last }입니다. 캘린더에서 모든 날짜에 한꺼번에, 또는 하나씩 답할 수 있습니다. 아래 링크는 첫 날짜에 대한 것입니다.
letter-series-all = 시리즈의 앞으로 남은 모든 날짜에 해당합니다.
