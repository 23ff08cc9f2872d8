## The frame of every page
frame-skip = Naar de hoofdinhoud
frame-navigation = Hoofdmenu
frame-languages = Taal
frame-error-prefix = Fout:
frame-past = Vroegere stand
frame-past-text = Je ziet hoe het was op { $when }.
frame-back-to-now = Terug naar nu
frame-notice = Melding
frame-foot = Convoke brengt mensen samen rond wat er nu toe doet.

## Where to go
nav-home = Start
nav-agenda = Agenda
nav-issues = Thema's
nav-events = Evenementen
nav-calendar = Kalender
nav-stakeholders = Betrokkenen
nav-members = Leden
nav-applications = Aanmeldingen
nav-hackathons = Hackathons
nav-challenges = Opgaven
nav-ideas = Ideeën
nav-teams = Teams
nav-mentors = Mentoren
nav-judging = Jurering
nav-results = Uitslag
nav-projects = Projecten
nav-introductions = Introducties
nav-knowledge = Kennis
nav-rooms = Ruimtes
nav-board = Bord
nav-desk = Deur
nav-invitations = Uitnodigingen
nav-me = Mijn pagina
nav-history = Geschiedenis
nav-report = Verslag
nav-feeds = Agendafeeds
nav-settings = Instellingen
nav-privacy = Privacy
nav-search = Zoeken
nav-help = Hulp

## What buttons do
do-accept = Aannemen
do-add = Toevoegen
do-add-to-calendar = Zet in agenda
do-answer = Antwoorden
do-apply = Aanmelden
do-ask = Vragen
do-ask-to-join = Vraag om mee te doen
do-back = Terug
do-cancel = Annuleren
do-check-in = Inchecken
do-claim = Oppakken
do-close = Sluiten
do-confirm = Bevestigen
do-continue = Verder
do-copy = Kopiëren
do-decline = Afwijzen
do-discard = Weggooien
do-download = Downloaden
do-edit = Bewerken
do-endorse = Steunen
do-erase = Wissen
do-export = Exporteren
do-filter = Filteren
do-follow = Volgen
do-freeze = Bevriezen
do-invite = Uitnodigen
do-introduce = Voorstellen
do-join = Meedoen
do-leave = Verlaten
do-lock = Vergrendelen
do-merge = Samenvoegen
do-move = Verplaatsen
do-next = Volgende
do-open = Openen
do-pause = Pauzeren
do-pitch = Idee pitchen
do-postpone = Uitstellen
do-previous = Vorige
do-print = Afdrukken
do-propose = Voorstellen
do-propose-event = Evenement voorstellen
do-propose-issue = Thema voorstellen
do-publish = Publiceren
do-register = Inschrijven
do-remove = Verwijderen
do-report = Verslag doen
do-request-changes = Vraag om aanpassing
do-reschedule = Verzetten
do-resolve = Oplossen
do-resume = Hervatten
do-revoke = Intrekken
do-rotate = Link vervangen
do-save = Opslaan
do-schedule = Inplannen
do-search = Zoeken
do-send = Versturen
do-show-all = Alles tonen
do-show-more = Meer tonen
do-sign-in = Inloggen
do-sign-out = Uitloggen
do-skip = Overslaan
do-start = Starten
do-submit = Indienen
do-subscribe = Abonneren
do-undo = Ongedaan maken
do-vouch = Aanbevelen
do-withdraw = Terugtrekken

## States, of whatever has one
state-draft = Concept
state-proposed = Voorgesteld
state-submitted = Ingediend
state-under-review = In beoordeling
state-in-review = In beoordeling
state-changes-requested = Aanpassing gevraagd
state-more-info = Meer informatie gevraagd
state-accepted = Aangenomen
state-declined = Afgewezen
state-withdrawn = Ingetrokken
state-scheduled = Ingepland
state-published = Gepubliceerd
state-open = Open
state-closed = Gesloten
state-running = Bezig
state-ended = Afgelopen
state-reported = Verslag gedaan
state-postponed = Uitgesteld
state-cancelled = Geannuleerd
state-active = Actief
state-dormant = Sluimerend
state-merged = Samengevoegd
state-paused = Gepauzeerd
state-prospect = Prospect
state-registered = Ingeschreven
state-verified = Geverifieerd
state-erased = Gewist
state-held = Vastgehouden
state-pending-approval = Wacht op goedkeuring
state-confirmed = Bevestigd
state-waiting = Wachtend
state-offered = Plaats aangeboden
state-offer-expired = Aanbod verlopen
state-offer-declined = Aanbod afgeslagen
state-transferred = Overgedragen
state-checked-in = Ingecheckt
state-checked-out = Uitgecheckt
state-no-show = Niet gekomen
state-rejected = Niet toegelaten
state-prepared = Klaargezet
state-sent = Verstuurd
state-delivered = Bezorgd
state-bounced = Teruggekomen
state-tentative = Misschien
state-expired = Verlopen
state-revoked = Ingetrokken
state-announced = Aangekondigd
state-registration = Inschrijving
state-team-formation = Teamvorming
state-hacking = Hacken
state-frozen = Bevroren
state-judging = Jurering
state-results = Uitslag
state-follow-up = Opvolging
state-archived = Gearchiveerd
state-drafted = Opgesteld
state-answered = Beantwoord
state-pitched = Gepitcht
state-shortlisted = Op de shortlist
state-adopted = Opgepakt
state-not-taken-up = Niet opgepakt
state-enrolled = Deelnemer
state-looking = Zoekt een team
state-in-team = In een team
state-solo = Alleen
state-available = Beschikbaar
state-busy = Bezet
state-done = Klaar
state-claimed = Opgepakt
state-resolved = Opgelost
state-reopened = Heropend
state-certified = Vastgesteld
state-corrected = Gecorrigeerd
state-granted = Toegekend
state-suggested = Gesuggereerd
state-asked = Gevraagd
state-connected = Verbonden
state-met = Ontmoet
state-useful = Nuttig
state-not-useful = Niet nuttig
state-lapsed = Vervallen
state-blocked = Geblokkeerd

## Roles
role-network-admin = Netwerkbeheerder
role-hub-admin = Hubbeheerder
role-curator = Curator
role-host = Gastheer of gastvrouw
role-organiser = Organisator
role-member = Lid
role-participant = Deelnemer
role-mentor = Mentor
role-judge = Jurylid
role-delegate = Afgevaardigde
role-team-lead = Teamleider
role-visitor = Bezoeker

## Kinds of stakeholder
kind-ngo = Ngo
kind-social-enterprise = Sociale onderneming
kind-activist = Activist
kind-startup = Start-up
kind-knowledge-institution = Kennisinstelling
kind-company = Bedrijf
kind-government = Overheid
kind-international-body = Internationale organisatie
kind-community-group = Buurtgroep
kind-funder = Financier
kind-person = Persoon

## Ways to attend, and answers to an invitation
mode-in-person = Ter plaatse
mode-online = Online
mode-either = Ter plaatse of online
answer-accepted = Ik kom
answer-tentative = Misschien
answer-declined = Ik kan niet komen

## Words beside values and fields
word-actions = Acties
word-address = Adres
word-all = Alle
word-answer = Antwoord
word-begins = Begint
word-by = Door
word-capacity = Capaciteit
word-challenge = Opgave
word-code = Code
word-contact = Contact
word-date = Datum
word-deadline = Deadline
word-description = Beschrijving
word-email = E-mailadres
word-ends = Eindigt
word-event = Evenement
word-evidence = Onderbouwing
word-for-whom = Voor wie
word-gives = Geeft
word-host = Gastheer of gastvrouw
word-hub = Hub
word-idea = Idee
word-issue = Thema
word-kind = Soort
word-language = Taal
word-members = Leden
word-mode = Hoe meedoen
word-name = Naam
word-needs = Zoekt
word-no = Nee
word-none = Geen
word-note = Notitie
word-now = Nu
word-optional = niet verplicht
word-organisation = Organisatie
word-organisations = Organisaties
word-other = Anders
word-pages = Pagina's
word-person = Persoon
word-phone = Telefoon
word-place = Plaats
word-places = Plaatsen
word-programme = Programma
word-project = Project
word-purpose = Doel
word-rank = Plaats
word-reason = Reden
word-region = Regio
word-role = Rol
word-room = Ruimte
word-score = Score
word-sector = Sector
word-skills = Vaardigheden
word-source = Bron
word-state = Status
word-team = Team
word-text = Tekst
word-time = Tijd
word-title = Titel
word-today = Vandaag
word-tomorrow = Morgen
word-unknown = Onbekend
word-urgency = Urgentie
word-votes = Stemmen
word-website = Website
word-when = Wanneer
word-where = Waar
word-who = Wie
word-why = Waarom
word-yes = Ja
word-zone = Tijdzone

## Forms
form-problem = Er is een probleem
form-missing = Vul in: { $field }
form-choose = Kies: { $field }
form-bad-email = Vul een e-mailadres in zoals naam@example.org
form-bad-date = Vul een bestaande datum in
form-bad-time = Vul een bestaande tijd in
form-bad-number = Vul een heel getal in
form-bad-url = Vul een adres in dat begint met https://
form-stale = Iemand heeft dit gewijzigd terwijl je schreef. Kijk het na en verstuur opnieuw.
form-check = Controleer je antwoorden
form-saved = Opgeslagen.
form-sent = Verstuurd.
form-done = Gedaan.

## Lists and clocks
page-position = { $from }–{ $to } van { $total }
places-taken = { $taken } van { $total } plaatsen
clock-over = De tijd is om
clock-ends-in = Eindigt over
clock-begins-in = Begint over
empty-list = Hier is nog niets.
empty-search = Niets gevonden. Probeer andere woorden.

## When there is no page
problem-home = Startpagina
problem-reference = Noem als je ons erover schrijft
problem-bad-request-title = We konden dit verzoek niet lezen
problem-bad-request-text = Ga terug en probeer het opnieuw.
problem-sign-in-title = Log eerst in
problem-sign-in-text = Deze pagina is voor mensen die we kennen.
problem-forbidden-title = Hier heb je geen toegang
problem-forbidden-text = Vraag het de hosts van de hub als dat volgens jou wel zou moeten.
problem-cross-site-title = Dit formulier kwam van een andere site
problem-cross-site-text = Voor je veiligheid is er niets gedaan. Open de pagina hier en verstuur opnieuw.
problem-not-found-title = Pagina niet gevonden
problem-not-found-text = Misschien is ze verplaatst, of zit er een tikfout in het adres.
problem-method-title = Dit adres kan dat niet
problem-method-text = Ga terug en probeer het opnieuw.
problem-slow-title = Dit kwam te langzaam binnen
problem-slow-text = Controleer je verbinding en probeer het opnieuw.
problem-gone-title = Dit is er niet meer
problem-gone-text = Het is weggehaald, of de link is vervangen.
problem-too-large-title = Dit is te veel in één keer
problem-too-large-text = Stuur een kortere tekst of een kleinere afbeelding.
problem-unsupported-title = Dit soort bestand kunnen we niet lezen
problem-unsupported-text = Gebruik het formulier op de pagina.
problem-too-many-title = Te veel pogingen
problem-too-many-text = Wacht even en probeer het opnieuw.
problem-internal-title = Er ging bij ons iets mis
problem-internal-text = Het is genoteerd. Probeer het straks opnieuw.
problem-unavailable-title = Zo weer terug
problem-unavailable-text = We hebben het druk of starten opnieuw. Er is niets verloren.

## How many; languages without a plural still name the one arm
count-people =
    { $count ->
        [one] { $count } persoon
       *[other] { $count } personen
    }
count-members =
    { $count ->
        [one] { $count } lid
       *[other] { $count } leden
    }
count-events =
    { $count ->
        [one] { $count } evenement
       *[other] { $count } evenementen
    }
count-issues =
    { $count ->
        [one] { $count } thema
       *[other] { $count } thema's
    }
count-organisations =
    { $count ->
        [one] { $count } organisatie
       *[other] { $count } organisaties
    }
count-teams =
    { $count ->
        [one] { $count } team
       *[other] { $count } teams
    }
count-ideas =
    { $count ->
        [one] { $count } idee
       *[other] { $count } ideeën
    }
count-projects =
    { $count ->
        [one] { $count } project
       *[other] { $count } projecten
    }
count-places =
    { $count ->
        [one] { $count } plaats
       *[other] { $count } plaatsen
    }
count-places-free =
    { $count ->
        [one] { $count } vrije plaats
       *[other] { $count } vrije plaatsen
    }
count-waiting =
    { $count ->
        [one] { $count } wachtende
       *[other] { $count } wachtenden
    }
count-invitations =
    { $count ->
        [one] { $count } uitnodiging
       *[other] { $count } uitnodigingen
    }
count-votes =
    { $count ->
        [one] { $count } stem
       *[other] { $count } stemmen
    }
count-results =
    { $count ->
        [one] { $count } resultaat
       *[other] { $count } resultaten
    }
count-errors =
    { $count ->
        [one] { $count } fout
       *[other] { $count } fouten
    }
count-changes =
    { $count ->
        [one] { $count } wijziging
       *[other] { $count } wijzigingen
    }
count-endorsements =
    { $count ->
        [one] { $count } steunbetuiging
       *[other] { $count } steunbetuigingen
    }
count-characters-left =
    { $count ->
        [one] { $count } teken over
       *[other] { $count } tekens over
    }
count-days =
    { $count ->
        [one] { $count } dag
       *[other] { $count } dagen
    }
count-hours =
    { $count ->
        [one] { $count } uur
       *[other] { $count } uur
    }
count-minutes =
    { $count ->
        [one] { $count } minuut
       *[other] { $count } minuten
    }
count-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } seconden
    }
