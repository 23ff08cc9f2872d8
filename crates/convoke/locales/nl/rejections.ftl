### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

rejection-other = Dit kan nu niet.
rejection-not-allowed = Jouw rol laat dit niet toe.
rejection-wrong-state = In de huidige status kan dit niet meer.
rejection-version-conflict = Iemand heeft dit gewijzigd terwijl je schreef. Kijk het na en verstuur opnieuw.
rejection-command-id-reused = Dit formulier is al met andere antwoorden verstuurd. Open de pagina opnieuw.
rejection-title-missing = Geef het een titel.
rejection-reason-missing = Zeg waarom.
rejection-source-missing = Noem de bron.
