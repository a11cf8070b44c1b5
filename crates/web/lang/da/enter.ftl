# At komme ind og ud: log ind hos en udbyder eller med adgangskode, bekræft igen, og hvor man er logget ind.

enter-with = Log ind med { $name }
enter-for-employees = For medarbejdere
enter-for-citizens = For borgere
enter-for-companies = For virksomheder
enter-door-away = Svarede ikke lige før. Du kan godt prøve.
enter-again = Prøv igen
enter-back = Andre måder at logge ind på

# Når nogen ikke kom ind: hvad der skete, og hvad man kan gøre.
enter-attempt-title = Prøv at logge ind igen
enter-attempt-text = Der gik for lang tid, eller siden var brugt før. Derfor kunne vi ikke logge dig ind.
enter-attempt-now = Begynd forfra, så virker det som regel. Brug den samme browser hele vejen.
enter-cancelled-title = Du blev ikke logget ind
enter-cancelled-text = Du stoppede hos { $name }, før du var færdig.
enter-cancelled-now = Det gør ikke noget. Du kan prøve igen, når du vil.
enter-away-title = Vi kan ikke logge dig ind lige nu
enter-away-text = Vi kan ikke få svar fra { $name }. Det er ikke din fejl.
enter-away-now = Vent lidt, og prøv igen. Haster det, så ring til os. Nummeret står nederst på siden.
enter-away-now-employee = Vent lidt, og prøv igen. Har du en adgangskode her på stedet, kan du logge ind med den imens.
enter-not-recent-title = Du skal bekræfte igen
enter-not-recent-text = Vi bad { $name } om at spørge dig igen, men fik ikke et nyt svar.
enter-refused-title = Vi tør ikke logge dig ind
enter-refused-text = Svaret fra { $name } passede ikke med det, vi havde bedt om. Det kan være en fejl, eller nogen kan have prøvet at snyde. Derfor stoppede vi her.
enter-refused-now = Luk siden, og begynd forfra på vores egen forside. Sker det igen, så ring til os.
enter-claims-title = Vi fik ikke de oplysninger, vi skal bruge
enter-claims-text = { $name } sagde ja til dig. Men vi fik ikke at vide, hvem du er, på en måde, vi kan bruge.
enter-claims-now = Det kan du ikke selv rette. Ring til os, så finder vi ud af det sammen.
enter-assurance-title = Du skal logge ind på en mere sikker måde
enter-assurance-text = Den måde, du brugte hos { $name }, er ikke sikker nok til det, der står her.
enter-assurance-now = Brug for eksempel MitID-appen, og prøv igen.
enter-assurance-now-employee = Brug din kodeviser eller app, når du logger ind, og prøv igen.
enter-unknown-employee-title = Vi kender dig ikke her endnu
enter-unknown-employee-text = Du er logget ind hos kommunen, men du står ikke på listen over medarbejdere i Tovholder.
enter-unknown-employee-now = Bed din leder eller den, der passer systemet, om at skrive dig på listen. Så kan du komme ind.
enter-unknown-citizen-title = Du har ikke en plan her
enter-unknown-citizen-text = Det gik godt at logge ind. Men { $municipality } har ikke oprettet dig her endnu.
enter-unknown-citizen-now = Mener du, at du skulle have en plan, så ring til os. Nummeret står nederst på siden.
enter-no-right-title = Du mangler en rettighed
enter-no-right-text = Vi kender dig. Men kommunen har ikke givet dig den rettighed, der hører til din rolle.
enter-no-right-now = Bed din leder om rettigheden. Log så ind igen.
enter-units-title = Dine rettigheder gælder et sted, vi ikke kender
enter-units-text = Kommunen har afgrænset dine rettigheder til en enhed, som ikke findes i Tovholder.
enter-company-title = Der er ikke noget til virksomheder her endnu
enter-company-text = Det gik godt at logge ind. Men siderne til virksomheder er ikke bygget endnu, så der er ikke noget at vise dig.
enter-company-now = Vil du have fat i en virksomhedskonsulent, så ring til os. Nummeret står nederst på siden.
enter-too-many-title = Vent lidt, før du prøver igen
enter-too-many-text = Der er prøvet for mange gange. Af hensyn til sikkerheden holder vi en pause.
enter-wait-seconds = { $count ->
    [one] Du kan prøve igen om et sekund.
   *[other] Du kan prøve igen om { $count } sekunder.
}
enter-wait-minutes = { $count ->
    [one] Du kan prøve igen om et minut.
   *[other] Du kan prøve igen om { $count } minutter.
}

# Adgangskode og kode.
enter-password-link = Log ind med adgangskode
enter-password-title = Log ind med adgangskode
enter-password-lead = For medarbejdere, der har valgt en adgangskode her.
enter-name = Brugernavn
enter-password = Adgangskode
enter-code = Kode fra din app
enter-code-hint = Seks tal. Har du ikke din telefon, så skriv en af dine nødkoder.
enter-password-help = Har du glemt adgangskoden, så bed den, der passer systemet, om et nyt link.
enter-password-wrong = Det passede ikke sammen. Se brugernavn, adgangskode og kode efter. En kode kan kun bruges én gang, så vent eventuelt på den næste.
enter-refused-summary = Det gik ikke

# Bekræft igen.
enter-prove-title = Bekræft, at det er dig
enter-prove-lead = Det, du vil nu, kan give andre adgang. Derfor spørger vi en gang til.
enter-prove-with = Bekræft med { $name }
enter-prove-submit = Bekræft
enter-prove-link = Du er logget ind med et link, og det kan kun bruges én gang. Få et nyt link, og log ind med det. Så kan du også vælge en adgangskode.

# Log ud hos udbyderen.
enter-out-title = Du er logget ud
enter-out-lead = Du er logget ud her. Nu sender vi dig videre, så du også bliver logget ud hos { $name }.
enter-out-there = Log ud hos { $name }

# Egen adgangskode.
account-title = Adgangskode og koder
account-lead = Vælg en adgangskode, og sæt en app op, som laver koder. Så kan du logge ind, også når kommunens eget log-in ikke virker.
account-there = Du har en adgangskode fra { $since }.
account-codes-left = { $count ->
    [0] Du har ingen nødkoder tilbage.
    [one] Du har én nødkode tilbage.
   *[other] Du har { $count } nødkoder tilbage.
}
account-anew = Her kan du lave det hele om. Det gamle holder op med at virke, og du bliver logget ud alle andre steder.
account-step-password = 1. Vælg en adgangskode
account-name-hint = Det skriver du, når du logger ind.
account-new-password = Ny adgangskode
account-password-hint = Mindst 12 tegn. Fire tilfældige ord er lettere at huske end tal og tegn.
account-again = Skriv den igen
account-step-app = 2. Sæt din app op
account-app-how = Åbn en app, der laver koder, på din telefon. Det kan være Microsoft Authenticator eller en anden. Vælg at tilføje en konto, og hold telefonen op foran billedet.
account-picture = QR-kode til din app
account-type-instead = Kan du ikke bruge billedet, så skriv dette i appen:
account-code = Den kode, appen viser nu
account-code-hint = Seks tal. De skifter hvert halve minut.
account-submit = Gem
account-short = Adgangskoden er for kort. Den skal have mindst { $least } tegn.
account-long = Adgangskoden er for lang. Der er plads til { $most } tegn.
account-easy = Adgangskoden er for let at gætte. Brug ikke dit navn, kommunens navn eller tegn i rækkefølge.
account-differs = De to adgangskoder er ikke ens. Skriv den samme begge gange.
account-code-wrong = Koden passede ikke. Skriv den, appen viser lige nu, og se efter, at telefonens ur går rigtigt.
account-name-taken = En anden har brugernavnet. Vælg et andet.
account-made-title = Adgangskoden er gemt
account-made-lead = Næste gang kan du logge ind med brugernavn, adgangskode og en kode fra din app.
account-codes-title = Dine nødkoder
account-codes-text = Skriv koderne ned, og læg dem et sikkert sted. Mister du telefonen, kan hver af dem bruges én gang i stedet for en kode fra appen. Vi viser dem kun nu.
account-done = Jeg har skrevet dem ned

# Hvor man er logget ind.
sessions-title = Her er du logget ind
sessions-lead = Kan du ikke kende et sted på listen, så log det ud, og ring til os.
sessions-here = Her
sessions-unknown-device = Ukendt browser
sessions-how-demo = Valgt i demoen
sessions-how-link = Med et link
sessions-how-password = Med adgangskode
sessions-how-provider = Med MitID eller kommunens log-in
sessions-since = Logget ind { $when }
sessions-seen = sidst brugt { $when }
sessions-end = Log ud
sessions-end-others = Log ud alle andre steder
sessions-end-all = Log ud alle steder, også her
sessions-limits = Du bliver logget ud af dig selv efter { $minutes } minutter, hvor du ikke bruger siden, og senest efter { $hours } timer. Vi siger til i forvejen.
sessions-soon = Du bliver snart logget ud
sessions-over = Du er nok blevet logget ud nu
sessions-soon-kept = Det er, fordi du ikke har brugt siden i et stykke tid. Er du i gang med at skrive, så gem det først, eller bliv logget ind.
sessions-stay = Bliv logget ind
