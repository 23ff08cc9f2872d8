### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (event.proposed: fact-event-proposed).

fact-other = Bir şey değişti.

# Hackathons and teams.

fact-hackathon-created = Bir hackathon planlandı.
fact-rules-set = Takım büyüklüğü belirlendi.
fact-team-formation-opened = Takımlar kurulabilir.
fact-roster-locked = Takımlar kilitlendi.
fact-rosters-locked = Kadro kilitlendi.
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
fact-join-requests-closed = Katılma istekleri geçersiz kaldı.
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
fact-event-described = Etkinliğin açıklaması değişti.
fact-event-scheduled = Etkinliğin zamanı ve yeri belirlendi.
fact-event-published = Etkinlik yayımlandı.
fact-event-rescheduled = Etkinliğin zamanı ya da yeri değişti.
fact-event-time-zone-changed = Etkinliğin saat dilimi düzeltildi.
fact-event-instant-shifted = Bir saat dilimi kuralını değiştirdi: etkinlik duvar saatiyle birlikte kaydı.
fact-event-postponed = Etkinlik ertelendi.
fact-event-cancelled = Etkinlik iptal edildi.
fact-event-reinstated = Etkinlik yine de yapılacak.
fact-event-registration-opened = Kayıt açıldı.
fact-event-registration-closed = Kayıt kapandı.
fact-event-ended = Etkinlik bitti.
fact-event-reported = Etkinlikten ne çıktığı anlatıldı.
fact-event-imported = Başka yerdeki bir etkinlik eklendi.
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
fact-party-changed = Bir grup büyüdü ya da küçüldü.
fact-registration-cancelled = Bir kayıt iptal edildi.
fact-invitation-prepared = Bir konuk seçildi.
fact-invitation-sent = Bir davet gönderildi.
fact-invitation-reopened = Bir konuk yeniden davet ediliyor.
fact-rsvp-given = Bir konuk yanıt verdi.
fact-rsvp-changed = Bir konuk yanıtını değiştirdi.
fact-invitation-revoked = Bir davet geri alındı.
fact-invitation-expired = Bir davetin süresi yanıtsız doldu.
