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
