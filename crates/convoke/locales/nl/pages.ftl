### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = Wat er nu toe doet
home-next = Binnenkort
home-issues = Thema's op de agenda

# The hub, issue and registry pages.

home-hubs = Hubs
home-lead = Plekken die het maatschappelijke vraagstuk van nu oppakken en samenbrengen wie het aangaat.
home-empty = Er is nog geen hub
agenda-no-issues = Er staat nog niets op de agenda
agenda-nothing-coming = Er is nog geen bijeenkomst gepland
agenda-all-events = Alle bijeenkomsten
agenda-past = Onlangs
agenda-subscribe = In je agenda
agenda-about = Over deze hub
do-subscribe-calendar = Abonneren in een agenda-app
do-feed-link = Agendafeed (iCalendar)
do-join-registry = Aanmelden
event-no-date = Nog geen datum
issue-supporters = Wie erachter staat
issue-events = Bijeenkomsten over dit onderwerp
join-title = Aanmelden
join-kind = Wat zijn jullie?
join-city = Plaats
join-offers = Wat jullie kunnen bieden
join-needs = Wat jullie zoeken
past-now = Toon zoals het nu is
history-older = Ouder
history-newest = Nieuwste
history-empty = Hier is nog niets gebeurd.

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
state-locked = Teams vastgelegd
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
