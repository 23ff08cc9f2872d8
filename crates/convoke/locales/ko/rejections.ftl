### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

# What every form may be told.

rejection-wrong-state = 지금 상태에서는 할 수 없습니다: { $state }.
rejection-version-conflict = 작성하는 동안 다른 사람이 내용을 바꾸었습니다. 다시 확인한 뒤 보내세요.
rejection-command-id-reused = 이 양식은 이미 다른 답변으로 보냈습니다. 페이지를 다시 여세요.
rejection-field-missing = 입력하세요: { $name }
rejection-title-missing = 제목을 입력하세요.
rejection-name-missing = 이름을 입력하세요.
rejection-reason-missing = 사유를 적어 주세요.
rejection-text-missing = 글을 입력하세요.
rejection-text-too-long = 최대 { $max }자입니다. 지금은 { $length }자입니다.
rejection-too-long = { $name }: 최대 { $max }자입니다. 지금은 { $length }자입니다.
rejection-too-many = 최대 { $max }개입니다. 지금은 { $length }개입니다.
rejection-control-character = { $name }: 받을 수 없는 보이지 않는 문자가 있습니다. 다시 입력해 주세요.
rejection-invalid-value = 여기에 알맞은 숫자를 입력하세요.
rejection-invalid-date = 2027-01-20처럼 올바른 날짜를 입력하세요.
rejection-invalid-address = name@example.org 형식의 이메일 주소를 입력하세요.
rejection-email-missing = 이메일 주소를 입력하세요.
rejection-email-invalid = name@example.org 형식의 이메일 주소를 입력하세요.
rejection-invalid-url = https://로 시작하는 웹 주소를 입력하세요.
rejection-website-invalid = “{ $website }”은(는) 웹 주소가 아닙니다.
rejection-invalid-link = 이 링크는 더 이상 쓸 수 없습니다. 보내 드린 가장 최근 링크를 쓰세요.
rejection-invalid-token = 올바른 링크가 아닙니다. 보내 드린 메일에 있는 링크를 쓰세요.
rejection-unknown-id = 없거나 더 이상 존재하지 않습니다.
rejection-unknown-time-zone = 그런 시간대가 없습니다. Asia/Seoul처럼 골라 주세요.
rejection-locale-unknown = 쓸 수 있는 언어에서 골라 주세요: 영어(en), 네덜란드어(nl), 튀르키예어(tr), 한국어(ko).
rejection-broken-file = 이 파일을 읽지 못했습니다.

# Hubs, roles and access.

rejection-unknown-hub = 그런 허브가 없습니다.
rejection-slug-taken = “{ $slug }” 주소는 다른 허브가 쓰고 있습니다.
rejection-slug-invalid = “{ $slug }”은(는) 주소에 쓸 수 없습니다. 영문 소문자, 숫자, 붙임표로 2~40자를 쓰고, 붙임표로 시작하거나 끝내지 마세요.
rejection-role-above-own = “{ $role }” 역할은 내 역할보다 높아서 주거나 거둘 수 없습니다.
rejection-role-needs-hub = “{ $role }” 역할은 한 허브에서 맡습니다. 어느 허브인지 알려 주세요.
rejection-role-is-network-wide = “{ $role }” 역할은 네트워크 전체에서 맡습니다. 허브는 비워 두세요.
rejection-unknown-token = 그런 접근 토큰이 없습니다.
rejection-token-ends-in-past = 이미 만료된 접근 토큰이 됩니다: { $expires_at }.
rejection-secret-hash-invalid = 비밀값의 해시는 16진수 64자리입니다.

# Issues.

rejection-unknown-issue = 그런 이슈가 없습니다.
rejection-duplicate-of = 같은 제목의 이슈가 이미 있습니다. 그 이슈에 함께하거나, 다른 이슈라고 밝혀 주세요.
rejection-merged-into = 다른 것과 합쳐졌습니다. 그쪽에서 이어 가세요.
rejection-self-merge = 자기 자신과는 합칠 수 없습니다.
rejection-cycle-detected = 다른 쪽이 이미 이것과 합쳐졌습니다.
rejection-target-closed = 다른 이슈와는 더 이상 합칠 수 없습니다: { $state }.
rejection-figure-missing = 수치나 조사 결과를 적어 주세요.
rejection-source-missing = 출처를 밝혀 주세요.
rejection-date-in-future = { $date }은(는) 아직 오지 않았습니다. 발표된 날짜를 입력하세요.
rejection-unknown-evidence = { $evidence }번 근거가 없습니다.
rejection-already-retracted = { $evidence }번 근거는 이미 철회되었습니다.
rejection-no-evidence = 근거가 없으면 의제에 올릴 수 없습니다. 먼저 출처가 있는 근거를 추가하세요.
rejection-not-active = 의제에 오른 이슈만 지지할 수 있습니다. 이 이슈는 의제에 없습니다: { $state }.
rejection-already-endorsed = 이 이해관계자는 이미 지지하고 있습니다.
rejection-unknown-sdg = { $goal }번 목표는 없습니다. 지속가능발전목표는 1번부터 17번까지입니다.
rejection-not-author = 올린 사람만 할 수 있습니다.

# The registry.

rejection-unknown-stakeholder = 그런 이해관계자가 없습니다.
rejection-kind-missing = 이해관계자 유형을 고르세요.
rejection-kind-unknown = “{ $kind }”은(는) 알 수 없는 이해관계자 유형입니다.
rejection-consent-missing = 동의하셔야 명부에 올릴 수 있습니다. 상자에 표시해 주세요.
rejection-email-taken = 이 이메일 주소는 명부의 다른 항목에 있습니다.
rejection-erased = 이 항목은 삭제되었습니다.
rejection-person-gone = 이 사람의 정보는 삭제되었습니다.
rejection-not-yours = 소속된 사람이나 호스트만 할 수 있습니다.
rejection-self-verify = 자기 자신을 확인할 수는 없습니다. 다른 큐레이터에게 부탁하세요.
rejection-what-missing = 무엇인지 적어 주세요.
rejection-ends-in-past = { $until }은(는) 이미 지났습니다. 더 나중 날짜를 고르세요.
rejection-too-many-pledges = 이미 { $max }개가 있고, 그보다 많으면 아무도 읽지 않습니다. 먼저 하나를 철회하세요.
rejection-unknown-offer = { $offer }번 제안이 없습니다.
rejection-unknown-need = { $need }번 필요 항목이 없습니다.
rejection-open-obligation = 먼저 마무리할 일이 있습니다: { $what }.

# Files with stakeholders, and their rows.

rejection-not-utf8 = { $line }번째 줄에 읽을 수 없는 문자가 있습니다. 파일을 “CSV UTF-8”로 저장하세요.
rejection-file-too-large = 파일 크기가 { $bytes }바이트입니다. 최대 { $max }바이트까지 됩니다.
rejection-header-missing = 파일이 비어 있습니다. 첫 줄에 열 이름이 있어야 합니다.
rejection-columns-missing = 빠진 열이 있습니다: { $names }.
rejection-too-many-rows = 파일에 { $rows }개의 행이 있습니다. 최대 { $max }개까지 됩니다.
rejection-quoting-broken = 따옴표가 닫히지 않았거나 있으면 안 되는 곳에 있습니다.
rejection-field-count =
    { $found ->
       *[other] 이 행에는 칸이 { $found }개 있습니다. 첫 행에는 { $expected }개가 있습니다.
    }
rejection-duplicate-row = { $first }번째 행과 같습니다.

# Hackathons and teams.

rejection-unknown-hackathon = 그런 해커톤이 없습니다.
rejection-unknown-participant = 이 사람은 아직 해커톤에 참가하지 않았습니다.
rejection-unknown-team = 그런 팀이 더는 없습니다.
rejection-unknown-idea = 그런 아이디어가 더는 없습니다.
rejection-event-cancelled = 행사가 취소되었습니다.
rejection-already-created = 이 해커톤은 이미 계획되었습니다.
rejection-min-above-max = 가장 작은 팀({ $min }명)이 가장 큰 팀({ $max }명)보다 클 수는 없습니다.
rejection-max-zero = 팀에는 적어도 한 명이 있어야 합니다.
rejection-team-size-too-large = 팀은 최대 { $limit }명입니다. { $max }명은 너무 많습니다.
rejection-teams-above-max = 이미 { $largest }명인 팀이 있습니다. { $max }명은 모자랍니다.
rejection-duration-out-of-range = 해커톤은 최소 { $min_s }, 최대 { $max_s } 동안 열립니다.
rejection-not-organiser = 운영자만 할 수 있습니다.
rejection-hackathon-cancelled = 이 해커톤은 취소되었습니다.
rejection-hackathon-already-cancelled = 이 해커톤은 이미 취소되었습니다.
rejection-hackathon-over = 이 해커톤은 끝났습니다.
rejection-wrong-phase = 지금 단계에서는 할 수 없습니다: { $state }.
rejection-rosters-locked = 팀이 확정되었습니다. 운영자에게 문의하세요.
rejection-rosters-not-locked = 팀이 아직 확정되지 않았습니다. 그때까지는 각자 고릅니다.
rejection-not-locked = 먼저 팀을 확정하세요.
rejection-already-started = 시계가 이미 가고 있습니다. 시작: { $at }.
rejection-start-out-of-range = 시계는 지금 또는 최대 { $back_s } 전에 시작할 수 있습니다.
rejection-not-running = 시계가 가고 있지 않습니다.
rejection-not-paused = 시계가 멈춰 있지 않습니다.
rejection-extension-out-of-range = 0보다 길고 { $max_s }보다 길지 않게 주세요.
rejection-after-freeze = 시간이 끝났습니다: { $deadline }.
rejection-too-early = 아직 시간이 남았습니다. 끝나는 때: { $deadline }.
rejection-formation-not-open = 아직 팀을 만들 수 없습니다.
rejection-not-registered = 행사에 확정된 자리가 필요합니다.
rejection-already-enrolled = 이미 참가하고 있습니다.
rejection-roster-full = 해커톤 참가자는 { $max }명까지입니다.
rejection-participant-withdrawn = 이 사람은 더 이상 참가하지 않습니다.
rejection-not-yourself = 본인에 대해서만 할 수 있습니다.
rejection-not-member = 팀원만 할 수 있습니다.
rejection-not-lead = 팀장만 할 수 있습니다.
rejection-idea-taken = 이 아이디어로 일하는 팀이 있습니다.
rejection-already-founded = 이 팀은 이미 있습니다.
rejection-already-pitched = 이 아이디어는 이미 있습니다.
rejection-pitch-limit =
    { $max ->
       *[other] 한 사람이 최대 { $max }개의 아이디어를 제안합니다.
    }
rejection-pitching-closed = 더 이상 아이디어를 받지 않습니다.
rejection-level-out-of-range = 수준은 1, 2, 3 중 하나입니다. { $level }은(는) 없습니다.
rejection-already-in-team = 이미 팀에 있습니다.
rejection-name-taken = 같은 이름의 팀이 있습니다.
rejection-code-in-use = 이미 쓰이는 코드입니다. 다시 시도하세요.
rejection-team-limit = 해커톤의 팀은 { $max }개까지입니다.
rejection-team-full = 팀이 찼습니다: { $max }명 중 { $size }명.
rejection-duplicate-request = 이 팀에 이미 요청했습니다.
rejection-request-limit = 열린 요청이 { $max }개입니다. 답을 기다리거나 하나를 취소하세요.
rejection-request-gone = 이 요청은 더 이상 열려 있지 않습니다.
rejection-code-unknown = 이 코드를 가진 팀이 없습니다.
rejection-not-in-team = 이 사람은 팀에 없습니다.
rejection-cannot-remove-self = 대신 팀을 나가세요.

# Events, places, invitations.

rejection-unknown-event = 그런 행사가 없습니다.
rejection-purpose-missing = 다루는 이슈나 채우려는 필요를 적어 주세요.
rejection-issue-not-active = 그 이슈는 의제에 없습니다.
rejection-not-your-proposal = 제안한 사람만 철회할 수 있습니다.
rejection-end-before-start = 시작({ $starts_at }) 전에 끝나게 됩니다({ $ends_at }).
rejection-nonexistent-local-time = 시계가 { $before }에서 { $after }(으)로 건너뛰어 그 시각은 없습니다.
rejection-ambiguous-local-time = 그날 밤에는 시계를 되돌려 { $local }이(가) 두 번 옵니다. 앞의 것인지 뒤의 것인지 골라 주세요.
rejection-too-far-away = { $year }년은 너무 멉니다. { $latest }년까지 됩니다.
rejection-no-room-or-link = 어디에서 열리는지 장소나 링크를 적어 주세요.
rejection-already-ended = 이미 끝났습니다.
rejection-already-cancelled = 이미 취소되었습니다.
rejection-not-ended = 아직 끝나지 않았습니다.
rejection-report-incomplete = 누가 빠졌는지 적어 주세요.
rejection-registration-closed = 지금은 등록할 수 없습니다.
rejection-quota-full =
    { $capacity ->
       *[other] { $capacity }석이 모두 찼습니다.
    }
rejection-already-registered = 이미 등록되어 있습니다.
rejection-party-too-large = 일행이 { $party_size }명입니다. 함께 올 수 있는 사람은 최대 { $max }명입니다.
rejection-party-empty = 적어도 한 명은 와야 합니다.
rejection-unknown-registration = 그런 등록이 없습니다.
rejection-not-your-registration = 등록한 사람이나 허브만 할 수 있습니다.
rejection-offer-not-open = 더는 맡아 둔 자리가 없습니다.
rejection-not-waiting = 대기자 명단에 없습니다.
rejection-below-confirmed =
    { $held ->
       *[other] 이미 { $held }석이 찼습니다. { $capacity }석은 모자랍니다.
    }
rejection-unknown-invitation = 그런 초대가 없습니다.
rejection-event-not-published = 먼저 행사를 게시하세요.
rejection-already-invited = 이미 초대했습니다.
rejection-declined-with-stop = 이 손님은 다시 초대하지 말아 달라고 했습니다.
rejection-invitation-expired = 행사가 시작되어 초대가 끝났습니다.
rejection-invitation-revoked = 이 초대는 철회되었습니다.
rejection-not-your-invitation = 다른 사람에게 보낸 초대입니다.
rejection-stale-reply = 답한 뒤 행사가 바뀌었습니다. 다시 보고 답해 주세요.
rejection-seat-gone =
    { $capacity ->
       *[other] 남은 자리가 없습니다. { $capacity }석이 모두 찼습니다.
    }
rejection-asked-not-to-be-written = 이분은 메일을 받지 않겠다고 하셨습니다. 본인만 되돌릴 수 있습니다.
rejection-already-reminded = 이미 다시 알렸습니다. { $until }부터 다시 할 수 있습니다.
rejection-too-many-followed = 이미 의제 { $max }개를 팔로우하고 있습니다.
rejection-not-asked-for = 팔로우를 요청한 적이 없거나 취소되었습니다.
rejection-unknown-calendar-link = 그런 캘린더 주소가 없습니다.
rejection-calendar-link-ended = 이 캘린더 주소는 끝났습니다. 새로 만드세요.
rejection-too-many-calendar-links = 한 허브에 캘린더 주소는 { $max }개까지입니다. 쓰지 않는 주소를 끝내세요.
rejection-not-taking-part = 이 캘린더는 해커톤 참가자만 볼 수 있습니다.
rejection-mail-unknown = “{ $mail }”(이)라는 메일은 없습니다.

rejection-proposed-time-passed = 제안한 시간이 이미 지났거나, 시작하기 전에 끝납니다.
rejection-too-many-proposals = 이 사람은 이미 { $max }번 다른 시간을 제안했습니다.
rejection-proposal-not-open = 이미 결정한 제안이거나, 더 새로운 제안이 있습니다.
rejection-resent-recently = { $at }에 초대장을 다시 보냈습니다. 한 시간에 한 번이면 충분합니다.
rejection-no-request-to-attend = 이 주소로 참석을 요청한 사람이 없습니다.
rejection-request-declined = 이미 거절한 요청입니다. 그래도 이 사람을 초대할 수 있습니다.
rejection-request-accepted = 이 사람은 이미 초대받았습니다.
rejection-too-many-unproved = 하루 동안 보낸 사람을 확인할 수 없는 답장이 { $max }통 넘게 왔습니다.
rejection-held-answer-gone = 이미 사용했거나 오래된 링크입니다. 초대장의 링크로 답할 수 있습니다.
rejection-email-change-gone = 이미 사용했거나 오래된 링크입니다. 주소를 다시 입력하세요.
rejection-too-many-email-changes = 오늘 주소를 { $max }번 바꾸었습니다. 내일 다시 시도하세요.

# Calendars that come in.

rejection-calendar-too-large = 파일이 너무 큽니다. 한 번에 { $max }바이트까지 읽을 수 있습니다.
rejection-not-a-calendar = 캘린더 파일이 아닙니다. .ics로 끝나는 파일을 고르세요.
rejection-calendar-missing = 먼저 파일을 고르세요.
rejection-letters-uncertain = 파일이 UTF-8이 아닙니다. 영어 밖의 글자가 틀릴 수 있습니다.
rejection-component-cut-off = 중간에 끊겼습니다.
rejection-line-skipped = { $line }번째 줄을 읽을 수 없어 건너뛰었습니다.
rejection-property-unreadable = { $line }번째 줄의 { $property } 값을 읽을 수 없어 뺐습니다.
rejection-not-an-event = 행사가 아니라 { $component }입니다.
rejection-beginning-missing = 시작 시각이 없습니다.
rejection-component-untitled = 제목이 없습니다.
rejection-cancelled-elsewhere = 그곳에서 취소되었습니다.
rejection-other-version-taken = 파일에 다른 판이 있어 새 것을 가져왔습니다.
rejection-year-out-of-range = 연도가 범위를 벗어났습니다.
rejection-component-too-large = 너무 큽니다.
rejection-too-many-components = 한 번에 가져올 수 있는 것보다 행사가 많습니다. 이것과 나머지는 뺐습니다.
rejection-over-already = 이미 끝났습니다. 지난 행사는 요청할 때만 제안됩니다.
rejection-zone-missing = 시각에 시간대가 없어 캘린더의 시간대로 읽었습니다.
rejection-zone-unknown = 시간대 “{ $zone }”은(는) 알 수 없어 캘린더의 시간대로 읽었습니다.
rejection-end-missing = 끝나는 시각이 없어 한 시간 또는 하루로 잡았습니다.
rejection-end-misplaced = 시작하기 전에 끝나는 것으로 되어 있어 한 시간 또는 하루로 잡았습니다.
rejection-rule-not-kept = 우리에게 없는 규칙으로 반복됩니다({ $rule }). 첫 날짜만 가져왔습니다.
rejection-rule-without-end = 끝없이 반복됩니다. 첫 날짜만 가져왔습니다.
rejection-dates-not-kept = 개별 날짜 가운데 일부를 지킬 수 없었습니다.
rejection-date-by-itself = 시리즈에서 바뀐 날짜라 따로 둡니다.
rejection-only-first-date = 반복되는 행사입니다({ $rule }). 첫 날짜만 가져왔습니다.
rejection-people-left-behind = 안에 있는 사람들은 가져오지 않았습니다.
rejection-attachments-left-behind = 첨부 파일은 가져오지 않았습니다.
rejection-text-cut = { $property } 값이 너무 길어 잘랐습니다.

# Series.

rejection-unknown-series = 그런 시리즈가 없습니다.
rejection-rule-invalid = 시리즈는 이렇게 반복될 수 없습니다. 얼마나 자주, 어느 요일에, 언제 끝나는지 하나씩 고르세요.
rejection-not-its-first-date = 첫 날짜가 규칙의 날짜가 아닙니다({ $rule }).
rejection-not-one-of-its-dates = { $date }은(는) 시리즈의 날짜가 아닙니다.
rejection-too-many-dates = 날짜가 { $dates }개입니다. 미리 { $max }개까지 계획할 수 있습니다.
rejection-no-date-left = 남는 날짜가 없습니다.
rejection-no-date-added = 시리즈에 더해지는 날짜가 없습니다. 더 늦은 끝을 고르세요.
rejection-series-over = 시리즈가 끝났습니다.
rejection-series-not-published = 시리즈가 게시되지 않았습니다.
rejection-nothing-to-come = 시리즈에 앞으로 남은 날짜가 없습니다.
