### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = Wat er nu toe doet
home-next = Binnenkort

past-banner = Je kijkt naar het verleden: alles zoals het was op { $when }.
past-now = Toon zoals het nu is
history-lead = Elk besluit blijft voor altijd bewaard. Dit is wat er is gebeurd, het nieuwste eerst, rechtstreeks uit het journaal.
history-empty = Hier is nog niets gebeurd.
history-older = Ouder
history-newest = Nieuwste
history-position = Positie { $position }

# The hub, issue and registry pages.

home-hubs = Hubs
home-lead = Plekken die het maatschappelijke vraagstuk van nu oppakken en samenbrengen wie het aangaat.
home-empty = Er is nog geen hub
home-empty-hint = Een netwerkbeheerder opent de eerste: convoke token --role network-admin, dan de mutatie openHub.
agenda-no-issues = Er staat nog niets op de agenda
agenda-no-issues-hint = Leden stellen thema’s voor; een curator zet ze op de agenda zodra er onderbouwing is.
agenda-nothing-coming = Er is nog geen evenement gepland
agenda-all-events = Alle evenementen
agenda-past = Onlangs
agenda-subscribe = In je agenda
agenda-subscribe-text = Abonneer je één keer en je agenda volgt elke wijziging. De meeste agendaprogramma’s kijken binnen een paar uur opnieuw; wat haast heeft sturen we per mail.
agenda-about = Over deze hub
do-subscribe-calendar = Abonneren in een agenda-app
do-feed-link = Agendafeed (iCalendar)
do-join-registry = Zet je in de gids
event-no-date = Nog geen datum
event-places = { $taken } van { $capacity } plaatsen bezet{ $waiting ->
    [0] {""}
   *[other] , { $waiting } wachtend
 }
event-coming = { $count ->
    [one] Eén persoon komt
   *[other] { $count } mensen komen
 }
issue-sdgs = Duurzame ontwikkelingsdoelen
issue-no-evidence = Er is geen onderbouwing
issue-no-evidence-hint = Bij een cijfer hoort een bron en een datum.
issue-supporters = Wie erachter staat
issue-no-supporters = Nog niemand steunt het
issue-events = Evenementen over dit thema
issue-nothing-coming = Er is geen evenement over dit thema
urgency-low = Laag
urgency-normal = Gewoon
urgency-high = Hoog
urgency-acute = Acuut
join-title = Zet je in de gids
join-lead = Wie in de gids staat, wordt uitgenodigd als een thema hen aangaat. Het kost een minuut.
join-count = { $count ->
    [0] Wees de eerste.
    [one] Er staat één betrokkene in.
   *[other] Er staan { $count } betrokkenen in.
 }
join-kind = Als wat doe je mee?
join-name-hint = Van de organisatie, of je eigen naam.
join-city = Plaats
join-about = Wat je doet, in een paar zinnen
join-offers = Wat je kunt bieden
join-needs = Wat je zoekt
join-lines-hint = Eén ding per regel, zoals: juridische hulp voor huurders
join-consent = Jullie mogen me hier vermelden en me schrijven over de thema’s van deze hub
join-done = Je staat in de gids. We schrijven je als een thema je aangaat.

count-evidence =
    { $count ->
        [one] Eén onderbouwing
       *[other] { $count } onderbouwingen
    }

# Events, registrations, invitations.

event-coming-list = Binnenkort
event-register = Inschrijven
event-own = Je inschrijving
event-full = Alle plaatsen zijn bezet. Je kunt wachten; de eerste plaats die vrijkomt, bieden we op volgorde aan.
event-wait = Op de wachtlijst
event-email-hint = Daar komt je bevestiging, met het evenement voor je agenda.
event-party = Met hoeveel mensen je komt, jijzelf meegeteld
event-note = Wat de hosts moeten weten
event-format = Soort bijeenkomst
event-access = Hoe je binnenkomt
event-serves = Het gaat over het thema
event-cancelled-because = Dit evenement is afgelast: { $reason }
do-more = Meer
format-evening = Avond
format-workshop = Workshop
format-masterclass = Masterclass
format-training = Training
format-networking-hour = Netwerkuur
format-house-meeting = Huiskamergesprek
format-hackathon = Hackathon
format-other = Bijeenkomst
registration-title = Je inschrijving
registration-done = Gelukt. Deze pagina is van jou: bewaar het adres, het staat ook in je mail.
registration-before-you =
    { $count ->
        [0] Je bent de eerste op de wachtlijst.
        [one] Er wacht één persoon vóór je.
       *[other] Er wachten { $count } mensen vóór je.
    }
registration-offered = Tot { $until } is er een plaats voor jou.
registration-received = Je inschrijving is binnen.
registration-confirmed = Je hebt een plaats.
registration-waiting = Je staat op de wachtlijst.
registration-cancelled = Deze inschrijving is geannuleerd.
registration-declined = Je hebt de plaats doorgegeven.
registration-expired = Het aanbod is verlopen.
registration-left = Je staat niet meer op de wachtlijst.
registration-take = Neem de plaats
registration-pass = Geef hem door
registration-leave = Van de wachtlijst af
registration-cancel = Mijn inschrijving annuleren
invitation-title = Uitnodiging
invitation-page-lead = { $name }, je bent uitgenodigd.
invitation-page-why = Waarom jij: { $reason }
invitation-yes = Ik kom
invitation-maybe = Misschien
invitation-no = Ik kan niet komen
invitation-done = Dank je wel. Je kunt je antwoord hier altijd wijzigen.
invitation-over = Deze uitnodiging is afgelopen.
invitation-event = De pagina van het evenement

# Why somebody is suggested for an event.

mix-first-need = Voorziet in een behoefte waarin niemand anders voorziet: { $what }
mix-second-need = Een tweede die voorziet in: { $what }
mix-first-kind = De eerste van deze soort: { $what }
mix-second-kind = Een tweede van deze soort: { $what }
mix-first-group = De eerste van een groep die je koos: { $what }
mix-second-group = Een tweede van een groep die je koos: { $what }
mix-works-on = Werkt aan het thema
mix-affected-by = Heeft met het thema te maken
mix-studies = Onderzoekt het thema
mix-funds = Financiert werk aan het thema
mix-goals = Werkt aan dezelfde doelen: { $goals }
mix-near = In de buurt: { $what }
mix-newcomer = Is nog niet eerder geweest

# Hackathons and teams.

hackathon-none = Er is geen hackathon gepland
hackathon-none-hint = Een organisator plant er een binnen een evenement.
hackathon-left = Resterende tijd
hackathon-paused = De klok staat stil; er is nog { $left }.
hackathon-frozen = De tijd was om op { $when }.
hackathon-waits = Eenmaal gestart loopt de klok { $length }, wat de klokken aan de muur ook doen.
hackathon-utc = In UTC
hackathon-team-size = Grootte van een team
hackathon-sizes = { $min } tot { $max } mensen
hackathon-people = Deelnemers
hackathon-lock = Bij het vastleggen
hackathon-lock-figures = Te kleine teams: { $under }. Mensen zonder team: { $unplaced }.
hackathon-extensions = Extra tijd gegeven
hackathon-extended = { $by } extra voor iedereen: { $reason }
hackathon-extended-team = { $by } extra voor { $team }: { $reason }
hackathon-cancelled-because = Deze hackathon is afgelast: { $reason }
hackathon-board = Teams en ideeën
hackathon-run = De hackathon leiden
hackathon-do-open = Laat teams zich vormen
hackathon-do-lock = Leg de teams vast
hackathon-do-start = Start de klok
hackathon-do-pause = Zet de klok stil
hackathon-do-resume = Laat de klok weer lopen
hackathon-do-freeze = Sluit het inzenden
hackathon-extend = Geef iedereen meer tijd
hackathon-minutes = Minuten
hackathon-reason-hint = Iedereen kan het lezen.
team-board-lead = Teams van { $min } tot { $max }. Niemand zit in twee, en geen wordt te groot.
team-none = Nog geen team
team-none-hint = Richt het eerste op, met of zonder idee.
team-open-places = { $count ->
    [one] Eén plaats vrij
   *[other] { $count } plaatsen vrij
 }
team-full = Vol
team-works-on = Werkt aan: { $idea }
team-own = Jouw team
team-code = Code
team-code-hint = Wie die heeft komt binnen zonder te vragen.
team-asks = { $name } vraagt mee te doen.
team-somebody = Iemand
team-asked = Je hebt gevraagd mee te doen.
team-found = Richt een team op
team-name = Naam van het team
team-by-code = Meedoen met een code
team-unplaced = Nog zonder team
team-to-clock = Naar de klok
idea-none = Nog niemand heeft een idee ingebracht.
idea-line = Het idee in één regel
idea-text = Het idee in een paar zinnen
idea-by = van { $name }
idea-taken = Opgepakt door { $team }
enrol-title = Doe mee
enrol-lines-hint = Eén ding per regel.
enrol-wishes = Waaraan je wilt werken

# The demo's mailbox.

mailbox-title = Postbus
mailbox-lead = Mails die deze demo zou hebben verstuurd, de nieuwste eerst. Niets verlaat deze computer.
mailbox-empty = Er is nog geen mail geschreven
mailbox-from = Van
mailbox-to = Aan
mailbox-text = Als platte tekst
mailbox-html = Zoals het mailprogramma van de lezer het toont
mailbox-calendar = Voor de agenda
mailbox-headers = Alle kopregels
preview-title = Elke brief, in elke taal
preview-lead = Wat dit product kan schrijven, over één avond die er nooit was. Niets ervan wordt verstuurd.
mailbox-signed = Ondertekend door (DKIM)
mailbox-unsigned = Niet ondertekend
mailbox-alone = Apart tonen

# The way in to the demo.

demo-title = Kijk rond
demo-lead = Vier hubs, verzonnen mensen, echte plaatsen. Log in als wie je wilt; er is geen wachtwoord en niets verlaat deze computer.
demo-signed-in = Je bent ingelogd. Kies hieronder iemand anders, of log bovenaan uit.
demo-visit = Ga erheen zonder in te loggen
demo-look = Waar je kunt kijken
demo-hacking = Een hackathon die bezig is in Den Haag
demo-forming = Teams die zich vormen in Seoel
demo-mailbox = elke mail die de demo zou hebben verstuurd, met de uitnodiging voor de agenda.
demo-api = De API
demo-token = probeer haar in de verkenner. Zo maak je een token:
demo-calendars = Agenda’s om je op te abonneren:
demo-past = Elke pagina van vroeger: zet ?asOf= en een positie of een tijdstip achter het adres, zoals

# Letters somebody does not want
reach-title = Mails van deze hub
reach-invitations = uitnodigingen voor evenementen
reach-reminders = herinneringen
reach-digests = weekoverzichten
reach-news = nieuws en suggesties
reach-all = mails
reach-lead = Geen { $what } van { $hub } meer?
reach-still = Over evenementen waar je een plaats hebt, hoor je nog wel: wijzigingen en annuleringen.
reach-stop = Stuur ze niet meer
reach-stopped = { $hub } stuurt je geen { $what } meer.
reach-again-lead = Was dat een vergissing?
reach-again = Stuur ze toch weer

# Confirming an address, by the link of the welcome letter.

confirm-title = Bevestig je adres
confirm-lead = { $name } staat in de gids van { $hub }. Zeg dat dit adres van jou is, dan kunnen we je schrijven.
confirm-not-you = Heb je hier niet om gevraagd, sluit dan deze pagina: er gebeurt dan niets.
confirm-do = Ja, dit adres is van mij
confirm-done = Dank je. Je adres is bevestigd.
confirm-already = Het adres van { $name } bij { $hub } is bevestigd. Je hoeft niets meer te doen.
confirm-next = Waar { $hub } aan werkt
confirm-gone-title = Deze link werkt niet meer
confirm-gone-old = Hij is te oud, of de vermelding bestaat niet meer of heeft nu een ander adres.
confirm-gone-broken = Misschien is er onderweg een stuk van verloren gegaan.
confirm-gone-do = Open de hele link in onze nieuwste mail aan jou. Helpt dat niet, zet je dan opnieuw in de gids: dat duurt een minuut.
confirm-gone-register = Opnieuw in de gids
confirm-gone-home = Zoek je hub
mails-title = Jouw mails
mails-lead = Wat { $hub } je schrijft, en wanneer.
mails-reminders = Herinneringen
mails-when = Wanneer herinneren we je aan iets waar je een plaats hebt?
mails-quiet = Tussen 21.00 en 8.00 uur jouw tijd komt er geen herinnering.
mails-week = Een week ervoor
mails-day = De dag ervoor
mails-hours = Twee uur ervoor
mails-zone = Waar ben je?
mails-zone-hint = Tijden staan er dan ook op jouw klok bij.
mails-zone-none = Waar het evenement is
mails-save = Bewaren
mails-done = Bewaard.
mails-kinds = Soorten mail
mails-sent = krijg je
mails-stopped = krijg je niet
why-title = Waarom je deze mail kreeg
why-lead = { $hub } schreef je omdat dit gebeurde:
why-by-you = door jou
why-by-rule = vanzelf, volgens een regel van de hub
why-by-visitor = door een bezoeker, of wie de link had
why-by-other = door iemand van de hub
why-stop = Minder mails krijgen
why-may-stop = Je kunt deze soort mails stoppen. Wat een plaats van jou betreft, krijg je nog wel.
why-cannot-stop = Deze soort gaat alleen over een plaats die je hebt, een team waar je in zit of iets wat je zelf deed, en kan daarom niet uit. Geef je de plaats terug, dan komt er niets meer.
why-asked-once = We vroegen het omdat iemand je adres opgaf. Doe je niets, dan volg je niets en komen er geen overzichten.
why-choose = Bekijk alles wat deze hub je schrijft
follow-title = Volgen per mail
follow-lead = Eén mail op maandag, alleen na een week waarin iets gebeurde. We vragen eerst op je adres of je het echt wilt.
follow-do = Dit thema volgen
follow-asked = Kijk in je mailbox: daar vroegen we of jij het was.
follow-asks = Wil je op maandag een mail over “{ $title }”?
follow-follows = Je volgt “{ $title }”. Op maandag komt er een mail, na een week waarin iets gebeurde.
follow-stop = Niet meer volgen
follow-gone = Je volgt “{ $title }” niet.

# Calendars: what to subscribe to, and secret addresses of one's own

calendars-title = Agenda’s
calendars-lead = Zet evenementen in het agendaprogramma dat je gebruikt. Verandert er hier iets, dan verandert het daar mee.
calendars-own = Je eigen agenda’s
calendars-own-text = Elke agenda heeft een geheim adres: wie het kent, kan die agenda lezen. Geef elk programma een eigen adres, dan kun je er één intrekken zonder de andere.
calendars-own-how = Wil je alles waar je heen gaat in je agenda, met deadlines? Open de link in een brief van ons over een plaats of een uitnodiging en kies daar “Agenda’s”, of meld je aan.
calendars-none = Je hebt nog geen agenda-adressen.
calendars-make = Een adres maken
calendars-label = Waar is het voor?
calendars-label-hint = Bijvoorbeeld “Mijn telefoon”. Alleen jij ziet dit.
calendars-feed = Agenda
calendars-feed-personal = Waar ik heen ga, en wat af moet
calendars-feed-hackathon = { $title }, voor deelnemers
calendars-feed-team = Team { $name }
calendars-feed-gone = Een agenda waar je niet meer bij hoort
calendars-detail = Wat erin staat
calendars-detail-full = alles
calendars-detail-busy = alleen wanneer ik bezet ben
calendars-create = Adres maken
calendars-options = Zet achter een eigen adres “?alarm=30” om 30 minuten vooraf een herinnering te krijgen, of “?invited=0” om weg te laten wat je agenda al uit onze uitnodigingen heeft.
calendars-new = Je nieuwe adres
calendars-new-text = Dit is de enige keer dat je het ziet. Abonneer je nu, of kopieer het.
calendars-made = Gemaakt
calendars-ended = Beëindigd
calendars-used = Laatst opgevraagd
calendars-used-around = rond { $when }
calendars-never-used = nog niet
calendars-rotate = Nieuw adres
calendars-revoke = Beëindigen
calendars-rotate-hint = Met “Nieuw adres” vervalt het oude, bijvoorbeeld als iemand anders het kent. Programma’s die een vervallen adres blijven opvragen, maken die agenda leeg.
calendars-done = Klaar. Dat adres is beëindigd.
calendars-hub = De agenda van de hub
calendars-hub-text = Alle openbare evenementen. Geen geheim: je mag dit adres doorgeven.
calendars-years = Alle openbare evenementen van een jaar als bestand, om te bewaren of één keer te importeren:
calendars-difference = Abonneren of één keer importeren?
calendars-subscribe-means = Bij abonneren vraagt je programma steeds opnieuw: wijzigingen en afgelastingen komen vanzelf, en als je opzegt is alles weg.
calendars-import-means = Bij importeren kopieer je één evenement zoals het nu is. Daarna verandert niemand het dan jijzelf, en wie twee keer importeert ziet het misschien dubbel.
calendars-refresh = Hoe snel je een wijziging ziet
calendars-refresh-text = Je programma bepaalt hoe vaak het vraagt, niet wij:
calendars-refresh-google = Google Agenda: elke 4 tot 24 uur, en er is geen knop voor
calendars-refresh-outlook = Outlook op het web: ongeveer elke 3 uur; Outlook op een computer: elk uur
calendars-refresh-apple = Apple Agenda: elk uur op een Mac, één keer per dag op een telefoon als je niets anders kiest
calendars-refresh-thunderbird = Thunderbird: elke 30 minuten
calendars-refresh-mail = Wat haast heeft, laten we ook per mail weten.
subscribe-google = In Google Agenda zetten
subscribe-copy = Adres om te kopiëren
nav-calendars = Agenda’s
calendars-more = Alle manieren om je te abonneren, en je eigen agenda’s

# Wat er uit agenda's van gasten terugkwam.

answers-title = Wat er van gasten terugkwam
answers-done = Gedaan.
answers-proposed = Andere tijden die zijn voorgesteld
answers-proposed-none = Niemand stelt een andere tijd voor.
answers-take = Verplaats het evenement naar deze tijd
answers-leave = Houd de tijd aan
answers-why = Waarom, voor de gast om te lezen
answers-requested = Mensen die vragen om erbij te zijn
answers-requested-none = Niemand die niet is uitgenodigd, vraagt om erbij te zijn.
answers-invite = Uitnodigen
answers-tell = Laat het de persoon per brief weten
answers-handed-on = Antwoordde op een uitnodiging die iemand doorstuurde.
answers-delegated = Wordt gestuurd door een gast die was uitgenodigd.
answers-came = Elke mail, en wat er is besloten
answers-came-hint = De woorden in deze mails zijn van hun afzenders; niemand heeft ze nagekeken.
answers-came-none = Er is nog geen mail binnengekomen.

verdict-applied = Telt
verdict-duplicate = Al bekend
verdict-stale = Te oud
verdict-rejected = Een regel zei nee
verdict-refused = Niet geloofd
verdict-ignored = Niets te doen
verdict-asks-to-attend = Vraagt om erbij te zijn
verdict-proposes = Stelt een andere tijd voor
verdict-sent-again = Opnieuw verstuurd
verdict-bounced = Niet bezorgd
verdict-mailbox-full = De mailbox is vol

reason-mail-unreadable = De mail is kapot, of groter dan wij lezen.
reason-calendar-unreadable = Het agendadeel is kapot, of groter dan wij lezen.
reason-no-calendar = Er zit geen agendadeel in.
reason-automatic = Een machine schreef het.
reason-not-an-answer = Het is geen antwoord.
reason-several-events = Het gaat over meer dan één evenement.
reason-wrong-event = Het gaat over een ander evenement dan het adres.
reason-not-one-attendee = Het noemt niet precies één deelnemer.
reason-author-differs = De schrijver is niet de gast.
reason-not-authentic = Het maildomein van de schrijver zegt dat het daar niet vandaan komt.
reason-unconfirmed = Niets staat in voor de schrijver.
reason-delegated = Het is doorgegeven aan iemand aan wie wij niet kunnen schrijven.
reason-no-answer = Het zegt ja, misschien noch nee.
reason-asks-for-refresh = Het vraagt de uitnodiging zoals die nu is.
reason-not-invited = Iemand die niet is uitgenodigd zegt nee, of vraagt een uitnodiging.
reason-proposal-unreadable = De andere tijd erin is niet te lezen.
reason-erased = De persoon is gewist.
reason-passing = Een mailserver probeert het nog.
reason-distrusted = Een mailserver wantrouwt onze mail.

verdict-held = Gevraagd of het klopt

unproved-title = Je antwoord
unproved-lead = Er kwam een antwoord op jouw naam binnen: { $answer }. Is het van jou?
unproved-not-you = Zo niet, sluit dan deze pagina: er verandert niets.
unproved-do = Ja, het is van mij
unproved-done = Dank je. Je antwoord telt.
unproved-gone = Deze link is gebruikt of te oud. Je kunt antwoorden met de link in je uitnodiging.

address-title = Een nieuw adres
address-lead = Brieven van { $hub } voor { $name } gaan voortaan naar { $email }. Is dit adres van jou?
address-do = Ja, dit adres is van mij
address-done = Dank je. Brieven gaan nu naar dit adres.
address-gone = Deze link is gebruikt of te oud.
# A calendar comes in.

intake-title = Een agenda inlezen
intake-lead = Evenementen uit een agenda van elders worden hier voorstellen. Er wordt niets gepubliceerd: je keurt elk voorstel zelf goed.
intake-file = Agendabestand
intake-file-hint = Een bestand dat eindigt op .ics, tot 5 MB. Mensen en bijlagen erin worden niet overgenomen.
intake-issue = De kwestie die zij dienen
intake-issue-hint = Zonder kwestie noemt elk evenement de agenda als zijn aanleiding.
intake-no-issue = Geen kwestie
intake-past = Ook evenementen voorstellen die voorbij zijn
intake-do = Inlezen
intake-again = Nog een agenda
intake-component = Onderdeel { $number }
intake-came-proposed = Voorgesteld
intake-came-known = Was er al
intake-came-left-out = Weggelaten
intake-sum =
    { $count ->
        [one] Eén evenement is
       *[other] { $count } evenementen zijn
    } nu voorgesteld, { $known } { $known ->
        [one] was
       *[other] waren
    } er al, { $out } weggelaten.

# Series.

series-one-of = Een uit een reeks
series-next = Volgende datums
