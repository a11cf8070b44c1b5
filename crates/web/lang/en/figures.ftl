# Figures: the goals of the strategy, each figure, targets. The strategy's own words stand in strategies/*.toml.

fig-title = Figures
fig-question = Are we moving the right way?
fig-ways = The goals by the way they move
fig-known = As of { $as-of }, for { $people } citizens.
fig-set-targets = Set targets
fig-see-targets = See the targets
fig-back = All figures
fig-goal = Goal
fig-all = All
fig-other = Unknown
fig-country = The whole country
fig-years = { $ages } years
fig-full-time = full-time persons

fig-answer-neither = None of the goals has moved more than it usually swings.
fig-answer-right = { $count ->
    [one] One goal moves the right way.
   *[other] { $count } goals move the right way.
}
fig-answer-wrong = { $count ->
    [one] One goal moves the wrong way.
   *[other] { $count } goals move the wrong way.
}
fig-answer-both = { $right } { $wrong }

fig-way = Direction
fig-way-right = Right way
fig-way-wrong = Wrong way
fig-way-up = Rising
fig-way-down = Falling
fig-way-steady = Unchanged
fig-way-too-few = Too few months
fig-way-unknown = Not known yet

fig-says-right-up = The figure has risen more than it usually swings. That is the right way.
fig-says-right-down = The figure has fallen more than it usually swings. That is the right way.
fig-says-wrong-up = The figure has risen more than it usually swings. That is the wrong way.
fig-says-wrong-down = The figure has fallen more than it usually swings. That is the wrong way.
fig-says-up = The figure has risen more than it usually swings.
fig-says-down = The figure has fallen more than it usually swings.
fig-says-steady = The figure swings as usual. There is no certain change.
fig-says-too-few = There are too few months to say which way it goes.
fig-says-unknown = We do not have the figure yet.

fig-target = Target
fig-target-is = The target is { $target }.
fig-target-deviation = The target is { $target }. The deviation is { $deviation }.
fig-target-met-now = It is met this month.
fig-target-not-met-now = It is not met this month.
fig-target-met = It is met this month, but the figure swings around it.
fig-target-met-safe = It is met, and will stay so as things go now.
fig-target-not-met = It is not met this month, but it can be.
fig-target-out-of-reach = It will not be met as things go now. Something else is needed.
fig-met = met
fig-not-met = not met

fig-compared = { $group }: { $own } here and { $country } in the whole country ({ $month }).
fig-about = { $month } · { $n }
fig-about-provisional = { $month } · { $n } · may still change
fig-no-value = No figure yet
fig-n-people = { $count ->
    [one] 1 citizen
   *[other] { $count } citizens
}
fig-n-spells = { $count ->
    [one] 1 spell
   *[other] { $count } spells
}
fig-n-plans = { $count ->
    [one] 1 plan
   *[other] { $count } plans
}
fig-n-changes = { $count } changes
fig-n-companies = { $count ->
    [one] 1 company
   *[other] { $count } companies
}
fig-few = Too few to show
fig-not-known = Not known
fig-not-published = Not published
fig-may-change = May still change
fig-provisional = { $month } (may change)
fig-points = { $number } percentage points

fig-what-is-it = What does it mean?
fig-definition-id = The definition is called { $id }.
fig-more-title = Figures to read beside them
fig-how-title = How to read the figures
fig-how-signal = A figure is never quite the same two months in a row. We work out how much it usually swings. Only when it moves more than that do we say it has changed.
fig-how-small = Where fewer than 5 citizens stand behind a figure, it is not shown. Other figures may be hidden too, where it could be computed from them. A share must be of at least 20.
fig-how-gap = A break of up to four weeks does not end a spell. Nor does a birthday, a move, or a benefit's new name.

fig-only = Only { $part }.
fig-show-all = Show all
fig-goal-for = { $goal }: { $part }
fig-trial = There are fewer than 12 months, so the limits of the usual swing are provisional.
fig-forecast = If it goes on as before, the figure will be about { $value } in { $month }.
fig-forecast-range = If it goes on as before, the figure will be about { $value } in { $month }. Four times out of five it has been between { $low } and { $high }.
fig-empty = There is nothing to show
fig-empty-what = Either too few citizens stand behind it, or not enough time has passed to follow them.
fig-empty-hours = No hours of work have been brought in, so we cannot see who has gone to work.
fig-get-picture = Get as a picture
fig-table-caption = Month by month
fig-month = Month
fig-measure = Figure
fig-part = Group
fig-value = Value
fig-actual = Actual
fig-counted = Counted
fig-of = Out of
fig-n = Based on
fig-deviation = Deviation
fig-remark = Remark
fig-definition = Definition
fig-data-date = As of
fig-likely = Uncertainty
fig-between = { $low }–{ $high }
fig-means-title = What does it mean?
fig-benefits = Benefits that count:
fig-as-of = As of { $date }.
fig-hours-to = Hours of work are known up to { $month }.
fig-formula = Formula and source
fig-means-companies = How many different companies had a citizen in a placement, subsidised job, paid hours or another course on at least one day of the month.
fig-means-joint = Of the plans open on the last day of the month: the share with employees of at least two units in them. The coordinator counts.
fig-parts-title = Broken down, { $month }
fig-parts-about = The groups stand in a fixed order, not by who does best. The uncertainty shows where the figure may lie by chance. The unit is the one responsible for the citizen today.
fig-by-group = Benefit
fig-by-unit = Unit
fig-by-age = Age
fig-compare-title = Compared with others
fig-compare-about = The others' figures are from Jobindsats.dk (STAR) and Statistics Denmark. Numerators and denominators are added up, so that large and small places weigh what they should. Their definitions may differ a little from ours.
fig-compare-provisional = The figures for { $month } are provisional.
fig-compare-broken = On 1 July 2025 three benefits became one. Figures before and after are not quite of the same thing.
fig-compare-caption = { $title }, { $month }
fig-compared-reading = { $here } and { $other }, month by month.
fig-place = Place
fig-funnel-title = All 98 municipalities, { $month }
fig-funnel-within = We are within what may be chance for a municipality of our size.
fig-funnel-above = We are above what may be chance for a municipality of our size.
fig-funnel-below = We are below what may be chance for a municipality of our size.

fig-key-band = How much the figure usually swings
fig-key-ahead = If it goes on as before
fig-key-good = Change the right way
fig-key-bad = Change the wrong way
fig-key-change = Change
fig-key-open = May still change
fig-key-cut = The law changed
fig-key-places = Other municipalities
fig-key-limits = Limits of chance
fig-key-size = Small places on the left, large on the right
fig-picture-target = dotted line: target
fig-picture-source = { $place } · as of { $date } · definition { $id }

fig-people-title = The citizens behind it
fig-people-about = { $count ->
    [one] 1 citizen with { $unit } stands behind the number for { $month } ({ $name }).
   *[other] { $count } citizens with { $unit } stand behind the number for { $month } ({ $name }).
}
fig-people-none = No citizens
fig-people-none-what = None of the unit's citizens are counted in the month.
fig-people-logged = The log notes that you have seen the list.

fig-targets-title = Targets
fig-targets-lead = What do we want to reach, and how close are we?
fig-choose = Choose a figure
fig-show = Show
fig-set-title = Set a target
fig-from = From
fig-to = To
fig-month-hint = Year and month, such as 2026-04
fig-value-hint = Leave empty to take the target away
fig-value-hint-share = In per cent, such as 12.5. Leave empty to take the target away
fig-value-hint-weeks = In weeks, such as 26. Leave empty to take the target away
fig-set-submit = Save the target
fig-month-wrong = Write year and month, such as 2026-04
fig-months-wrong = The last month must come after the first, and at most { $most } months can be set at once
fig-value-wrong = Write a number, such as 12.5
fig-forecast-head = If it goes on
fig-forecast-about = The last column shows where the figure ends if it goes on as before. It is shown because the method has come closer than guessing the same month last year.
fig-forecast-none = No forecast is shown: either there are too few months, or it comes no closer than guessing the same month last year.
fig-history-title = Who set what?
fig-history-none = No target has been set yet.
fig-history-set = { $value } for { $months }
fig-history-taken = The target for { $months } was taken away
fig-months = { $from } to { $to }
fig-inhabitants-title = The municipality's inhabitants
fig-inhabitants-about = Figures per 1,000 inhabitants are worked out from this number. Now: { $now }.
fig-inhabitants = Number of inhabitants
fig-inhabitants-none = not given
fig-inhabitants-submit = Save the number
fig-inhabitants-wrong = Write how many live in the municipality

fig-kroner = DKK { $number }
fig-millions = { $number } m
fig-budget = Budget
fig-gross = Before refund
fig-n-gross = DKK { $kroner } before refund
fig-value-hint-kroner = Whole kroner a month, such as 1,250,000
fig-year-whole = The whole year
fig-year-so-far = { $months ->
    [one] So far: 1 month
   *[other] So far: { $months } months
}
fig-means-expenses = What the municipality paid out for the benefits in the month, less what the state gave back.
fig-weeks-to = The weeks from DREAM are known up to { $day }. Those who are not in the newest file are not counted.
