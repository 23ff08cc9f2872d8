## The frame of every page
frame-skip = Ana içeriğe geç
frame-navigation = Ana menü
frame-languages = Dil
frame-error-prefix = Hata:
frame-past = Geçmiş durum
frame-notice = Bildirim
frame-foot = Convoke, insanları bugünün önemli meseleleri etrafında bir araya getirir.

## Where to go
nav-agenda = Gündem
nav-events = Etkinlikler
nav-stakeholders = Paydaşlar
nav-hackathons = Hackathonlar
nav-ideas = Fikirler
nav-teams = Takımlar
nav-history = Geçmiş

## What buttons do
do-accept = Kabul et
do-add-to-calendar = Takvime ekle
do-ask-to-join = Katılmak iste
do-decline = Reddet
do-join = Katıl
do-leave = Ayrıl
do-pitch = Fikir sun
do-sign-in = Oturum aç
do-sign-out = Oturumu kapat

## States, of whatever has one
state-proposed = Önerildi
state-under-review = İnceleniyor
state-accepted = Kabul edildi
state-declined = Reddedildi
state-withdrawn = Geri çekildi
state-scheduled = Planlandı
state-published = Yayımlandı
state-closed = Kapalı
state-ended = Bitti
state-reported = Raporlandı
state-postponed = Ertelendi
state-cancelled = İptal edildi
state-active = Etkin
state-merged = Birleştirildi
state-paused = Duraklatıldı
state-prospect = Aday
state-registered = Kayıtlı
state-verified = Doğrulandı
state-erased = Silindi
state-received = Alındı
state-left = Bekleme listesinden çıktı
state-confirmed = Onaylandı
state-waiting = Bekliyor
state-offered = Yer önerildi
state-prepared = Hazırlandı
state-sent = Gönderildi
state-tentative = Belki
state-expired = Süresi doldu
state-revoked = İptal edildi
state-team-formation = Takım kurma
state-locked = Takımlar kilitli
state-hacking = Hackathon sürüyor
state-frozen = Donduruldu
state-drafted = Taslak hazır

## Roles
role-network-admin = Ağ yöneticisi
role-hub-admin = Merkez yöneticisi
role-curator = Küratör
role-host = Ev sahibi
role-organiser = Düzenleyici
role-member = Üye
role-participant = Katılımcı

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

## Ways to attend
mode-in-person = Yüz yüze
mode-online = Çevrim içi
mode-either = Yüz yüze veya çevrim içi

## Words beside values and fields
word-about = Açıklama
word-actions = İşlemler
word-address = Adres
word-city = Şehir
word-code = Kod
word-country = Ülke
word-date = Tarih
word-deadline = Son tarih
word-email = E-posta adresi
word-event = Etkinlik
word-evidence = Kanıt
word-figure = Sayı ya da bulgu
word-idea = Fikir
word-label = Ad
word-mode = Katılım biçimi
word-name = Ad
word-need = İhtiyaç
word-needs = İhtiyacı
word-none = Yok
word-note = Not
word-offers = Verebilecekleri
word-optional = isteğe bağlı
word-pages = Sayfalar
word-phone = Telefon
word-places = Yerler
word-purpose = Amaç
word-reason = Gerekçe
word-region = Bölge
word-skills = Beceriler
word-source = Kaynak
word-statement = Mesele metni
word-text = Metin
word-title = Başlık
word-urgency = Aciliyet
word-website = Web sitesi
word-what = Ne olduğu
word-when = Ne zaman
word-where = Nerede
word-why = Neden
word-wishes = İstekler
word-zone = Saat dilimi

## Forms
form-problem = Bir sorun var

## Clocks
clock-over = Süre doldu

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

## How many
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
count-endorsements =
    { $count ->
        [one] { $count } destek
       *[other] { $count } destek
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
