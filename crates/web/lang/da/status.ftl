# Statusskemaet: teamets egne mål, og hvad teamet siger om dem én gang om måneden.

status-title = Statusskema
status-title-of = Statusskema for { $name }
status-back = { $team }
status-back-all = Alle teams
status-see-all = Se alle teams’ statusskemaer
status-lead = Her står teamets egne mål, og hvordan det går med dem måned for måned.
status-leader = Teamleder er { $name }.
status-whole = Hele kommunen

status-short = Korte mål
status-short-none = Teamet har ingen korte mål lige nu.
status-long = Lange mål
status-long-none = Teamet har ingen lange mål lige nu.
status-none = Ingen mål lige nu.
status-ended = Mål, der er afsluttet
status-reach-by = Nås senest { $date }
status-passed = Datoen er gået
status-by = senest { $date }
status-unsaid = Teamet har ikke skrevet om målet endnu.
status-goal-silent = { $month } mangler.
status-written = Skrevet af { $who } { $when }

status-empty = Teamet har ingen mål endnu
status-empty-set = Tag et kvarter på næste teammøde. Bliv enige om ét mål, I kan nå inden for tre måneder, og skriv det her med jeres egne ord.
status-empty-team = Tag det op på næste teammøde: Hvad vil I gerne nå? { $leader } skriver målet her, når I er enige. Derefter skriver I selv, hvordan det går.
status-empty-head = Teamet har ingen leder i systemet. Afdelingslederen kan skrive målene sammen med jer.
status-empty-other = Når teamet har sat et mål sammen med sin leder, kan du læse det her.
status-set-first = Sæt det første mål

status-silent-heading = { $month } mangler
status-silent = { $count ->
    [one] Ét mål venter på, at I skriver, hvordan det går. Alle i teamet kan gøre det.
   *[other] { $count } mål venter på, at I skriver, hvordan det går. Alle i teamet kan gøre det.
}
status-update = Skriv status for { $month }
status-update-more = Ret status for { $month }
status-set = Sæt et mål
status-change = Ret målet
status-end = Afslut målet
status-print = Vis til udskrift
status-history = Se historien

status-action = Næste handling
status-holder = Hvem gør det?
status-due = Hvornår er det gjort?
status-was-done = Blev det gjort?
status-aim-own = Teamets eget mål er { $value }.
status-aim-strategy = Måltallet i strategien er { $value }.
status-figure-line = { $value } { $name } ({ $about })

status-update-title = { $name }: status for { $month }
status-update-lead = Skriv en sætning om hvert mål, og aftal, hvad I gør nu. Tallene kommer af sig selv. Springer I et mål over, kan I skrive om det senere på måneden.
status-no-citizens = Nævn ingen borgere, heller ikke med fornavn. Alle medarbejdere kan læse skemaet.
status-first-time = Det er første gang, I skriver om målet.
status-judgement = Hvordan går det, efter jeres egen mening?
status-says = Hvad er vigtigst at sige?
status-says-hint = Én sætning om arbejdet, ikke om en borger
status-action-hint = Det næste, I gør for at komme nærmere målet
status-save = Gem status
status-nothing = Skriv om mindst ét af målene.
status-theirs = { $name } har skrevet det her, mens du skrev. Gemmer du, er det din tekst, der gælder. Den anden bliver stående i historien.

status-goal-new = { $name }: nyt mål
status-goal-change = { $name }: ret målet
status-goal-lead = Sæt målet sammen med teamet. Højst tre korte og tre lange mål kan være åbne på én gang, så der er plads til at nå dem.
status-words = Målet med jeres egne ord
status-words-hint = Én sætning, alle i teamet kan huske. Nævn ingen borgere.
status-words-missing = Skriv, hvad I vil nå
status-term = Kort eller langt mål?
status-goal-due = Hvornår vil I have nået det?
status-goal-due-hint = Et kort mål nås inden for tre måneder, fra I satte det. Et langt mål nås inden for tre år.
status-figure = Et tal, der følger målet
status-figure-hint = Vælg kun et tal, hvis det viser, om I er på rette vej. Mange gode mål har ikke noget tal.
status-measure = Nøgletal
status-whose = Hvis tal?
status-target = Teamets eget mål for tallet
status-target-hint = Skriv det, som det vises under Nøgletal, for eksempel 30 for 30 %. Uden et tal her bruges strategiens måltal.
status-target-alone = Vælg også det nøgletal, målet gælder
status-goal-save = Gem målet

status-end-title = Afslut målet
status-outcome = Hvordan endte det?
status-why = Hvad lærte I?
status-why-hint = Én sætning: Hvad fik jer derhen, eller hvorfor holder I op? Andre teams kan bruge det.
status-end-save = Afslut målet

status-history-of = { $name }: måned for måned
status-history-lead = Intet bliver slettet. Rettes en tekst, står den gamle her stadig. Tallene er regnet ud med det, vi ved i dag.
status-history-none = Der er ingen historie endnu
status-history-none-what = Når teamet har sat sit første mål, står det her.
status-before = { $count ->
    [one] Rettet én gang
   *[other] Rettet { $count } gange
}
status-was-set = Nyt mål
status-was-changed = Målet blev rettet
status-goal-by = { $words } (senest { $date })

status-all-title = Alle teams’ statusskemaer
status-all-lead = Her kan alle læse, hvad de andre teams arbejder med, og lære af det. Skemaet er til hjælp for teamet selv. Ingen bliver sammenlignet.
status-answer = { $many } af { $teams } teams med mål har skrevet i { $month }.
status-no-teams = Der er ingen teams endnu
status-no-teams-what = Systemansvarlig kan hente dem ind fra en fil under Opsætning.
status-not-begun = Ikke begyndt
status-waits = Venter på { $month }
status-is-written = Skrevet i { $month }
status-new-goals = Nye mål
status-mine = (dit team)

status-day = { $name } har ikke skrevet status for { $month } endnu.
status-day-open = Åbn skemaet
status-withheld = Tallet vises ikke: Der står for få bag det.
