# Sammenligning med andre kommuner: valg af sted, grupper, kommuner som vores, og hvor de offentliggjorte tal kommer fra.

cmp-title = Kommuner at sammenligne med
cmp-lead = Hvem måler vi os med, og hvorfor dem?
cmp-see-groups = Se grupperne, og hvor tallene kommer fra
cmp-choose = Vælg, hvem kurven viser ved siden af os
cmp-in-chart = på kurven
cmp-as-published = { $name }, som offentliggjort
cmp-missing = Mangler tal for { $names }
cmp-source = { $source } ({ $table }), hentet { $read }.
cmp-source-head = Kilde
cmp-lower = Nedre grænse (95 pct.)
cmp-upper = Øvre grænse (95 pct.)

cmp-groups-title = Vores grupper
cmp-groups-about = En gruppe er kommuner, I selv har valgt. Deres tal bliver lagt sammen, så store og små vejer, hvad de skal. Mangler én kommunes tal for en måned, kendes gruppens tal heller ikke.
cmp-groups-none = Der er ingen grupper endnu.
cmp-municipalities = { $count ->
    [one] 1 kommune
   *[other] { $count } kommuner
}
cmp-by = Sidst ændret af { $by }, { $when }
cmp-new-title = Lav en gruppe
cmp-former = Begynd med et af de gamle RAR-områder
cmp-former-about = De regionale arbejdsmarkedsråd er nedlagt, men mange kender stadig deres kommune bedst blandt de gamle naboer.

cmp-own-title = Vores kommune
cmp-own-is = Vi sammenligner som { $name }. Det afgør, hvilken region og hvilke kommuner der vises ved siden af os.
cmp-own-none = Ingen har valgt, hvilken kommune vi er. Derfor viser vi hverken region eller kommuner, der ligner os.
cmp-own-choose = Vælg kommune
cmp-own-wrong = Vælg en kommune på listen

cmp-like = Kommuner som vores
cmp-like-about = De otte kommuner, hvis vilkår ligner vores mest. Vi ser på tre ting:
cmp-like-inhabitants = hvor mange der bor i kommunen
cmp-like-employees = hvor mange af dem der er lønmodtagere, regnet om til fuld tid pr. 1.000 indbyggere
cmp-like-commute = hvor langt de i gennemsnit har til arbejde
cmp-like-how = For hver ting måler vi forskellen til os i forhold til, hvor forskellige kommuner plejer at være. De tre forskelle tæller lige meget. For indbyggere tæller en fordobling det samme, hvad enten kommunen er lille eller stor.
cmp-like-why = Vi ser med vilje ikke på, hvor mange der er på ydelse. Valgte vi kommuner, der ligner os i resultaterne, ville det altid se ud, som om det går ligesom hos dem.
cmp-like-none = Vælg vores kommune ovenfor, så viser vi dem her.
cmp-like-caption = Os og de otte, i alfabetisk orden
cmp-like-source = Danmarks Statistik: FOLK1AM (indbyggere), LBESK69, 3. kvartal 2025 (lønmodtagere), AFSTB4, 2024 (afstand).
cmp-municipality = Kommune
cmp-inhabitants = Indbyggere
cmp-employees = Lønmodtagere pr. 1.000
cmp-commute = Km til arbejde

cmp-sources-title = Hvor kommer tallene fra?
cmp-sources-about = Andres tal kommer fra offentlig statistik. Nogle følger med programmet, og nyere kan hentes ind. Den nyeste udgave gælder, og de ældre bliver gemt. Det, en kilde ikke viser, viser vi heller ikke. Den nyeste måned fra Jobindsats er foreløbig.
cmp-newest = Nyeste måned
cmp-read = Hentet
cmp-of-inhabitants = Indbyggere
cmp-of-kontanthjaelp-full-time = Fuldtidspersoner på kontanthjælp
cmp-of-kontanthjaelp-persons = Personer på kontanthjælp
cmp-of-kontanthjaelp-hours = Personer på kontanthjælp med løntimer
cmp-of-dagpenge-full-time = Ledige på dagpenge, fuldtidspersoner
cmp-of-dagpenge-long-term = Langtidsledige på dagpenge, fuldtidspersoner
cmp-brought-title = Hvad er hentet ind, og hvornår?
cmp-brought = Til og med { $month }: { $origin }
cmp-taken-back = Taget tilbage af { $by }, { $when }

cmp-name = Gruppens navn
cmp-name-hint = Fx Østjylland eller Kommuner ved kysten
cmp-name-long = Navnet kan højst have { $most } bogstaver
cmp-name-taken = Der er allerede en gruppe, der hedder det
cmp-areas = Kommuner i gruppen
cmp-areas-few = Vælg mindst to kommuner
cmp-remove-title = Fjern gruppen
cmp-remove-about = Gruppen bliver ikke vist mere. I kan altid hente den frem igen.
cmp-remove = Fjern gruppen
cmp-gone = Gruppen er fjernet. Gem, hvis den skal vises igen.
cmp-restore = Hent den frem igen
cmp-history-made = { $name } blev lavet: { $members }
cmp-history-changed = { $name } blev ændret: { $members }
cmp-history-removed = { $name } blev fjernet
