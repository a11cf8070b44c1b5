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
list-marks = Husk
list-ongoing = i gang
list-mark-no-goal = Mangler jobmål
list-mark-no-company = Mangler virksomhed
list-mark-unwritten = Ikke skrevet
list-mark-overdue = Over tiden
list-mark-new = Ny
list-mark-change = Skifter { $date }
