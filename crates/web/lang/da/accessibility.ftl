# Hvad vi har gjort, for at alle kan bruge siderne, og hvad der mangler.

accessibility-title = Tilgængelighed
accessibility-lead = Alle skal kunne bruge siderne. Her står, hvad vi har prøvet af, og hvad vi mangler.
accessibility-statement = Læs den erklæring, som { $municipality } har lavet
accessibility-demo = Det her er en demo. En rigtig kommune laver sin egen tilgængelighedserklæring, og så er den at finde nederst på alle sider.
accessibility-goal-title = Det går vi efter
accessibility-goal = Vi bygger efter WCAG 2.2 på niveau AA. Det er regler for, hvordan en side bliver til at bruge for alle. Loven kræver en lidt ældre udgave, 2.1.
accessibility-built-title = Sådan er siderne bygget
accessibility-built-keyboard = Du kan nå alle links, felter og knapper med tastaturet. Du kan springe menuen over.
accessibility-built-script = Alt det vigtige virker, også når JavaScript er slået fra.
accessibility-built-size = Du kan gøre teksten større og læse den på en lille skærm.
accessibility-built-time = Bliver du logget ud, mens du er væk, gemmer vi det, du sender. Det står der, når du har logget ind igen.
accessibility-tested-title = Det har vi prøvet
accessibility-tested = Et program, der hedder axe, ser siderne igennem for fejl, hver gang vi har ændret noget. Det sker på dansk og engelsk, på telefon og computer, med og uden JavaScript. Farver og kontrast er med.
accessibility-missing-title = Det mangler vi
accessibility-missing = Et program finder kun en del af fejlene. Vi har endnu ikke fået folk, der bruger skærmlæser eller kun tastatur i hverdagen, til at gå siderne igennem.
accessibility-contact-title = Sig til, hvis noget driller
accessibility-contact = Ring på
accessibility-contact-what = Fortæl, hvilken side du var på, og hvad der skete. Vi hjælper dig også gerne med det, du ville på siden.
accessibility-complaint = Er du ikke tilfreds med svaret, kan du klage til Digitaliseringsstyrelsen. De holder øje med, om det offentlige følger loven.
