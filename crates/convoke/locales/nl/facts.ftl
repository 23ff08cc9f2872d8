### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (EventProposed: fact-event-proposed). No names and no figures: many read a timeline.

# The network and its hubs, roles and access.

fact-hub-opened = De hub is geopend.
fact-hub-profile-changed = De hub veranderde wat zij over zichzelf zegt.
fact-role-granted = Iemand kreeg een rol.
fact-role-revoked = Een rol is ingetrokken.
fact-token-issued = Een toegangstoken is uitgegeven.
fact-token-revoked = Een toegangstoken is ingetrokken.

# Issues.

fact-issue-proposed = Er is een thema voorgesteld.
fact-evidence-added = Er is onderbouwing toegevoegd.
fact-evidence-retracted = Onderbouwing is ingetrokken.
fact-issue-endorsed = Een betrokkene steunt het thema.
fact-endorsement-withdrawn = Een steunbetuiging is ingetrokken.
fact-review-started = Een curator begon het thema te beoordelen.
fact-issue-accepted = Het thema kwam op de agenda.
fact-issue-declined = Het thema is afgewezen.
fact-issue-closed = Het thema is gesloten.
fact-issue-reopened = Het thema is heropend.
fact-issue-merged = Het thema is met een ander samengevoegd.
fact-issue-absorbed = Een ander thema is met dit samengevoegd.
fact-urgency-set = De urgentie van het thema is bepaald.
fact-region-set = De regio van het thema is bepaald.
fact-sdg-linked = Het thema is verbonden met een duurzaam ontwikkelingsdoel.
fact-issue-title-taken = Een thema nam zijn titel in gebruik.
fact-issue-title-freed = De titel van een thema kwam vrij.
fact-issue-title-passed = De titel van een thema leidt nu naar een ander.

# The registry.

fact-prospect-noted = Een host noteerde een mogelijke betrokkene.
fact-stakeholder-registered = Een betrokkene kwam in de gids.
fact-email-confirmed = Een e-mailadres is bevestigd.
fact-stakeholder-verified = Een curator verifieerde de betrokkene.
fact-stakeholder-profile-changed = De betrokkene veranderde wat er over hem staat.
fact-offer-made = Een betrokkene bood iets aan.
fact-offer-withdrawn = Een betrokkene trok een aanbod in.
fact-need-declared = Een betrokkene zei wat nodig is.
fact-need-withdrawn = Een betrokkene trok een behoefte in.
fact-relation-declared = Een betrokkene zei wat de band met een thema is.
fact-relation-ended = Een betrokkene heeft deze band met een thema niet meer.
fact-visibility-set = Er is gekozen wie de betrokkene ziet.
fact-language-set = De taal van de betrokkene is ingesteld.
fact-stakeholder-paused = De betrokkene is gepauzeerd.
fact-stakeholder-resumed = De betrokkene doet weer mee.
fact-stakeholder-merged = De vermelding is met een andere samengevoegd.
fact-stakeholder-absorbed = Een andere vermelding is met deze samengevoegd.
fact-stakeholder-erased = De vermelding is gewist.
fact-contact-taken = Een e-mailadres is aan een vermelding verbonden.
fact-contact-dropped = Een e-mailadres is losgelaten.
fact-obligation-taken = Er is iets dat geregeld moet zijn voordat er kan worden gewist.
fact-obligation-met = Iets dat wissen in de weg stond, is geregeld.
fact-person-erased = Een persoon is gewist. Wat we wisten is niet meer te lezen.

# Hackathons and teams.

fact-hackathon-created = Een hackathon is gepland.
fact-rules-set = De teamgrootte is vastgesteld.
fact-team-formation-opened = Teams mogen zich vormen.
fact-roster-locked = De teams zijn vastgelegd.
fact-rosters-locked = Wie in welk team zit, ligt vast.
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
fact-join-requests-closed = Verzoeken om mee te doen zijn vervallen.
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
fact-event-time-suggested = Er zijn een tijd en een plaats voor het evenement voorgesteld.
fact-event-described = De beschrijving van het evenement is gewijzigd.
fact-event-scheduled = Het evenement kreeg een tijd en een plaats.
fact-event-published = Het evenement is gepubliceerd.
fact-event-rescheduled = Het evenement kreeg een andere tijd of plaats.
fact-event-time-zone-changed = De tijdzone van het evenement is verbeterd.
fact-event-instant-shifted = De regels van een tijdzone veranderden. Het evenement houdt zijn plaatselijke tijd.
fact-event-postponed = Het evenement is uitgesteld.
fact-event-cancelled = Het evenement is afgelast.
fact-event-reinstated = Het evenement gaat toch door.
fact-event-registration-opened = De inschrijving is geopend.
fact-event-registration-closed = De inschrijving is gesloten.
fact-event-ended = Het evenement is afgelopen.
fact-event-reported = Het verslag van het evenement is geschreven.
fact-event-imported = Een openbaar evenement is van elders overgenomen.
fact-import-key-used = Een rij van een bron is ingelezen.
fact-desk-opened = De plaatsen zijn vastgesteld.
fact-capacity-changed = Het aantal plaatsen is veranderd.
fact-waitlist-switched = De wachtlijst is geopend of gesloten.
fact-registration-received = Iemand vroeg om plaatsen.
fact-registration-confirmed = Een inschrijving is bevestigd.
fact-waitlist-joined = Iemand kwam op de wachtlijst.
fact-place-offered = Een plaats is aangeboden aan de eerstvolgende die past.
fact-promotion-skipped = Iemand op de wachtlijst is overgeslagen; de reden is vastgelegd.
fact-offer-declined = Een aangeboden plaats is afgewezen.
fact-offer-expired = Een aangeboden plaats is niet op tijd aangenomen.
fact-waitlist-left = Iemand verliet de wachtlijst.
fact-party-changed = Een inschrijving is nu voor meer of minder mensen.
fact-registration-cancelled = Een inschrijving is geannuleerd.
fact-invitation-prepared = Een gast is gekozen.
fact-invitation-sent = Een uitnodiging is verstuurd.
fact-invitation-reopened = Een gast wordt nog eens gevraagd.
fact-rsvp-given = Een gast antwoordde.
fact-rsvp-changed = Een gast gaf een ander antwoord.
fact-invitation-revoked = Een uitnodiging is ingetrokken.
fact-invitation-expired = Een uitnodiging verliep zonder antwoord.
fact-letters-stopped = Deze persoon krijgt geen mails meer.
fact-letters-resumed = Deze persoon krijgt weer mails.
fact-mail-preferences-set = Iemand koos wanneer een herinnering komt.
fact-event-reminder-due = Iedereen met een plaats wordt aan het evenement herinnerd.
fact-invitees-reminded = Wie nog niet antwoordde, wordt herinnerd.
fact-follow-asked = Iemand gaf een adres op om een thema te volgen.
fact-issue-followed = Iemand volgt een thema.
fact-issue-unfollowed = Iemand volgt een thema niet meer.
fact-digests-begun = De eerste volger van een tijdzone kwam.
fact-digests-due = De weekoverzichten zijn geschreven.
fact-digests-put-off = De weekoverzichten kwamen te laat en wachten op maandag.
fact-calendar-link-created = Er is een geheim agenda-adres gemaakt.
fact-calendar-link-rotated = Een geheim agenda-adres is vervangen.
fact-calendar-link-revoked = Een geheim agenda-adres is beëindigd.
fact-mails-held = Mail wordt tegengehouden.
fact-mails-resumed = Mail gaat weer de deur uit.
fact-mail-retried = Een mail wordt nog eens geprobeerd.

fact-time-proposed = Een gast stelde een andere tijd voor.
fact-proposed-time-taken = Het evenement is verplaatst naar de tijd die een gast voorstelde.
fact-proposed-time-declined = Een voorgestelde tijd is niet overgenomen.
fact-invitation-resent = De agenda van een gast vroeg de uitnodiging opnieuw op.
fact-attendance-requested = Iemand die niet was uitgenodigd, vroeg om erbij te zijn.
fact-attendance-request-accepted = Iemand die vroeg om erbij te zijn, is uitgenodigd.
fact-attendance-request-declined = Iemand die vroeg om erbij te zijn, is niet uitgenodigd.
fact-answer-held = Er kwam een antwoord binnen waar niets voor instaat. De gast wordt gevraagd of het klopt.
fact-held-answer-confirmed = Een gast bevestigde dat een antwoord klopt.
fact-guest-moved = De uitnodiging van een gast verhuisde naar een ander adres.
fact-email-change-requested = Er is een ander adres opgegeven; het moet worden bevestigd.
fact-email-changed = Het adres is gewijzigd.

# Series.

fact-series-planned = Er is een reeks gepland.
fact-series-published = De reeks is gepubliceerd.
fact-series-extended = De reeks gaat langer door.
fact-series-changed = De reeks is gewijzigd.
fact-series-ended = De reeks is beëindigd.
fact-event-joined-series = Het evenement werd een datum van een reeks.
