### Sentences of mails. What a letter and its subject share stands here once.

letter-greeting = Hello { $name },
letter-farewell = The hosts of { $hub }
letter-why = You get this mail because you take part in { $hub }.
letter-hello = Hello,
letter-online = Online
letter-page-do = See the page
letter-reason = Reason: { $reason }

invitation-subject = Invitation: { $title }
invitation-lead = { $hub } invites you to “{ $title }”.
invitation-why = Why we ask you: { $reason }
invitation-do = Say whether you come
invitation-more = One click on that page is enough. You can change your answer until the event begins, and you can tell us there not to ask again.

invitation-revoked-subject = Invitation withdrawn: { $title }
invitation-revoked-lead = We have taken back our invitation to “{ $title }”. There is nothing you need to do.

event-updated-subject = Changed: { $title }
event-updated-lead = Something about “{ $title }” has changed. This is how it is now.
event-updated-moved = The time or the place of “{ $title }” has changed. This is how it is now.
event-updated-ask = Please say again whether you come.
event-updated-kept = Your place is kept. If you cannot come any more, please give it back, so that somebody else can have it.
event-updated-waiting = You are still on the waitlist.
event-postponed-subject = Put off: { $title }
event-postponed-lead = “{ $title }” is put off. The new time is not known yet; we write to you when it is.

event-cancelled-subject = Cancelled: { $title }
event-cancelled-lead = “{ $title }” does not take place.
event-cancelled-more = There is nothing you need to do.

registration-confirmed-subject = Your place: { $title }
registration-confirmed-lead =
    { $count ->
        [one] You have a place at “{ $title }”.
       *[other] You have { $count } places at “{ $title }”.
    }
registration-confirmed-more = If you cannot come, please give it back, so that somebody else can have it.
registration-do = See or cancel your registration
registration-cancelled-subject = Registration cancelled: { $title }
registration-cancelled-lead = Your registration for “{ $title }” is cancelled.
registration-cancelled-more = If that was not you, or you have changed your mind, register again on the page of the event.

waitlist-joined-subject = Waitlist: { $title }
waitlist-joined-lead = “{ $title }” is full, and you are on the waitlist. When a place comes free, we offer it to you by mail.

place-offered-subject = A place is free: { $title }
place-offered-lead = A place at “{ $title }” has come free. It is kept for you until { $until }.
place-offered-do = Take the place, or leave it
place-offered-more = After that we offer it to the next person.

stakeholder-welcome-subject = Welcome to { $hub }
stakeholder-welcome-lead = You are now in the registry of { $hub }. Please confirm that this address is yours.
stakeholder-welcome-do = Confirm this address
stakeholder-welcome-more = If you did not ask for this, do nothing: without a confirmation we do not write again.

letter-someone = Somebody

issue-accepted-subject = On the agenda: { $title }
issue-accepted-lead = { $hub } has put “{ $title }” on its agenda. Thank you for bringing it up.
issue-declined-subject = Not on the agenda: { $title }
issue-declined-lead = { $hub } has not put “{ $title }” on its agenda.

hackathon-cancelled-subject = Hackathon cancelled: { $title }
hackathon-cancelled-lead = The hackathon of “{ $title }” does not take place.
join-requested-subject = { $who } asks to join { $team }
join-requested-lead = { $who } asks to join your team { $team }. Say yes or no on the team board.
join-accepted-subject = You are in { $team }
join-accepted-lead = The team { $team } has taken you in.
join-declined-subject = { $team } said no
join-declined-lead = The team { $team } cannot take you in. Others have open places.
member-removed-subject = No longer in { $team }
member-removed-lead = You are no longer a member of { $team }. Other teams have open places.
lead-passed-subject = You lead { $team }
lead-passed-lead = You lead the team { $team } now: you answer those who ask to join.
member-moved-subject = You are in { $team } now
member-moved-lead = An organiser has moved you to the team { $team }.
member-unplaced-subject = You are in no team
member-unplaced-lead = An organiser has taken you out of your team. Other teams have open places.
team-dissolved-subject = { $team } is no more
team-dissolved-lead = The team { $team } has been dissolved. Other teams have open places.

### Words in calendars.

calendar-cancelled = Cancelled: { $title }
calendar-postponed = Put off: { $title }
calendar-join = Join online
calendar-busy = Busy
calendar-submissions = Submissions close: { $title }
calendar-kick-off = Kick-off: { $title }
calendar-teams-settled = Teams are settled: { $title }
calendar-hackathon-name = { $title } – { $hub }
calendar-hackathon-about = The schedule of “{ $title }” at { $hub }
calendar-personal-name = My events – { $hub }
calendar-personal-about = What you go to at { $hub }, and what is due. Keep this address to yourself.
calendar-part-name = { $title }, for participants
calendar-part-about = “{ $title }” at { $hub }, for those who take part. Keep this address to yourself.
calendar-team-name = { $name } – { $title }
calendar-team-about = What team { $name } must know about “{ $title }” at { $hub }. Keep this address in the team.
calendar-ended-name = Access ended
calendar-ended-about = This calendar address has ended. Unsubscribe, or make a new address on the page of your calendars.
calendar-hub-about = Events of { $hub }
calendar-issue-name = { $issue } – { $hub }
calendar-issue-about = Events about “{ $issue }” at { $hub }
calendar-not-shown =
    { $count ->
        [one] { $count } event not shown
       *[other] { $count } events not shown
    }
letter-because = Why did I get this mail?
letter-stop-invitations = No more invitations from this hub
letter-stop-reminders = No more reminders from this hub
letter-stop-digests = No more weekly summaries from this hub
letter-stop-news = No more news and suggestions from this hub
event-reminder-subject = Soon: { $title }
event-reminder-lead = “{ $title }” is near, and you have a place.
letter-choose = Choose when we remind you
letter-your-time = Your time
invitation-reminder-subject = Are you coming? { $title }
invitation-reminder-lead = We invited you to “{ $title }” and have not heard from you yet.
follow-confirm-subject = Follow “{ $title }”?
follow-confirm-lead = Somebody gave this address to follow “{ $title }” at { $hub }: one mail each Monday after a week in which something happened. Was that you?
follow-confirm-do = Yes, follow this issue
issue-digest-subject = This week at { $hub }
issue-digest-one-subject = This week: { $title }
issue-digest-lead = This happened to what you follow.
issue-digest-stop = Follow this no more
issue-digest-new = New event: { $title }, { $when }
issue-digest-moved = New time: { $title }, { $when }
issue-digest-on = It takes place: { $title }, { $when }
issue-digest-postponed = Put off: { $title }
issue-digest-cancelled = Cancelled: { $title }
issue-digest-reported =
    { $count ->
        [one] { $title } is over; { $count } person came.
       *[other] { $title } is over; { $count } people came.
    }
issue-digest-evidence = New evidence: { $figure } ({ $source })
issue-digest-evidence-more =
    { $count ->
        [one] One more piece of evidence
       *[other] { $count } more pieces of evidence
    }
issue-digest-endorsed =
    { $count ->
        [one] One more stands behind it.
       *[other] { $count } more stand behind it.
    }
issue-digest-closed = The issue is closed.
issue-digest-reopened = The issue is back on the agenda.
issue-digest-merged = The issue lives on in another one; its page leads there.
letter-why-follows = You get this mail because you follow issues of { $hub }.
letter-why-asked = You get this mail because somebody gave this address at { $hub }.

invitation-again-subject = As it is now: { $title }
invitation-again-lead = Your calendar asked us for this invitation again. This is how it is now.

proposed-time-declined-subject = The time stays: { $title }
proposed-time-declined-lead = Thank you for proposing another time for “{ $title }”. We could not take it; the event stays when it is.

attendance-declined-subject = About your wish to attend: { $title }
attendance-declined-lead = Thank you for your interest in “{ $title }”. The guests of this event are chosen, and we cannot offer you a place this time.
attendance-declined-more = Other events of ours are open to everybody. We would be glad to see you there.

answer-unconfirmed-subject = Was that you? { $title }
answer-unconfirmed-lead = An answer to our invitation to “{ $title }” came in under your name: { $answer }. Your mail provider does not vouch for its senders, so we ask you before it counts.
answer-unconfirmed-do = Yes, that was my answer
answer-unconfirmed-more = The link works once, for a week. If that was not you, do nothing: nothing has changed.

guest-moved-away-subject = Moved to another address: { $title }
guest-moved-away-lead = Your address at our hub has changed. “{ $title }” moves to the calendar of your new address; there is nothing you need to do.
guest-moved-subject = At your new address: { $title }
guest-moved-lead = Your address at our hub has changed. Here is “{ $title }” for your calendar, as it is now.

address-confirm-subject = Is this your address? { $hub }
address-confirm-lead = Letters from { $hub } should come to this address from now on. Please confirm that it is yours.
address-confirm-more = The link works once, for a week. If you did not ask for this, do nothing.
address-changed-subject = Your address at { $hub } has changed
address-changed-lead = Letters from { $hub } go to another address from now on, as you asked.
address-changed-more = If that was not you, write to the hub at once.
# Series.

letter-series-dates = It comes again: { $count } dates in all, the last on { $last }. In your calendar you can answer for all dates at once or for each by itself; the link below is for the first.
letter-series-all = This concerns all dates of the series that were still to come.
