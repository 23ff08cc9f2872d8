### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

# What every form may be told.

rejection-wrong-state = Bu, şu anki durumda yapılamaz: { $state }.
rejection-version-conflict = Siz yazarken biri bunu değiştirdi. Yeniden bakın, sonra gönderin.
rejection-command-id-reused = Bu form başka yanıtlarla zaten gönderildi. Sayfayı yeniden açın.
rejection-field-missing = Doldurun: { $name }
rejection-title-missing = Bir başlık verin.
rejection-name-missing = Bir ad verin.
rejection-reason-missing = Nedenini yazın.
rejection-text-missing = Bir metin girin.
rejection-text-too-long = En çok { $max } karakter; bunda { $length } var.
rejection-too-long = { $name }: en çok { $max } karakter; bunda { $length } var.
rejection-too-many = En çok { $max } kayıt olabilir; burada { $length } var.
rejection-control-character = { $name }: içinde kabul edemediğimiz görünmez bir karakter var. Metni yeniden yazın.
rejection-invalid-value = Burada geçerli olan bir sayı girin.
rejection-invalid-date = 2027-01-20 gibi, var olan bir tarih girin.
rejection-invalid-address = ad@example.org gibi bir e-posta adresi girin.
rejection-email-missing = Bir e-posta adresi girin.
rejection-email-invalid = ad@example.org gibi bir e-posta adresi girin.
rejection-invalid-url = https:// ile başlayan bir web adresi girin.
rejection-website-invalid = “{ $website }” bir web adresi değil.
rejection-invalid-link = Bu bağlantı artık çalışmıyor. Size gönderdiğimiz en yenisini kullanın.
rejection-invalid-token = Bu bağlantı gerçek değil. Size yazdığımız e-postadaki bağlantıyı kullanın.
rejection-unknown-id = Böyle bir şey yok ya da artık yok.
rejection-unknown-time-zone = Böyle bir saat dilimi yok. Europe/Istanbul gibi bir tane seçin.
rejection-locale-unknown = Konuştuğumuz dillerden seçin: İngilizce (en), Felemenkçe (nl), Türkçe (tr) ya da Korece (ko).
rejection-broken-file = Bu dosyayı okuyamadık.

# Hubs, roles and access.

rejection-unknown-hub = Böyle bir merkez yok.
rejection-slug-taken = “{ $slug }” adresi başka bir merkezde kullanılıyor.
rejection-slug-invalid = “{ $slug }” bir adreste kullanılamaz. 2–40 küçük harf (a–z), rakam ve kısa çizgi kullanın; başta ve sonda çizgi olmasın.
rejection-role-above-own = “{ $role }” rolü sizinkinden üstün; onu veremez ya da alamazsınız.
rejection-role-needs-hub = “{ $role }” rolü tek bir merkezde geçerlidir. Hangisi olduğunu belirtin.
rejection-role-is-network-wide = “{ $role }” rolü bütün ağda geçerlidir. Merkez belirtmeyin.
rejection-unknown-token = Böyle bir erişim anahtarı yok.
rejection-token-ends-in-past = Bu erişim anahtarının süresi çoktan dolmuş olurdu: { $expires_at }.
rejection-secret-hash-invalid = Bir sırrın özeti 64 onaltılık basamaktan oluşur.

# Issues.

rejection-unknown-issue = Böyle bir mesele yok.
rejection-duplicate-of = Bu başlıkta bir mesele zaten var. Ona katılın ya da sizinkinin başka olduğunu belirtin.
rejection-merged-into = Bu, bir başkasıyla birleştirildi. Oradan devam edin.
rejection-self-merge = Hiçbir şey kendisiyle birleştirilemez.
rejection-cycle-detected = Diğeri zaten bununla birleştirildi.
rejection-target-closed = Diğer meseleyle artık birleştirilemez: { $state }.
rejection-figure-missing = Ne bulunduğunu yazın: bir sayı ya da bir bulgu.
rejection-source-missing = Kaynağı belirtin.
rejection-date-in-future = { $date } henüz gelmedi. Yayımlandığı günü girin.
rejection-unknown-evidence = { $evidence } numaralı bir kanıt yok.
rejection-already-retracted = { $evidence } numaralı kanıt zaten geri alındı.
rejection-no-evidence = Kanıtı olmayan bir mesele gündeme alınmaz. Önce kaynağıyla birlikte bir bulgu ekleyin.
rejection-not-active = Yalnızca gündemdeki bir mesele desteklenebilir. Bu gündemde değil: { $state }.
rejection-already-endorsed = Bu paydaş meseleyi zaten destekliyor.
rejection-unknown-sdg = { $goal } numaralı bir amaç yok: sürdürülebilir kalkınma amaçları 1’den 17’ye kadardır.
rejection-not-author = Bunu yalnızca ortaya koyan kişi yapabilir.

# The registry.

rejection-unknown-stakeholder = Böyle bir paydaş yok.
rejection-kind-missing = Paydaş türünü seçin.
rejection-kind-unknown = “{ $kind }” bildiğimiz bir paydaş türü değil.
rejection-consent-missing = Sizi ancak izin verirseniz listeleyebiliriz. Kutuyu işaretleyin.
rejection-email-taken = Bu e-posta adresi rehberdeki başka bir kayda ait.
rejection-erased = Bu kayıt silindi.
rejection-person-gone = Bu kişi silindi.
rejection-not-yours = Bunu yalnızca kendi kişileri ya da bir ev sahibi yapabilir.
rejection-self-verify = Kendinizi doğrulayamazsınız. Başka bir küratöre sorun.
rejection-what-missing = Ne olduğunu yazın.
rejection-ends-in-past = { $until } çoktan geçti. Daha sonraki bir gün seçin.
rejection-too-many-pledges = Zaten { $max } tane var; daha fazlasını kimse okumaz. Önce birini geri çekin.
rejection-unknown-offer = { $offer } numaralı bir teklif yok.
rejection-unknown-need = { $need } numaralı bir ihtiyaç yok.
rejection-open-obligation = Önce şunun çözülmesi gerekiyor: { $what }.

# Files with stakeholders, and their rows.

rejection-not-utf8 = { $line }. satırda okuyamadığımız karakterler var. Dosyayı “CSV UTF-8” olarak kaydedin.
rejection-file-too-large = Dosya { $bytes } bayt; en çok { $max } olabilir.
rejection-header-missing = Dosya boş. İlk satır sütunların adlarını vermelidir.
rejection-columns-missing = Eksik sütunlar: { $names }.
rejection-too-many-rows = Dosyada { $rows } satır var; en çok { $max } olabilir.
rejection-quoting-broken = Bir tırnak işareti kapanmamış ya da olmaması gereken yerde.
rejection-field-count =
    { $found ->
        [one] Satırda { $found } alan var; ilk satırda { $expected }.
       *[other] Satırda { $found } alan var; ilk satırda { $expected }.
    }
rejection-duplicate-row = { $first }. satırla aynı.

# Hackathons and teams.

rejection-unknown-hackathon = Böyle bir hackathon yok.
rejection-unknown-participant = Bu kişi hackathona henüz katılmıyor.
rejection-unknown-team = Böyle bir takım artık yok.
rejection-unknown-idea = Böyle bir fikir artık yok.
rejection-event-cancelled = Etkinlik iptal edildi.
rejection-already-created = Bu hackathon zaten planlandı.
rejection-min-above-max = En küçük takım ({ $min }) en büyüğünden ({ $max }) büyük olurdu.
rejection-max-zero = Bir takımda en az bir kişi olur.
rejection-team-size-too-large = Bir takımda en çok { $limit } kişi olur; { $max } çok fazla.
rejection-teams-above-max = Bir takımın şimdiden { $largest } üyesi var; { $max } az gelir.
rejection-duration-out-of-range = Bir hackathon en az { $min_s }, en çok { $max_s } sürer.
rejection-not-organiser = Bunu yalnızca bir düzenleyici yapabilir.
rejection-hackathon-cancelled = Bu hackathon iptal edildi.
rejection-hackathon-already-cancelled = Bu hackathon zaten iptal edildi.
rejection-hackathon-over = Bu hackathon sona erdi.
rejection-wrong-phase = Bu, şu anki aşamada yapılamaz: { $state }.
rejection-rosters-locked = Takımlar kilitlendi. Bir düzenleyiciye sorun.
rejection-rosters-not-locked = Takımlar henüz kilitlenmedi: o zamana kadar herkes kendi seçer.
rejection-not-locked = Önce takımları kilitleyin.
rejection-already-started = Saat zaten işliyor. Başlangıç: { $at }.
rejection-start-out-of-range = Saat şimdi başlar ya da en çok { $back_s } önce başlamış olabilir.
rejection-not-running = Saat işlemiyor.
rejection-not-paused = Saat duraklatılmadı.
rejection-extension-out-of-range = Sıfırdan çok ve en çok { $max_s } verin.
rejection-after-freeze = Süre doldu: { $deadline }.
rejection-too-early = Süre şu zamandan önce dolmaz: { $deadline }.
rejection-formation-not-open = Takımlar henüz kurulamaz.
rejection-not-registered = Etkinlikte onaylanmış bir yeriniz olmalı.
rejection-already-enrolled = Zaten katılıyorsunuz.
rejection-roster-full = Bir hackathona { $max } kişi katılabilir.
rejection-participant-withdrawn = Bu kişi artık katılmıyor.
rejection-not-yourself = Bunu yalnızca kendiniz için yapabilirsiniz.
rejection-not-member = Bunu yalnızca takım üyeleri yapabilir.
rejection-not-lead = Bunu yalnızca takım lideri yapabilir.
rejection-idea-taken = Bu fikir üzerinde bir takım çalışıyor.
rejection-already-founded = Bu takım zaten var.
rejection-already-pitched = Bu fikir zaten var.
rejection-pitch-limit =
    { $max ->
        [one] Herkes en çok { $max } fikir sunar.
       *[other] Herkes en çok { $max } fikir sunar.
    }
rejection-pitching-closed = Artık fikir alınmıyor.
rejection-level-out-of-range = Düzey 1, 2 ya da 3 olur; { $level } olmaz.
rejection-already-in-team = Zaten bir takımdasınız.
rejection-name-taken = Bu ad başka bir takımda var.
rejection-code-in-use = Bu kod kullanılıyor. Yeniden deneyin.
rejection-team-limit = Bir hackathonda { $max } takım olabilir.
rejection-team-full = Takım dolu: { $max } kişiden { $size }.
rejection-duplicate-request = Bu takıma zaten istek gönderdiniz.
rejection-request-limit = { $max } açık isteğiniz var. Yanıt bekleyin ya da birini geri alın.
rejection-request-gone = Bu istek artık açık değil.
rejection-code-unknown = Bu kod hiçbir takımda yok.
rejection-not-in-team = Bu kişi takımda değil.
rejection-cannot-remove-self = Bunun yerine takımdan ayrılın.

# Events, places, invitations.

rejection-unknown-event = Böyle bir etkinlik yok.
rejection-purpose-missing = Hizmet ettiği meseleyi ya da karşıladığı ihtiyacı belirtin.
rejection-issue-not-active = Bu mesele gündemde değil.
rejection-not-your-proposal = Yalnızca öneren kişi geri alabilir.
rejection-end-before-start = Başlamadan ({ $starts_at }) bitmiş olurdu ({ $ends_at }).
rejection-nonexistent-local-time = Saatler { $before } anından { $after } anına atlıyor: böyle bir saat yok.
rejection-ambiguous-local-time = O gece saatler geri alınıyor ve { $local } iki kez yaşanıyor. Önceki mi sonraki mi, belirtin.
rejection-too-far-away = { $year } yılı çok uzak; son yıl { $latest }.
rejection-no-room-or-link = Nerede olacağını belirtin: bir salon ya da bir bağlantı.
rejection-already-ended = Artık sona erdi.
rejection-already-cancelled = Zaten iptal edildi.
rejection-not-ended = Henüz bitmedi.
rejection-report-incomplete = Kimin eksik olduğunu yazın.
rejection-registration-closed = Kayıt açık değil.
rejection-quota-full =
    { $capacity ->
        [one] Tek yer de dolu.
       *[other] { $capacity } yerin hepsi dolu.
    }
rejection-already-registered = Zaten kayıtlı.
rejection-party-too-large = Birlikte { $party_size } kişisiniz; en çok { $max } kişi birlikte gelebilir.
rejection-party-empty = En az bir kişi gelir.
rejection-unknown-registration = Böyle bir kayıt yok.
rejection-not-your-registration = Bunu yalnızca kaydolan kişi ya da merkez yapabilir.
rejection-offer-not-open = Artık sizin için ayrılmış bir yer yok.
rejection-not-waiting = Bekleme listesinde değilsiniz.
rejection-below-confirmed =
    { $held ->
        [one] { $held } yer dolu; { $capacity } az gelir.
       *[other] { $held } yer dolu; { $capacity } az gelir.
    }
rejection-unknown-invitation = Böyle bir davet yok.
rejection-event-not-published = Önce etkinliği yayımlayın.
rejection-already-invited = Zaten davet edildi.
rejection-declined-with-stop = Bu konuk buna bir daha davet edilmek istemiyor.
rejection-invitation-expired = Bu davetin süresi doldu: etkinlik başladı.
rejection-invitation-revoked = Bu davet geri alındı.
rejection-not-your-invitation = Bu davet başkası için.
rejection-stale-reply = Etkinlik o yanıttan sonra değişti. Yeniden bakın, sonra yanıtlayın.
rejection-seat-gone =
    { $capacity ->
        [one] Tek yer de dolu.
       *[other] Yer kalmadı: { $capacity } yerin hepsi dolu.
    }
rejection-asked-not-to-be-written = Bu kişi kendisine yazılmamasını istedi. Bunu yalnızca kendisi geri alabilir.
rejection-already-reminded = Onlara zaten hatırlatıldı. { $until } itibarıyla yeniden yapabilirsiniz.
rejection-too-many-followed = Zaten { $max } mesele takip ediyorsunuz.
rejection-not-asked-for = Bunu takip etmek isteyen olmadı ya da istek geri alındı.
rejection-unknown-calendar-link = Böyle bir takvim adresiniz yok.
rejection-calendar-link-ended = Bu takvim adresi sona ermiş. Yenisini oluşturun.
rejection-too-many-calendar-links = Bir merkezde { $max } takvim adresinden fazlası olmaz. Kullanmadığınız birini sona erdirin.
rejection-not-taking-part = Bu takvim, hackathona katılanlar içindir.
rejection-mail-unknown = “{ $mail }” adında bir e-posta yok.

rejection-proposed-time-passed = Önerilen saat geçmiş ya da başlamadan bitiyor.
rejection-too-many-proposals = Bu konuk şimdiden { $max } kez başka bir saat önerdi.
rejection-proposal-not-open = Bu öneri hakkında karar verilmiş ya da daha yeni bir öneri var.
rejection-resent-recently = Davet { $at } itibarıyla yeniden gönderildi. Saatte bir kez yeterli.
rejection-no-request-to-attend = Bu adresle katılmak isteyen kimse yok.
rejection-request-declined = Bu istek geri çevrildi. Kişiyi yine de davet edebilirsiniz.
rejection-request-accepted = Bu kişi zaten davet edildi.
rejection-too-many-unproved = Bir gün içinde doğrulanamayan { $max } yanıttan fazlası geldi.
rejection-held-answer-gone = Bu bağlantı kullanılmış ya da çok eski. Davetinizdeki bağlantıyla yanıt verebilirsiniz.
rejection-email-change-gone = Bu bağlantı kullanılmış ya da çok eski. Adresi yeniden girin.
rejection-too-many-email-changes = Adres bugün { $max } kez değiştirildi. Yarın yeniden deneyin.

# Calendars that come in.

rejection-calendar-too-large = Bu dosya çok büyük: bir kerede en çok { $max } bayt okunabilir.
rejection-not-a-calendar = Bu dosya bir takvim değil. Adı .ics ile biten bir dosya seçin.
rejection-calendar-missing = Önce bir dosya seçin.
rejection-letters-uncertain = Dosya UTF-8 değil. İngilizce dışındaki harfler yanlış olabilir.
rejection-component-cut-off = Yarıda kesilmiş.
rejection-line-skipped = { $line }. satır okunamadı ve atlandı.
rejection-property-unreadable = { $line }. satırdaki { $property } okunamadı ve alınmadı.
rejection-not-an-event = Bu bir etkinlik değil, { $component }.
rejection-beginning-missing = Ne zaman başladığı yazmıyor.
rejection-component-untitled = Başlığı yok.
rejection-cancelled-elsewhere = Orada iptal edilmiş.
rejection-other-version-taken = Dosyada başka bir sürümü var; yeni olan alındı.
rejection-year-out-of-range = Yılı sınırların dışında.
rejection-component-too-large = Çok büyük.
rejection-too-many-components = Dosyada bir kerede alınandan fazla etkinlik var. Bu ve sonrakiler alınmadı.
rejection-over-already = Bitmiş. Geçmiş etkinlikler yalnızca siz isterseniz önerilir.
rejection-zone-missing = Saatlerinde saat dilimi yok; takvimin saat dilimi alındı.
rejection-zone-unknown = “{ $zone }” diye bir saat dilimi bilinmiyor; takvimin saat dilimi alındı.
rejection-end-missing = Ne zaman bittiği yazmıyor; bir saat ya da bir gün sayıldı.
rejection-end-misplaced = Başlamadan bitiyor görünüyor; bir saat ya da bir gün sayıldı.
rejection-rule-not-kept = Bizde olmayan bir kurala göre yineleniyor ({ $rule }). Yalnızca ilk tarihi alındı.
rejection-rule-without-end = Sonu olmadan yineleniyor. Yalnızca ilk tarihi alındı.
rejection-dates-not-kept = Tek tek tarihlerinden bazıları korunamadı.
rejection-date-by-itself = Bir dizinin değiştirilmiş tarihi; tek başına duruyor.
rejection-only-first-date = Yineleniyor ({ $rule }). Yalnızca ilk tarihi alındı.
rejection-people-left-behind = İçindeki kişiler alınmadı.
rejection-attachments-left-behind = Ekleri alınmadı.
rejection-text-cut = { $property } çok uzundu ve kısaltıldı.

# Series.

rejection-unknown-series = Böyle bir dizi yok.
rejection-rule-invalid = Bir dizi böyle yinelenemez: ne sıklıkta, hangi günlerde ve tek bir bitiş seçin.
rejection-not-its-first-date = İlk tarih kuralın kendi tarihlerinden değil ({ $rule }).
rejection-not-one-of-its-dates = { $date } dizinin bir tarihi değil.
rejection-too-many-dates = Bunlar { $dates } tarih; önceden en çok { $max } tarih planlanır.
rejection-no-date-left = Hiç tarih kalmıyor.
rejection-no-date-added = Bu, diziye tarih eklemiyor. Daha geç bir bitiş seçin.
rejection-series-over = Dizi sona erdi.
rejection-series-not-published = Dizi yayımlanmadı.
rejection-nothing-to-come = Dizinin gelecek tarihi kalmadı.
