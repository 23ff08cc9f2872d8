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

# Hackathons and teams.

hackathon-none = Planlanmış hackathon yok
hackathon-none-hint = Bir düzenleyici, bir etkinlik içinde planlar.
hackathon-left = Kalan süre
hackathon-paused = Saat durdu; { $left } kaldı.
hackathon-frozen = Süre { $when } doldu.
hackathon-waits = Başlatılınca saat { $length } işler; duvar saatleri ne yaparsa yapsın.
hackathon-utc = UTC olarak
hackathon-team-size = Takım büyüklüğü
hackathon-sizes = { $min } ila { $max } kişi
hackathon-people = Katılımcılar
hackathon-lock = Kilitlendiğinde
hackathon-lock-figures = Eksik takım: { $under }. Takımsız kişi: { $unplaced }.
hackathon-extensions = Verilen ek süre
hackathon-extended = Herkese { $by } ek süre: { $reason }
hackathon-extended-team = { $team } için { $by } ek süre: { $reason }
hackathon-cancelled-because = Bu hackathon iptal edildi: { $reason }
hackathon-board = Takımlar ve fikirler
hackathon-run = Hackathonu yönet
hackathon-do-open = Takım kurmayı aç
hackathon-do-lock = Takımları kilitle
hackathon-do-start = Saati başlat
hackathon-do-pause = Saati durdur
hackathon-do-resume = Saati sürdür
hackathon-do-freeze = Gönderimleri kapat
hackathon-extend = Herkese ek süre ver
hackathon-minutes = Dakika
hackathon-reason-hint = Herkes okuyabilir.
state-locked = Takımlar kilitli
team-board-lead = { $min } ila { $max } kişilik takımlar. Kimse iki takımda olmaz, hiçbiri sınırı aşmaz.
team-none = Henüz takım yok
team-none-hint = Fikirle ya da fikirsiz, ilkini kurun.
team-open-places = { $count ->
    [one] { $count } boş yer
   *[other] { $count } boş yer
 }
team-full = Dolu
team-works-on = Üzerinde çalıştığı: { $idea }
team-own = Takımınız
team-code = Kod
team-code-hint = Koda sahip olan sormadan girer.
team-asks = { $name } katılmak istiyor.
team-somebody = Biri
team-asked = Katılmak istediniz.
team-found = Takım kur
team-name = Takımın adı
team-by-code = Kodla katıl
team-unplaced = Henüz takımı olmayanlar
team-to-clock = Saate git
idea-none = Henüz fikir sunan yok.
idea-line = Tek satırda fikir
idea-text = Birkaç cümlede fikir
idea-by = { $name } tarafından
idea-taken = { $team } üstlendi
enrol-title = Katıl
enrol-lines-hint = Her satıra bir şey.
enrol-wishes = Üzerinde çalışmak istedikleriniz
