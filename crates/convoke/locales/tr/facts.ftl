### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (EventProposed: fact-event-proposed). No names and no figures: many read a timeline.

# The network and its hubs, roles and access.

fact-hub-opened = Merkez açıldı.
fact-hub-profile-changed = Merkez kendi tanıtımını değiştirdi.
fact-role-granted = Birine rol verildi.
fact-role-revoked = Bir rol geri alındı.
fact-token-issued = Bir erişim anahtarı verildi.
fact-token-revoked = Bir erişim anahtarı geri alındı.

# Issues.

fact-issue-proposed = Bir mesele önerildi.
fact-evidence-added = Kanıt eklendi.
fact-evidence-retracted = Bir kanıt geri alındı.
fact-issue-endorsed = Bir paydaş meseleyi destekledi.
fact-endorsement-withdrawn = Bir destek geri çekildi.
fact-review-started = Bir küratör meseleyi incelemeye başladı.
fact-issue-accepted = Mesele gündeme alındı.
fact-issue-declined = Mesele reddedildi.
fact-issue-closed = Mesele kapatıldı.
fact-issue-reopened = Mesele yeniden açıldı.
fact-issue-merged = Mesele bir başkasıyla birleştirildi.
fact-issue-absorbed = Başka bir mesele bununla birleştirildi.
fact-urgency-set = Meselenin aciliyeti belirlendi.
fact-region-set = Meselenin bölgesi belirlendi.
fact-sdg-linked = Mesele, bir sürdürülebilir kalkınma amacına bağlandı.
fact-issue-title-taken = Bir mesele başlığını aldı.
fact-issue-title-freed = Bir meselenin başlığı boşa çıktı.
fact-issue-title-passed = Bir meselenin başlığı artık başka bir meseleye götürüyor.

# The registry.

fact-prospect-noted = Bir ev sahibi olası bir paydaşı not etti.
fact-stakeholder-registered = Bir paydaş rehbere girdi.
fact-email-confirmed = Bir e-posta adresi doğrulandı.
fact-stakeholder-verified = Bir küratör paydaşı doğruladı.
fact-stakeholder-profile-changed = Paydaş kendi tanıtımını değiştirdi.
fact-offer-made = Bir paydaş bir şey teklif etti.
fact-offer-withdrawn = Bir paydaş bir teklifini geri çekti.
fact-need-declared = Bir paydaş neye ihtiyacı olduğunu bildirdi.
fact-need-withdrawn = Bir paydaş bir ihtiyacını geri çekti.
fact-relation-declared = Bir paydaş bir meseleyle ilgisini bildirdi.
fact-relation-ended = Bir paydaşın bir meseleyle bu ilgisi sona erdi.
fact-visibility-set = Paydaşı kimlerin göreceği seçildi.
fact-language-set = Paydaşın dili belirlendi.
fact-stakeholder-paused = Paydaş duraklatıldı.
fact-stakeholder-resumed = Paydaş yeniden etkin.
fact-stakeholder-merged = Kayıt bir başkasıyla birleştirildi.
fact-stakeholder-absorbed = Başka bir kayıt bununla birleştirildi.
fact-stakeholder-erased = Kayıt silindi.
fact-contact-taken = Bir e-posta adresi bir kayda bağlandı.
fact-contact-dropped = Bir e-posta adresi serbest bırakıldı.
fact-obligation-taken = Silmeden önce çözülmesi gereken bir şey çıktı.
fact-obligation-met = Silmenin önündeki bir engel kalktı.
fact-person-erased = Bir kişi silindi. Bildiklerimiz artık okunamaz.

# Hackathons and teams.

fact-hackathon-created = Bir hackathon planlandı.
fact-rules-set = Takım büyüklüğü belirlendi.
fact-team-formation-opened = Takımlar kurulabilir.
fact-roster-locked = Takımlar kilitlendi.
fact-rosters-locked = Kimin hangi takımda olduğu kesinleşti.
fact-clock-started = Saat başlatıldı.
fact-clock-paused = Saat durduruldu.
fact-clock-resumed = Saat yeniden işliyor.
fact-clock-extended = Ek süre verildi.
fact-submissions-frozen = Süre doldu; gönderimler kapandı.
fact-hackathon-cancelled = Hackathon iptal edildi.
fact-participant-enrolled = Biri katıldı.
fact-participant-withdrawn = Biri katılmaktan vazgeçti.
fact-idea-pitched = Bir fikir sunuldu.
fact-idea-withdrawn = Bir fikir geri çekildi.
fact-team-founded = Bir takım kuruldu.
fact-member-joined = Biri bir takıma katıldı.
fact-join-requested = Biri bir takıma katılmak istedi.
fact-join-request-withdrawn = Bir katılma isteği geri alındı.
fact-join-request-declined = Bir katılma isteği reddedildi.
fact-join-requests-closed = Katılma istekleri kapandı.
fact-code-rotated = Bir takım kodunu değiştirdi.
fact-member-left = Biri bir takımdan ayrıldı.
fact-member-removed = Biri bir takımdan çıkarıldı.
fact-lead-passed = Bir takımın lideri değişti.
fact-team-dissolved = Bir takım dağıldı.
fact-member-moved = Bir düzenleyici birinin yerini değiştirdi.

# Events, places, invitations.

fact-event-proposed = Bir etkinlik önerildi.
fact-proposal-accepted = Öneri kabul edildi.
fact-proposal-declined = Öneri reddedildi.
fact-proposal-withdrawn = Öneri geri alındı.
fact-event-time-suggested = Etkinlik için bir zaman ve yer önerildi.
fact-event-described = Etkinliğin açıklaması değişti.
fact-event-scheduled = Etkinliğin zamanı ve yeri belirlendi.
fact-event-published = Etkinlik yayımlandı.
fact-event-rescheduled = Etkinliğin zamanı ya da yeri değişti.
fact-event-time-zone-changed = Etkinliğin saat dilimi düzeltildi.
fact-event-instant-shifted = Bir saat diliminin kuralları değişti. Etkinlik yerel saatini koruyor.
fact-event-postponed = Etkinlik ertelendi.
fact-event-cancelled = Etkinlik iptal edildi.
fact-event-reinstated = Etkinlik yine de yapılacak.
fact-event-registration-opened = Kayıt açıldı.
fact-event-registration-closed = Kayıt kapandı.
fact-event-ended = Etkinlik bitti.
fact-event-reported = Etkinliğin raporu yazıldı.
fact-event-imported = Başka bir yerden herkese açık bir etkinlik eklendi.
fact-import-key-used = Bir kaynağın satırı içe aktarıldı.
fact-desk-opened = Yerler belirlendi.
fact-capacity-changed = Yer sayısı değişti.
fact-waitlist-switched = Bekleme listesi açıldı ya da kapandı.
fact-registration-received = Biri yer istedi.
fact-registration-confirmed = Bir kayıt onaylandı.
fact-waitlist-joined = Biri bekleme listesine girdi.
fact-place-offered = Sıradaki uygun kişiye yer önerildi.
fact-promotion-skipped = Bekleyen biri atlandı; nedeni kayıtlı.
fact-offer-declined = Önerilen yer istenmedi.
fact-offer-expired = Önerilen yer zamanında alınmadı.
fact-waitlist-left = Biri bekleme listesinden çıktı.
fact-party-changed = Bir kayıt artık daha çok ya da daha az kişi için.
fact-registration-cancelled = Bir kayıt iptal edildi.
fact-invitation-prepared = Bir konuk seçildi.
fact-invitation-sent = Bir davet gönderildi.
fact-invitation-reopened = Bir konuk yeniden davet ediliyor.
fact-rsvp-given = Bir konuk yanıt verdi.
fact-rsvp-changed = Bir konuk başka bir yanıt verdi.
fact-invitation-revoked = Bir davet geri alındı.
fact-invitation-expired = Bir davetin süresi yanıtsız doldu.
fact-letters-stopped = Bu kişiye artık e-posta gönderilmiyor.
fact-letters-resumed = Bu kişiye yeniden e-posta gönderiliyor.
fact-mail-preferences-set = Biri ne zaman hatırlatma alacağını seçti.
fact-event-reminder-due = Yeri olan herkese etkinlik hatırlatılıyor.
fact-invitees-reminded = Henüz yanıt vermeyenlere hatırlatılıyor.
fact-follow-asked = Biri bir meseleyi takip etmek için adres verdi.
fact-issue-followed = Biri bir meseleyi takip ediyor.
fact-issue-unfollowed = Biri bir meseleyi artık takip etmiyor.
fact-digests-begun = Bir saat diliminin ilk takipçisi geldi.
fact-digests-due = Haftanın özetleri yazıldı.
fact-digests-put-off = Haftanın özetleri geç kaldı, pazartesiyi bekliyor.
fact-calendar-link-created = Gizli bir takvim adresi oluşturuldu.
fact-calendar-link-rotated = Gizli bir takvim adresi değiştirildi.
fact-calendar-link-revoked = Gizli bir takvim adresi sona erdirildi.
fact-mails-held = E-postalar bekletiliyor.
fact-mails-resumed = E-postalar yeniden gönderiliyor.
fact-mail-retried = Bir e-posta yeniden deneniyor.

fact-time-proposed = Bir konuk başka bir saat önerdi.
fact-proposed-time-taken = Etkinlik, bir konuğun önerdiği saate alındı.
fact-proposed-time-declined = Önerilen saat kabul edilmedi.
fact-invitation-resent = Bir konuğun takvimi daveti yeniden istedi.
fact-attendance-requested = Davet edilmemiş biri katılmak istedi.
fact-attendance-request-accepted = Katılmak isteyen biri davet edildi.
fact-attendance-request-declined = Katılmak isteyen biri davet edilmedi.
fact-answer-held = Doğrulanamayan bir yanıt geldi. Konuğa kendisinin olup olmadığı soruldu.
fact-held-answer-confirmed = Bir konuk, yanıtın kendisinin olduğunu onayladı.
fact-guest-moved = Bir konuğun daveti başka bir adrese taşındı.
fact-email-change-requested = Başka bir adres verildi; onaylanması gerekiyor.
fact-email-changed = Adres değiştirildi.

# Series.

fact-series-planned = Bir dizi planlandı.
fact-series-published = Dizi yayımlandı.
fact-series-extended = Dizi uzatıldı.
fact-series-changed = Dizi değiştirildi.
fact-series-ended = Dizi sona erdirildi.
fact-event-joined-series = Etkinlik bir dizinin tarihi oldu.
