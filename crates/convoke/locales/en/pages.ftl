### Sentences of pages, by capability: `issue-…`, `event-…`, `team-…`.

home-title = What matters now
home-next = Coming up

past-banner = You are looking at the past: everything as it was on { $when }.
past-now = Show it as it is now
history-lead = Every decision is kept for ever. This is what happened, newest first, straight from the journal.
history-empty = Nothing has happened here yet.
history-older = Older
history-newest = Newest
history-position = Position { $position }

# The hub, issue and registry pages.

home-hubs = Hubs
home-lead = Places that take the social issue of the moment and bring together those it concerns.
home-empty = There is no hub yet
home-empty-hint = A network admin opens the first one: convoke token --role network-admin, then the mutation openHub.
agenda-no-issues = Nothing is on the agenda yet
agenda-no-issues-hint = Members propose issues; a curator puts them on the agenda once there is evidence.
agenda-nothing-coming = No event is planned yet
agenda-all-events = All events
agenda-past = Lately
agenda-subscribe = In your calendar
agenda-subscribe-text = Subscribe once and your calendar follows every change. Most calendar programs look again within a few hours; urgent changes go by mail.
agenda-about = About this hub
do-subscribe-calendar = Subscribe in a calendar app
do-feed-link = Calendar feed (iCalendar)
do-join-registry = Enter the registry
event-no-date = No date yet
event-places = { $taken } of { $capacity } places taken{ $waiting ->
    [0] {""}
   *[other] , { $waiting } waiting
 }
event-coming = { $count ->
    [one] One person comes
   *[other] { $count } people come
 }
issue-sdgs = Sustainable development goals
issue-no-evidence = No evidence stands
issue-no-evidence-hint = A figure needs a source and a date.
issue-supporters = Who stands behind it
issue-no-supporters = Nobody has endorsed it yet
issue-events = Events on this issue
issue-nothing-coming = No event is on this issue
urgency-low = Low
urgency-normal = Normal
urgency-high = High
urgency-acute = Acute
join-title = Enter the registry
join-lead = Whoever is in the registry is invited when an issue concerns them. It takes a minute.
join-count = { $count ->
    [0] Be the first.
    [one] One stakeholder is in it.
   *[other] { $count } stakeholders are in it.
 }
join-kind = What are you?
join-name-hint = Of the organisation, or your own.
join-city = City
join-about = What you do, in a few sentences
join-offers = What you can give
join-needs = What you look for
join-lines-hint = One thing a line, such as: legal aid for tenants
join-consent = You may list us here and write to us about this hub’s issues
join-done = You are in the registry. We write when an issue concerns you.

count-evidence =
    { $count ->
        [one] One piece of evidence
       *[other] { $count } pieces of evidence
    }

# Events, registrations, invitations.

event-coming-list = Coming
event-register = Register
event-own = Your registration
event-full = All places are taken. You can wait; the first place that comes free is offered in order.
event-wait = Join the waitlist
event-email-hint = Your confirmation goes there, with the event for your calendar.
event-party = How many people come, you included
event-note = Anything the hosts should know
event-format = Kind of meeting
event-access = How to get in
event-serves = It serves the issue
event-cancelled-because = This event is cancelled: { $reason }
do-more = More
format-evening = Evening
format-workshop = Workshop
format-masterclass = Masterclass
format-training = Training
format-networking-hour = Networking hour
format-house-meeting = House meeting
format-hackathon = Hackathon
format-other = Meeting
registration-title = Your registration
registration-done = Done. This page is yours: keep its address, it is in your mail as well.
registration-before-you =
    { $count ->
        [0] You are the first to wait.
        [one] One person waits before you.
       *[other] { $count } people wait before you.
    }
registration-offered = A place is yours until { $until }.
registration-received = Your registration came in.
registration-confirmed = You have a place.
registration-waiting = You are on the waitlist.
registration-cancelled = This registration is cancelled.
registration-declined = You passed the place on.
registration-expired = The offer has run out.
registration-left = You left the waitlist.
registration-take = Take the place
registration-pass = Pass it on
registration-leave = Leave the waitlist
registration-cancel = Cancel my registration
invitation-title = Invitation
invitation-page-lead = { $name }, you are invited.
invitation-page-why = Why you: { $reason }
invitation-yes = I come
invitation-maybe = Maybe
invitation-no = I cannot come
invitation-done = Thank you. You can change your answer here at any time.
invitation-over = This invitation has ended.
invitation-event = The event's page

# Why somebody is suggested for an event.

mix-first-need = Covers a need nobody else does: { $what }
mix-second-need = A second who covers: { $what }
mix-first-kind = The first of its kind: { $what }
mix-second-kind = A second of its kind: { $what }
mix-first-group = The first of a group you chose: { $what }
mix-second-group = A second of a group you chose: { $what }
mix-works-on = Works on the issue
mix-affected-by = Is affected by the issue
mix-studies = Studies the issue
mix-funds = Funds work on the issue
mix-goals = Works towards the same goals: { $goals }
mix-near = Near by: { $what }
mix-newcomer = Has not come before

# Hackathons and teams.

hackathon-none = No hackathon is planned
hackathon-none-hint = An organiser plans one within an event.
hackathon-left = Time left
hackathon-paused = The clock stands still with { $left } left.
hackathon-frozen = Time was over on { $when }.
hackathon-waits = Once started, the clock runs for { $length }, whatever the clocks on the wall do.
hackathon-utc = In UTC
hackathon-team-size = Size of a team
hackathon-sizes = { $min } to { $max } people
hackathon-people = Participants
hackathon-lock = At the lock
hackathon-lock-figures = Teams too small: { $under }. People in no team: { $unplaced }.
hackathon-extensions = More time given
hackathon-extended = { $by } more for everybody: { $reason }
hackathon-extended-team = { $by } more for { $team }: { $reason }
hackathon-cancelled-because = This hackathon is cancelled: { $reason }
hackathon-board = Teams and ideas
hackathon-run = Run the hackathon
hackathon-do-open = Let teams form
hackathon-do-lock = Lock the teams
hackathon-do-start = Start the clock
hackathon-do-pause = Pause the clock
hackathon-do-resume = Let the clock run again
hackathon-do-freeze = Close submissions
hackathon-extend = Give everybody more time
hackathon-minutes = Minutes
hackathon-reason-hint = Everybody can read it.
team-board-lead = Teams of { $min } to { $max }. Nobody is in two, and none grows above its maximum.
team-none = No team yet
team-none-hint = Found the first one, with or without an idea.
team-open-places = { $count ->
    [one] One place free
   *[other] { $count } places free
 }
team-full = Full
team-works-on = Works on: { $idea }
team-own = Your team
team-code = Code
team-code-hint = Whoever has it comes in without asking.
team-asks = { $name } asks to join.
team-somebody = Somebody
team-asked = You have asked to join.
team-found = Found a team
team-name = Name of the team
team-by-code = Join with a code
team-unplaced = In no team yet
team-to-clock = To the clock
idea-none = Nobody has pitched an idea yet.
idea-line = The idea in one line
idea-text = The idea in a few sentences
idea-by = by { $name }
idea-taken = Taken up by { $team }
enrol-title = Take part
enrol-lines-hint = One thing a line.
enrol-wishes = What you would like to work on

# The demo's mailbox.

mailbox-title = Mailbox
mailbox-lead = Letters this demo would have sent, newest first. Nothing leaves this machine.
mailbox-empty = No letter has been written yet
mailbox-from = From
mailbox-to = To
mailbox-text = As plain text
mailbox-html = As the reader's mail program shows it
mailbox-calendar = For the calendar
mailbox-headers = All headers
preview-title = Every letter, in every language
preview-lead = What this product can write, about one evening that never was. Nothing of it is sent.
mailbox-signed = Signed by (DKIM)
mailbox-unsigned = Not signed
mailbox-alone = Show it alone

# The way in to the demo.

demo-title = Look around
demo-lead = Four hubs, invented people, real places. Sign in as anybody; there is no password, and nothing leaves this machine.
demo-signed-in = You are signed in. Choose somebody else below, or sign out at the top.
demo-visit = Go there without signing in
demo-look = Where to look
demo-hacking = A hackathon under way in The Hague
demo-forming = Teams that are forming in Seoul
demo-mailbox = every letter the demo would have sent, with its invitation for the calendar.
demo-api = The API
demo-token = try it in the explorer. This makes a token:
demo-calendars = Calendars to subscribe to:
demo-past = Any page of the past: add ?asOf= and a position or an instant to its address, such as

# Letters somebody does not want
reach-title = Letters from this hub
reach-invitations = invitations to events
reach-reminders = reminders
reach-digests = weekly summaries
reach-news = news and suggestions
reach-all = letters
reach-lead = Stop { $what } from { $hub }?
reach-still = You will still hear of events you have a place at: changes, and cancellations.
reach-stop = Stop them
reach-stopped = { $hub } sends you no { $what } any more.
reach-again-lead = Was that a mistake?
reach-again = Send them again

# Confirming an address, by the link of the welcome letter.

confirm-title = Confirm your address
confirm-lead = { $name } is in the registry of { $hub }. Say that this address is yours, and we can write to you.
confirm-not-you = If you did not ask for this, close this page: nothing happens then.
confirm-do = Yes, this address is mine
confirm-done = Thank you. Your address is confirmed.
confirm-already = The address of { $name } at { $hub } is confirmed. There is nothing left to do.
confirm-next = What { $hub } is working on
confirm-gone-title = This link does not work any more
confirm-gone-old = It is too old, or the entry it belongs to has gone or has another address now.
confirm-gone-broken = Perhaps a part of it was lost on the way.
confirm-gone-do = Open the link in your newest letter from us, all of it. If that does not help, register again: it takes a minute.
confirm-gone-register = Register again
confirm-gone-home = Find your hub
mails-title = Your mails
mails-lead = What { $hub } writes to you, and when.
mails-reminders = Reminders
mails-when = When shall we remind you of events you have a place at?
mails-quiet = No reminder comes between 21:00 and 8:00 your time.
mails-week = A week before
mails-day = The day before
mails-hours = Two hours before
mails-zone = Where are you?
mails-zone-hint = Times are then also shown on your clock.
mails-zone-none = Where the event is
mails-save = Save
mails-done = Saved.
mails-kinds = Kinds of mail
mails-sent = sent to you
mails-stopped = not sent to you
why-title = Why you got this mail
why-lead = { $hub } wrote to you because this happened:
why-by-you = by you
why-by-rule = by itself, as a rule of the hub
why-by-visitor = by a visitor, or whoever held a link
why-by-other = by somebody of the hub
why-stop = How to get fewer
why-may-stop = You can stop mails of this kind. What concerns a place you have is still sent.
why-cannot-stop = This kind only tells you about a place you have, a team you are in, or something you did yourself, so it cannot be switched off. If you give the place back, nothing more comes.
why-asked-once = We asked because somebody gave your address. If you do nothing, you follow nothing and no summaries come.
why-choose = See everything this hub writes to you
follow-title = Follow by mail
follow-lead = One mail on Monday, only after a week in which something happened. We first ask at your address whether you mean it.
follow-do = Follow this issue
follow-asked = Look into your mailbox: we have asked there whether it was you.
follow-asks = Do you want a mail on Mondays about “{ $title }”?
follow-follows = You follow “{ $title }”. A mail comes on Monday after a week in which something happened.
follow-stop = Follow it no more
follow-gone = You do not follow “{ $title }”.

# Calendars: what to subscribe to, and secret addresses of one's own

calendars-title = Calendars
calendars-lead = Have events in the calendar program you use. When something changes here, it changes there.
calendars-own = Your own calendars
calendars-own-text = Each has a secret address: whoever knows it can read that calendar. Give each program an address of its own, so that you can take one back without the others.
calendars-own-how = To have what you go to in your calendar, with deadlines, open the link in a letter of ours about a place or an invitation and choose “Calendars” there; or sign in.
calendars-none = You have no calendar addresses yet.
calendars-make = Make an address
calendars-label = What is it for?
calendars-label-hint = For example “My phone”. Only you see this.
calendars-feed = Calendar
calendars-feed-personal = What I go to, and what is due
calendars-feed-hackathon = { $title }, for participants
calendars-feed-team = Team { $name }
calendars-feed-gone = A calendar you no longer belong to
calendars-detail = It tells
calendars-detail-full = everything
calendars-detail-busy = only when I am busy
calendars-create = Make the address
calendars-options = To an address of your own you can add “?alarm=30” to be reminded 30 minutes before, or “?invited=0” to leave out what your calendar has from our invitations already.
calendars-new = Your new address
calendars-new-text = This is the only time it is shown. Subscribe now, or copy it.
calendars-made = Made
calendars-ended = Ended
calendars-used = Last asked for
calendars-used-around = around { $when }
calendars-never-used = not yet
calendars-rotate = New address
calendars-revoke = End it
calendars-rotate-hint = “New address” ends the old one, for example when somebody else knows it. Programs that still ask for an ended address empty that calendar.
calendars-done = Done. That address has ended.
calendars-hub = The hub’s calendar
calendars-hub-text = All public events. No secret: you can pass this address on.
calendars-years = All public events of a year as a file, to keep or to import once:
calendars-difference = Subscribe, or import once?
calendars-subscribe-means = Subscribing means that your program asks again and again: changes and cancellations arrive by themselves, and when you unsubscribe everything is gone.
calendars-import-means = Importing a file copies one event as it is now. Nothing changes it later but yourself, and importing twice may show it twice.
calendars-refresh = How soon changes show
calendars-refresh-text = Your program decides how often it asks, not we:
calendars-refresh-google = Google Calendar: every 4 to 24 hours, and there is no button for it
calendars-refresh-outlook = Outlook on the web: about every 3 hours; Outlook on a computer: each hour
calendars-refresh-apple = Apple Calendar: each hour on a Mac, once a day on a phone unless you choose otherwise
calendars-refresh-thunderbird = Thunderbird: every 30 minutes
calendars-refresh-mail = What is urgent we also tell by mail.
subscribe-google = Add to Google Calendar
subscribe-copy = Address to copy
nav-calendars = Calendars
calendars-more = All ways to subscribe, and calendars of your own

# What came back from guests' calendars.

answers-title = What came back from guests
answers-done = Done.
answers-proposed = Other times that were proposed
answers-proposed-none = Nobody proposes another time.
answers-take = Move the event to this time
answers-leave = Keep the time
answers-why = Why, for the guest to read
answers-requested = People who ask to attend
answers-requested-none = Nobody who was not invited asks to attend.
answers-invite = Invite
answers-tell = Tell the person in a letter
answers-handed-on = Answered an invitation that somebody handed on.
answers-delegated = Is sent by a guest who was invited.
answers-came = Every mail, and what was decided
answers-came-hint = Words in these mails are their senders'; nobody has checked them.
answers-came-none = No mail has come in yet.

verdict-applied = Counts
verdict-duplicate = Known already
verdict-stale = Too old
verdict-rejected = A rule said no
verdict-refused = Not believed
verdict-ignored = Nothing to do
verdict-asks-to-attend = Asks to attend
verdict-proposes = Proposes another time
verdict-sent-again = Sent again
verdict-bounced = Not delivered
verdict-mailbox-full = The mailbox is full

reason-mail-unreadable = The mail is broken, or larger than we read.
reason-calendar-unreadable = The calendar part is broken, or larger than we read.
reason-no-calendar = There is no calendar part in it.
reason-automatic = A machine wrote it.
reason-not-an-answer = It is not an answer.
reason-several-events = It is about more than one event.
reason-wrong-event = It is about another event than its address.
reason-not-one-attendee = It does not name exactly one attendee.
reason-author-differs = Its author is not the guest.
reason-not-authentic = The author's mail domain says that it is not from there.
reason-unconfirmed = Nothing vouches for its author.
reason-delegated = It was handed on to somebody we cannot write to.
reason-no-answer = It says neither yes, maybe nor no.
reason-asks-for-refresh = It asks for the invitation as it is now.
reason-not-invited = Somebody who was not invited says no, or asks for an invitation.
reason-proposal-unreadable = The other time in it cannot be read.
reason-erased = The person has been erased.
reason-passing = A mail server still tries.
reason-distrusted = A mail server distrusts our mail.

verdict-held = Asked whether it is theirs

unproved-title = Your answer
unproved-lead = An answer in your name came in: { $answer }. Is it yours?
unproved-not-you = If not, close this page: nothing changes.
unproved-do = Yes, it is mine
unproved-done = Thank you. Your answer counts.
unproved-gone = This link has been used, or is too old. You can answer by the link in your invitation.

address-title = A new address
address-lead = Letters for { $name } from { $hub } go to { $email } from now on. Is this address yours?
address-do = Yes, this address is mine
address-done = Thank you. Letters go to this address now.
address-gone = This link has been used, or is too old.
# A calendar comes in.

intake-title = Bring in a calendar
intake-lead = Events of a calendar kept elsewhere become proposals here. Nothing is published: you still accept each one.
intake-file = Calendar file
intake-file-hint = A file that ends in .ics, up to 5 MB. People and attachments in it are not taken.
intake-issue = The issue they serve
intake-issue-hint = Without one, each event names the calendar as what it answers.
intake-no-issue = No issue
intake-past = Propose events that are over as well
intake-do = Bring it in
intake-again = Another calendar
intake-component = Component { $number }
intake-came-proposed = Proposed
intake-came-known = Was here already
intake-came-left-out = Left out
intake-sum =
    { $count ->
        [one] One event is
       *[other] { $count } events are
    } proposed now, { $known } { $known ->
        [one] was
       *[other] were
    } here already, { $out } left out.

# Series.

series-one-of = One of a series
series-next = Next dates
