# Nøgletal: strategiens mål, det enkelte tal og måltal. Strategiens egne ord står i strategies/*.toml.

fig-title = Nøgletal
fig-question = Går det den rigtige vej?
fig-ways = Målene fordelt på, hvilken vej det går
fig-known = Opgjort { $as-of } for { $people } borgere.
fig-set-targets = Sæt måltal
fig-see-targets = Se måltal
fig-back = Alle nøgletal
fig-goal = Mål
fig-all = Alle
fig-other = Ukendt
fig-country = Hele landet
fig-years = { $ages } år
fig-full-time = fuldtidspersoner

fig-answer-neither = Ingen af målene har flyttet sig mere, end de plejer at svinge.
fig-answer-right = { $count ->
    [one] Ét mål går den rigtige vej.
   *[other] { $count } mål går den rigtige vej.
}
fig-answer-wrong = { $count ->
    [one] Ét mål går den forkerte vej.
   *[other] { $count } mål går den forkerte vej.
}
fig-answer-both = { $right } { $wrong }

fig-way = Retning
fig-way-right = Rigtig vej
fig-way-wrong = Forkert vej
fig-way-up = Stiger
fig-way-down = Falder
fig-way-steady = Uændret
fig-way-too-few = For få måneder
fig-way-unknown = Kendes ikke endnu

fig-says-right-up = Tallet er steget mere, end det plejer at svinge. Det er den rigtige vej.
fig-says-right-down = Tallet er faldet mere, end det plejer at svinge. Det er den rigtige vej.
fig-says-wrong-up = Tallet er steget mere, end det plejer at svinge. Det er den forkerte vej.
fig-says-wrong-down = Tallet er faldet mere, end det plejer at svinge. Det er den forkerte vej.
fig-says-up = Tallet er steget mere, end det plejer at svinge.
fig-says-down = Tallet er faldet mere, end det plejer at svinge.
fig-says-steady = Tallet svinger, som det plejer. Der er ingen sikker ændring.
fig-says-too-few = Der er for få måneder til at sige, hvilken vej det går.
fig-says-unknown = Vi har ikke tallet endnu.

fig-target = Måltal
fig-target-is = Måltallet er { $target }.
fig-target-deviation = Måltallet er { $target }. Afvigelsen er { $deviation }.
fig-target-met-now = Det er nået i måneden.
fig-target-not-met-now = Det er ikke nået i måneden.
fig-target-met = Det er nået i måneden, men tallet svinger omkring det.
fig-target-met-safe = Det er nået, og det bliver det ved med, som det går nu.
fig-target-not-met = Det er ikke nået i måneden, men det kan nås.
fig-target-out-of-reach = Det bliver ikke nået, som det går nu. Der skal noget andet til.
fig-met = nået
fig-not-met = ikke nået

fig-compared = { $group }: { $own } her og { $country } i hele landet ({ $month }).
fig-about = { $month } · { $n }
fig-about-provisional = { $month } · { $n } · kan stadig ændre sig
fig-no-value = Ingen tal endnu
fig-n-people = { $count ->
    [one] 1 borger
   *[other] { $count } borgere
}
fig-n-spells = { $count ->
    [one] 1 forløb
   *[other] { $count } forløb
}
fig-n-plans = { $count ->
    [one] 1 plan
   *[other] { $count } planer
}
fig-n-changes = { $count } skift
fig-n-companies = { $count ->
    [one] 1 virksomhed
   *[other] { $count } virksomheder
}
fig-few = For få til at vise
fig-not-known = Kendes ikke
fig-not-published = Ikke offentliggjort
fig-may-change = Kan stadig ændre sig
fig-provisional = { $month } (kan ændre sig)
fig-points = { $number } procentpoint

fig-what-is-it = Hvad betyder tallet?
fig-definition-id = Opgørelsen hedder { $id }.
fig-more-title = Tal at læse ved siden af
fig-how-title = Sådan læser du tallene
fig-how-signal = Et tal er aldrig helt det samme to måneder i træk. Vi regner ud, hvor meget det plejer at svinge. Først når det flytter sig mere, siger vi, at det er ændret.
fig-how-small = Står der færre end 5 borgere bag, viser vi ikke tallet. Andre tal kan også være skjult, hvis man ellers kunne regne det ud. En andel skal være af mindst 20.
fig-how-gap = En pause på op til fire uger bryder ikke et forløb. At fylde år, flytte eller få en ydelse med et nyt navn gør heller ikke.

fig-only = Kun { $part }.
fig-show-all = Vis alle
fig-goal-for = { $goal }: { $part }
fig-trial = Der er under 12 måneder. Grænserne for, hvor meget tallet plejer at svinge, er derfor foreløbige.
fig-forecast = Fortsætter det som hidtil, er tallet omkring { $value } i { $month }.
fig-forecast-range = Fortsætter det som hidtil, er tallet omkring { $value } i { $month }. Fire ud af fem gange har det ligget mellem { $low } og { $high }.
fig-empty = Der er ingen tal at vise
fig-empty-what = Enten er der for få borgere bag, eller også er der ikke gået nok tid til at følge dem.
fig-empty-hours = Der er ikke hentet løntimer ind. Derfor kan vi ikke se, hvem der er kommet i arbejde.
fig-get-picture = Hent som billede
fig-table-caption = Måned for måned
fig-month = Måned
fig-measure = Nøgletal
fig-part = Gruppe
fig-value = Tal
fig-actual = Faktisk
fig-counted = Talt med
fig-of = Ud af
fig-n = Bygger på
fig-deviation = Afvigelse
fig-remark = Bemærkning
fig-definition = Opgørelse
fig-data-date = Opgjort
fig-likely = Usikkerhed
fig-between = { $low }–{ $high }
fig-means-title = Hvad betyder tallet?
fig-benefits = Ydelser, der tæller med:
fig-as-of = Opgjort { $date }.
fig-hours-to = Løntimer kendes til og med { $month }.
fig-formula = Formel og kilde
fig-means-companies = Hvor mange forskellige virksomheder der mindst én dag i måneden havde en borger i praktik, løntilskud, lønnede timer eller et andet forløb.
fig-means-joint = Af de planer, der er åbne den sidste dag i måneden: hvor stor en del der har medarbejdere fra mindst to enheder med. Tovholderen tæller med.
fig-parts-title = Fordelt, { $month }
fig-parts-about = Grupperne står i fast rækkefølge, ikke efter hvem der klarer sig bedst. Usikkerheden viser, hvor tallet kan ligge ved et tilfælde. Enheden er den, der har ansvar for borgeren i dag.
fig-by-group = Ydelse
fig-by-unit = Enhed
fig-by-age = Alder
fig-compare-title = Sammenlignet med andre
fig-compare-about = De andres tal er fra Jobindsats.dk (STAR) og Danmarks Statistik. De er lagt sammen med både tæller og nævner, så store og små kommuner vejer, hvad de skal. Deres opgørelse kan afvige lidt fra vores.
fig-compare-provisional = Tallene for { $month } er foreløbige.
fig-compare-broken = Den 1. juli 2025 blev tre ydelser til én. Tal fra før og efter er ikke helt det samme.
fig-compare-caption = { $title }, { $month }
fig-compared-reading = { $here } og { $other }, måned for måned.
fig-place = Sted
fig-funnel-title = Alle 98 kommuner, { $month }
fig-funnel-within = Vi ligger inden for det, der kan være tilfældigt for en kommune af vores størrelse.
fig-funnel-above = Vi ligger over det, der kan være tilfældigt for en kommune af vores størrelse.
fig-funnel-below = Vi ligger under det, der kan være tilfældigt for en kommune af vores størrelse.

fig-key-band = Så meget plejer tallet at svinge
fig-key-ahead = Hvis det fortsætter som hidtil
fig-key-good = Ændring den rigtige vej
fig-key-bad = Ændring den forkerte vej
fig-key-change = Ændring
fig-key-open = Kan stadig ændre sig
fig-key-cut = Loven blev ændret
fig-key-places = Andre kommuner
fig-key-limits = Grænser for det tilfældige
fig-key-size = Små steder til venstre, store til højre
fig-picture-target = prikket linje: måltal
fig-picture-source = { $place } · opgjort { $date } · opgørelse { $id }

fig-people-title = Borgerne bag tallet
fig-people-about = { $count ->
    [one] 1 borger hos { $unit } står bag tallet for { $month } ({ $name }).
   *[other] { $count } borgere hos { $unit } står bag tallet for { $month } ({ $name }).
}
fig-people-none = Ingen borgere
fig-people-none-what = Ingen af enhedens borgere er talt med i måneden.
fig-people-logged = Det er noteret i loggen, at du har set listen.

fig-targets-title = Måltal
fig-targets-lead = Hvad vil vi nå, og hvor tæt er vi på?
fig-choose = Vælg nøgletal
fig-show = Vis
fig-set-title = Sæt et måltal
fig-from = Fra og med
fig-to = Til og med
fig-month-hint = År og måned, fx 2026-04
fig-value-hint = Lad feltet være tomt for at fjerne måltallet
fig-value-hint-share = I procent, fx 12,5. Lad feltet være tomt for at fjerne måltallet
fig-value-hint-weeks = I uger, fx 26. Lad feltet være tomt for at fjerne måltallet
fig-set-submit = Gem måltal
fig-month-wrong = Skriv år og måned, fx 2026-04
fig-months-wrong = Den sidste måned skal komme efter den første, og der kan højst sættes { $most } måneder ad gangen
fig-value-wrong = Skriv et tal, fx 12,5
fig-forecast-head = Hvis det fortsætter
fig-forecast-about = Den sidste kolonne viser, hvor tallet ender, hvis det fortsætter som hidtil. Den vises kun, fordi metoden har ramt bedre end at gætte på samme måned sidste år.
fig-forecast-none = Vi viser ingen fremskrivning: enten er der for få måneder, eller også rammer den ikke bedre end at gætte på samme måned sidste år.
fig-history-title = Hvem satte hvad?
fig-history-none = Der er ikke sat måltal endnu.
fig-history-set = { $value } for { $months }
fig-history-taken = Måltallet for { $months } blev fjernet
fig-months = { $from } til { $to }
fig-inhabitants-title = Kommunens indbyggere
fig-inhabitants-about = Tal pr. 1.000 indbyggere regnes ud fra dette tal. Nu: { $now }.
fig-inhabitants = Antal indbyggere
fig-inhabitants-none = ikke angivet
fig-inhabitants-submit = Gem indbyggertal
fig-inhabitants-wrong = Skriv, hvor mange der bor i kommunen

fig-kroner = { $number } kr.
fig-millions = { $number } mio.
fig-budget = Budget
fig-gross = Før refusion
fig-n-gross = { $kroner } kr. før refusion
fig-value-hint-kroner = Hele kroner om måneden, for eksempel 1.250.000
fig-year-whole = Hele året
fig-year-so-far = { $months ->
    [one] Indtil nu: 1 måned
   *[other] Indtil nu: { $months } måneder
}
fig-means-expenses = Det, kommunen har betalt ud til ydelserne i måneden, minus den refusion, staten har givet.
fig-weeks-to = Ugerne fra DREAM er kendt til og med { $day }. Den, der ikke er i den nyeste fil, er ikke talt med.
