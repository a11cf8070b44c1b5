# Arbejdslisterne: Min dag, Mine borgere, søgning, team og virksomheder.

list-day-title = Min dag
list-today = Samtaler i dag
list-tomorrow = I morgen
list-start = Start
list-prepare = Forbered
list-write-outcome = Skriv
list-questions = { $count ->
    [one] 1 spørgsmål
   *[other] { $count } spørgsmål
}
list-no-talks-today = Du har ingen samtaler i dag.
list-unwritten = Mangler at blive skrevet
list-unwritten-why = Samtalerne er holdt, men der står ikke, hvad I aftalte. Skriv det, mens du husker det.
list-unread = Nye beskeder fra borgere
list-my-steps = Det har jeg lovet
list-no-steps = Du har ingen åbne skridt. Alt det, du har lovet, er gjort.
list-tick = Marker som gjort: { $title }
list-more-steps = Der er flere. Vi viser dem, der haster mest.
list-see-all = { $count ->
    [one] Se borgeren i listen
   *[other] Se alle { $count }
}
list-see-citizens = { $count ->
    [one] Se din borger
   *[other] Se dine { $count } borgere
}
list-change-on = Skifter { $date }
list-with-you-since = Hos dig fra { $date }
list-all-well = Godt på vej
list-all-well-what = Ingen planer mangler et mål om job eller kontakt med en virksomhed, og der er ingen skift på vej.
list-none-yet = Ingen borgere endnu
list-none-yet-what = Her står de borgere, du er tovholder for. Brug søgefeltet øverst for at finde en borger, en kollega eller en virksomhed.
list-none-part-what = Her står de borgere, hvis plan du er med i uden at være tovholder.
list-none-unit-what = Her står de borgere, enheden har en åben plan for.

list-citizens-title = Mine borgere
list-citizens-file = mine-borgere
list-scopes = Hvis borgere
list-scope-mine = Jeg er tovholder
list-scope-part = Jeg er med
list-scope-unit = Min enhed
list-lists = Færdige lister
list-name-begins = Navn
list-no-numbers = Skriv et navn uden tal. Søg efter CPR-nummer i feltet øverst på siden.
list-every = Alle
list-unit = Enhed
list-filters = Mine faste filtre
list-filter-name = Gem det, du ser nu, som et filter
list-filter-hint = Giv det et navn, for eksempel »Ring denne uge«
list-filter-save = Gem filter
list-filter-name-missing = Giv filteret et navn
list-filter-name-long = Navnet må højst fylde { $max } tegn
list-filter-too-many = Du kan have { $max } filtre. Fjern et, før du gemmer et nyt.
list-shown = { $count ->
    [0] Ingen borgere
    [one] 1 borger
   *[other] { $count } borgere
}
list-none-match = Ingen borgere passer
list-none-match-what = Prøv med færre bogstaver, eller se hele listen.
list-age = Alder
list-core-task = Opgave
list-task-work = Job
list-task-life = Hverdag
list-task-youth = Ung
list-next-step = Næste skridt
list-due = Senest
list-next-talk = Næste samtale
list-last-talk = Sidste samtale
list-company-contact = Virksomhed
list-coordinator = Tovholder
list-protected = Adressebeskyttet
list-marks = Husk
list-ongoing = i gang
list-mark-no-goal = Mangler jobmål
list-mark-no-company = Mangler virksomhed
list-mark-unwritten = Ikke skrevet
list-mark-overdue = Over tiden
list-mark-unread = { $count ->
    [one] 1 ny besked
   *[other] { $count } nye beskeder
}
list-mark-new = Ny
list-mark-change = Skifter { $date }

list-search-title = Søg
list-search-hint = Skriv et navn eller begyndelsen af det. Et helt CPR-nummer fører lige til planen.
list-years = { $years } år
list-no-plan = ingen plan endnu
list-plan-closed = planen er afsluttet
list-coordinated-by = tovholder: { $name }
list-title-at = { $title }, { $unit }
list-found-citizens = Borgere
list-found-colleagues = Kolleger
list-found-nothing = Vi fandt ingen
list-found-nothing-what = Prøv med færre bogstaver. Du finder kun borgere, du har en grund til at se. Har du et helt CPR-nummer, kan du se, hvem du skal tale med.
list-found-no-number = Ingen borger har det nummer. Se efter, om alle ti tal er rigtige.
list-no-access = Du har ikke adgang til borgerens plan
list-no-access-what = Ring til den, der har ansvaret. I kan sammen finde ud af, om du skal være med i planen.
list-no-access-logged = Borgeren kan se, at du har søgt.
list-turn-to = Har ansvaret

list-units-caption = Planer i enhederne i dag
list-units-all = I alt
list-units-about = Tallene er åbne planer i dag. En plan kan stå i flere lister. Tryk på et tal for at se borgerne.
list-open-plans = Åbne planer
list-of-them-yours = { $count ->
    [0] ingen hos dig
   *[other] { $count } hos dig
}
list-busy-none = Ingen samtaler i dag
list-busy-over = { $count ->
    [one] 1 samtale i dag, nu overstået
   *[other] { $count } samtaler i dag, nu overstået
}
list-busy-next = { $count ->
    [one] 1 samtale i dag, kl. { $time }
   *[other] { $count } samtaler i dag, næste kl. { $time }
}
list-plans = { $count ->
    [0] ingen planer
    [one] tovholder for 1
   *[other] tovholder for { $count }
}
list-me = (dig)
list-team-empty = Ingen i teamet endnu
list-team-empty-what = Teamet får medlemmer i opsætningen.
list-drift-title = Hvornår mangler en plan noget?
list-drift-what = Det er ikke en fejl, men en påmindelse: Sæt et mål sammen med borgeren, eller find en virksomhed, der passer til ønskerne.

list-companies-file = virksomheder
list-placements-file = forløb
list-industry = Branche
list-town = By
list-contact = Kontakt
list-cvr = CVR-nummer
list-employees = Ansatte
list-active = Forløb nu
list-only-active = Kun dem med forløb nu
list-no-company-matches = Ingen virksomheder passer
list-no-companies = Ingen virksomheder endnu
list-no-companies-what = Virksomheder kommer ind med en fil i opsætningen.
list-placement = Forløb
list-kind = Slags
list-period = Hvornår
list-hours = Timer om ugen
list-paid = Heraf med løn
list-a-citizen = en borger
list-placements-now = Forløb nu
list-placements-coming = Aftalte forløb
list-placements-before = Tidligere forløb
list-placements-none = Der er ingen forløb lige nu.
list-names-why = Du ser navnet på de borgere, hvis plan du er med i. De andre står som »en borger«.
list-open-plan = Opret en plan
