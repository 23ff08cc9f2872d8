### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

# What every form may be told.

rejection-wrong-state = Dit kan niet in de huidige status: { $state }.
rejection-version-conflict = Iemand heeft dit gewijzigd terwijl je schreef. Kijk het na en verstuur opnieuw.
rejection-command-id-reused = Dit formulier is al met andere antwoorden verstuurd. Open de pagina opnieuw.
rejection-field-missing = Vul in: { $name }
rejection-title-missing = Geef het een titel.
rejection-name-missing = Geef het een naam.
rejection-reason-missing = Zeg waarom.
rejection-text-missing = Vul een tekst in.
rejection-text-too-long = Hoogstens { $max } tekens; dit zijn er { $length }.
rejection-too-long = { $name }: hoogstens { $max } tekens; dit zijn er { $length }.
rejection-too-many = Hoogstens { $max } regels; dit zijn er { $length }.
rejection-control-character = { $name }: er zit een onzichtbaar teken in dat we niet kunnen aannemen. Typ de tekst opnieuw.
rejection-invalid-value = Vul een getal in dat hier kan.
rejection-invalid-date = Vul een bestaande datum in, zoals 2027-01-20.
rejection-invalid-address = Vul een e-mailadres in zoals naam@example.org.
rejection-email-missing = Vul een e-mailadres in.
rejection-email-invalid = Vul een e-mailadres in zoals naam@example.org.
rejection-invalid-url = Vul een webadres in dat begint met https://.
rejection-website-invalid = “{ $website }” is geen webadres.
rejection-invalid-link = Deze link werkt niet meer. Gebruik de nieuwste die we je stuurden.
rejection-invalid-token = Deze link is niet echt. Gebruik de link uit onze mail aan jou.
rejection-unknown-id = Dit bestaat niet, of niet meer.
rejection-unknown-time-zone = Deze tijdzone bestaat niet. Kies er een zoals Europe/Amsterdam.
rejection-locale-unknown = Kies talen die we spreken: Engels (en), Nederlands (nl), Turks (tr) of Koreaans (ko).
rejection-broken-file = We konden dit bestand niet lezen.

# Hubs, roles and access.

rejection-unknown-hub = Deze hub bestaat niet.
rejection-slug-taken = Een andere hub heeft het adres “{ $slug }” al.
rejection-slug-invalid = “{ $slug }” kan niet in een adres staan. Gebruik 2 tot 40 kleine letters, cijfers en streepjes, zonder streepje aan het begin of eind.
rejection-role-above-own = De rol “{ $role }” staat boven die van jou; je kunt haar niet geven of afnemen.
rejection-role-needs-hub = De rol “{ $role }” geldt in één hub. Zeg in welke.
rejection-role-is-network-wide = De rol “{ $role }” geldt in het hele netwerk. Laat de hub weg.
rejection-unknown-token = Dit toegangstoken bestaat niet.
rejection-token-ends-in-past = Dit toegangstoken zou al verlopen zijn: { $expires_at }.
rejection-secret-hash-invalid = De hash van een geheim heeft 64 hexadecimale cijfers.

# Issues.

rejection-unknown-issue = Dit thema bestaat niet.
rejection-duplicate-of = Er is al een thema met deze titel. Sluit je daarbij aan, of zeg dat het jouwe een ander is.
rejection-merged-into = Dit is met een ander samengevoegd. Ga daar verder.
rejection-self-merge = Je kunt iets niet met zichzelf samenvoegen.
rejection-cycle-detected = Het andere is al met dit samengevoegd.
rejection-target-closed = Met het andere thema kun je niet meer samenvoegen: { $state }.
rejection-figure-missing = Zeg wat er is gevonden: een cijfer of een bevinding.
rejection-source-missing = Noem de bron.
rejection-date-in-future = { $date } moet nog komen. Vul de dag van publicatie in.
rejection-unknown-evidence = Er is geen onderbouwing met nummer { $evidence }.
rejection-already-retracted = Onderbouwing nummer { $evidence } is al ingetrokken.
rejection-no-evidence = Zonder onderbouwing komt niets op de agenda. Voeg eerst een cijfer met een bron toe.
rejection-not-active = Je kunt alleen een thema steunen dat op de agenda staat. Dit staat er niet op: { $state }.
rejection-already-endorsed = Deze betrokkene steunt het thema al.
rejection-unknown-sdg = Er is geen doel met nummer { $goal }: de duurzame ontwikkelingsdoelen lopen van 1 tot 17.
rejection-not-author = Alleen wie het inbracht mag dit doen.

# The registry.

rejection-unknown-stakeholder = Deze betrokkene bestaat niet.
rejection-kind-missing = Kies het soort betrokkene.
rejection-kind-unknown = “{ $kind }” is geen soort betrokkene die we kennen.
rejection-consent-missing = We mogen je alleen vermelden als je dat goedvindt. Vink het vakje aan.
rejection-email-taken = Dit e-mailadres hoort bij een andere vermelding in de gids.
rejection-erased = Deze vermelding is gewist.
rejection-person-gone = Deze persoon is gewist.
rejection-not-yours = Alleen de eigen mensen of een host mogen dit doen.
rejection-self-verify = Je kunt jezelf niet verifiëren. Vraag een andere curator.
rejection-what-missing = Zeg wat het is.
rejection-ends-in-past = { $until } is al voorbij. Kies een latere dag.
rejection-too-many-pledges = Er zijn er al { $max }, en meer leest niemand. Trek er eerst een in.
rejection-unknown-offer = Er is geen aanbod met nummer { $offer }.
rejection-unknown-need = Er is geen behoefte met nummer { $need }.
rejection-open-obligation = Eerst moet dit geregeld zijn: { $what }.

# Files with stakeholders, and their rows.

rejection-not-utf8 = In regel { $line } staan tekens die we niet kunnen lezen. Bewaar het bestand als “CSV UTF-8”.
rejection-file-too-large = Het bestand telt { $bytes } bytes; er kunnen er hoogstens { $max } zijn.
rejection-header-missing = Het bestand is leeg. De eerste rij noemt de kolommen.
rejection-columns-missing = Er ontbreken kolommen: { $names }.
rejection-too-many-rows = Het bestand telt { $rows } rijen; er kunnen er hoogstens { $max } zijn.
rejection-quoting-broken = Een aanhalingsteken is niet gesloten, of staat waar het niet mag.
rejection-field-count =
    { $found ->
        [one] De rij heeft één veld; de eerste rij heeft er { $expected }.
       *[other] De rij heeft { $found } velden; de eerste rij heeft er { $expected }.
    }
rejection-duplicate-row = Hetzelfde als rij { $first }.

# Hackathons and teams.

rejection-unknown-hackathon = Deze hackathon bestaat niet.
rejection-unknown-participant = Deze persoon doet nog niet mee aan de hackathon.
rejection-unknown-team = Dit team bestaat niet meer.
rejection-unknown-idea = Dit idee bestaat niet meer.
rejection-event-cancelled = Het evenement is afgelast.
rejection-already-created = Deze hackathon is al gepland.
rejection-min-above-max = Het kleinste team ({ $min }) zou groter zijn dan het grootste ({ $max }).
rejection-max-zero = Een team telt minstens één persoon.
rejection-team-size-too-large = Een team telt hoogstens { $limit } mensen; { $max } is te veel.
rejection-teams-above-max = Eén team heeft al { $largest } leden; { $max } is te weinig.
rejection-duration-out-of-range = Een hackathon duurt minstens { $min_s } en hoogstens { $max_s }.
rejection-not-organiser = Alleen een organisator mag dit.
rejection-hackathon-cancelled = Deze hackathon is afgelast.
rejection-hackathon-already-cancelled = Deze hackathon is al afgelast.
rejection-hackathon-over = Deze hackathon is voorbij.
rejection-wrong-phase = Dit kan niet in de huidige fase: { $state }.
rejection-rosters-locked = De teams liggen vast. Vraag een organisator.
rejection-rosters-not-locked = De teams liggen nog niet vast: tot dan kiest iedereen zelf.
rejection-not-locked = Leg eerst de teams vast.
rejection-already-started = De klok loopt al sinds { $at }.
rejection-start-out-of-range = De klok start nu, of hoogstens { $back_s } geleden.
rejection-not-running = De klok loopt niet.
rejection-not-paused = De klok staat niet stil.
rejection-extension-out-of-range = Geef meer dan niets en hoogstens { $max_s }.
rejection-after-freeze = De tijd was om op { $deadline }.
rejection-too-early = De tijd is niet om vóór { $deadline }.
rejection-formation-not-open = Teams kunnen zich nog niet vormen.
rejection-not-registered = Je hebt een bevestigde plaats bij het evenement nodig.
rejection-already-enrolled = Je doet al mee.
rejection-roster-full = Een hackathon heeft plaats voor { $max } deelnemers.
rejection-participant-withdrawn = Deze persoon doet niet meer mee.
rejection-not-yourself = Dit kun je alleen voor jezelf doen.
rejection-not-member = Alleen teamleden mogen dit.
rejection-not-lead = Alleen de leider van het team mag dit.
rejection-idea-taken = Een team werkt aan dit idee.
rejection-already-founded = Dit team bestaat al.
rejection-already-pitched = Dit idee staat er al.
rejection-pitch-limit =
    { $max ->
        [one] Iedereen brengt hoogstens één idee in.
       *[other] Iedereen brengt hoogstens { $max } ideeën in.
    }
rejection-pitching-closed = Er worden geen ideeën meer aangenomen.
rejection-level-out-of-range = Een niveau is 1, 2 of 3, niet { $level }.
rejection-already-in-team = Je zit al in een team.
rejection-name-taken = Een ander team heeft die naam.
rejection-code-in-use = Die code is in gebruik. Probeer het opnieuw.
rejection-team-limit = Een hackathon heeft plaats voor { $max } teams.
rejection-team-full = Het team is vol: { $size } van { $max }.
rejection-duplicate-request = Je hebt dit team al gevraagd.
rejection-request-limit = Je hebt { $max } open verzoeken. Wacht op antwoord of trek er een in.
rejection-request-gone = Dit verzoek staat niet meer open.
rejection-code-unknown = Geen team heeft deze code.
rejection-not-in-team = Deze persoon zit niet in het team.
rejection-cannot-remove-self = Verlaat in plaats daarvan het team.

# Events, places, invitations.

rejection-unknown-event = Dit evenement bestaat niet.
rejection-purpose-missing = Noem het thema waar het over gaat, of de behoefte waarin het voorziet.
rejection-issue-not-active = Dat thema staat niet op de agenda.
rejection-not-your-proposal = Alleen wie het voorstelde mag het intrekken.
rejection-end-before-start = Het zou eindigen ({ $ends_at }) voordat het begint ({ $starts_at }).
rejection-nonexistent-local-time = De klok springt van { $before } naar { $after }: die tijd bestaat niet.
rejection-ambiguous-local-time = De klok gaat die nacht terug en wijst twee keer { $local } aan. Zeg of je de eerste of de tweede bedoelt.
rejection-too-far-away = Het jaar { $year } is te ver weg; { $latest } is het laatste.
rejection-no-room-or-link = Zeg waar het is: een ruimte of een link.
rejection-already-ended = Het is voorbij.
rejection-already-cancelled = Het is al afgelast of geannuleerd.
rejection-not-ended = Het is nog niet voorbij.
rejection-report-incomplete = Zeg wie er ontbrak.
rejection-registration-closed = De inschrijving is niet open.
rejection-quota-full =
    { $capacity ->
        [one] De enige plaats is bezet.
       *[other] Alle { $capacity } plaatsen zijn bezet.
    }
rejection-already-registered = Al ingeschreven.
rejection-party-too-large = Jullie zijn met { $party_size }; er mogen hoogstens { $max } mensen samen komen.
rejection-party-empty = Er komt ten minste één persoon.
rejection-unknown-registration = Deze inschrijving bestaat niet.
rejection-not-your-registration = Alleen wie zich inschreef of de hub mag dit doen.
rejection-offer-not-open = Er wordt geen plaats meer voor je vrijgehouden.
rejection-not-waiting = Je staat niet op de wachtlijst.
rejection-below-confirmed =
    { $held ->
        [one] Er is één plaats bezet; { $capacity } is te weinig.
       *[other] Er zijn { $held } plaatsen bezet; { $capacity } is te weinig.
    }
rejection-unknown-invitation = Deze uitnodiging bestaat niet.
rejection-event-not-published = Publiceer het evenement eerst.
rejection-already-invited = Al uitgenodigd.
rejection-declined-with-stop = Deze gast wil hiervoor niet meer worden uitgenodigd.
rejection-invitation-expired = Deze uitnodiging is verlopen: het evenement is begonnen.
rejection-invitation-revoked = Deze uitnodiging is ingetrokken.
rejection-not-your-invitation = Deze uitnodiging is voor iemand anders.
rejection-stale-reply = Het evenement is sinds dat antwoord veranderd. Kijk opnieuw en antwoord dan.
rejection-seat-gone =
    { $capacity ->
        [one] De enige plaats is bezet.
       *[other] Er is geen plaats meer: alle { $capacity } zijn bezet.
    }
rejection-asked-not-to-be-written = Deze persoon wil geen mail. Alleen die persoon kan dat terugnemen.
rejection-already-reminded = Ze zijn al herinnerd. Het kan weer vanaf { $until }.
rejection-too-many-followed = Je volgt al { $max } thema’s.
rejection-not-asked-for = Niemand vroeg om dit te volgen, of het is teruggenomen.
rejection-unknown-calendar-link = Je hebt geen agenda-adres dat zo heet.
rejection-calendar-link-ended = Dit agenda-adres is beëindigd. Maak een nieuw.
rejection-too-many-calendar-links = Meer dan { $max } agenda-adressen in één hub is te veel. Beëindig er een die je niet meer gebruikt.
rejection-not-taking-part = Deze agenda is voor wie meedoet aan de hackathon.
rejection-mail-unknown = Er is geen mail met de naam “{ $mail }”.

rejection-proposed-time-passed = De voorgestelde tijd is voorbij, of zou eindigen voor hij begint.
rejection-too-many-proposals = Deze gast heeft al { $max } keer een andere tijd voorgesteld.
rejection-proposal-not-open = Over dit voorstel is al besloten, of er is een nieuwer voorstel.
rejection-resent-recently = De uitnodiging is om { $at } opnieuw verstuurd. Eén keer per uur is genoeg.
rejection-no-request-to-attend = Niemand met dit adres heeft gevraagd om erbij te zijn.
rejection-request-declined = Dit verzoek is afgewezen. Je kunt deze persoon nog wel uitnodigen.
rejection-request-accepted = Deze persoon is al uitgenodigd.
rejection-too-many-unproved = Er kwamen binnen een dag meer dan { $max } antwoorden binnen waar niets voor instaat.
rejection-held-answer-gone = Deze link is gebruikt of te oud. Je kunt antwoorden met de link in je uitnodiging.
rejection-email-change-gone = Deze link is gebruikt of te oud. Vul het adres opnieuw in.
rejection-too-many-email-changes = Het adres is vandaag al { $max } keer gewijzigd. Probeer het morgen opnieuw.

# Calendars that come in.

rejection-calendar-too-large = Dit bestand is te groot: er kunnen hoogstens { $max } bytes tegelijk gelezen worden.
rejection-not-a-calendar = Dit bestand is geen agenda. Kies er een dat eindigt op .ics.
rejection-calendar-missing = Kies eerst een bestand.
rejection-letters-uncertain = Het bestand is geen UTF-8. Letters met accenten kunnen verkeerd zijn.
rejection-component-cut-off = Het is afgebroken.
rejection-line-skipped = Regel { $line } is onleesbaar en werd overgeslagen.
rejection-property-unreadable = { $property } in regel { $line } is onleesbaar en werd weggelaten.
rejection-not-an-event = Het is geen evenement maar een { $component }.
rejection-beginning-missing = Er staat niet bij wanneer het begint.
rejection-component-untitled = Het heeft geen titel.
rejection-cancelled-elsewhere = Het is daar afgelast.
rejection-other-version-taken = Er staat een andere versie van in het bestand; de nieuwste is genomen.
rejection-year-out-of-range = Het jaar valt buiten wat mogelijk is.
rejection-component-too-large = Het is te groot.
rejection-too-many-components = Het bestand heeft meer evenementen dan er tegelijk gelezen worden. Dit en de rest zijn weggelaten.
rejection-over-already = Het is voorbij. Vroegere evenementen worden alleen voorgesteld als je erom vraagt.
rejection-zone-missing = De tijden noemen geen tijdzone; die van de agenda is genomen.
rejection-zone-unknown = Niemand kent de tijdzone “{ $zone }”; die van de agenda is genomen.
rejection-end-missing = Er staat niet bij wanneer het eindigt; er is een uur, of een dag, genomen.
rejection-end-misplaced = Het zou eindigen voor het begint; er is een uur, of een dag, genomen.
rejection-rule-not-kept = Het herhaalt zich volgens een regel die wij niet hebben ({ $rule }). Alleen de eerste datum is genomen.
rejection-rule-without-end = Het herhaalt zich zonder einde. Alleen de eerste datum is genomen.
rejection-dates-not-kept = Sommige losse datums konden niet behouden blijven.
rejection-date-by-itself = Het is een gewijzigde datum van een reeks en staat op zichzelf.
rejection-only-first-date = Het herhaalt zich ({ $rule }). Alleen de eerste datum is genomen.
rejection-people-left-behind = De mensen die erin staan zijn niet overgenomen.
rejection-attachments-left-behind = De bijlagen zijn niet overgenomen.
rejection-text-cut = { $property } is te lang en werd ingekort.

# Series.

rejection-unknown-series = Deze reeks bestaat niet.
rejection-rule-invalid = Zo kan een reeks zich niet herhalen: kies hoe vaak, op welke dagen, en één einde.
rejection-not-its-first-date = De eerste datum hoort niet bij de regel ({ $rule }).
rejection-not-one-of-its-dates = { $date } is geen datum van de reeks.
rejection-too-many-dates = Dit zijn { $dates } datums; hoogstens { $max } worden vooruit gepland.
rejection-no-date-left = Er blijft geen datum over.
rejection-no-date-added = Dit voegt geen datum aan de reeks toe. Kies een later einde.
rejection-series-over = De reeks is beëindigd.
rejection-series-not-published = De reeks is niet gepubliceerd.
rejection-nothing-to-come = Van de reeks komt niets meer.
