## The frame of every page
frame-skip = Skip to main content
frame-navigation = Main
frame-languages = Language
frame-error-prefix = Error:
frame-past = Past state
frame-past-text = You see how things were on { $when }.
frame-back-to-now = Back to now
frame-notice = Notice
frame-foot = Convoke calls people together around what matters now.

## Where to go
nav-home = Home
nav-agenda = Agenda
nav-issues = Issues
nav-events = Events
nav-calendar = Calendar
nav-stakeholders = Stakeholders
nav-members = Members
nav-applications = Applications
nav-hackathons = Hackathons
nav-challenges = Challenges
nav-ideas = Ideas
nav-teams = Teams
nav-mentors = Mentors
nav-judging = Judging
nav-results = Results
nav-projects = Projects
nav-introductions = Introductions
nav-knowledge = Knowledge
nav-rooms = Rooms
nav-board = Board
nav-desk = Door
nav-invitations = Invitations
nav-me = My page
nav-history = History
nav-report = Report
nav-feeds = Calendar feeds
nav-settings = Settings
nav-privacy = Privacy
nav-search = Search
nav-help = Help

## What buttons do
do-accept = Accept
do-add = Add
do-add-to-calendar = Add to calendar
do-answer = Answer
do-apply = Apply
do-ask = Ask
do-ask-to-join = Ask to join
do-back = Back
do-cancel = Cancel
do-check-in = Check in
do-claim = Take on
do-close = Close
do-confirm = Confirm
do-continue = Continue
do-copy = Copy
do-decline = Decline
do-discard = Discard
do-download = Download
do-edit = Edit
do-endorse = Endorse
do-erase = Erase
do-export = Export
do-filter = Filter
do-follow = Follow
do-freeze = Freeze
do-invite = Invite
do-introduce = Introduce
do-join = Join
do-leave = Leave
do-lock = Lock
do-merge = Merge
do-move = Move
do-next = Next
do-open = Open
do-pause = Pause
do-pitch = Pitch an idea
do-postpone = Postpone
do-previous = Previous
do-print = Print
do-propose = Propose
do-propose-event = Propose an event
do-propose-issue = Propose an issue
do-publish = Publish
do-register = Register
do-remove = Remove
do-report = Report
do-request-changes = Ask for changes
do-reschedule = Reschedule
do-resolve = Resolve
do-resume = Resume
do-revoke = Revoke
do-rotate = Replace the link
do-save = Save
do-schedule = Schedule
do-search = Search
do-send = Send
do-show-all = Show all
do-show-more = Show more
do-sign-in = Sign in
do-sign-out = Sign out
do-skip = Skip
do-start = Start
do-submit = Submit
do-subscribe = Subscribe
do-undo = Undo
do-vouch = Vouch
do-withdraw = Withdraw

## States, of whatever has one
state-draft = Draft
state-proposed = Proposed
state-submitted = Submitted
state-under-review = Under review
state-in-review = In review
state-changes-requested = Changes requested
state-more-info = More information asked
state-accepted = Accepted
state-declined = Declined
state-withdrawn = Withdrawn
state-scheduled = Scheduled
state-published = Published
state-open = Open
state-closed = Closed
state-running = Running
state-ended = Ended
state-reported = Reported
state-postponed = Postponed
state-cancelled = Cancelled
state-active = Active
state-dormant = Dormant
state-merged = Merged
state-paused = Paused
state-prospect = Prospect
state-registered = Registered
state-verified = Verified
state-erased = Erased
state-held = Held
state-pending-approval = Awaiting approval
state-confirmed = Confirmed
state-waiting = Waiting
state-offered = Place offered
state-offer-expired = Offer expired
state-offer-declined = Offer declined
state-transferred = Transferred
state-checked-in = Checked in
state-checked-out = Checked out
state-no-show = No-show
state-rejected = Not admitted
state-prepared = Prepared
state-sent = Sent
state-delivered = Delivered
state-bounced = Bounced
state-tentative = Maybe
state-expired = Expired
state-revoked = Revoked
state-announced = Announced
state-registration = Registration
state-team-formation = Team formation
state-hacking = Hacking
state-frozen = Frozen
state-judging = Judging
state-results = Results
state-follow-up = Follow-up
state-archived = Archived
state-drafted = Drafted
state-answered = Answered
state-pitched = Pitched
state-shortlisted = Shortlisted
state-adopted = Adopted
state-not-taken-up = Not taken up
state-enrolled = Enrolled
state-looking = Looking for a team
state-in-team = In a team
state-solo = On their own
state-available = Available
state-busy = Busy
state-done = Done
state-claimed = Claimed
state-resolved = Resolved
state-reopened = Reopened
state-certified = Certified
state-corrected = Corrected
state-granted = Granted
state-suggested = Suggested
state-asked = Asked
state-connected = Connected
state-met = Met
state-useful = Useful
state-not-useful = Not useful
state-lapsed = Lapsed
state-blocked = Blocked

## Roles
role-network-admin = Network admin
role-hub-admin = Hub admin
role-curator = Curator
role-host = Host
role-organiser = Organiser
role-member = Member
role-participant = Participant
role-mentor = Mentor
role-judge = Judge
role-delegate = Delegate
role-team-lead = Team lead
role-visitor = Visitor

## Kinds of stakeholder
kind-ngo = NGO
kind-social-enterprise = Social enterprise
kind-activist = Activist
kind-startup = Startup
kind-knowledge-institution = Knowledge institution
kind-company = Company
kind-government = Government
kind-international-body = International body
kind-community-group = Community group
kind-funder = Funder
kind-person = Person

## Ways to attend, and answers to an invitation
mode-in-person = In person
mode-online = Online
mode-either = In person or online
answer-accepted = I will come
answer-tentative = Maybe
answer-declined = I cannot come

## Words beside values and fields
word-actions = Actions
word-address = Address
word-all = All
word-answer = Answer
word-begins = Begins
word-by = By
word-capacity = Capacity
word-challenge = Challenge
word-code = Code
word-contact = Contact
word-date = Date
word-deadline = Deadline
word-description = Description
word-email = Email address
word-ends = Ends
word-event = Event
word-evidence = Evidence
word-for-whom = For whom
word-gives = Gives
word-host = Host
word-hub = Hub
word-idea = Idea
word-issue = Issue
word-kind = Kind
word-language = Language
word-members = Members
word-mode = How to attend
word-name = Name
word-needs = Needs
word-no = No
word-none = None
word-note = Note
word-now = Now
word-optional = optional
word-organisation = Organisation
word-organisations = Organisations
word-other = Other
word-pages = Pages
word-person = Person
word-phone = Phone
word-place = Place
word-places = Places
word-programme = Programme
word-project = Project
word-purpose = Purpose
word-rank = Rank
word-reason = Reason
word-region = Region
word-role = Role
word-room = Room
word-score = Score
word-sector = Sector
word-skills = Skills
word-source = Source
word-state = State
word-team = Team
word-text = Text
word-time = Time
word-title = Title
word-today = Today
word-tomorrow = Tomorrow
word-unknown = Unknown
word-urgency = Urgency
word-votes = Votes
word-website = Website
word-when = When
word-where = Where
word-who = Who
word-why = Why
word-yes = Yes
word-zone = Time zone

## Forms
form-problem = There is a problem
form-missing = Fill in: { $field }
form-choose = Choose: { $field }
form-bad-email = Enter an email address such as name@example.org
form-bad-date = Enter a date that exists
form-bad-time = Enter a time that exists
form-bad-number = Enter a whole number
form-bad-url = Enter an address that begins with https://
form-stale = Someone changed this while you were writing. Look at it again, then send.
form-check = Check your answers
form-saved = Saved.
form-sent = Sent.
form-done = Done.

## Lists and clocks
page-position = { $from }–{ $to } of { $total }
places-taken = { $taken } of { $total } places
clock-over = Time is up
clock-ends-in = Ends in
clock-begins-in = Begins in
empty-list = Nothing here yet.
empty-search = Nothing found. Try other words.

## When there is no page
problem-home = Start page
problem-reference = If you write to us about it, name
problem-bad-request-title = We could not read this request
problem-bad-request-text = Go back and try again.
problem-sign-in-title = Sign in first
problem-sign-in-text = This page is for people we know.
problem-forbidden-title = This is not open to you
problem-forbidden-text = Ask the hub's hosts if you think it should be.
problem-cross-site-title = This form came from another site
problem-cross-site-text = For your safety nothing was done. Open the page here and send it again.
problem-not-found-title = Page not found
problem-not-found-text = Perhaps it moved, or the address has a typing error.
problem-method-title = This address cannot do that
problem-method-text = Go back and try again.
problem-slow-title = This took too long to arrive
problem-slow-text = Check your connection and try again.
problem-gone-title = This is no longer here
problem-gone-text = It was taken down, or the link was replaced.
problem-too-large-title = This is too much at once
problem-too-large-text = Send a shorter text or a smaller picture.
problem-unsupported-title = We cannot read this kind of file
problem-unsupported-text = Use the form on the page.
problem-too-many-title = Too many tries
problem-too-many-text = Wait a little and try again.
problem-internal-title = Something broke on our side
problem-internal-text = It is noted. Try again in a little while.
problem-unavailable-title = Back in a moment
problem-unavailable-text = We are busy or restarting. Nothing is lost.

## How many; languages without a plural still name the one arm
count-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
count-members =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
count-events =
    { $count ->
        [one] { $count } event
       *[other] { $count } events
    }
count-issues =
    { $count ->
        [one] { $count } issue
       *[other] { $count } issues
    }
count-organisations =
    { $count ->
        [one] { $count } organisation
       *[other] { $count } organisations
    }
count-teams =
    { $count ->
        [one] { $count } team
       *[other] { $count } teams
    }
count-ideas =
    { $count ->
        [one] { $count } idea
       *[other] { $count } ideas
    }
count-projects =
    { $count ->
        [one] { $count } project
       *[other] { $count } projects
    }
count-places =
    { $count ->
        [one] { $count } place
       *[other] { $count } places
    }
count-places-free =
    { $count ->
        [one] { $count } free place
       *[other] { $count } free places
    }
count-waiting =
    { $count ->
        [one] { $count } person waiting
       *[other] { $count } people waiting
    }
count-invitations =
    { $count ->
        [one] { $count } invitation
       *[other] { $count } invitations
    }
count-votes =
    { $count ->
        [one] { $count } vote
       *[other] { $count } votes
    }
count-results =
    { $count ->
        [one] { $count } result
       *[other] { $count } results
    }
count-errors =
    { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
count-changes =
    { $count ->
        [one] { $count } change
       *[other] { $count } changes
    }
count-endorsements =
    { $count ->
        [one] { $count } endorsement
       *[other] { $count } endorsements
    }
count-characters-left =
    { $count ->
        [one] { $count } character left
       *[other] { $count } characters left
    }
count-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
count-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
count-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
count-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
