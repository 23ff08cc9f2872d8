### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = Hello { $name },
letter-farewell = The hosts of { $hub }
letter-why = You get this mail because you take part in { $hub }.
letter-settings = Choose what we send you: { $link }
