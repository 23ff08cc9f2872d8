## The frame of every page
frame-skip = Ana içeriğe geç
frame-navigation = Ana menü
frame-languages = Dil
frame-error-prefix = Hata:
frame-past = Geçmiş durum
frame-past-text = { $when } tarihindeki durumu görüyorsunuz.
frame-back-to-now = Şimdiye dön
frame-notice = Bildirim
frame-foot = Convoke, insanları bugünün önemli meseleleri etrafında bir araya getirir.

## Where to go
nav-home = Ana sayfa
nav-agenda = Gündem
nav-issues = Meseleler
nav-events = Etkinlikler
nav-calendar = Takvim
nav-stakeholders = Paydaşlar
nav-members = Üyeler
nav-applications = Başvurular
nav-hackathons = Hackathonlar
nav-challenges = Sorunlar
nav-ideas = Fikirler
nav-teams = Takımlar
nav-mentors = Mentorlar
nav-judging = Değerlendirme
nav-results = Sonuçlar
nav-projects = Projeler
nav-introductions = Tanıştırmalar
nav-knowledge = Bilgi
nav-rooms = Salonlar
nav-board = Pano
nav-desk = Kapı
nav-invitations = Davetler
nav-me = Sayfam
nav-history = Geçmiş
nav-report = Rapor
nav-feeds = Takvim akışları
nav-settings = Ayarlar
nav-privacy = Gizlilik
nav-search = Ara
nav-help = Yardım

## What buttons do
do-accept = Kabul et
do-add = Ekle
do-add-to-calendar = Takvime ekle
do-answer = Yanıtla
do-apply = Başvur
do-ask = Sor
do-ask-to-join = Katılmak iste
do-back = Geri
do-cancel = İptal et
do-check-in = Giriş yap
do-claim = Üstlen
do-close = Kapat
do-confirm = Onayla
do-continue = Devam et
do-copy = Kopyala
do-decline = Reddet
do-discard = Vazgeç
do-download = İndir
do-edit = Düzenle
do-endorse = Destekle
do-erase = Sil
do-export = Dışa aktar
do-filter = Süz
do-follow = Takip et
do-freeze = Dondur
do-invite = Davet et
do-introduce = Tanıştır
do-join = Katıl
do-leave = Ayrıl
do-lock = Kilitle
do-merge = Birleştir
do-move = Taşı
do-next = Sonraki
do-open = Aç
do-pause = Duraklat
do-pitch = Fikir sun
do-postpone = Ertele
do-previous = Önceki
do-print = Yazdır
do-propose = Öner
do-propose-event = Etkinlik öner
do-propose-issue = Mesele öner
do-publish = Yayımla
do-register = Kaydol
do-remove = Kaldır
do-report = Raporla
do-request-changes = Değişiklik iste
do-reschedule = Yeniden planla
do-resolve = Çöz
do-resume = Sürdür
do-revoke = Geri al
do-rotate = Bağlantıyı yenile
do-save = Kaydet
do-schedule = Planla
do-search = Ara
do-send = Gönder
do-show-all = Tümünü göster
do-show-more = Daha fazla göster
do-sign-in = Oturum aç
do-sign-out = Oturumu kapat
do-skip = Atla
do-start = Başlat
do-submit = Gönder
do-subscribe = Abone ol
do-undo = Geri al
do-vouch = Kefil ol
do-withdraw = Geri çek

## States, of whatever has one
state-draft = Taslak
state-proposed = Önerildi
state-submitted = Gönderildi
state-under-review = İnceleniyor
state-in-review = İncelemede
state-changes-requested = Değişiklik istendi
state-more-info = Ek bilgi istendi
state-accepted = Kabul edildi
state-declined = Reddedildi
state-withdrawn = Geri çekildi
state-scheduled = Planlandı
state-published = Yayımlandı
state-open = Açık
state-closed = Kapalı
state-running = Sürüyor
state-ended = Bitti
state-reported = Raporlandı
state-postponed = Ertelendi
state-cancelled = İptal edildi
state-active = Etkin
state-dormant = Beklemede
state-merged = Birleştirildi
state-paused = Duraklatıldı
state-prospect = Aday
state-registered = Kayıtlı
state-verified = Doğrulandı
state-erased = Silindi
state-held = Ayrıldı
state-pending-approval = Onay bekliyor
state-confirmed = Onaylandı
state-waiting = Bekliyor
state-offered = Yer önerildi
state-offer-expired = Önerinin süresi doldu
state-offer-declined = Öneri reddedildi
state-transferred = Devredildi
state-checked-in = Giriş yaptı
state-checked-out = Çıkış yaptı
state-no-show = Gelmedi
state-rejected = Kabul edilmedi
state-prepared = Hazırlandı
state-sent = Gönderildi
state-delivered = Teslim edildi
state-bounced = Geri döndü
state-tentative = Belki
state-expired = Süresi doldu
state-revoked = İptal edildi
state-announced = Duyuruldu
state-registration = Kayıt
state-team-formation = Takım kurma
state-hacking = Hackathon sürüyor
state-frozen = Donduruldu
state-judging = Değerlendiriliyor
state-results = Sonuçlar
state-follow-up = Takip
state-archived = Arşivlendi
state-drafted = Taslak hazır
state-answered = Yanıtlandı
state-pitched = Sunuldu
state-shortlisted = Kısa listede
state-adopted = Benimsendi
state-not-taken-up = Ele alınmadı
state-enrolled = Katılımcı
state-looking = Takım arıyor
state-in-team = Takımda
state-solo = Tek başına
state-available = Müsait
state-busy = Meşgul
state-done = Tamam
state-claimed = Üstlenildi
state-resolved = Çözüldü
state-reopened = Yeniden açıldı
state-certified = Onaylandı
state-corrected = Düzeltildi
state-granted = Verildi
state-suggested = Önerildi
state-asked = Soruldu
state-connected = Tanıştırıldı
state-met = Buluştu
state-useful = Yararlı
state-not-useful = Yararsız
state-lapsed = Zaman aşımı
state-blocked = Engellendi

## Roles
role-network-admin = Ağ yöneticisi
role-hub-admin = Merkez yöneticisi
role-curator = Küratör
role-host = Ev sahibi
role-organiser = Düzenleyici
role-member = Üye
role-participant = Katılımcı
role-mentor = Mentor
role-judge = Jüri üyesi
role-delegate = Temsilci
role-team-lead = Takım lideri
role-visitor = Ziyaretçi

## Kinds of stakeholder
kind-ngo = STK
kind-social-enterprise = Sosyal girişim
kind-activist = Aktivist
kind-startup = Girişim
kind-knowledge-institution = Bilgi kurumu
kind-company = Şirket
kind-government = Kamu kurumu
kind-international-body = Uluslararası kuruluş
kind-community-group = Mahalle topluluğu
kind-funder = Fon sağlayıcı
kind-person = Kişi

## Ways to attend, and answers to an invitation
mode-in-person = Yüz yüze
mode-online = Çevrim içi
mode-either = Yüz yüze veya çevrim içi
answer-accepted = Geliyorum
answer-tentative = Belki
answer-declined = Gelemiyorum

## Words beside values and fields
word-actions = İşlemler
word-address = Adres
word-all = Tümü
word-answer = Yanıt
word-begins = Başlangıç
word-by = Yapan
word-capacity = Kapasite
word-challenge = Sorun
word-code = Kod
word-contact = İletişim
word-date = Tarih
word-deadline = Son tarih
word-description = Açıklama
word-email = E-posta adresi
word-ends = Bitiş
word-event = Etkinlik
word-evidence = Kanıt
word-for-whom = Kimler için
word-gives = Verebildiği
word-host = Ev sahibi
word-hub = Merkez
word-idea = Fikir
word-issue = Mesele
word-kind = Tür
word-language = Dil
word-members = Üyeler
word-mode = Katılım biçimi
word-name = Ad
word-needs = İhtiyacı
word-no = Hayır
word-none = Yok
word-note = Not
word-now = Şimdi
word-optional = isteğe bağlı
word-organisation = Kuruluş
word-organisations = Kuruluşlar
word-other = Diğer
word-pages = Sayfalar
word-person = Kişi
word-phone = Telefon
word-place = Yer
word-places = Yerler
word-programme = Program
word-project = Proje
word-purpose = Amaç
word-rank = Sıra
word-reason = Gerekçe
word-region = Bölge
word-role = Rol
word-room = Salon
word-score = Puan
word-sector = Sektör
word-skills = Beceriler
word-source = Kaynak
word-state = Durum
word-team = Takım
word-text = Metin
word-time = Saat
word-title = Başlık
word-today = Bugün
word-tomorrow = Yarın
word-unknown = Bilinmiyor
word-urgency = Aciliyet
word-votes = Oylar
word-website = Web sitesi
word-when = Ne zaman
word-where = Nerede
word-who = Kim
word-why = Neden
word-yes = Evet
word-zone = Saat dilimi

## Forms
form-problem = Bir sorun var
form-missing = Doldurun: { $field }
form-choose = Seçin: { $field }
form-bad-email = ad@example.org gibi bir e-posta adresi girin
form-bad-date = Var olan bir tarih girin
form-bad-time = Var olan bir saat girin
form-bad-number = Bir tam sayı girin
form-bad-url = https:// ile başlayan bir adres girin
form-stale = Siz yazarken biri bunu değiştirdi. Yeniden bakın, sonra gönderin.
form-check = Yanıtlarınızı gözden geçirin
form-saved = Kaydedildi.
form-sent = Gönderildi.
form-done = Tamamlandı.

## Lists and clocks
page-position = { $total } sonuçtan { $from }–{ $to }
places-taken = { $total } yerden { $taken } dolu
clock-over = Süre doldu
clock-ends-in = Bitişe kalan
clock-begins-in = Başlamaya kalan
empty-list = Burada henüz bir şey yok.
empty-search = Bir şey bulunamadı. Başka sözcükler deneyin.

## When there is no page
problem-home = Ana sayfa
problem-reference = Bize yazarsanız şunu belirtin:
problem-bad-request-title = Bu isteği okuyamadık
problem-bad-request-text = Geri dönüp yeniden deneyin.
problem-sign-in-title = Önce oturum açın
problem-sign-in-text = Bu sayfa tanıdığımız kişiler içindir.
problem-forbidden-title = Buraya erişiminiz yok
problem-forbidden-text = Erişmeniz gerektiğini düşünüyorsanız merkezin ev sahiplerine sorun.
problem-cross-site-title = Bu form başka bir siteden geldi
problem-cross-site-text = Güvenliğiniz için hiçbir şey yapılmadı. Sayfayı burada açıp yeniden gönderin.
problem-not-found-title = Sayfa bulunamadı
problem-not-found-text = Taşınmış olabilir ya da adreste yazım hatası vardır.
problem-method-title = Bu adres bunu yapamaz
problem-method-text = Geri dönüp yeniden deneyin.
problem-slow-title = Bu istek çok geç ulaştı
problem-slow-text = Bağlantınızı denetleyip yeniden deneyin.
problem-gone-title = Bu artık burada değil
problem-gone-text = Kaldırılmış ya da bağlantısı yenilenmiş.
problem-too-large-title = Bu tek seferde çok fazla
problem-too-large-text = Daha kısa bir metin ya da daha küçük bir görsel gönderin.
problem-unsupported-title = Bu tür dosyayı okuyamıyoruz
problem-unsupported-text = Sayfadaki formu kullanın.
problem-too-many-title = Çok fazla deneme
problem-too-many-text = Biraz bekleyip yeniden deneyin.
problem-internal-title = Bizim tarafımızda bir şey bozuldu
problem-internal-text = Kaydedildi. Biraz sonra yeniden deneyin.
problem-unavailable-title = Birazdan döneceğiz
problem-unavailable-text = Yoğunuz ya da yeniden başlıyoruz. Hiçbir şey kaybolmadı.

## How many; languages without a plural still name the one arm
count-people =
    { $count ->
        [one] { $count } kişi
       *[other] { $count } kişi
    }
count-members =
    { $count ->
        [one] { $count } üye
       *[other] { $count } üye
    }
count-events =
    { $count ->
        [one] { $count } etkinlik
       *[other] { $count } etkinlik
    }
count-issues =
    { $count ->
        [one] { $count } mesele
       *[other] { $count } mesele
    }
count-organisations =
    { $count ->
        [one] { $count } kuruluş
       *[other] { $count } kuruluş
    }
count-teams =
    { $count ->
        [one] { $count } takım
       *[other] { $count } takım
    }
count-ideas =
    { $count ->
        [one] { $count } fikir
       *[other] { $count } fikir
    }
count-projects =
    { $count ->
        [one] { $count } proje
       *[other] { $count } proje
    }
count-places =
    { $count ->
        [one] { $count } yer
       *[other] { $count } yer
    }
count-places-free =
    { $count ->
        [one] { $count } boş yer
       *[other] { $count } boş yer
    }
count-waiting =
    { $count ->
        [one] { $count } kişi bekliyor
       *[other] { $count } kişi bekliyor
    }
count-invitations =
    { $count ->
        [one] { $count } davet
       *[other] { $count } davet
    }
count-votes =
    { $count ->
        [one] { $count } oy
       *[other] { $count } oy
    }
count-results =
    { $count ->
        [one] { $count } sonuç
       *[other] { $count } sonuç
    }
count-errors =
    { $count ->
        [one] { $count } hata
       *[other] { $count } hata
    }
count-changes =
    { $count ->
        [one] { $count } değişiklik
       *[other] { $count } değişiklik
    }
count-endorsements =
    { $count ->
        [one] { $count } destek
       *[other] { $count } destek
    }
count-characters-left =
    { $count ->
        [one] { $count } karakter kaldı
       *[other] { $count } karakter kaldı
    }
count-days =
    { $count ->
        [one] { $count } gün
       *[other] { $count } gün
    }
count-hours =
    { $count ->
        [one] { $count } saat
       *[other] { $count } saat
    }
count-minutes =
    { $count ->
        [one] { $count } dakika
       *[other] { $count } dakika
    }
count-seconds =
    { $count ->
        [one] { $count } saniye
       *[other] { $count } saniye
    }
