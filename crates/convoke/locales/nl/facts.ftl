### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (event.proposed: fact-event-proposed).

fact-other = Er is iets gewijzigd.

# Hackathons and teams.

fact-hackathon-created = Een hackathon is gepland.
fact-rules-set = De teamgrootte is vastgesteld.
fact-team-formation-opened = Teams mogen zich vormen.
fact-roster-locked = De teams zijn vastgelegd.
fact-rosters-locked = De indeling is vastgelegd.
fact-clock-started = De klok is gestart.
fact-clock-paused = De klok is stilgezet.
fact-clock-resumed = De klok loopt weer.
fact-clock-extended = Er is extra tijd gegeven.
fact-submissions-frozen = De tijd was om; inzenden is gesloten.
fact-hackathon-cancelled = De hackathon is afgelast.
fact-participant-enrolled = Iemand doet mee.
fact-participant-withdrawn = Iemand doet niet meer mee.
fact-idea-pitched = Een idee is ingebracht.
fact-idea-withdrawn = Een idee is ingetrokken.
fact-team-founded = Een team is opgericht.
fact-member-joined = Iemand kwam bij een team.
fact-join-requested = Iemand vroeg bij een team te komen.
fact-join-request-withdrawn = Een verzoek is ingetrokken.
fact-join-request-declined = Een verzoek is afgewezen.
fact-join-requests-closed = Verzoeken zijn vervallen.
fact-code-rotated = Een team verving zijn code.
fact-member-left = Iemand verliet een team.
fact-member-removed = Iemand is uit een team gezet.
fact-lead-passed = Een team heeft een andere leider.
fact-team-dissolved = Een team is opgeheven.
fact-member-moved = Een organisator verplaatste iemand.
