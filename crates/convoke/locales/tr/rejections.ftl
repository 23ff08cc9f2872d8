### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

rejection-other = Bu şu anda yapılamaz.
rejection-not-allowed = Rolünüz buna izin vermiyor.
rejection-wrong-state = Şu anki durumda bu artık yapılamaz.
rejection-version-conflict = Siz yazarken biri bunu değiştirdi. Yeniden bakın, sonra gönderin.
rejection-command-id-reused = Bu form başka yanıtlarla zaten gönderildi. Sayfayı yeniden açın.
rejection-title-missing = Bir başlık verin.
rejection-reason-missing = Nedenini yazın.
rejection-source-missing = Kaynağı belirtin.
