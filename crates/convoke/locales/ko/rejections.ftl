### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

rejection-other = 지금은 할 수 없습니다.
rejection-not-allowed = 맡은 역할로는 할 수 없습니다.
rejection-wrong-state = 현재 상태에서는 더 이상 할 수 없습니다.
rejection-version-conflict = 작성하는 동안 다른 사람이 내용을 바꾸었습니다. 다시 확인한 뒤 보내세요.
rejection-command-id-reused = 이 양식은 이미 다른 답변으로 보냈습니다. 페이지를 다시 여세요.
rejection-title-missing = 제목을 입력하세요.
rejection-reason-missing = 사유를 적어 주세요.
rejection-source-missing = 출처를 밝혀 주세요.
