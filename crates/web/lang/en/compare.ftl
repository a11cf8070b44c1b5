# Comparison with other municipalities: choosing a place, groups, municipalities like ours, and where the published figures come from.

cmp-title = Municipalities to compare with
cmp-lead = Whom do we measure ourselves by, and why them?
cmp-see-groups = See the groups, and where the figures come from
cmp-choose = Choose whom the line shows beside us
cmp-in-chart = in the chart
cmp-as-published = { $name }, as published
cmp-missing = No figure for { $names }
cmp-source = { $source } ({ $table }), read { $read }.
cmp-source-head = Source
cmp-lower = Lower limit (95%)
cmp-upper = Upper limit (95%)

cmp-groups-title = Our groups
cmp-groups-about = A group is municipalities you have chosen. Their figures are added up, so that large and small weigh what they should. Where one municipality's figure of a month is missing, the group's is not known either.
cmp-groups-none = There are no groups yet.
cmp-municipalities = { $count ->
    [one] 1 municipality
   *[other] { $count } municipalities
}
cmp-by = Last changed by { $by }, { $when }
cmp-new-title = Make a group
cmp-former = Begin with one of the former RAR areas
cmp-former-about = The regional labour market councils are gone, but many still know their municipality best among the old neighbours.

cmp-own-title = Our municipality
cmp-own-is = We compare as { $name }. That decides which region and which municipalities are shown beside us.
cmp-own-none = Nobody has said which municipality we are. So we show neither a region nor municipalities like ours.
cmp-own-choose = Choose municipality
cmp-own-wrong = Choose a municipality on the list

cmp-like = Municipalities like ours
cmp-like-about = The eight municipalities that work under conditions most like ours. We look at three things:
cmp-like-inhabitants = how many live there
cmp-like-employees = how many of them are employees, as full-time persons per 1,000 inhabitants
cmp-like-commute = how far they travel to work on average
cmp-like-how = For each we measure the difference from us against how much municipalities usually differ. The three differences count the same. Of inhabitants, a doubling counts the same whether the municipality is small or large.
cmp-like-why = On purpose we do not look at how many are on benefits. Had we chosen municipalities with results like ours, it would always look as if we did as they do.
cmp-like-none = Choose our municipality above, and we show them here.
cmp-like-caption = We and the eight, in alphabetical order
cmp-like-source = Statistics Denmark: FOLK1AM (inhabitants), LBESK69, third quarter of 2025 (employees), AFSTB4, 2024 (distance).
cmp-municipality = Municipality
cmp-inhabitants = Inhabitants
cmp-employees = Employees per 1,000
cmp-commute = Km to work

cmp-sources-title = Where do the figures come from?
cmp-sources-about = Others' figures come from public statistics. Some come with the program, and newer ones can be brought in. The newest version holds, and the older ones are kept. What a source does not show, we do not show either. The newest month from Jobindsats is provisional.
cmp-newest = Newest month
cmp-read = Read
cmp-of-inhabitants = Inhabitants
cmp-of-kontanthjaelp-full-time = Full-time persons on kontanthjælp
cmp-of-kontanthjaelp-persons = Persons on kontanthjælp
cmp-of-kontanthjaelp-hours = Persons on kontanthjælp with hours of work
cmp-of-dagpenge-full-time = Unemployed on dagpenge, full-time persons
cmp-of-dagpenge-long-term = Long-term unemployed on dagpenge, full-time persons
cmp-brought-title = What was brought in, and when?
cmp-brought = Up to { $month }: { $origin }
cmp-taken-back = Taken back by { $by }, { $when }

cmp-name = Name of the group
cmp-name-hint = Such as East Jutland, or By the coast
cmp-name-long = The name can have at most { $most } letters
cmp-name-taken = There is a group with that name already
cmp-areas = Municipalities in the group
cmp-areas-few = Choose at least two municipalities
cmp-remove-title = Take the group away
cmp-remove-about = The group is no longer shown. You can always bring it back.
cmp-remove = Take the group away
cmp-gone = The group has been taken away. Save it, and it is shown again.
cmp-restore = Bring it back
cmp-history-made = { $name } was made: { $members }
cmp-history-changed = { $name } was changed: { $members }
cmp-history-removed = { $name } was taken away
