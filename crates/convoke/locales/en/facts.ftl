### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (EventProposed: fact-event-proposed). No names and no figures: many read a timeline.

# The network and its hubs, roles and access.

fact-hub-opened = The hub was opened.
fact-hub-profile-changed = The hub changed what it says about itself.
fact-role-granted = Somebody was given a role.
fact-role-revoked = A role was taken back.
fact-token-issued = An access token was issued.
fact-token-revoked = An access token was revoked.

# Issues.

fact-issue-proposed = An issue was proposed.
fact-evidence-added = Evidence was added.
fact-evidence-retracted = Evidence was taken back.
fact-issue-endorsed = A stakeholder endorsed the issue.
fact-endorsement-withdrawn = An endorsement was withdrawn.
fact-review-started = A curator began to review the issue.
fact-issue-accepted = The issue was put on the agenda.
fact-issue-declined = The issue was declined.
fact-issue-closed = The issue was closed.
fact-issue-reopened = The issue was reopened.
fact-issue-merged = The issue was merged into another.
fact-issue-absorbed = Another issue was merged into this one.
fact-urgency-set = The urgency of the issue was set.
fact-region-set = The region of the issue was set.
fact-sdg-linked = The issue was linked to a sustainable development goal.
fact-issue-title-taken = An issue took its title.
fact-issue-title-freed = The title of an issue became free.
fact-issue-title-passed = The title of an issue now leads to another.

# The registry.

fact-prospect-noted = A host noted a possible stakeholder.
fact-stakeholder-registered = A stakeholder entered the registry.
fact-email-confirmed = An email address was confirmed.
fact-stakeholder-verified = A curator verified the stakeholder.
fact-stakeholder-profile-changed = The stakeholder changed what it says about itself.
fact-offer-made = A stakeholder offered something.
fact-offer-withdrawn = A stakeholder withdrew an offer.
fact-need-declared = A stakeholder said what it needs.
fact-need-withdrawn = A stakeholder withdrew a need.
fact-relation-declared = A stakeholder said how it relates to an issue.
fact-relation-ended = A stakeholder no longer relates to an issue in this way.
fact-visibility-set = It was chosen who sees the stakeholder.
fact-language-set = The language of the stakeholder was set.
fact-stakeholder-paused = The stakeholder was paused.
fact-stakeholder-resumed = The stakeholder is active again.
fact-stakeholder-merged = The entry was merged into another.
fact-stakeholder-absorbed = Another entry was merged into this one.
fact-stakeholder-erased = The entry was erased.
fact-contact-taken = An email address was tied to an entry.
fact-contact-dropped = An email address was released.
fact-obligation-taken = Something came up that must be settled before an erasure.
fact-obligation-met = Something that stood in the way of an erasure was settled.
fact-person-erased = A person was erased. What we knew can no longer be read.

# Hackathons and teams.

fact-hackathon-created = A hackathon was planned.
fact-rules-set = The size of teams was set.
fact-team-formation-opened = Teams may form.
fact-roster-locked = The teams were locked.
fact-rosters-locked = Who is in which team was settled.
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
fact-join-requests-closed = Requests to join were closed.
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
fact-event-time-suggested = A time and a place were suggested for the event.
fact-event-described = The description of the event was changed.
fact-event-scheduled = The event got a time and a place.
fact-event-published = The event was published.
fact-event-rescheduled = The event got another time or place.
fact-event-time-zone-changed = The time zone of the event was corrected.
fact-event-instant-shifted = The rules of a time zone changed. The event keeps its local time.
fact-event-postponed = The event was postponed.
fact-event-cancelled = The event was cancelled.
fact-event-reinstated = The event takes place after all.
fact-event-registration-opened = Registration was opened.
fact-event-registration-closed = Registration was closed.
fact-event-ended = The event ended.
fact-event-reported = The report on the event was written.
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
fact-party-changed = A registration is now for more or fewer people.
fact-registration-cancelled = A registration was cancelled.
fact-invitation-prepared = A guest was chosen.
fact-invitation-sent = An invitation was sent.
fact-invitation-reopened = A guest is asked once more.
fact-rsvp-given = A guest answered.
fact-rsvp-changed = A guest gave another answer.
fact-invitation-revoked = An invitation was taken back.
fact-invitation-expired = An invitation expired without an answer.
fact-letters-stopped = Letters are no longer sent to this person.
fact-letters-resumed = Letters are sent to this person again.
fact-mail-preferences-set = Somebody chose when to be reminded.
fact-event-reminder-due = Everybody with a place is reminded of the event.
fact-invitees-reminded = Those who have not answered are reminded.
fact-follow-asked = Somebody gave an address to follow an issue.
fact-issue-followed = Somebody follows an issue.
fact-issue-unfollowed = Somebody follows an issue no more.
fact-digests-begun = The first follower of a time zone came.
fact-digests-due = The week's summaries were written.
fact-digests-put-off = The week's summaries came too late and wait for Monday.
fact-calendar-link-created = A secret calendar address was made.
fact-calendar-link-rotated = A secret calendar address was changed.
fact-calendar-link-revoked = A secret calendar address was ended.
fact-mails-held = Mail is held back.
fact-mails-resumed = Mail leaves again.
fact-mail-retried = A mail is tried once more.

fact-time-proposed = A guest proposed another time.
fact-proposed-time-taken = The event was moved to the time a guest proposed.
fact-proposed-time-declined = A proposed time was not taken.
fact-invitation-resent = A guest's calendar asked for the invitation again.
fact-attendance-requested = Somebody who was not invited asked to attend.
fact-attendance-request-accepted = Somebody who asked to attend was invited.
fact-attendance-request-declined = Somebody who asked to attend was not invited.
fact-answer-held = An answer came in that nothing vouches for. The guest is asked whether it is theirs.
fact-held-answer-confirmed = A guest confirmed that an answer is theirs.
fact-guest-moved = A guest's invitation moved to another address.
fact-email-change-requested = Another address was given; it must be confirmed.
fact-email-changed = The address was changed.

# Series.

fact-series-planned = A series was planned.
fact-series-published = The series was published.
fact-series-extended = The series goes on for longer.
fact-series-changed = The series was changed.
fact-series-ended = The series was ended.
fact-event-joined-series = The event became a date of a series.
