### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = { $name }님, 안녕하세요.
letter-farewell = { $hub } 호스트 드림
letter-why = { $hub }에 참여하고 계셔서 이 메일을 보냅니다.
letter-settings = 받을 메일 고르기: { $link }
