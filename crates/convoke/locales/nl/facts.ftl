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

# Events, places, invitations.

fact-event-proposed = Er is een evenement voorgesteld.
fact-proposal-accepted = Het voorstel is aangenomen.
fact-proposal-declined = Het voorstel is afgewezen.
fact-proposal-withdrawn = Het voorstel is ingetrokken.
fact-event-described = De beschrijving van het evenement is gewijzigd.
fact-event-scheduled = Het evenement kreeg een tijd en een plaats.
fact-event-published = Het evenement is gepubliceerd.
fact-event-rescheduled = Het evenement kreeg een andere tijd of plaats.
fact-event-time-zone-changed = De tijdzone van het evenement is verbeterd.
fact-event-instant-shifted = Een tijdzone veranderde haar wet: het evenement schoof mee met de klok.
fact-event-postponed = Het evenement is uitgesteld.
fact-event-cancelled = Het evenement is geannuleerd.
fact-event-reinstated = Het evenement gaat toch door.
fact-event-registration-opened = De aanmelding is geopend.
fact-event-registration-closed = De aanmelding is gesloten.
fact-event-ended = Het evenement is afgelopen.
fact-event-reported = Er is verteld wat het evenement opleverde.
fact-event-imported = Een openbaar evenement is van elders overgenomen.
fact-import-key-used = Een rij van een bron is ingelezen.
fact-desk-opened = De plaatsen zijn vastgesteld.
fact-capacity-changed = Het aantal plaatsen is veranderd.
fact-waitlist-switched = De wachtlijst is geopend of gesloten.
fact-registration-received = Iemand vroeg om plaatsen.
fact-registration-confirmed = Een aanmelding is bevestigd.
fact-waitlist-joined = Iemand kwam op de wachtlijst.
fact-place-offered = Een plaats is aangeboden aan de eerstvolgende die past.
fact-promotion-skipped = Iemand op de wachtlijst is overgeslagen; de reden is vastgelegd.
fact-offer-declined = Een aangeboden plaats is afgewezen.
fact-offer-expired = Een aangeboden plaats is niet op tijd aangenomen.
fact-waitlist-left = Iemand verliet de wachtlijst.
fact-party-changed = Een groep werd groter of kleiner.
fact-registration-cancelled = Een aanmelding is geannuleerd.
fact-invitation-prepared = Een gast is gekozen.
fact-invitation-sent = Een uitnodiging is verstuurd.
fact-invitation-reopened = Een gast wordt nog eens gevraagd.
fact-rsvp-given = Een gast antwoordde.
fact-rsvp-changed = Een gast veranderde haar antwoord.
fact-invitation-revoked = Een uitnodiging is ingetrokken.
fact-invitation-expired = Een uitnodiging verliep zonder antwoord.
