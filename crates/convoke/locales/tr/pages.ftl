### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = Şimdi önemli olan
home-next = Yaklaşanlar
home-issues = Gündemdeki meseleler

# The hub, issue and registry pages.

home-hubs = Merkezler
home-lead = Günün toplumsal meselesini ele alan ve ilgilileri bir araya getiren yerler.
home-empty = Henüz bir merkez yok
agenda-no-issues = Gündemde henüz bir şey yok
agenda-nothing-coming = Henüz planlanmış bir etkinlik yok
agenda-all-events = Tüm etkinlikler
agenda-past = Yakın geçmişte
agenda-subscribe = Takviminizde
agenda-about = Bu merkez hakkında
do-subscribe-calendar = Takvim uygulamasında abone ol
do-feed-link = Takvim akışı (iCalendar)
do-join-registry = Kayıt ol
event-no-date = Henüz tarih yok
issue-supporters = Kimler destekliyor
issue-events = Bu konudaki etkinlikler
join-title = Kayıt ol
join-kind = Siz nesiniz?
join-city = Şehir
join-offers = Verebilecekleriniz
join-needs = Aradıklarınız
past-now = Şimdiki halini göster
history-older = Daha eski
history-newest = En yeni
history-empty = Burada henüz bir şey olmadı.
