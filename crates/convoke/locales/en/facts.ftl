### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (event.proposed: fact-event-proposed).

fact-other = Something changed.

# Hackathons and teams.

fact-hackathon-created = A hackathon was planned.
fact-rules-set = The size of teams was set.
fact-team-formation-opened = Teams may form.
fact-roster-locked = The teams were locked.
fact-rosters-locked = The roster was locked.
fact-clock-started = The clock was started.
fact-clock-paused = The clock was paused.
fact-clock-resumed = The clock runs again.
fact-clock-extended = More time was given.
fact-submissions-frozen = Time was over; submissions were closed.
fact-hackathon-cancelled = The hackathon was cancelled.
fact-participant-enrolled = Somebody takes part.
fact-participant-withdrawn = Somebody no longer takes part.
fact-idea-pitched = An idea was pitched.
fact-idea-withdrawn = An idea was withdrawn.
fact-team-founded = A team was founded.
fact-member-joined = Somebody joined a team.
fact-join-requested = Somebody asked to join a team.
fact-join-request-withdrawn = A request to join was taken back.
fact-join-request-declined = A request to join was declined.
fact-join-requests-closed = Requests to join became pointless.
fact-code-rotated = A team replaced its code.
fact-member-left = Somebody left a team.
fact-member-removed = Somebody was put out of a team.
fact-lead-passed = A team has another lead.
fact-team-dissolved = A team was dissolved.
fact-member-moved = An organiser moved somebody.

# Events, places, invitations.

fact-event-proposed = An event was proposed.
fact-proposal-accepted = The proposal was accepted.
fact-proposal-declined = The proposal was declined.
fact-proposal-withdrawn = The proposal was taken back.
fact-event-described = The event was described anew.
fact-event-scheduled = The event got a time and a place.
fact-event-published = The event was published.
fact-event-rescheduled = The event got another time or place.
fact-event-time-zone-changed = The time zone of the event was corrected.
fact-event-instant-shifted = A zone changed its law: the event moved with its wall clock.
fact-event-postponed = The event was postponed.
fact-event-cancelled = The event was cancelled.
fact-event-reinstated = The event takes place after all.
fact-event-registration-opened = Registration was opened.
fact-event-registration-closed = Registration was closed.
fact-event-ended = The event ended.
fact-event-reported = It was told what came of the event.
fact-event-imported = A public event was brought in from elsewhere.
fact-import-key-used = A row of a source was imported.
fact-desk-opened = Places were set.
fact-capacity-changed = The number of places changed.
fact-waitlist-switched = The waitlist was opened or closed.
fact-registration-received = Somebody asked for places.
fact-registration-confirmed = A registration was confirmed.
fact-waitlist-joined = Somebody joined the waitlist.
fact-place-offered = A place was offered to the next who fits.
fact-promotion-skipped = Somebody who waits was passed over; the reason is recorded.
fact-offer-declined = An offered place was declined.
fact-offer-expired = An offered place was not taken in time.
fact-waitlist-left = Somebody left the waitlist.
fact-party-changed = A party became larger or smaller.
fact-registration-cancelled = A registration was cancelled.
fact-invitation-prepared = A guest was chosen.
fact-invitation-sent = An invitation was sent.
fact-invitation-reopened = A guest is asked once more.
fact-rsvp-given = A guest answered.
fact-rsvp-changed = A guest changed her answer.
fact-invitation-revoked = An invitation was taken back.
fact-invitation-expired = An invitation expired without an answer.
