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
