# Opsætning: data ind fra filer, og de første links til at logge ind.

setup-title = Opsætning
setup-lead = Her kommer kommunens enheder, medarbejdere og borgere ind, så I kan lave den første plan.
setup-in-title = Det er inde nu
setup-steps-title = Sådan kommer I i gang
setup-step-done = { $count } inde
setup-step-todo = Mangler
setup-step-later = Kan vente
setup-step-units-hint = Jobcenter, ungeenhed, ydelse … En enhed har ansvaret for hver borger.
setup-step-employees-hint = Med enhed, rolle og login eller e-mail.
setup-step-teams-hint = Hvem der arbejder sammen, også på tværs af enheder.
setup-step-citizens-hint = Med CPR-nummer, navn og den enhed, der har ansvaret.
setup-step-spells-hint = Hvilken ydelse borgeren er på, og fra hvornår.
setup-step-hours-hint = Timer med almindelig løn, måned for måned. Først med dem kan vi se, om folk kommer i arbejde.
setup-step-expenses-hint = Hvad ydelserne koster om måneden, fra regnskabet. Uden personer.
setup-step-companies-hint = Virksomheder, I arbejder sammen med.
setup-step-links = Lav et link til en medarbejder
setup-step-links-hint = Medarbejderen bruger linket til at logge ind første gang.
setup-step-links-later = Når medarbejderne er inde
setup-step-links-ready = Klar
setup-step-plan = Den første plan
setup-step-plan-hint = Medarbejderen logger ind, søger borgeren frem og åbner planen. Du kan ikke selv se planer som systemansvarlig.
setup-plans = { $count ->
    [0] Ingen endnu
    [one] 1 åben plan
   *[other] { $count } åbne planer
}
setup-history-title = Filer, I har indlæst
setup-history-none = I har ikke indlæst nogen filer endnu.
setup-history-none-hint = Begynd med enhederne. Du ser, hvad der vil ske, før noget bliver gemt.
setup-col-file = Fil
setup-col-what = Hvad
setup-col-when = Hvornår
setup-col-who = Hvem
setup-col-state = Status
setup-state-uploaded = Ikke indlæst endnu
setup-state-applied = Indlæst
setup-state-undone = Fortrudt
setup-login-title = Om at logge ind
setup-login-text = Fælles log-ind med kommunens egne brugere og MitID er ikke bygget endnu. Indtil da kommer folk ind med links, der virker én gang.

setup-kind-units = Enheder
setup-kind-employees = Medarbejdere
setup-kind-teams = Team
setup-kind-citizens = Borgere
setup-kind-spells = Ydelser
setup-kind-hours = Løntimer
setup-kind-expenses = Udgifter
setup-kind-companies = Virksomheder

setup-upload-title = Indlæs en fil
setup-upload-lead = Vælg en fil fra Excel eller et andet system. Intet bliver gemt som data, før du har set, hvad der vil ske, og sagt ja.
setup-upload-kind = Hvad er der i filen?
setup-upload-file = Fil
setup-upload-file-hint = Excel (.xlsx), OpenDocument (.ods) eller CSV. Højst { $megabytes } MB og { $rows } rækker. Den første række er navnene på kolonnerne.
setup-upload-submit = Se, hvad der er i filen
setup-upload-examples-title = Har I ikke en fil endnu?
setup-upload-examples = Hent en skabelon, og åbn den i Excel. Personerne i den er opdigtede, så slet dem, før du indlæser.
setup-upload-privacy = Filen bliver på jeres egen server. Rækkerne slettes, når de er indlæst. Indlæser du dem ikke, slettes de efter { $days } dage.

setup-file-missing = Vælg en fil.
setup-file-empty = Filen er tom.
setup-file-no-rows = Filen har kun navne på kolonner og ingen rækker under dem.
setup-file-too-large = Filen er for stor. Højst { $megabytes } MB. Del den i flere filer.
setup-file-too-many-rows = Filen har for mange rækker. Højst { $rows } ad gangen. Del den i flere filer.
setup-file-too-many-columns = Filen har for mange kolonner. Højst { $columns }. Slet dem, I ikke skal bruge.
setup-file-old = Det er en ældre Excel-fil eller en fil med adgangskode. Gem den som .xlsx uden adgangskode, og prøv igen.
setup-file-broken = Filen kan ikke læses. Åbn den i Excel, gem den som .xlsx eller CSV, og prøv igen.

setup-columns-title = { $kind }: hvad er der i kolonnerne?
setup-columns-lead = Vi har gættet ud fra navnene og ud fra, hvad I valgte sidst. Ret det, der ikke passer.
setup-columns-sample = De første rækker i { $file }
setup-columns-sample-note = CPR-numre vises ikke i fuld længde.
setup-columns-none = Er ikke i filen
setup-columns-fixed-unit = Enhed til rækker uden enhed
setup-columns-fixed-role = Rolle til rækker uden rolle
setup-columns-fixed-none = Ingen
setup-columns-submit = Prøv uden at gemme
setup-columns-missing = Vælg den kolonne, der har { $field }.
setup-columns-missing-either = Vælg en kolonne med login eller e-mail. Ellers kan to med samme navn ikke kendes fra hinanden.
setup-columns-twice = Kolonnen er allerede brugt til { $field }. Vælg en anden.
setup-columns-blank = En tom celle ændrer aldrig noget, der er inde i forvejen.
setup-discard = Slet filen igen

setup-field-name = navn
setup-field-kind = type
setup-field-phone = telefon
setup-field-address = adresse
setup-field-unit = enhed
setup-field-login = login
setup-field-email = e-mail
setup-field-title = stilling
setup-field-role = rolle
setup-field-left-on = sidste arbejdsdag
setup-field-leader = leder
setup-field-members = medlemmer
setup-field-cpr = CPR-nummer
setup-field-birth-date = fødselsdato
setup-field-postcode = postnummer
setup-field-benefit = ydelse
setup-field-starts = første dag
setup-field-ends = sidste dag
setup-field-month = måned
setup-field-hours = løntimer
setup-field-gross = udgift
setup-field-refund = refusion
setup-field-cvr = CVR-nummer
setup-field-industry = branche
setup-field-contact = kontaktperson
setup-field-employees = antal ansatte
setup-hint-leader = Lederens login eller e-mail
setup-hint-members = Login eller e-mail med komma imellem. Teamet får præcis dem, der står her.
setup-hint-unit = Navnet, som det står under Enheder
setup-hint-left-on = Den, der er fratrådt, kan ikke logge ind
setup-hint-hours = Alle borgerens løntimer i måneden lagt sammen. Skriv 0, når der ingen er.
setup-hint-gross = Kroner, før staten har givet noget tilbage
setup-hint-refund = Kroner, staten har givet tilbage. Tom betyder 0.
setup-hint-birth-date = Uden kolonnen bruger vi CPR-nummeret

setup-check-title = { $kind }: det her vil ske
setup-check-lead = Intet er gemt endnu. Læs det igennem, og sig ja, når det passer.
setup-count-created = Nye
setup-count-updated = Ændres
setup-count-unchanged = Uændrede
setup-count-wrong = Med fejl
setup-count-repaired = { $count ->
    [one] 1 nummer manglede et 0 forrest. Det har vi sat på.
   *[other] { $count } numre manglede et 0 forrest. Det har vi sat på.
}
setup-check-changed = Der er sket noget, siden du så tallene. Intet er gemt. Her er de nye tal.
setup-check-nothing = Ingen af rækkerne kan indlæses, som de er. Ret filen, eller vælg andre kolonner.
setup-check-same = Alt i filen er inde i forvejen. Der er ikke noget at ændre.
setup-check-updates = Det bliver ændret
setup-check-updates-more = De første { $count } vises.
setup-check-errors = Rækker med fejl
setup-check-errors-lead = De kommer ikke med. Hent dem som en fil, ret dem, og indlæs den rettede fil bagefter.
setup-check-errors-more = { $shown } af { $count } vises. Alle står i filen.
setup-errors-download = { $count ->
    [one] Hent rækken med fejl
   *[other] Hent de { $count } rækker med fejl
}
setup-col-line = Række
setup-col-column = Kolonne
setup-col-found = Der står
setup-col-expected = Der skal stå
setup-col-repair = Sådan retter du
setup-col-who-what = Hvem eller hvad
setup-col-before = Før
setup-col-after = Efter
setup-blank = (tom)
setup-whole-row = hele rækken
setup-confirm = { $count ->
    [one] Indlæs 1 række
   *[other] Indlæs { $count } rækker
}
setup-confirm-without = { $count ->
    [one] Indlæs 1 række, og spring dem med fejl over
   *[other] Indlæs { $count } rækker, og spring dem med fejl over
}
setup-back-to-columns = Tilbage til kolonnerne
setup-back-to-setup = Opsætning

setup-receipt-title = { $kind }: filen er indlæst
setup-receipt-undone-title = { $kind }: indlæsningen er fortrudt
setup-receipt-by = { $file }, indlæst { $when } af { $who }.
setup-receipt-undone-by = { $file }, fortrudt { $when }.
setup-receipt-log = Hver ændring står i historikken med dit navn.
setup-receipt-next = Videre til opsætning
setup-receipt-another = Indlæs en fil mere
setup-receipt-wrong-kept = Rækkerne med fejl gemmes i { $days } dage, så du kan hente og rette dem.
setup-undo-link = Fortryd hele indlæsningen
setup-undo-title = Fortryd indlæsningen af { $file }
setup-undo-lead = Det, filen ændrede, bliver, som det var før. Det, der er brugt eller rettet siden, rører vi ikke.
setup-undo-removed = Fjernes igen
setup-undo-restored = Som før
setup-undo-kept = Bliver stående
setup-undo-kept-title = Det her bliver stående
setup-undo-kept-more = De første { $count } vises.
setup-undo-used = Er taget i brug siden, for eksempel i en plan
setup-undo-changed = Er ændret siden
setup-undo-confirm = Fortryd indlæsningen
setup-undo-keep = Nej, behold det
setup-undo-nothing = Alt fra filen er brugt eller ændret siden, så der er ikke noget, vi kan fortryde.
setup-undo-why = Hvorfor

setup-links-title = Link til at logge ind
setup-links-lead = Linket virker én gang og i højst 24 timer. Den, der har linket, kan logge ind som personen. Giv det derfor kun til personen selv.
setup-links-who = Hvem er linket til?
setup-links-employee = En medarbejder
setup-links-citizen = En borger
setup-links-name = Navn eller begyndelsen af det
setup-links-name-hint = For eksempel anna li
setup-links-search = Find
setup-links-none = Vi fandt ingen med det navn. Prøv med færre bogstaver.
setup-links-found = Vælg personen
setup-links-more = Der er flere med det navn. Skriv mere af det.
setup-links-born = født { $date }
setup-links-make = Lav link til { $name }
setup-links-made = Linket til { $name }
setup-links-once = Kopiér linket nu. Det kan ikke vises igen. Det virker til { $until }.
setup-links-label = Link
setup-links-logged = At du har lavet linket, står i loggen. En borger kan se det i sin egen log.

setup-expect-cells = { $expected } celler. Rækken har { $found }.
setup-repair-cells = Filen er klippet over, eller der er et skilletegn i en tekst uden gåseudtegn. Hent filen igen fra systemet.
setup-expect-required = { $field }
setup-repair-required = Udfyld cellen.
setup-expect-login = Login eller e-mail
setup-repair-login = Udfyld et af de to felter.
setup-expect-too-long = Højst { $max } tegn
setup-repair-too-long = Gør teksten kortere.
setup-expect-letters = Hele bogstaver
setup-repair-letters = Bogstaver er gået tabt. Gem filen som CSV UTF-8 eller .xlsx fra det system, den kommer fra.
setup-expect-cpr = 10 cifre, for eksempel 010190-1234
setup-repair-cpr = Skriv hele nummeret med 10 cifre.
setup-expect-cpr-date = En fødselsdato, der findes, i de første 6 cifre
setup-repair-cpr-date = Ret de første 6 cifre.
setup-expect-cpr-demo = Et opdigtet nummer (dag + 60)
setup-repair-cpr-demo = Det her er en demo. Den tager ikke imod rigtige CPR-numre. Læg 60 til dagen, eller brug skabelonen.
setup-expect-cpr-real = Et rigtigt CPR-nummer
setup-repair-cpr-real = Nummeret er opdigtet (dag + 60) og hører til i demoen. Skriv borgerens eget nummer.
setup-expect-cvr = 8 cifre, for eksempel 29189927
setup-repair-cvr = Slå nummeret op på virk.dk.
setup-repair-cvr-check = Et ciffer er nok skrevet forkert. Slå nummeret op på virk.dk.
setup-expect-date = En dato, for eksempel 01-05-1990
setup-repair-date = Skriv dag, måned og år med fire cifre.
setup-expect-date-exists = En dag, der findes
setup-repair-date-exists = Ret dag eller måned.
setup-expect-month = En måned, for eksempel 2026-03
setup-repair-month = Skriv måneden og året med fire cifre.
setup-expect-month-exists = En måned, der findes
setup-repair-month-exists = Ret måneden, så den er fra 01 til 12.
setup-expect-decimal = Et tal, for eksempel 37,5
setup-repair-decimal = Skriv kun tallet, med komma før decimalerne.
setup-expect-hours = Højst { $most } timer: flere er der ikke i måneden
setup-repair-hours = Ret tallet. Det er timer, ikke kroner eller minutter, og aldrig under 0.
setup-expect-past = En tid, der har været
setup-repair-past = Ret datoen eller måneden.
setup-expect-after = En sidste dag efter den første
setup-repair-after = Ret en af de to datoer.
setup-expect-phone = Et telefonnummer, for eksempel 96 12 34 00
setup-repair-phone = Skriv kun cifre, mellemrum og +.
setup-expect-email = En e-mail, for eksempel navn@kommune.dk
setup-repair-email = Ret adressen, eller lad cellen være tom.
setup-expect-postcode = 4 cifre
setup-repair-postcode = Ret postnummeret, eller lad cellen være tom.
setup-expect-number = Et helt tal
setup-repair-number = Skriv kun cifre.
setup-expect-one-of = En af: { $words }
setup-repair-one-of = Skriv et af ordene.
setup-expect-benefit = En ydelse, der fandtes den dag
setup-repair-benefit = Skriv navnet, som det står i reglerne, for eksempel Kontanthjælp.
setup-expect-unit = En enhed, der findes her
setup-repair-unit = Indlæs enheden først, eller ret navnet, så det staves ens.
setup-expect-employee = Login eller e-mail på en, der er inde
setup-repair-employee = Indlæs medarbejderen først, eller ret stavemåden.
setup-expect-citizen = En borger, der er inde
setup-repair-citizen = Indlæs borgeren først.
setup-expect-one = Kun én, der passer
setup-repair-one = Flere har samme navn eller e-mail. Brug login eller CVR-nummer, så de kan kendes fra hinanden.
setup-expect-once = Kun én række om den samme
setup-repair-once = Det samme står i række { $line }. Slet den ene.
setup-errors-column = Fejl

setup-unit-kind-jobcentre = Jobcenter
setup-unit-kind-benefits = Ydelse
setup-unit-kind-youth = Unge
setup-unit-kind-substance-abuse = Misbrug
setup-unit-kind-social-psychiatry = Socialpsykiatri
setup-unit-kind-health = Sundhed
setup-unit-kind-companies = Virksomhedsservice
setup-unit-kind-family = Familie
setup-unit-kind-integration = Integration
setup-unit-kind-management = Ledelse
setup-unit-kind-other = Andet
