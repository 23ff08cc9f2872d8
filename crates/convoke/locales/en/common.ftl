## The frame of every page
frame-skip = Skip to main content
frame-navigation = Main
frame-languages = Language
frame-error-prefix = Error:
frame-past = Past state
frame-notice = Notice
frame-foot = Convoke calls people together around what matters now.

## Where to go
nav-agenda = Agenda
nav-events = Events
nav-stakeholders = Stakeholders
nav-hackathons = Hackathons
nav-ideas = Ideas
nav-teams = Teams
nav-history = History

## What buttons do
do-accept = Accept
do-add-to-calendar = Add to calendar
do-ask-to-join = Ask to join
do-decline = Decline
do-join = Join
do-leave = Leave
do-pitch = Pitch an idea
do-sign-in = Sign in
do-sign-out = Sign out

## States, of whatever has one
state-proposed = Proposed
state-under-review = Under review
state-accepted = Accepted
state-declined = Declined
state-withdrawn = Withdrawn
state-scheduled = Scheduled
state-published = Published
state-closed = Closed
state-ended = Ended
state-reported = Reported
state-postponed = Postponed
state-cancelled = Cancelled
state-active = Active
state-merged = Merged
state-paused = Paused
state-prospect = Prospect
state-registered = Registered
state-verified = Verified
state-erased = Erased
state-received = Received
state-left = Left the waitlist
state-confirmed = Confirmed
state-waiting = Waiting
state-offered = Place offered
state-prepared = Prepared
state-sent = Sent
state-tentative = Maybe
state-expired = Expired
state-revoked = Revoked
state-team-formation = Team formation
state-locked = Teams locked
state-hacking = Hacking
state-frozen = Frozen
state-drafted = Drafted

## Roles
role-network-admin = Network admin
role-hub-admin = Hub admin
role-curator = Curator
role-host = Host
role-organiser = Organiser
role-member = Member
role-participant = Participant

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

## Ways to attend
mode-in-person = In person
mode-online = Online
mode-either = In person or online

## Words beside values and fields
word-about = Description
word-actions = Actions
word-address = Address
word-city = City
word-code = Code
word-country = Country
word-date = Date
word-deadline = Deadline
word-email = Email address
word-event = Event
word-evidence = Evidence
word-figure = Figure or finding
word-idea = Idea
word-label = Name
word-mode = How to attend
word-name = Name
word-need = Need
word-needs = Needs
word-none = None
word-note = Note
word-offers = Offers
word-optional = optional
word-pages = Pages
word-phone = Phone
word-places = Places
word-purpose = Purpose
word-reason = Reason
word-region = Region
word-skills = Skills
word-source = Source
word-statement = Statement
word-text = Text
word-title = Title
word-urgency = Urgency
word-website = Website
word-what = What it is
word-when = When
word-where = Where
word-why = Why
word-wishes = Wishes
word-zone = Time zone

## Forms
form-problem = There is a problem

## Clocks
clock-over = Time is up

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

## How many
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
count-endorsements =
    { $count ->
        [one] { $count } endorsement
       *[other] { $count } endorsements
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
