### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

rejection-other = This is not possible now.
rejection-not-allowed = Your role does not allow this.
rejection-wrong-state = This is no longer possible in its present state.
rejection-version-conflict = Someone changed this while you were writing. Look at it again, then send.
rejection-command-id-reused = This form was already sent with other answers. Open the page again.
rejection-title-missing = Give it a title.
rejection-reason-missing = Say why.
rejection-source-missing = Name the source.
