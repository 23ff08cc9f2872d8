### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = Hallo { $name },
letter-farewell = De hosts van { $hub }
letter-why = Je krijgt deze mail omdat je meedoet met { $hub }.
letter-hello = Hallo,
letter-online = Online
letter-page-do = Bekijk de pagina
letter-reason = Reden: { $reason }

invitation-subject = Uitnodiging: { $title }
invitation-lead = { $hub } nodigt je uit voor “{ $title }”.
invitation-why = Waarom we jou vragen: { $reason }
invitation-do = Laat weten of je komt
invitation-more = Eén klik op die pagina is genoeg. Je kunt je antwoord wijzigen tot het begint, en daar ook zeggen dat we het niet opnieuw moeten vragen.

invitation-revoked-subject = Uitnodiging ingetrokken: { $title }
invitation-revoked-lead = We hebben onze uitnodiging voor “{ $title }” ingetrokken. Je hoeft niets te doen.

event-updated-subject = Gewijzigd: { $title }
event-updated-lead = Er is iets veranderd aan “{ $title }”. Zo is het nu.
event-updated-moved = De tijd of de plaats van “{ $title }” is veranderd. Zo is het nu.
event-updated-ask = Laat alsjeblieft opnieuw weten of je komt.
event-updated-kept = Je plaats blijft van jou. Kun je niet meer komen, geef hem dan terug, zodat iemand anders hem krijgt.
event-updated-waiting = Je staat nog op de wachtlijst.
event-postponed-subject = Uitgesteld: { $title }
event-postponed-lead = “{ $title }” is uitgesteld. De nieuwe tijd is nog niet bekend; zodra we die weten, krijg je bericht.

event-cancelled-subject = Afgelast: { $title }
event-cancelled-lead = “{ $title }” gaat niet door.
event-cancelled-more = Je hoeft niets te doen.

registration-confirmed-subject = Je plaats: { $title }
registration-confirmed-lead =
    { $count ->
        [one] Je hebt een plaats bij “{ $title }”.
       *[other] Je hebt { $count } plaatsen bij “{ $title }”.
    }
registration-confirmed-more = Kun je niet komen, geef je plaats dan terug, zodat iemand anders hem krijgt.
registration-do = Bekijk of annuleer je inschrijving
registration-cancelled-subject = Inschrijving geannuleerd: { $title }
registration-cancelled-lead = Je inschrijving voor “{ $title }” is geannuleerd.
registration-cancelled-more = Was jij dat niet, of ben je van gedachten veranderd? Schrijf je dan opnieuw in op de pagina van het evenement.

waitlist-joined-subject = Wachtlijst: { $title }
waitlist-joined-lead = “{ $title }” is vol en je staat op de wachtlijst. Komt er een plaats vrij, dan bieden we je die per mail aan.

place-offered-subject = Er is een plaats vrij: { $title }
place-offered-lead = Er is een plaats vrijgekomen bij “{ $title }”. We houden hem voor je vast tot { $until }.
place-offered-do = Neem de plaats, of laat hem gaan
place-offered-more = Daarna bieden we hem aan de volgende aan.

stakeholder-welcome-subject = Welkom bij { $hub }
stakeholder-welcome-lead = Je staat nu in de gids van { $hub }. Bevestig alsjeblieft dat dit adres van jou is.
stakeholder-welcome-do = Bevestig dit adres
stakeholder-welcome-more = Heb je hier niet om gevraagd, doe dan niets: zonder bevestiging schrijven we niet opnieuw.

letter-someone = Iemand

issue-accepted-subject = Op de agenda: { $title }
issue-accepted-lead = { $hub } heeft “{ $title }” op de agenda gezet. Bedankt dat je het aankaartte.
issue-declined-subject = Niet op de agenda: { $title }
issue-declined-lead = { $hub } heeft “{ $title }” niet op de agenda gezet.

hackathon-cancelled-subject = Hackathon afgelast: { $title }
hackathon-cancelled-lead = De hackathon van “{ $title }” gaat niet door.
join-requested-subject = { $who } wil bij { $team }
join-requested-lead = { $who } vraagt of er plaats is in je team { $team }. Zeg ja of nee op het teambord.
join-accepted-subject = Je zit in { $team }
join-accepted-lead = Het team { $team } heeft je opgenomen.
join-declined-subject = { $team } zei nee
join-declined-lead = Het team { $team } kan je niet opnemen. Andere teams hebben plaats.
member-removed-subject = Niet meer in { $team }
member-removed-lead = Je bent geen lid meer van { $team }. Andere teams hebben plaats.
lead-passed-subject = Jij leidt { $team }
lead-passed-lead = Jij leidt nu het team { $team }: jij antwoordt wie erbij wil.
member-moved-subject = Je zit nu in { $team }
member-moved-lead = Een organisator heeft je naar het team { $team } verplaatst.
member-unplaced-subject = Je zit in geen team
member-unplaced-lead = Een organisator heeft je uit je team gehaald. Andere teams hebben plaats.
team-dissolved-subject = { $team } bestaat niet meer
team-dissolved-lead = Het team { $team } is opgeheven. Andere teams hebben plaats.

### Words in calendars.

calendar-cancelled = Afgelast: { $title }
calendar-postponed = Uitgesteld: { $title }
calendar-join = Doe online mee
calendar-busy = Bezet
calendar-submissions = Inleveren tot: { $title }
calendar-kick-off = Aftrap: { $title }
calendar-teams-settled = De teams staan vast: { $title }
calendar-hackathon-name = { $title } – { $hub }
calendar-hackathon-about = Het programma van “{ $title }” bij { $hub }
calendar-personal-name = Mijn evenementen – { $hub }
calendar-personal-about = Waar je heen gaat bij { $hub }, en wat af moet. Houd dit adres voor jezelf.
calendar-part-name = { $title }, voor deelnemers
calendar-part-about = “{ $title }” bij { $hub }, voor wie meedoet. Houd dit adres voor jezelf.
calendar-team-name = { $name } – { $title }
calendar-team-about = Wat team { $name } moet weten over “{ $title }” bij { $hub }. Houd dit adres binnen het team.
calendar-ended-name = Toegang beëindigd
calendar-ended-about = Dit agenda-adres is beëindigd. Zeg het abonnement op, of maak een nieuw adres op de pagina met je agenda’s.
calendar-hub-about = Evenementen van { $hub }
calendar-issue-name = { $issue } – { $hub }
calendar-issue-about = Evenementen over “{ $issue }” bij { $hub }
calendar-not-shown =
    { $count ->
        [one] { $count } evenement niet getoond
       *[other] { $count } evenementen niet getoond
    }
letter-because = Waarom krijg ik deze mail?
letter-stop-invitations = Geen uitnodigingen van deze hub meer
letter-stop-reminders = Geen herinneringen van deze hub meer
letter-stop-digests = Geen weekoverzichten van deze hub meer
letter-stop-news = Geen nieuws en tips van deze hub meer
event-reminder-subject = Binnenkort: { $title }
event-reminder-lead = “{ $title }” komt eraan en je hebt een plaats.
letter-choose = Kies wanneer we je herinneren
letter-your-time = Jouw tijd
invitation-reminder-subject = Kom je? { $title }
invitation-reminder-lead = We hebben je uitgenodigd voor “{ $title }” en nog niets van je gehoord.
follow-confirm-subject = “{ $title }” volgen?
follow-confirm-lead = Iemand gaf dit adres op om “{ $title }” bij { $hub } te volgen: één mail op maandag, na een week waarin iets gebeurde. Was jij dat?
follow-confirm-do = Ja, dit thema volgen
issue-digest-subject = Deze week bij { $hub }
issue-digest-one-subject = Deze week: { $title }
issue-digest-lead = Dit gebeurde met wat je volgt.
issue-digest-stop = Dit niet meer volgen
issue-digest-new = Nieuw evenement: { $title }, { $when }
issue-digest-moved = Nieuwe tijd: { $title }, { $when }
issue-digest-on = Het gaat door: { $title }, { $when }
issue-digest-postponed = Uitgesteld: { $title }
issue-digest-cancelled = Afgelast: { $title }
issue-digest-reported =
    { $count ->
        [one] { $title } is geweest; er kwam { $count } persoon.
       *[other] { $title } is geweest; er kwamen { $count } mensen.
    }
issue-digest-evidence = Nieuw bewijs: { $figure } ({ $source })
issue-digest-evidence-more =
    { $count ->
        [one] Nog één bewijsstuk
       *[other] Nog { $count } bewijsstukken
    }
issue-digest-endorsed =
    { $count ->
        [one] Er staat één meer achter.
       *[other] Er staan { $count } meer achter.
    }
issue-digest-closed = Het thema is gesloten.
issue-digest-reopened = Het thema staat weer op de agenda.
issue-digest-merged = Het thema gaat verder in een ander; de pagina leidt erheen.
letter-why-follows = Je krijgt deze mail omdat je thema’s van { $hub } volgt.
letter-why-asked = Je krijgt deze mail omdat iemand dit adres opgaf bij { $hub }.

invitation-again-subject = Zoals het nu is: { $title }
invitation-again-lead = Je agenda vroeg ons opnieuw om deze uitnodiging. Zo is het nu.

proposed-time-declined-subject = De tijd blijft: { $title }
proposed-time-declined-lead = Bedankt dat je een andere tijd voor “{ $title }” voorstelde. Het lukte ons niet; het evenement blijft op dezelfde tijd.

attendance-declined-subject = Over je wens om erbij te zijn: { $title }
attendance-declined-lead = Bedankt voor je belangstelling voor “{ $title }”. De gasten van dit evenement worden gekozen, en deze keer kunnen we je geen plaats bieden.
attendance-declined-more = Andere evenementen van ons zijn open voor iedereen. We zien je daar graag.

answer-unconfirmed-subject = Was jij dat? { $title }
answer-unconfirmed-lead = Er kwam onder jouw naam een antwoord op onze uitnodiging voor “{ $title }” binnen: { $answer }. Je mailaanbieder staat niet in voor zijn afzenders, dus vragen we het je voor het telt.
answer-unconfirmed-do = Ja, dat was mijn antwoord
answer-unconfirmed-more = De link werkt één keer, een week lang. Was jij het niet, doe dan niets: er is niets veranderd.

guest-moved-away-subject = Verhuisd naar een ander adres: { $title }
guest-moved-away-lead = Je adres bij onze hub is gewijzigd. “{ $title }” verhuist naar de agenda van je nieuwe adres; je hoeft niets te doen.
guest-moved-subject = Op je nieuwe adres: { $title }
guest-moved-lead = Je adres bij onze hub is gewijzigd. Hier is “{ $title }” voor je agenda, zoals het nu is.

address-confirm-subject = Is dit jouw adres? { $hub }
address-confirm-lead = Brieven van { $hub } moeten voortaan naar dit adres komen. Bevestig alsjeblieft dat het van jou is.
address-confirm-more = De link werkt één keer, een week lang. Heb je hier niet om gevraagd, doe dan niets.
address-changed-subject = Je adres bij { $hub } is gewijzigd
address-changed-lead = Brieven van { $hub } gaan voortaan naar een ander adres, zoals je vroeg.
address-changed-more = Was jij dat niet, schrijf de hub dan meteen.
# Series.

letter-series-dates = Het komt terug: in totaal { $count } datums, de laatste op { $last }. In je agenda kun je voor alle datums tegelijk antwoorden of voor elke apart; de link hieronder is voor de eerste.
letter-series-all = Dit betreft alle datums van de reeks die nog zouden komen.
