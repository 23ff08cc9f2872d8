### What people read when a rule turns a command down. The key is `rejection-` and the code in small
### letters (TEAM_FULL: rejection-team-full); the figures of the rejection are its variables.

# What every form may be told.

rejection-wrong-state = This is not possible in its present state: { $state }.
rejection-version-conflict = Someone changed this while you were writing. Look at it again, then send.
rejection-command-id-reused = This form was already sent with other answers. Open the page again.
rejection-field-missing = Fill in: { $name }
rejection-title-missing = Give it a title.
rejection-name-missing = Give it a name.
rejection-reason-missing = Say why.
rejection-text-missing = Fill in a text.
rejection-text-too-long = At most { $max } characters; this has { $length }.
rejection-too-long = { $name }: at most { $max } characters; this has { $length }.
rejection-too-many = At most { $max } entries; this has { $length }.
rejection-control-character = { $name }: there is an invisible character in it that we cannot take. Type the text anew.
rejection-invalid-value = Enter a number that is possible here.
rejection-invalid-date = Enter a date that exists, such as 2027-01-20.
rejection-invalid-address = Enter an email address such as name@example.org.
rejection-email-missing = Enter an email address.
rejection-email-invalid = Enter an email address such as name@example.org.
rejection-invalid-url = Enter a web address that begins with https://.
rejection-website-invalid = “{ $website }” is not a web address.
rejection-invalid-link = This link does not work any more. Use the newest one we sent you.
rejection-invalid-token = This link is not genuine. Use the one in our letter to you.
rejection-unknown-id = This does not exist, or no longer does.
rejection-unknown-time-zone = There is no such time zone. Choose one such as Europe/Amsterdam.
rejection-locale-unknown = Choose languages we speak: English (en), Dutch (nl), Turkish (tr) or Korean (ko).
rejection-broken-file = We could not read this file.

# Hubs, roles and access.

rejection-unknown-hub = There is no such hub.
rejection-slug-taken = Another hub has the address “{ $slug }” already.
rejection-slug-invalid = “{ $slug }” cannot stand in an address. Use 2 to 40 small letters, digits and hyphens, with no hyphen at either end.
rejection-role-above-own = The role “{ $role }” ranks above your own, so you cannot give or take it.
rejection-role-needs-hub = The role “{ $role }” is held in one hub. Say in which.
rejection-role-is-network-wide = The role “{ $role }” is held in the whole network. Leave the hub out.
rejection-unknown-token = There is no such access token.
rejection-token-ends-in-past = This access token would have ended already: { $expires_at }.
rejection-secret-hash-invalid = The hash of a secret has 64 hexadecimal digits.

# Issues.

rejection-unknown-issue = There is no such issue.
rejection-duplicate-of = There is an issue with this title already. Join it, or say that yours is another one.
rejection-merged-into = This was merged into another one. Go on there.
rejection-self-merge = Nothing can be merged into itself.
rejection-cycle-detected = The other one was merged into this one already.
rejection-target-closed = The other issue takes nothing in any more: { $state }.
rejection-figure-missing = Say what was found: a figure or a finding.
rejection-source-missing = Name the source.
rejection-date-in-future = { $date } is still to come. Enter the day of publication.
rejection-unknown-evidence = There is no evidence number { $evidence }.
rejection-already-retracted = Evidence number { $evidence } was taken back already.
rejection-no-evidence = Nothing goes on the agenda without evidence. Add a figure and its source first.
rejection-not-active = Only an issue on the agenda can be endorsed. This one is not: { $state }.
rejection-already-endorsed = This stakeholder endorses the issue already.
rejection-unknown-sdg = There is no goal number { $goal }: the sustainable development goals go from 1 to 17.
rejection-not-author = Only the person who brought it in may do this.

# The registry.

rejection-unknown-stakeholder = There is no such stakeholder.
rejection-kind-missing = Choose the kind of stakeholder.
rejection-kind-unknown = “{ $kind }” is not a kind of stakeholder we know.
rejection-consent-missing = We may only list you if you agree to it. Tick the box.
rejection-email-taken = This email address belongs to another entry in the registry.
rejection-erased = This entry has been erased.
rejection-person-gone = This person has been erased.
rejection-not-yours = Only its own people or a host may do this.
rejection-self-verify = You cannot verify yourself. Ask another curator.
rejection-what-missing = Say what it is.
rejection-ends-in-past = { $until } is over already. Choose a later day.
rejection-too-many-pledges = There are { $max } already, and more nobody reads. Withdraw one first.
rejection-unknown-offer = There is no offer number { $offer }.
rejection-unknown-need = There is no need number { $need }.
rejection-open-obligation = Something must be settled first: { $what }.

# Files with stakeholders, and their rows.

rejection-not-utf8 = Line { $line } holds characters we cannot read. Save the file as “CSV UTF-8”.
rejection-file-too-large = The file has { $bytes } bytes; at most { $max } are possible.
rejection-header-missing = The file is empty. Its first row names the columns.
rejection-columns-missing = Columns are missing: { $names }.
rejection-too-many-rows = The file has { $rows } rows; at most { $max } are possible.
rejection-quoting-broken = A quotation mark is not closed, or stands where none may.
rejection-field-count =
    { $found ->
        [one] The row has one field; the first row has { $expected }.
       *[other] The row has { $found } fields; the first row has { $expected }.
    }
rejection-duplicate-row = The same as row { $first }.

# Hackathons and teams.

rejection-unknown-hackathon = There is no such hackathon.
rejection-unknown-participant = This person does not take part in the hackathon yet.
rejection-unknown-team = There is no such team any more.
rejection-unknown-idea = There is no such idea any more.
rejection-event-cancelled = The event is cancelled.
rejection-already-created = This hackathon was planned already.
rejection-min-above-max = The smallest team ({ $min }) would be larger than the largest ({ $max }).
rejection-max-zero = A team holds at least one person.
rejection-team-size-too-large = A team has at most { $limit } people; { $max } would be too many.
rejection-teams-above-max = One team has { $largest } members already; { $max } would be too few.
rejection-duration-out-of-range = A hackathon lasts at least { $min_s } and at most { $max_s }.
rejection-not-organiser = Only an organiser may do this.
rejection-hackathon-cancelled = This hackathon is cancelled.
rejection-hackathon-already-cancelled = This hackathon is cancelled already.
rejection-hackathon-over = This hackathon is over.
rejection-wrong-phase = This is not possible in the present phase: { $state }.
rejection-rosters-locked = The teams are locked. Ask an organiser.
rejection-rosters-not-locked = The teams are not locked yet: until then everybody chooses for themselves.
rejection-not-locked = Lock the teams first.
rejection-already-started = The clock has been running since { $at }.
rejection-start-out-of-range = The clock starts now, or started at most { $back_s } ago.
rejection-not-running = The clock is not running.
rejection-not-paused = The clock is not paused.
rejection-extension-out-of-range = Give more than nothing and at most { $max_s }.
rejection-after-freeze = Time was over on { $deadline }.
rejection-too-early = Time is not over before { $deadline }.
rejection-formation-not-open = Teams cannot form yet.
rejection-not-registered = You need a confirmed place at the event.
rejection-already-enrolled = You take part already.
rejection-roster-full = A hackathon takes { $max } participants.
rejection-participant-withdrawn = This person no longer takes part.
rejection-not-yourself = You can only do this for yourself.
rejection-not-member = Only members of the team may do this.
rejection-not-lead = Only the lead of the team may do this.
rejection-idea-taken = A team works on this idea.
rejection-already-founded = This team is there already.
rejection-already-pitched = This idea is there already.
rejection-pitch-limit =
    { $max ->
        [one] Everybody pitches one idea at most.
       *[other] Everybody pitches at most { $max } ideas.
    }
rejection-pitching-closed = Ideas are no longer taken.
rejection-level-out-of-range = A level is 1, 2 or 3, not { $level }.
rejection-already-in-team = You are in a team already.
rejection-name-taken = Another team has that name.
rejection-code-in-use = That code is in use. Try again.
rejection-team-limit = A hackathon takes { $max } teams.
rejection-team-full = The team is full: { $size } of { $max }.
rejection-duplicate-request = You have asked this team already.
rejection-request-limit = You have { $max } open requests. Wait for an answer, or take one back.
rejection-request-gone = This request is no longer open.
rejection-code-unknown = No team has this code.
rejection-not-in-team = This person is not in the team.
rejection-cannot-remove-self = Leave the team instead.

# Events, places, invitations.

rejection-unknown-event = There is no such event.
rejection-purpose-missing = Name the issue it serves, or the need it answers.
rejection-issue-not-active = That issue is not on the agenda.
rejection-not-your-proposal = Only the person who proposed it may take it back.
rejection-end-before-start = It would end ({ $ends_at }) before it begins ({ $starts_at }).
rejection-nonexistent-local-time = The clocks jump from { $before } to { $after }: that time does not exist.
rejection-ambiguous-local-time = The clocks are set back that night and show { $local } twice. Say whether you mean the earlier or the later.
rejection-too-far-away = The year { $year } is too far away; { $latest } is the last.
rejection-no-room-or-link = Say where it takes place: a room, or a link.
rejection-already-ended = It is over.
rejection-already-cancelled = It is cancelled already.
rejection-not-ended = It is not over yet.
rejection-report-incomplete = Say who was missing.
rejection-registration-closed = Registration is not open.
rejection-quota-full =
    { $capacity ->
        [one] The only place is taken.
       *[other] All { $capacity } places are taken.
    }
rejection-already-registered = Registered already.
rejection-party-too-large = You are { $party_size } together; at most { $max } may come together.
rejection-party-empty = At least one person comes.
rejection-unknown-registration = There is no such registration.
rejection-not-your-registration = Only the person who registered or the hub may do this.
rejection-offer-not-open = No place is being kept for you any more.
rejection-not-waiting = You are not on the waitlist.
rejection-below-confirmed =
    { $held ->
        [one] One place is taken; { $capacity } would be too few.
       *[other] { $held } places are taken; { $capacity } would be too few.
    }
rejection-unknown-invitation = There is no such invitation.
rejection-event-not-published = Publish the event first.
rejection-already-invited = Invited already.
rejection-declined-with-stop = This guest asked not to be invited to this again.
rejection-invitation-expired = This invitation has expired: the event has begun.
rejection-invitation-revoked = This invitation was taken back.
rejection-not-your-invitation = This invitation is for somebody else.
rejection-stale-reply = The event has changed since that answer. Look at it again, then answer.
rejection-seat-gone =
    { $capacity ->
        [one] The only place is taken.
       *[other] No place is left: all { $capacity } are taken.
    }
rejection-asked-not-to-be-written = This person asked not to be written to. Only they can take that back.
rejection-already-reminded = They have been reminded already. You can do it again from { $until }.
rejection-too-many-followed = You follow { $max } issues already.
rejection-not-asked-for = Nobody has asked to follow this, or it has been taken back.
rejection-unknown-calendar-link = There is no such calendar address of yours.
rejection-calendar-link-ended = This calendar address has ended. Make a new one.
rejection-too-many-calendar-links = More than { $max } calendar addresses in one hub are too many. End one you no longer use.
rejection-not-taking-part = This calendar is for those who take part in the hackathon.
rejection-mail-unknown = There is no mail named “{ $mail }”.

rejection-proposed-time-passed = The proposed time has passed, or would end before it begins.
rejection-too-many-proposals = This guest has proposed another time { $max } times already.
rejection-proposal-not-open = This proposal has been decided already, or there is a newer one.
rejection-resent-recently = The invitation was sent again at { $at }. Once an hour is enough.
rejection-no-request-to-attend = Nobody with this address has asked to attend.
rejection-request-declined = This request was declined. You can still invite the person.
rejection-request-accepted = This person has been invited already.
rejection-too-many-unproved = More than { $max } answers that nothing vouches for came in within a day.
rejection-held-answer-gone = This link has been used, or is too old. You can answer by the link in your invitation.
rejection-email-change-gone = This link has been used, or is too old. Enter the address again.
rejection-too-many-email-changes = The address was changed { $max } times today. Try again tomorrow.

# Calendars that come in.

rejection-calendar-too-large = This file is too large: at most { $max } bytes can be read at once.
rejection-not-a-calendar = This file is not a calendar. Choose one that ends in .ics.
rejection-calendar-missing = Choose a file first.
rejection-letters-uncertain = The file is not UTF-8. Letters outside English may be wrong.
rejection-component-cut-off = It is cut off.
rejection-line-skipped = Line { $line } cannot be read and was skipped.
rejection-property-unreadable = { $property } in line { $line } cannot be read and was left out.
rejection-not-an-event = It is no event but a { $component }.
rejection-beginning-missing = It does not say when it begins.
rejection-component-untitled = It has no title.
rejection-cancelled-elsewhere = It is cancelled there.
rejection-other-version-taken = Another version of it is in the file; the newer one was taken.
rejection-year-out-of-range = Its year is out of range.
rejection-component-too-large = It is too large.
rejection-too-many-components = The file has more events than are taken at once. This one and the rest are left out.
rejection-over-already = It is over. Past events are proposed only if you ask for them.
rejection-zone-missing = Its times name no time zone; that of the calendar was taken.
rejection-zone-unknown = Nobody knows the time zone “{ $zone }”; that of the calendar was taken.
rejection-end-missing = It does not say when it ends; one hour, or one day, was taken.
rejection-end-misplaced = It would end before it begins; one hour, or one day, was taken.
rejection-rule-not-kept = It repeats by a rule we do not have ({ $rule }). Only its first date was taken.
rejection-rule-without-end = It repeats without end. Only its first date was taken.
rejection-dates-not-kept = Some of its single dates could not be kept.
rejection-date-by-itself = It is a changed date of a series and stands by itself.
rejection-only-first-date = It repeats ({ $rule }). Only its first date was taken.
rejection-people-left-behind = The people in it were not taken.
rejection-attachments-left-behind = Its attachments were not taken.
rejection-text-cut = { $property } is too long and was cut.

# Series.

rejection-unknown-series = There is no such series.
rejection-rule-invalid = This is no rule a series can have: choose how often, on which days, and one end.
rejection-not-its-first-date = The first date is not one of the rule’s own dates ({ $rule }).
rejection-not-one-of-its-dates = { $date } is not a date of the series.
rejection-too-many-dates = These are { $dates } dates; at most { $max } are planned ahead.
rejection-no-date-left = No date is left.
rejection-no-date-added = This would add no date to the series. Choose a later end.
rejection-series-over = The series has ended.
rejection-series-not-published = The series is not published.
rejection-nothing-to-come = Nothing of the series is still to come.
