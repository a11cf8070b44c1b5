# Words that come back in fields, lists and charts.

kit-choose = Choose
kit-show-table = See the numbers in a table
kit-sort-by = Sort by { $column }
kit-sorted-up = sorted ascending
kit-sorted-down = sorted descending
kit-pages = Pages
kit-chart-scale = 1 is far away, 5 is fully in place
kit-chart-not-filled = not filled in
kit-efforts-what = Effort
kit-efforts-who = Who
kit-efforts-state = How far
kit-efforts-ongoing = Ongoing
kit-efforts-planned = Planned
kit-efforts-ended = Ended
