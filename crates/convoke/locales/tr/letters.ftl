### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = Merhaba { $name },
letter-farewell = { $hub } ev sahipleri
letter-why = Bu e-postayı { $hub } katılımcısı olduğunuz için alıyorsunuz.
letter-hello = Merhaba,
letter-online = Çevrim içi
letter-page-do = Sayfayı görün
letter-reason = Neden: { $reason }

invitation-subject = Davet: { $title }
invitation-lead = { $hub } sizi “{ $title }” etkinliğine davet ediyor.
invitation-why = Neden sizi davet ediyoruz: { $reason }
invitation-do = Gelip gelmeyeceğinizi bildirin
invitation-more = O sayfada tek bir tıklama yeter. Etkinlik başlayana kadar yanıtınızı değiştirebilir, isterseniz bir daha sorulmamasını da orada söyleyebilirsiniz.

invitation-revoked-subject = Davet geri alındı: { $title }
invitation-revoked-lead = “{ $title }” etkinliğine davetimizi geri aldık. Bir şey yapmanız gerekmiyor.

event-updated-subject = Değişiklik: { $title }
event-updated-lead = “{ $title }” etkinliğinde bir değişiklik var. Son durum aşağıda.
event-updated-moved = “{ $title }” etkinliğinin zamanı ya da yeri değişti. Son durum aşağıda.
event-updated-ask = Lütfen gelip gelmeyeceğinizi yeniden bildirin.
event-updated-kept = Yeriniz sizin için ayrılmış durumda. Artık gelemeyecekseniz lütfen geri verin, başkası gelebilsin.
event-updated-waiting = Hâlâ bekleme listesindesiniz.
event-postponed-subject = Ertelendi: { $title }
event-postponed-lead = “{ $title }” ertelendi. Yeni zamanı henüz belli değil; belli olunca size yazacağız.

event-cancelled-subject = İptal edildi: { $title }
event-cancelled-lead = “{ $title }” yapılmayacak.
event-cancelled-more = Bir şey yapmanız gerekmiyor.

registration-confirmed-subject = Yeriniz: { $title }
registration-confirmed-lead =
    { $count ->
        [one] “{ $title }” etkinliğinde yeriniz var.
       *[other] “{ $title }” etkinliğinde { $count } yeriniz var.
    }
registration-confirmed-more = Gelemeyecekseniz lütfen yerinizi geri verin, başkası gelebilsin.
registration-do = Kaydınızı görün ya da iptal edin
registration-cancelled-subject = Kayıt iptal edildi: { $title }
registration-cancelled-lead = “{ $title }” etkinliğine kaydınız iptal edildi.
registration-cancelled-more = Bunu siz yapmadıysanız ya da fikriniz değiştiyse etkinlik sayfasından yeniden kaydolun.

waitlist-joined-subject = Bekleme listesi: { $title }
waitlist-joined-lead = “{ $title }” dolu, bekleme listesindesiniz. Yer açılınca size e-postayla haber vereceğiz.

place-offered-subject = Bir yer açıldı: { $title }
place-offered-lead = “{ $title }” etkinliğinde bir yer açıldı. { $until } tarihine kadar sizin için ayrıldı.
place-offered-do = Yeri alın ya da bırakın
place-offered-more = Sonra yeri sıradaki kişiye sunacağız.

stakeholder-welcome-subject = { $hub } topluluğuna hoş geldiniz
stakeholder-welcome-lead = Artık { $hub } rehberindesiniz. Lütfen bu adresin size ait olduğunu doğrulayın.
stakeholder-welcome-do = Bu adresi doğrulayın
stakeholder-welcome-more = Bunu siz istemediyseniz bir şey yapmayın: doğrulama olmadan bir daha yazmayız.

letter-someone = Biri

issue-accepted-subject = Gündemde: { $title }
issue-accepted-lead = { $hub }, “{ $title }” meselesini gündemine aldı. Dile getirdiğiniz için teşekkürler.
issue-declined-subject = Gündeme alınmadı: { $title }
issue-declined-lead = { $hub }, “{ $title }” meselesini gündemine almadı.

hackathon-cancelled-subject = Hackathon iptal edildi: { $title }
hackathon-cancelled-lead = “{ $title }” hackathonu yapılmayacak.
join-requested-subject = { $who }, { $team } takımına katılmak istiyor
join-requested-lead = { $who }, { $team } takımınıza katılmak istiyor. Yanıtınızı takım panosunda verin.
join-accepted-subject = { $team } takımındasınız
join-accepted-lead = { $team } takımı sizi aldı.
join-declined-subject = { $team } hayır dedi
join-declined-lead = { $team } takımı sizi alamıyor. Başka takımlarda yer var.
member-removed-subject = Artık { $team } takımında değilsiniz
member-removed-lead = Artık { $team } takımının üyesi değilsiniz. Başka takımlarda yer var.
lead-passed-subject = { $team } takımının lideri sizsiniz
lead-passed-lead = Artık { $team } takımının lideri sizsiniz: katılmak isteyenlere siz yanıt verirsiniz.
member-moved-subject = Artık { $team } takımındasınız
member-moved-lead = Bir düzenleyici sizi { $team } takımına geçirdi.
member-unplaced-subject = Bir takımda değilsiniz
member-unplaced-lead = Bir düzenleyici sizi takımınızdan aldı. Başka takımlarda yer var.
team-dissolved-subject = { $team } artık yok
team-dissolved-lead = { $team } takımı dağıtıldı. Başka takımlarda yer var.

### Words in calendars.

calendar-cancelled = İptal edildi: { $title }
calendar-postponed = Ertelendi: { $title }
calendar-join = Çevrim içi katılın
calendar-busy = Meşgul
calendar-submissions = Teslim için son an: { $title }
calendar-kick-off = Başlangıç: { $title }
calendar-teams-settled = Takımlar kesinleşti: { $title }
calendar-hackathon-name = { $title } – { $hub }
calendar-hackathon-about = { $hub }: “{ $title }” programı
calendar-personal-name = Etkinliklerim – { $hub }
calendar-personal-about = { $hub }: gideceğiniz etkinlikler ve son tarihler. Bu adresi kendinize saklayın.
calendar-part-name = { $title }, katılımcılar için
calendar-part-about = { $hub }: “{ $title }”, katılanlar için. Bu adresi kendinize saklayın.
calendar-team-name = { $name } – { $title }
calendar-team-about = { $hub }: { $name } takımının “{ $title }” hakkında bilmesi gerekenler. Bu adres takımda kalsın.
calendar-ended-name = Erişim sona erdi
calendar-ended-about = Bu takvim adresi sona erdi. Aboneliği bırakın ya da takvimlerinizin sayfasında yeni bir adres oluşturun.
calendar-hub-about = { $hub } etkinlikleri
calendar-issue-name = { $issue } – { $hub }
calendar-issue-about = { $hub }: “{ $issue }” ile ilgili etkinlikler
calendar-not-shown =
    { $count ->
        [one] { $count } etkinlik gösterilmiyor
       *[other] { $count } etkinlik gösterilmiyor
    }
letter-because = Bu e-postayı neden aldım?
letter-stop-invitations = Bu merkezden artık davet almak istemiyorum
letter-stop-reminders = Bu merkezden artık hatırlatma almak istemiyorum
letter-stop-digests = Bu merkezden artık haftalık özet almak istemiyorum
letter-stop-news = Bu merkezden artık haber ve öneri almak istemiyorum
event-reminder-subject = Yakında: { $title }
event-reminder-lead = “{ $title }” yaklaşıyor ve bir yeriniz var.
letter-choose = Ne zaman hatırlatacağımızı seçin
letter-your-time = Sizin saatiniz
invitation-reminder-subject = Geliyor musunuz? { $title }
invitation-reminder-lead = Sizi “{ $title }” etkinliğine davet ettik, henüz yanıtınızı almadık.
follow-confirm-subject = “{ $title }” takip edilsin mi?
follow-confirm-lead = Biri { $hub } içindeki “{ $title }” meselesini takip etmek için bu adresi verdi: bir şeyler olan haftanın ardından pazartesi günü tek bir e-posta. Bu siz miydiniz?
follow-confirm-do = Evet, bu meseleyi takip et
issue-digest-subject = Bu hafta { $hub }
issue-digest-one-subject = Bu hafta: { $title }
issue-digest-lead = Takip ettiklerinizde şunlar oldu.
issue-digest-stop = Artık takip etme
issue-digest-new = Yeni etkinlik: { $title }, { $when }
issue-digest-moved = Yeni zaman: { $title }, { $when }
issue-digest-on = Yapılıyor: { $title }, { $when }
issue-digest-postponed = Ertelendi: { $title }
issue-digest-cancelled = İptal edildi: { $title }
issue-digest-reported =
    { $count ->
        [one] { $title } tamamlandı; { $count } kişi geldi.
       *[other] { $title } tamamlandı; { $count } kişi geldi.
    }
issue-digest-evidence = Yeni kanıt: { $figure } ({ $source })
issue-digest-evidence-more =
    { $count ->
        [one] Bir kanıt daha
       *[other] { $count } kanıt daha
    }
issue-digest-endorsed =
    { $count ->
        [one] Bir destekçi daha.
       *[other] { $count } destekçi daha.
    }
issue-digest-closed = Mesele kapatıldı.
issue-digest-reopened = Mesele yeniden gündemde.
issue-digest-merged = Mesele başka bir mesele içinde sürüyor; sayfası oraya götürür.
letter-why-follows = Bu e-postayı { $hub } meselelerini takip ettiğiniz için alıyorsunuz.
letter-why-asked = Bu e-postayı biri bu adresi { $hub } sitesinde verdiği için alıyorsunuz.

invitation-again-subject = Son hâliyle: { $title }
invitation-again-lead = Takviminiz bu daveti bizden yeniden istedi. Son hâli şöyle.

proposed-time-declined-subject = Saat değişmiyor: { $title }
proposed-time-declined-lead = “{ $title }” için başka bir saat önerdiğiniz için teşekkürler. Öneriyi kabul edemedik; etkinlik aynı saatte yapılacak.

attendance-declined-subject = Katılma isteğiniz hakkında: { $title }
attendance-declined-lead = “{ $title }” etkinliğine gösterdiğiniz ilgi için teşekkürler. Bu etkinliğin konukları seçiliyor ve bu kez size yer veremiyoruz.
attendance-declined-more = Diğer etkinliklerimiz herkese açık. Sizi orada görmekten mutluluk duyarız.

answer-unconfirmed-subject = Bu siz miydiniz? { $title }
answer-unconfirmed-lead = “{ $title }” davetimize sizin adınıza bir yanıt geldi: { $answer }. E-posta sağlayıcınız gönderenleri doğrulamadığı için, sayılmadan önce size soruyoruz.
answer-unconfirmed-do = Evet, yanıt benimdi
answer-unconfirmed-more = Bağlantı bir hafta boyunca bir kez çalışır. Siz değilseniz bir şey yapmayın: hiçbir şey değişmedi.

guest-moved-away-subject = Başka bir adrese taşındı: { $title }
guest-moved-away-lead = Merkezimizdeki adresiniz değişti. “{ $title }” yeni adresinizin takvimine taşınıyor; yapmanız gereken bir şey yok.
guest-moved-subject = Yeni adresinizde: { $title }
guest-moved-lead = Merkezimizdeki adresiniz değişti. “{ $title }” son hâliyle takviminiz için burada.

address-confirm-subject = Bu adres sizin mi? { $hub }
address-confirm-lead = { $hub } mektupları bundan sonra bu adrese gelecek. Lütfen adresin sizin olduğunu onaylayın.
address-confirm-more = Bağlantı bir hafta boyunca bir kez çalışır. Bunu siz istemediyseniz bir şey yapmayın.
address-changed-subject = { $hub } kaydındaki adresiniz değişti
address-changed-lead = { $hub } mektupları, istediğiniz gibi bundan sonra başka bir adrese gidecek.
address-changed-more = Bunu siz yapmadıysanız merkeze hemen yazın.
# Series.

letter-series-dates = Yineleniyor: toplam { $count } tarih, sonuncusu { $last }. Takviminizde bütün tarihler için birden ya da her biri için ayrı yanıt verebilirsiniz; aşağıdaki bağlantı ilki içindir.
letter-series-all = Bu, dizinin gelecekteki bütün tarihleri için geçerlidir.
