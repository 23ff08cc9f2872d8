### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = Hallo { $name },
letter-farewell = De hosts van { $hub }
letter-why = Je krijgt deze mail omdat je meedoet met { $hub }.
letter-settings = Kies wat we je sturen: { $link }
