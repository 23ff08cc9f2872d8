### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = Merhaba { $name },
letter-farewell = { $hub } ev sahipleri
letter-why = Bu e-postayı { $hub } katılımcısı olduğunuz için alıyorsunuz.
letter-settings = Size ne göndereceğimizi seçin: { $link }
