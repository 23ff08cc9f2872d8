### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = Şimdi önemli olan
home-next = Yaklaşanlar

past-banner = Geçmişe bakıyorsunuz. Her şey şu andaki gibi: { $when }.
past-now = Şimdiki hâlini göster
history-lead = Her karar sonsuza dek saklanır. Olup bitenler, en yenisi önde, doğrudan günlükten.
history-empty = Burada henüz bir şey olmadı.
history-older = Daha eski
history-newest = En yeni
history-position = Sıra { $position }

# The hub, issue and registry pages.

home-hubs = Merkezler
home-lead = Günün toplumsal meselesini ele alan ve ilgilileri bir araya getiren yerler.
home-empty = Henüz bir merkez yok
home-empty-hint = İlkini bir ağ yöneticisi açar: convoke token --role network-admin, ardından openHub mutasyonu.
agenda-no-issues = Gündemde henüz bir şey yok
agenda-no-issues-hint = Üyeler mesele önerir; kanıt olunca bir küratör gündeme alır.
agenda-nothing-coming = Henüz planlanmış bir etkinlik yok
agenda-all-events = Tüm etkinlikler
agenda-past = Yakın geçmişte
agenda-subscribe = Takviminizde
agenda-subscribe-text = Bir kez abone olun, takviminiz her değişikliği izlesin. Çoğu takvim programı birkaç saat içinde yeniden bakar; acil değişiklikleri e-postayla bildiririz.
agenda-about = Bu merkez hakkında
do-subscribe-calendar = Takvim uygulamasında abone ol
do-feed-link = Takvim akışı (iCalendar)
do-join-registry = Rehbere katıl
event-no-date = Henüz tarih yok
event-places = { $capacity } yerden { $taken } dolu{ $waiting ->
    [0] {""}
   *[other] , { $waiting } kişi bekliyor
 }
event-coming = { $count ->
    [one] { $count } kişi geliyor
   *[other] { $count } kişi geliyor
 }
issue-sdgs = Sürdürülebilir kalkınma amaçları
issue-no-evidence = Kanıt yok
issue-no-evidence-hint = Bir sayının kaynağı ve tarihi olmalı.
issue-supporters = Kimler destekliyor
issue-no-supporters = Henüz destekleyen yok
issue-events = Bu meseleyle ilgili etkinlikler
issue-nothing-coming = Bu meseleyle ilgili etkinlik yok
urgency-low = Düşük
urgency-normal = Olağan
urgency-high = Yüksek
urgency-acute = Acil
join-title = Rehbere katıl
join-lead = Rehberde olanlar, bir mesele kendilerini ilgilendirdiğinde davet edilir. Bir dakika sürer.
join-count = { $count ->
    [0] İlk siz olun.
    [one] İçinde { $count } paydaş var.
   *[other] İçinde { $count } paydaş var.
 }
join-kind = Siz nesiniz?
join-name-hint = Kuruluşun ya da kendinizin.
join-city = Şehir
join-about = Ne yaptığınız, birkaç cümleyle
join-offers = Verebilecekleriniz
join-needs = Aradıklarınız
join-lines-hint = Her satıra bir şey, örneğin: kiracılara hukuki destek
join-consent = Beni burada listeleyebilir ve bu merkezin meseleleri hakkında bana yazabilirsiniz
join-done = Rehberdesiniz. Bir mesele sizi ilgilendirdiğinde yazarız.

count-evidence =
    { $count ->
        [one] { $count } kanıt
       *[other] { $count } kanıt
    }

# Events, registrations, invitations.

event-coming-list = Yaklaşan
event-register = Kaydol
event-own = Kaydınız
event-full = Bütün yerler dolu. Bekleyebilirsiniz; açılan ilk yer sırayla önerilir.
event-wait = Bekleme listesine gir
event-email-hint = Onayınız, takviminiz için etkinlikle birlikte oraya gelir.
event-party = Siz dâhil kaç kişi geliyor
event-note = Ev sahiplerinin bilmesi gerekenler
event-format = Buluşma türü
event-access = Nasıl girilir
event-serves = İlgili olduğu mesele:
event-cancelled-because = Bu etkinlik iptal edildi: { $reason }
do-more = Daha fazla
format-evening = Akşam buluşması
format-workshop = Atölye
format-masterclass = Ustalık sınıfı
format-training = Eğitim
format-networking-hour = Tanışma saati
format-house-meeting = Ev toplantısı
format-hackathon = Hackathon
format-other = Buluşma
registration-title = Kaydınız
registration-done = Tamam. Bu sayfa sizin: adresini saklayın, e-postanızda da var.
registration-before-you =
    { $count ->
        [0] Sıradaki ilk kişi sizsiniz.
        [one] Sizden önce { $count } kişi bekliyor.
       *[other] Sizden önce { $count } kişi bekliyor.
    }
registration-offered = Bir yer şu zamana kadar sizin: { $until }.
registration-received = Kaydınız bize ulaştı.
registration-confirmed = Yeriniz var.
registration-waiting = Bekleme listesindesiniz.
registration-cancelled = Bu kayıt iptal edildi.
registration-declined = Yeri başkasına bıraktınız.
registration-expired = Önerinin süresi doldu.
registration-left = Bekleme listesinden çıktınız.
registration-take = Yeri al
registration-pass = Başkasına bırak
registration-leave = Bekleme listesinden çık
registration-cancel = Kaydımı iptal et
invitation-title = Davet
invitation-page-lead = { $name }, davetlisiniz.
invitation-page-why = Neden siz: { $reason }
invitation-yes = Geliyorum
invitation-maybe = Belki
invitation-no = Gelemiyorum
invitation-done = Teşekkürler. Yanıtınızı burada istediğiniz zaman değiştirebilirsiniz.
invitation-over = Bu davet sona erdi.
invitation-event = Etkinliğin sayfası

# Why somebody is suggested for an event.

mix-first-need = Başka kimsenin karşılamadığı bir ihtiyacı karşılıyor: { $what }
mix-second-need = Şunu karşılayan ikinci: { $what }
mix-first-kind = Türünün ilki: { $what }
mix-second-kind = Türünün ikincisi: { $what }
mix-first-group = Seçtiğiniz bir grubun ilki: { $what }
mix-second-group = Seçtiğiniz bir grubun ikincisi: { $what }
mix-works-on = Mesele üzerinde çalışıyor
mix-affected-by = Meseleden etkileniyor
mix-studies = Meseleyi araştırıyor
mix-funds = Mesele üzerindeki çalışmaları finanse ediyor
mix-goals = Aynı amaçlar için çalışıyor: { $goals }
mix-near = Yakında: { $what }
mix-newcomer = Daha önce gelmedi

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

# The demo's mailbox.

mailbox-title = Posta kutusu
mailbox-lead = Bu demonun göndereceği e-postalar, en yenisi önde. Hiçbiri bu makineden çıkmaz.
mailbox-empty = Henüz e-posta yazılmadı
mailbox-from = Gönderen
mailbox-to = Alıcı
mailbox-text = Düz metin olarak
mailbox-html = Okurun e-posta programında göründüğü gibi
mailbox-calendar = Takvim için
mailbox-headers = Tüm başlıklar
preview-title = Her dilde her mektup
preview-lead = Bu ürünün yazabileceği her şey, hiç yaşanmamış bir akşam üzerine. Hiçbiri gönderilmez.
mailbox-signed = İmzalayan (DKIM)
mailbox-unsigned = İmzasız
mailbox-alone = Tek başına göster

# The way in to the demo.

demo-title = Etrafa bakın
demo-lead = Dört merkez, hayalî kişiler, gerçek yerler. İstediğiniz kişi olarak oturum açın; parola yok ve hiçbir şey bu makineden çıkmaz.
demo-signed-in = Oturumunuz açık. Aşağıdan başka birini seçin ya da yukarıdan oturumu kapatın.
demo-visit = Oturum açmadan oraya gidin
demo-look = Nereye bakmalı
demo-hacking = Lahey’de süren bir hackathon
demo-forming = Seul’de kurulan takımlar
demo-mailbox = demonun göndereceği bütün e-postalar, takvim davetleriyle birlikte.
demo-api = API
demo-token = gezginde deneyin. Erişim anahtarı şöyle oluşturulur:
demo-calendars = Abone olabileceğiniz takvimler:
demo-past = Herhangi bir sayfanın geçmişi: adresine ?asOf= ve bir sıra ya da an ekleyin, örneğin

# Letters somebody does not want
reach-title = Bu merkezden gelen e-postalar
reach-invitations = etkinlik davetleri
reach-reminders = hatırlatmalar
reach-digests = haftalık özetler
reach-news = haberler ve öneriler
reach-all = e-postalar
reach-lead = { $hub } size artık şunları göndermesin mi: { $what }?
reach-still = Yeriniz olan etkinliklerdeki değişiklik ve iptalleri yine de öğreneceksiniz.
reach-stop = Gönderilmesin
reach-stopped = { $hub } size artık şunları göndermiyor: { $what }.
reach-again-lead = Yanlışlıkla mı oldu?
reach-again = Yeniden gönderilsin

# Confirming an address, by the link of the welcome letter.

confirm-title = Adresinizi doğrulayın
confirm-lead = { $name }, { $hub } rehberinde. Bu adresin size ait olduğunu söyleyin, size yazabilelim.
confirm-not-you = Bunu siz istemediyseniz bu sayfayı kapatın: hiçbir şey olmaz.
confirm-do = Evet, bu adres benim
confirm-done = Teşekkürler. Adresiniz doğrulandı.
confirm-already = { $name } için { $hub } rehberindeki adres doğrulandı. Yapılacak başka bir şey yok.
confirm-next = { $hub } ne üzerinde çalışıyor
confirm-gone-title = Bu bağlantı artık çalışmıyor
confirm-gone-old = Çok eski ya da ait olduğu kayıt silindi veya artık başka bir adresi var.
confirm-gone-broken = Belki yolda bir parçası kayboldu.
confirm-gone-do = Bizden gelen en yeni e-postadaki bağlantının tamamını açın. Olmazsa yeniden kaydolun: bir dakika sürer.
confirm-gone-register = Yeniden kaydol
confirm-gone-home = Merkezinizi bulun
mails-title = E-postalarınız
mails-lead = { $hub } size ne yazıyor ve ne zaman.
mails-reminders = Hatırlatmalar
mails-when = Yeriniz olan etkinlikleri size ne zaman hatırlatalım?
mails-quiet = Sizin saatinizle 21.00 ile 8.00 arasında hatırlatma gelmez.
mails-week = Bir hafta önce
mails-day = Bir gün önce
mails-hours = İki saat önce
mails-zone = Neredesiniz?
mails-zone-hint = Saatler sizin saatinizle de gösterilir.
mails-zone-none = Etkinlik neredeyse orada
mails-save = Kaydedin
mails-done = Kaydedildi.
mails-kinds = E-posta türleri
mails-sent = size gönderiliyor
mails-stopped = size gönderilmiyor
why-title = Bu e-postayı neden aldınız
why-lead = { $hub } size şunlar olduğu için yazdı:
why-by-you = siz yaptınız
why-by-rule = merkezin bir kuralıyla kendiliğinden
why-by-visitor = bir ziyaretçi ya da bağlantıyı elinde tutan biri
why-by-other = merkezden biri
why-stop = Daha az e-posta almak
why-may-stop = Bu tür e-postaları durdurabilirsiniz. Yeriniz olan etkinliklerle ilgili olanlar yine gelir.
why-cannot-stop = Bu tür yalnızca yerinizi, takımınızı ya da kendi yaptığınız bir şeyi bildirir; bu yüzden kapatılamaz. Yerinizi geri verirseniz başka e-posta gelmez.
why-asked-once = Biri adresinizi verdiği için sorduk. Bir şey yapmazsanız hiçbir şeyi takip etmezsiniz ve özet gelmez.
why-choose = Bu merkezin size yazdığı her şeyi görün
follow-title = E-postayla takip
follow-lead = Yalnızca bir şeyler olan haftanın ardından, pazartesi tek bir e-posta. Önce adresinize gerçekten isteyip istemediğinizi sorarız.
follow-do = Bu meseleyi takip edin
follow-asked = Posta kutunuza bakın: siz olup olmadığınızı orada sorduk.
follow-asks = “{ $title }” için pazartesileri e-posta ister misiniz?
follow-follows = “{ $title }” meselesini takip ediyorsunuz. Bir şeyler olan haftanın ardından pazartesi e-posta gelir.
follow-stop = Artık takip etmeyin
follow-gone = “{ $title }” meselesini takip etmiyorsunuz.

# Calendars: what to subscribe to, and secret addresses of one's own

calendars-title = Takvimler
calendars-lead = Etkinlikleri kullandığınız takvim programında görün. Burada bir şey değişince orada da değişir.
calendars-own = Kendi takvimleriniz
calendars-own-text = Her birinin gizli bir adresi vardır: adresi bilen o takvimi okuyabilir. Her programa ayrı bir adres verin; böylece birini ötekilere dokunmadan geri alabilirsiniz.
calendars-own-how = Gideceğiniz etkinlikleri ve son tarihleri takviminizde görmek için, bir yer ya da davet hakkındaki mektubumuzda bulunan bağlantıyı açıp “Takvimler”i seçin; ya da oturum açın.
calendars-none = Henüz takvim adresiniz yok.
calendars-make = Adres oluşturun
calendars-label = Ne için?
calendars-label-hint = Örneğin “Telefonum”. Bunu yalnızca siz görürsünüz.
calendars-feed = Takvim
calendars-feed-personal = Gideceklerim ve son tarihler
calendars-feed-hackathon = { $title }, katılımcılar için
calendars-feed-team = { $name } takımı
calendars-feed-gone = Artık içinde olmadığınız bir takvim
calendars-detail = Gösterdiği
calendars-detail-full = her şey
calendars-detail-busy = yalnızca meşgul olduğum zamanlar
calendars-create = Adresi oluştur
calendars-options = Kendi adresinizin sonuna, 30 dakika önce hatırlatılması için “?alarm=30”, davetlerimizden takviminize zaten girmiş olanları dışarıda bırakmak için “?invited=0” ekleyebilirsiniz.
calendars-new = Yeni adresiniz
calendars-new-text = Yalnızca bu kez gösterilir. Şimdi abone olun ya da kopyalayın.
calendars-made = Oluşturulma
calendars-ended = Sona erme
calendars-used = Son sorulma
calendars-used-around = { $when } dolaylarında
calendars-never-used = henüz yok
calendars-rotate = Yeni adres
calendars-revoke = Sona erdir
calendars-rotate-hint = “Yeni adres” eskisini sona erdirir; örneğin adresi başkası öğrendiyse. Sona ermiş bir adresi hâlâ soran programlar o takvimi boşaltır.
calendars-done = Tamam. O adres sona erdi.
calendars-hub = Merkezin takvimi
calendars-hub-text = Herkese açık bütün etkinlikler. Gizli değil: bu adresi paylaşabilirsiniz.
calendars-years = Bir yılın herkese açık bütün etkinlikleri tek dosyada; saklamak ya da bir kez içe aktarmak için:
calendars-difference = Abone olmak mı, bir kez içe aktarmak mı?
calendars-subscribe-means = Abone olunca programınız yeniden yeniden sorar: değişiklikler ve iptaller kendiliğinden gelir, aboneliği bırakınca hepsi gider.
calendars-import-means = Bir dosyayı içe aktarmak, tek bir etkinliği şimdiki hâliyle kopyalar. Sonra onu sizden başka kimse değiştirmez; iki kez aktarırsanız iki kez görünebilir.
calendars-refresh = Değişiklikler ne kadar çabuk görünür
calendars-refresh-text = Ne sıklıkta sorulacağına biz değil, programınız karar verir:
calendars-refresh-google = Google Takvim: 4 ile 24 saatte bir; bunun için bir düğme yoktur
calendars-refresh-outlook = Web’de Outlook: yaklaşık 3 saatte bir; bilgisayarda Outlook: saatte bir
calendars-refresh-apple = Apple Takvim: Mac’te saatte bir, telefonda başka bir şey seçmezseniz günde bir
calendars-refresh-thunderbird = Thunderbird: 30 dakikada bir
calendars-refresh-mail = Acele olanı e-postayla da bildiririz.
subscribe-google = Google Takvim’e ekle
subscribe-copy = Kopyalanacak adres
nav-calendars = Takvimler
calendars-more = Abone olmanın bütün yolları ve kendi takvimleriniz

# Konukların takvimlerinden gelenler.

answers-title = Konuklardan gelenler
answers-done = Tamam.
answers-proposed = Önerilen başka saatler
answers-proposed-none = Başka bir saat öneren yok.
answers-take = Etkinliği bu saate al
answers-leave = Saati değiştirme
answers-why = Neden, konuğun okuması için
answers-requested = Katılmak isteyenler
answers-requested-none = Davet edilmeden katılmak isteyen yok.
answers-invite = Davet et
answers-tell = Kişiye mektupla bildir
answers-handed-on = Birinin ilettiği bir davete yanıt verdi.
answers-delegated = Davetli bir konuk tarafından gönderiliyor.
answers-came = Gelen her e-posta ve verilen karar
answers-came-hint = Bu e-postalardaki sözler gönderenlerindir; kimse denetlemedi.
answers-came-none = Henüz e-posta gelmedi.

verdict-applied = Sayıldı
verdict-duplicate = Zaten biliniyor
verdict-stale = Çok eski
verdict-rejected = Bir kural izin vermedi
verdict-refused = İnanılmadı
verdict-ignored = Yapılacak bir şey yok
verdict-asks-to-attend = Katılmak istiyor
verdict-proposes = Başka bir saat öneriyor
verdict-sent-again = Yeniden gönderildi
verdict-bounced = Teslim edilemedi
verdict-mailbox-full = Posta kutusu dolu

reason-mail-unreadable = E-posta bozuk ya da okuduğumuzdan büyük.
reason-calendar-unreadable = Takvim bölümü bozuk ya da okuduğumuzdan büyük.
reason-no-calendar = İçinde takvim bölümü yok.
reason-automatic = Bir makine yazmış.
reason-not-an-answer = Bir yanıt değil.
reason-several-events = Birden çok etkinlik hakkında.
reason-wrong-event = Adresinden başka bir etkinlik hakkında.
reason-not-one-attendee = Tam olarak bir katılımcı belirtmiyor.
reason-author-differs = Yazan, konuk değil.
reason-not-authentic = Yazanın posta alan adı, oradan gelmediğini söylüyor.
reason-unconfirmed = Yazan kişiyi doğrulayan bir şey yok.
reason-delegated = Yazamadığımız birine devredilmiş.
reason-no-answer = Ne evet, ne belki, ne de hayır diyor.
reason-asks-for-refresh = Davetin son hâlini istiyor.
reason-not-invited = Davet edilmemiş biri hayır diyor ya da davet istiyor.
reason-proposal-unreadable = İçindeki öbür saat okunamıyor.
reason-erased = Kişi silindi.
reason-passing = Bir posta sunucusu hâlâ deniyor.
reason-distrusted = Bir posta sunucusu e-postalarımıza güvenmiyor.

verdict-held = Kendisinin olup olmadığı soruldu

unproved-title = Yanıtınız
unproved-lead = Adınıza bir yanıt geldi: { $answer }. Sizin mi?
unproved-not-you = Değilse bu sayfayı kapatın: hiçbir şey değişmez.
unproved-do = Evet, benim
unproved-done = Teşekkürler. Yanıtınız sayıldı.
unproved-gone = Bu bağlantı kullanılmış ya da çok eski. Davetinizdeki bağlantıyla yanıt verebilirsiniz.

address-title = Yeni adres
address-lead = { $hub } merkezinden { $name } için mektuplar bundan sonra { $email } adresine gidecek. Bu adres sizin mi?
address-do = Evet, bu adres benim
address-done = Teşekkürler. Mektuplar artık bu adrese gidiyor.
address-gone = Bu bağlantı kullanılmış ya da çok eski.
# A calendar comes in.

intake-title = Takvim içe aktar
intake-lead = Başka yerde tutulan bir takvimin etkinlikleri burada öneri olur. Hiçbir şey yayımlanmaz: her birini siz kabul edersiniz.
intake-file = Takvim dosyası
intake-file-hint = Adı .ics ile biten, en çok 5 MB bir dosya. İçindeki kişiler ve ekler alınmaz.
intake-issue = Hizmet ettikleri mesele
intake-issue-hint = Mesele seçmezseniz her etkinlik gerekçe olarak takvimin adını söyler.
intake-no-issue = Mesele yok
intake-past = Bitmiş etkinlikleri de öner
intake-do = İçe aktar
intake-again = Bir takvim daha
intake-component = Bileşen { $number }
intake-came-proposed = Önerildi
intake-came-known = Zaten vardı
intake-came-left-out = Alınmadı
intake-sum =
    { $count } etkinlik önerildi, { $known } etkinlik zaten vardı, { $out } bileşen alınmadı.

# Series.

series-one-of = Bir dizinin parçası
series-next = Sonraki tarihler
