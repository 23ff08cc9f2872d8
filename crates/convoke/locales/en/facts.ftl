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
