# Gå med mig: en rundvisning i prøvekommunen på én side for hver slags læser.

walk-title = Gå med mig
walk-lead = Lærkebro Kommune findes ikke. Stederne og menneskene er fundet på. Du kan trykke på alt uden at gøre skade.
walk-time = Turen tager cirka ti minutter.
walk-choose = Hvem vil du følges med?
walk-log-in-as = Log ind som { $name }
walk-later = Det kommer senere
walk-later-lead = De her ting er ikke bygget endnu.

walk-citizen-title = Gå med en borger
walk-citizen-lead = Du er borger i Lærkebro og har din egen plan. Det er dig, der ejer den.
walk-citizen-1 = Se øverst på siden. Der står dit næste skridt og din næste samtale.
walk-citizen-2 = Sæt flueben ved et skridt, du er færdig med. Du kan fortryde bagefter.
walk-citizen-3 = Åbn dine mål. De står med dine egne ord. Ret et af dem, og se, at det gamle stadig kan læses.
walk-citizen-4 = Skriv et spørgsmål til næste samtale. Den, du skal tale med, kan se det med det samme.
walk-citizen-5 = Se, hvem der er på dit hold. Du kan ringe eller skrive direkte til dem.
walk-citizen-6 = Læs, hvad du har sagt ja til at dele. Tag et ja tilbage. Det virker med det samme.
walk-citizen-7 = Åbn siden om, hvem der har kigget. Der står hvem, hvornår og hvorfor.
walk-citizen-8 = Skriv din plan ud. Den kan ligge på køkkenbordet.

walk-employee-title = Gå med en medarbejder
walk-employee-lead = Du er jobrådgiver. Klokken er otte, og du har samtaler i dag.
walk-employee-1 = Åbn Min dag. Den svarer på ét spørgsmål: Hvad skal jeg gøre nu?
walk-employee-2 = Vælg dagens første samtale. Læs borgerens egne spørgsmål, før I begynder.
walk-employee-3 = Skriv, mens I taler sammen: note, mål, skridt og næste dato er på samme side.
walk-employee-4 = Gem. Nu er kalender og besked til borgeren også på plads.
walk-employee-5 = Sæt et forløb i en virksomhed i gang ved siden af det andet. Læg mærke til, hvor få klik der skal til.
walk-employee-6 = Giv en bold videre til en kollega i en anden enhed. Den er din, til kollegaen har sagt ja.
walk-employee-7 = Se listen over planer, der driver: dem uden et mål om job eller et næste skridt.
walk-employee-8 = Tryk på / og søg efter en borger. Du finder kun dem, du har en grund til at se.

walk-tovholder-title = Gå med en tovholder
walk-tovholder-lead = Du holder trådene for en borger, der får hjælp fra flere enheder.
walk-tovholder-1 = Åbn den fælles plan. Alle, der er med, står på én side med billede, rolle og telefon.
walk-tovholder-2 = Tæl, hvor mange fagfolk borgeren møder. Kan det være færre?
walk-tovholder-3 = Se tidslinjen. Job, behandling og støtte ligger ved siden af hinanden og ikke i kø.
walk-tovholder-4 = Find en bold, der har ligget for længe. Ring til den, der har den, eller tag den selv.
walk-tovholder-5 = Se, hvad borgeren har sagt ja til, at I må dele. Mere end det kan ingen se.
walk-tovholder-6 = Giv planen videre til en ny tovholder. Skriv grunden, og læs det, borgeren vil have den nye til at vide.
walk-tovholder-7 = Se, at der er præcis én tovholder hver eneste dag, også på dagen for skiftet.

walk-consultant-title = Gå med en virksomhedskonsulent
walk-consultant-lead = Du er kommunens ene indgang for virksomhederne.
walk-consultant-1 = Find en virksomhed. Se besøg, aftaler og behov på samme side.
walk-consultant-2 = Skriv et nyt behov ned: hvad, hvor mange timer og fra hvornår.
walk-consultant-3 = Se forslag til borgere, der har sagt ja til at blive spurgt. Grunden står ved hvert forslag. Du vælger.
walk-consultant-4 = Opret et forløb. Reglerne om længde og antal bliver regnet ud for datoen, og svaret er i ord.
walk-consultant-5 = Læg timer med løn ind fra første uge, og lad dem stige.
walk-consultant-6 = Åbn linket, som virksomheden får. Den svarer på to spørgsmål uden at logge ind.
walk-consultant-7 = Se, hvem der skal ringes til i denne uge.

walk-team-title = Gå med et team
walk-team-lead = I styrer jer selv. En gang om ugen mødes I ved tavlen.
walk-team-0 = Åbn teamets side. Se, hvilke planer der driver, og hvad I kan gøre ved det.
walk-team-1 = Åbn teamets side. Se jeres mål på kort og lang sigt.
walk-team-2 = Gå de åbne bolde igennem. Hver bold har én, der holder den.
walk-team-3 = Udfyld månedens statusskema. Tallene er der i forvejen; I skriver, hvad de betyder.
walk-team-4 = Skriv en ny prøvehandling: hvad I vil prøve, hvor længe og hvad I håber at se.
walk-team-5 = Luk en gammel. Det tæller lige så meget at droppe den som at beholde den, når I har lært noget.
walk-team-6 = Se, hvornår I har sat tid af til refleksion, og hvad I skrev sidst.

walk-leader-title = Gå med en leder
walk-leader-lead = Du vil vide, om I er på vej i den rigtige retning.
walk-leader-0 = Åbn teamets side. Se, hvilke planer der driver, og hvem der holder dem.
walk-leader-1 = Åbn Nøgletal. Øverst står spørgsmålet, og ved hvert mål står svaret i én sætning.
walk-leader-2 = Se figuren. Feltet bag linjen viser, hvor meget tallet plejer at svinge.
walk-leader-3 = Åbn tallets forklaring: hvordan det er regnet ud, fra hvilken dato og ud fra hvor mange.
walk-leader-4 = Sammenlign med budget og med andre kommuner. Små grupper er skjult, så ingen kan genkendes.
walk-leader-5 = Se, hvor mange borgere der har haft den samme tovholder i et år.
walk-leader-6 = Læs målingen af samarbejdet mellem enhederne. Hvor ser to grupper forskelligt på det?
walk-leader-7 = Læs en god historie, som borgeren har sagt ja til at dele.
walk-leader-8 = Hent månedens rapport. Den kan læses, skrives ud og åbnes i Excel.
