# Borgerens rettigheder: alt om dig.

rights-everything-title = Alt om dig
rights-everything-more = Læs og hent alt, hvad vi har skrevet ned om dig
rights-everything-link = Se alt, hvad vi har skrevet ned om dig
rights-everything-lead = Her står alt, hvad dette system ved om dig. Du har ret til at se det, få det på papir og tage det med dig.
rights-everything-made = Hentet { $when }. Siden viser også dit CPR-nummer. Pas på, hvem der kigger med.
rights-paper-title = Alt om { $name }
rights-paper-link = Skriv alt ud til borgeren
rights-paper-lead = Siden er til borgeren, som har bedt om at få det på papir. Skriv den ud, og giv den til borgeren selv. Borgeren kan se, at du har hentet den.
rights-paper-about = Her står, hvad vi har skrevet ned om dig. Dit CPR-nummer og det, du selv er i gang med at skrive, er ikke med. Er noget forkert, så sig det til os. Så svarer vi dig.
rights-paper-made = Skrevet ud { $when } af { $name }, { $unit }.
rights-paper-closed = Den får du af enheden selv.
rights-everything-file = Hent som fil
rights-everything-file-about = Filen har det samme indhold og kan læses af andre systemer. Papir er nemmest at læse for mennesker.
rights-parts = Gå til
rights-person = Om dig
rights-cpr = CPR-nummer
rights-born = Født
rights-unit = Enhed med ansvar
rights-occupation = Job, du ønsker dig

rights-plan-open = Din plan fra { $opened }
rights-plan-closed = Plan fra { $opened } til { $closed }
rights-plan-itself = Planen
rights-since = Skrevet ned
rights-ended = Sluttede
rights-length = Varer
rights-minutes = { $count ->
    [one] 1 minut
   *[other] { $count } minutter
}
rights-time-chosen = Hvem valgte tiden
rights-you-chose = Dig
rights-asked = Spurgt
rights-answered = Besvaret
rights-read = Læst
rights-remarks = Bemærkninger
rights-efforts = Indsatser og praktik
rights-ratings = Svar om vejen til job
rights-coordinators = Dine tovholdere
rights-people = Mennesker i planen
rights-person-kind = Kender dig som
rights-handovers = Skrevet til en ny tovholder

rights-registers = Ydelser og timer
rights-registers-about = Det kommer fra andre systemer i kommunen.
rights-benefits = Ydelser
rights-classes = Målgruppe og visitation
rights-paid-hours = Timer med løn
rights-hours = Timer
rights-weeks = Uger med ydelse
rights-weeks-told = Uge { $first } til { $last }
rights-weeks-runs = Fra uge, til uge og kode
rights-responsible = Havde ansvaret før planen
rights-when = Hvornår
rights-period = { $from } til { $until }
rights-period-open = Fra { $from }

rights-around = Log ind, kladder og filer
rights-around-about = Det er det, systemet husker for at virke.
rights-drafts = Skrevet, men ikke sendt
rights-typed = Du skrev
rights-kept = Gemt
rights-log-ins = Her har du logget ind
rights-browser = Browser
rights-seen = Sidst brugt
rights-provider = Log ind hos
rights-links = Link til at logge ind
rights-link-until = Link, der virker til { $until }
rights-used = Brugt
rights-imports = Hentet fra filer
rights-import-by = Hentet ind af
rights-import-line = { $file }, linje { $line }

rights-corrections-title = Er noget forkert?
rights-corrections-more = Skriv, hvad der er forkert, eller hvad du ikke vil være med til
rights-corrections-link = Er noget forkert? Skriv til os
rights-corrections-lead = { $months ->
    [one] Skriv det her. Du får svar inden en måned.
   *[other] Skriv det her. Du får svar inden { $months } måneder.
}
rights-write = Skriv til os
rights-write-know = Din tovholder og lederen læser det. Andre, der må læse hele din plan, kan også se det. Dine ord bliver stående, også hvis vi ikke er enige.
rights-wish = Hvad vil du?
rights-wish-correct = Noget er forkert eller mangler
rights-wish-object = Der er noget, I ikke skal gøre med mine oplysninger
rights-about = Hvad handler det om?
rights-about-person = Navn, adresse og telefon
rights-about-goals = Mål og skridt
rights-about-words = Noter, beskeder og bemærkninger
rights-about-efforts = Indsatser og praktik
rights-about-progress = Svar om vejen til job
rights-about-people = Mennesker i planen, og hvem der kigger
rights-about-registers = Ydelser, timer og målgruppe
rights-about-other = Noget andet
rights-about-heading = { $about }: { $wish }
rights-words = Hvad er der galt?
rights-words-hint = Skriv, hvad der står, og hvad der skulle stå. Skriv ikke CPR-nummer.
rights-said-on = Skrevet { $when }
rights-waits-until = Du får svar senest { $day }
rights-waits-late = Du skulle have haft svar { $day }
rights-late-what = Det er vores fejl. Du kan ringe på
rights-answered-by = Svar { $when } fra { $who }
rights-complain = Dine ord bliver stående i planens historie. Er du ikke enig i svaret, kan du klage til Datatilsynet på
rights-outcome = Hvad kom der ud af det?
rights-outcome-done = Vi har gjort det
rights-outcome-partly = Vi har gjort noget af det
rights-outcome-refused = Vi har ikke gjort det

rights-answers-title = Borgere, der siger fra
rights-answers-lead = En borger mener, at noget er forkert, eller vil ikke have, at noget sker. Svar i almindelige ord, og ret først det, der skal rettes.
rights-answers-wait = Venter på svar
rights-answers-none = Ingen venter på svar fra dig.
rights-answers-done = Besvaret i de seneste tre måneder
rights-answers-day = { $count ->
    [one] En borger siger, at noget er forkert
   *[other] { $count } borgere siger, at noget er forkert
}
rights-answers-day-late = Fristen for at svare er gået.
rights-answer-title = Svar til { $name }
rights-answer-open = Læs og svar
rights-answer-read = Læs svaret
rights-answer-by = Svar senest { $day }
rights-answer-plan = Åbn planen
rights-answer-know = Ret først det, du er enig i, på planens egne sider. Svar så her. Borgeren får dit svar at læse og kan klage til Datatilsynet. Borgerens ord bliver stående.
rights-answer-words = Dit svar
rights-answer-hint = Skriv, hvad du har gjort. Har du sagt nej til noget, så skriv hvorfor.
rights-answer-send = Send svaret
rights-late = Fristen er gået
rights-answer-at-the-latest = Svar senest

rights-retention-title = Frister for sletning
rights-retention-lead = Når der længe ikke er sket noget i en sag, skal den slettes. Her står, hvis tid er gået, og hvem der ikke må slettes.
rights-retention-due = Skal slettes nu
rights-retention-due-what = De bliver slettet, næste gang driften kører sletning. Først bliver alt lagt i et låst arkiv.
rights-retention-none-due = Ingen skal slettes nu.
rights-retention-soon = Skal slettes inden for et år
rights-retention-none-soon = Ingen skal slettes det næste år.
rights-retention-part = Her er { $shown } af { $whole }. De ældste frister står først.
rights-retention-all = Vis alle
rights-retention-held = Må ikke slettes
rights-retention-none-held = Ingen bliver holdt tilbage.
rights-last = Der skete sidst noget
rights-kept-until = Gemmes til og med
rights-hold = Må ikke slettes
rights-hold-open = Hold tilbage
rights-hold-change = Se eller ophæv
rights-hold-title = Må { $name } slettes?
rights-hold-lead = Så længe { $name } holdes tilbage, bliver intet slettet, heller ikke når fristen er gået. Borgeren kan se grunden.
rights-hold-reason = Hvorfor må det ikke slettes?
rights-hold-reason-hint = For eksempel en klage, en retssag eller et tilsyn. Skriv ikke CPR-nummer.
rights-hold-until = Til og med
rights-hold-until-hint = Lad feltet stå tomt, hvis det gælder, til en leder ophæver det.
rights-hold-place = Hold tilbage
rights-hold-lift = Ophæv
rights-hold-lift-what = Når du ophæver det, gælder den almindelige frist igen.
rights-hold-by = Besluttet { $when } af { $who }
rights-hold-until-lifted = Gælder, til en leder ophæver det
rights-hold-until-day = Gælder til og med { $day }
rights-hold-lifted = Ophævet { $when } af { $who }

rights-research-title = Data givet til forskning
rights-research-lead = Her står, hvem der har fået oplysninger uden navn til forskning, hvad de skal bruges til, og hvornår de skal være slettet.
rights-research-empty = Ingen har fået data til forskning
rights-research-empty-what = Når driften laver et udtræk med kommandoen tovholder research, står det her. Borgerne i det kan se det under Hvem har kigget.
rights-research-kept = Ligger hos modtageren
rights-research-none-kept = Alt er slettet igen.
rights-research-gone = Slettet hos modtageren
rights-research-open = Læs mere, eller skriv, at det er slettet
rights-research-see = Læs mere
rights-research-persons = { $count ->
    [one] 1 borger
   *[other] { $count } borgere
}
rights-research-made = Lavet { $when } med { $who } som ansvarlig
rights-research-deadline = Skal være slettet senest { $day }
rights-research-deleted = Slettet { $day }. Skrevet ned { $when } af { $who }
rights-research-reference = Sagsnummer
rights-research-purpose = Formål
rights-research-law = Hjemmel
rights-research-permission = Tilladelse fra Datatilsynet
rights-research-no-permission = Ikke nødvendig, har kommunen vurderet
rights-research-period = Tid, det handler om
rights-research-care = Sløret
rights-research-alike-month = Mindst { $count } ligner hinanden på alder, område og enhed. Dage står som måneder.
rights-research-alike-quarter = Mindst { $count } ligner hinanden på alder, område og enhed. Dage står som kvartaler.
rights-research-alike-year = Mindst { $count } ligner hinanden på alder, område og enhed. Dage står som år.
rights-research-out = Ikke med
rights-research-out-of = { $left } med beskyttet navn eller fordi de har sagt nej. { $withheld }, fordi for få lignede dem.
rights-research-who = Hvornår og hvem
rights-research-sum = Kontrolsum (SHA-256)
rights-research-note = Er det slettet hos modtageren?
rights-research-note-what = Skriv det her, når modtageren har bekræftet det. Det kan ikke laves om bagefter.
rights-research-day = Slettet den
rights-research-how = Hvordan ved vi det?
rights-research-how-hint = For eksempel: brev fra projektlederen, og hvor det ligger. Skriv ikke CPR-nummer.
rights-research-save = Gem, at det er slettet
