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

# Hackathons and teams.

rejection-unknown-hackathon = There is no such hackathon.
rejection-unknown-participant = You do not take part in this hackathon yet.
rejection-unknown-team = There is no such team any more.
rejection-unknown-idea = There is no such idea any more.
rejection-event-cancelled = The event is cancelled.
rejection-already-created = This hackathon was planned already.
rejection-min-above-max = Teams of at least { $min } and at most { $max } cannot be.
rejection-max-zero = A team holds at least one person.
rejection-team-size-too-large = A team has at most { $limit } people.
rejection-teams-above-max = One team has { $largest } members already.
rejection-duration-out-of-range = A hackathon lasts between ten minutes and 31 days.
rejection-not-organiser = Only an organiser may do this.
rejection-hackathon-cancelled = This hackathon is cancelled.
rejection-hackathon-already-cancelled = This hackathon is cancelled already.
rejection-hackathon-over = This hackathon is over.
rejection-wrong-phase = This is not possible in the present phase.
rejection-rosters-locked = The teams are locked. Ask an organiser.
rejection-rosters-not-locked = The teams are not locked yet: everybody moves herself.
rejection-not-locked = Lock the teams first.
rejection-already-started = The clock is running already.
rejection-start-out-of-range = The clock starts now, or started at most six hours ago.
rejection-not-running = The clock is not running.
rejection-not-paused = The clock is not paused.
rejection-extension-out-of-range = Give between one second and seven days.
rejection-after-freeze = Time is over.
rejection-too-early = Time is not over yet.
rejection-formation-not-open = Teams cannot form yet.
rejection-not-registered = You need a confirmed place at the event.
rejection-already-enrolled = You take part already.
rejection-roster-full = A hackathon takes { $max } participants.
rejection-participant-withdrawn = This person no longer takes part.
rejection-not-yourself = You can only do this for yourself.
rejection-not-member = Only members of the team may do this.
rejection-not-lead = Only the lead of the team may do this.
rejection-idea-taken = A team works on this idea.
rejection-already-founded = This team is there already.
rejection-already-pitched = This idea is there already.
rejection-not-author = Only who pitched it may do this.
rejection-pitch-limit = Everybody pitches at most { $max } ideas.
rejection-pitching-closed = Ideas are no longer taken.
rejection-text-missing = Fill in a text.
rejection-text-too-long = At most { $max } characters; this has { $length }.
rejection-too-many = At most { $max } entries; these are { $length }.
rejection-level-out-of-range = A level is 1, 2 or 3.
rejection-already-in-team = You are in a team already.
rejection-name-taken = Another team has that name.
rejection-code-in-use = That code is in use. Try again.
rejection-team-limit = A hackathon takes { $max } teams.
rejection-team-full = The team is full: { $size } of { $max }.
rejection-duplicate-request = You have asked this team already.
rejection-request-limit = You have { $max } open requests. Wait for an answer, or take one back.
rejection-request-gone = This request is no longer open.
rejection-code-unknown = No team has this code.
rejection-not-in-team = This person is not in the team.
rejection-cannot-remove-self = Leave the team instead.

# Events, places, invitations.

rejection-unknown-event = There is no such event.
rejection-purpose-missing = Name the issue it serves, or the need it answers.
rejection-issue-not-active = That issue is not on the agenda.
rejection-not-your-proposal = Only who proposed it may take it back.
rejection-end-before-start = It would end before it begins.
rejection-nonexistent-local-time = The clocks jump from { $before } to { $after }: that time does not exist.
rejection-ambiguous-local-time = The clocks are set back that night and show { $local } twice. Say whether you mean the earlier or the later.
rejection-too-far-away = That year is too far away.
rejection-no-room-or-link = Say where it takes place: a room, or a link.
rejection-already-ended = It is over.
rejection-already-cancelled = It is cancelled already.
rejection-not-ended = It is not over yet.
rejection-report-incomplete = Say who was missing.
rejection-registration-closed = Registration is not open.
rejection-quota-full = All { $capacity } places are taken.
rejection-already-registered = This person is registered already.
rejection-party-too-large = At most { $max } people may come together.
rejection-party-empty = At least one person comes.
rejection-unknown-registration = There is no such registration.
rejection-not-your-registration = Only the person herself or the hub may do this.
rejection-offer-not-open = No place is being kept for you any more.
rejection-not-waiting = You are not on the waitlist.
rejection-below-confirmed = { $held } places are taken; { $capacity } would be too few.
rejection-unknown-invitation = There is no such invitation.
rejection-event-not-published = Publish the event first.
rejection-already-invited = Invited already.
rejection-declined-with-stop = This guest asked not to be invited to this again.
rejection-invitation-expired = This invitation has expired: the event has begun.
rejection-invitation-revoked = This invitation was taken back.
rejection-not-your-invitation = This invitation is for somebody else.
rejection-stale-reply = The event has changed since that answer. Look at it again, then answer.
rejection-seat-gone = No place is left: all { $capacity } are taken.

rejection-kind-missing = Choose what you are.
