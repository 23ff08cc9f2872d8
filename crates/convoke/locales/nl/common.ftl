## The frame of every page
frame-skip = Naar de hoofdinhoud
frame-navigation = Hoofdmenu
frame-languages = Taal
frame-error-prefix = Fout:
frame-past = Vroegere stand
frame-notice = Melding
frame-foot = Convoke brengt mensen samen rond wat er nu toe doet.

## Where to go
nav-agenda = Agenda
nav-events = Evenementen
nav-stakeholders = Betrokkenen
nav-hackathons = Hackathons
nav-ideas = Ideeën
nav-teams = Teams
nav-history = Geschiedenis

## What buttons do
do-accept = Aannemen
do-add-to-calendar = Zet in agenda
do-ask-to-join = Vraag om mee te doen
do-decline = Afwijzen
do-join = Meedoen
do-leave = Verlaten
do-pitch = Idee pitchen
do-sign-in = Inloggen
do-sign-out = Uitloggen

## States, of whatever has one
state-proposed = Voorgesteld
state-under-review = In beoordeling
state-accepted = Aangenomen
state-declined = Afgewezen
state-withdrawn = Ingetrokken
state-scheduled = Ingepland
state-published = Gepubliceerd
state-closed = Gesloten
state-ended = Afgelopen
state-reported = Verslag gedaan
state-postponed = Uitgesteld
state-cancelled = Geannuleerd
state-active = Actief
state-merged = Samengevoegd
state-paused = Gepauzeerd
state-prospect = Prospect
state-registered = Ingeschreven
state-verified = Geverifieerd
state-erased = Gewist
state-received = Ontvangen
state-left = Van de wachtlijst af
state-confirmed = Bevestigd
state-waiting = Wachtend
state-offered = Plaats aangeboden
state-prepared = Klaargezet
state-sent = Verstuurd
state-tentative = Misschien
state-expired = Verlopen
state-revoked = Ingetrokken
state-team-formation = Teamvorming
state-locked = Teams vastgelegd
state-hacking = Hacken
state-frozen = Bevroren
state-drafted = Opgesteld

## Roles
role-network-admin = Netwerkbeheerder
role-hub-admin = Hubbeheerder
role-curator = Curator
role-host = Host
role-organiser = Organisator
role-member = Lid
role-participant = Deelnemer

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

## Ways to attend
mode-in-person = Ter plaatse
mode-online = Online
mode-either = Ter plaatse of online

## Words beside values and fields
word-about = Beschrijving
word-actions = Acties
word-address = Adres
word-city = Plaats
word-code = Code
word-country = Land
word-date = Datum
word-deadline = Deadline
word-email = E-mailadres
word-event = Evenement
word-evidence = Onderbouwing
word-figure = Cijfer of bevinding
word-idea = Idee
word-label = Naam
word-mode = Hoe meedoen
word-name = Naam
word-need = Behoefte
word-needs = Zoekt
word-none = Geen
word-note = Notitie
word-offers = Aanbod
word-optional = niet verplicht
word-pages = Pagina's
word-phone = Telefoon
word-places = Plaatsen
word-purpose = Doel
word-reason = Reden
word-region = Regio
word-skills = Vaardigheden
word-source = Bron
word-statement = Stelling
word-text = Tekst
word-title = Titel
word-urgency = Urgentie
word-website = Website
word-what = Wat het is
word-when = Wanneer
word-where = Waar
word-why = Waarom
word-wishes = Wensen
word-zone = Tijdzone

## Forms
form-problem = Er is een probleem

## Clocks
clock-over = De tijd is om

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

## How many
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
count-endorsements =
    { $count ->
        [one] { $count } steunbetuiging
       *[other] { $count } steunbetuigingen
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
