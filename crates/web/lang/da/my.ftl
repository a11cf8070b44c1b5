# Borgerens egne sider. Overskrifter siger "min", resten siger "du". Korte ord og korte sætninger.

my-greeting = Hej { $name }
my-greeting-no-name = Hej
my-plan-is-closed = Planen er afsluttet. Du kan stadig læse den.

my-channel-meeting = Møde
my-channel-phone = Telefon
my-channel-video = Video
my-channel-home = Hjemme hos dig
my-channel-company = Hos en virksomhed

# Forsiden
my-next-step = Dit næste skridt
my-no-own-step = Du har ingen skridt lige nu. Det næste, der sker:
my-no-step = Du har ingen skridt lige nu. Vil du selv finde på et?
my-more-steps = { $count ->
    [one] Du har 1 skridt mere
   *[other] Du har { $count } skridt mere
}
my-next-talk = Din næste samtale
my-no-talk = Der er ikke aftalt en samtale. Du kan selv vælge en tid, der passer dig.
my-unread = { $count ->
    [one] Du har 1 ny besked
   *[other] Du har { $count } nye beskeder
}
my-coordinator = Min tovholder
my-coordinator-why = Tovholderen samler trådene i din plan. Det er altid ham eller hende, du kan ringe til.
my-news-title = Nyt i planen
my-news-all = Se alt, hvad der er sket
my-news-goal-set = Nyt mål: { $text }
my-news-goal-changed = Målet er rettet: { $text }
my-news-goal-reached = Målet er nået: { $text }
my-news-step-set = Nyt skridt: { $text }
my-news-step-changed = Skridtet er ændret: { $text }
my-news-step-done = Gjort: { $text }
my-news-remark = Der er skrevet en ny kommentar
my-news-talk-booked = Aftalt samtale { $when }
my-news-talk-moved = Samtalen er flyttet til { $when }
my-news-talk-cancelled = Samtalen { $when } er aflyst
my-news-talk-held = Læs, hvad I talte om den { $when }
my-news-note-corrected = Noten fra jeres samtale { $when } er rettet
my-news-effort-set = Nyt forløb: { $text }
my-news-joined = { $name } er kommet med på dit team

# Ingen plan, og en plan der er slut
my-no-plan-title = Du har ingen plan endnu
my-no-plan-text = En plan bliver til, når du og en rådgiver taler sammen. Ring til os, så finder vi en tid.
my-no-plan-call = Ring på { $phone }
my-no-plan-wishes = Skriv allerede nu, hvilket arbejde du ønsker dig
my-closed-lead = Din plan sluttede den { $day }
my-closed-reached = Det nåede du
my-closed-goals = Mål, du nåede
my-closed-steps = { $count ->
    [one] Undervejs blev 1 skridt gjort.
   *[other] Undervejs blev { $count } skridt gjort.
}
my-closed-helped = Det hjalp
my-closed-remains = Det er der tilbage
my-closed-read = Planen kan ikke ændres mere, men du kan altid læse den.
my-closed-call = Får du brug for os igen, så ring på

# Skridt
my-steps-title = Mine skridt
my-steps-mine = Det gør du
my-steps-others = Det gør andre for dig
my-steps-none = Du har ingen skridt lige nu
my-steps-none-text = Nye skridt kommer, når I taler sammen. Du kan også selv finde på et.
my-steps-done = Det er gjort ({ $count })
my-step-title = Skridt
my-step-tick = Jeg har gjort det
my-step-tick-this = Jeg har gjort det: { $title }
my-step-untick = Åbn skridtet igen
my-step-due = Senest { $day } ({ $far })
my-step-by = senest { $day }
my-step-was-due = Skulle være gjort { $day }
my-step-done-on = Gjort { $day }
my-step-dropped-on = Droppet { $day }
my-step-held-by = { $name } tager det
my-step-who = Hvem
my-step-me = Dig
my-step-goal = Fører til målet
my-step-since = Aftalt
my-step-edit-link = Ret
my-step-edit-title = Ret skridtet
my-step-edit-lead = Det er dit skridt. Ret det, så det passer til dig.
my-step-drop-link = Drop skridtet
my-step-drop-title = Drop skridtet?
my-step-drop-lead = Planer må gerne ændre sig. Fortryder du, kan du tage skridtet tilbage med det samme.
my-step-drop-label = Vil du fortælle hvorfor?
my-step-drop-hint = Du behøver ikke skrive noget. Skriver du, kan dit team læse det.
my-step-drop-submit = Ja, drop skridtet
my-step-drop-changed = Skridtet er blevet ændret imens. Se det herunder, før du dropper det.
my-step-new-link = Skriv et skridt selv
my-step-new-title = Et nyt skridt
my-step-new-lead = Et godt skridt er småt nok til, at du kan gøre det på en dag.
my-step-new-label = Hvad vil du gøre?
my-step-new-hint = For eksempel: Ring til den lokale gartner
my-step-new-due = Hvornår vil du have gjort det?
my-step-new-goal = Hvilket mål fører det til?
my-back-to-steps = Mine skridt
my-back-to-step = Tilbage til skridtet
my-back-to-goal = Tilbage til målet

# Kommentarer
my-remarks = Kommentarer
my-remarks-none = Ingen har skrevet noget her endnu.
my-remarks-count = { $count ->
    [one] 1 kommentar
   *[other] { $count } kommentarer
}
my-remark-title = Skriv en kommentar
my-remark-lead = Alle på dit team kan læse det.
my-remark-label = Din kommentar
my-remark-submit = Gem kommentaren

# Mål
my-goals-title = Mine mål
my-goals-lead = Det er dine mål, og de står her med dine egne ord.
my-goals-all = Se alle mine mål
my-goals-ended = Tidligere mål
my-no-goals-title = Du har ingen mål endnu
my-no-goals = Skriv, hvad du gerne vil. Det må godt være stort, og det må godt være småt.
my-goal-title = Mål
my-goal-since = Skrevet { $day }
my-goal-under = Hører til
my-goal-below = Delmål
my-goal-below-new = Skriv et delmål
my-goal-steps = Skridt på vejen
my-goal-steps-none = Der er ingen skridt til dette mål endnu.
my-goal-new-link = Skriv et mål
my-goal-new-title = Et nyt mål
my-goal-edit-link = Ret med mine egne ord
my-goal-edit-title = Ret målet
my-goal-words = Hvad vil du gerne?
my-goal-words-hint = Skriv, som du ville sige det.
my-goal-aim = Hvad handler det mest om?
my-goal-parent = Er det en del af et større mål?
my-goal-parent-hint = Så bliver det et delmål.
my-adviser-writes = Din rådgiver skriver

# Team
my-team-count = { $count ->
    [0] Der er ingen på dit team lige nu.
    [one] Der er 1 person, som hjælper dig.
   *[other] Der er { $count } personer, som hjælper dig.
}
my-team-all = Se hele mit team
my-team-others = Andre, der er med
my-team-former = Tidligere tovholdere
my-team-handover = Læs, hvad { $name } fik at vide om dig
my-change-heading = Du får en ny tovholder
my-change-text = { $name } tager over { $day }. Indtil da er alt, som det plejer.
my-change-link = Læs og skriv, hvad din nye tovholder skal vide
my-handover-title = Det skal { $name } vide
my-handover-lead = { $name } bliver din tovholder { $day }. Teksten herunder går med. Du må rette i den og skrive til.
my-handover-label = Det skal min nye tovholder vide
my-handover-hint = Skriv, hvad der hjælper dig, og hvad du er træt af at fortælle.
my-back-to-team = Mit team

# Samtaler
my-talks-title = Mine samtaler
my-talks-coming = Aftalte samtaler
my-talks-past = Tidligere samtaler
my-talks-none = Du har ingen aftalt samtale
my-talk-title = Samtale
my-talk-booked = Aftalt
my-talk-not-written = Noter på vej
my-talk-held = Holdt
my-talk-cancelled = Aflyst
my-talk-missed = Blev ikke til noget
my-talk-when = { $far }, kl. { $hours }
my-talk-with = Med { $name }
my-talk-line = { $day } kl. { $hours } med { $with }
my-talk-short = { $channel } kl. { $hours } med { $with }
my-talk-time = Klokken
my-talk-who = Med
my-talk-where = Hvordan
my-talk-note = Det talte I om
my-talk-answered = Dine spørgsmål, som I tog op
my-back-to-talks = Mine samtaler
my-back-to-talk = Tilbage til samtalen
my-calendar-link = Læg i min kalender
my-calendar-title = Møde
my-calendar-file = moede

my-book-link = Book en samtale
my-book-title = Book en samtale
my-book-when = Hvornår passer det dig?
my-book-later = Vis flere dage
my-book-with = med { $name }
my-book-choose-time = Vælg en tid.
my-book-how = Hvordan vil du mødes?
my-book-how-hint = Vælger du telefon, ringer vi til dig på { $phone }.
my-book-submit = Book tiden
my-book-none = Der er ingen ledige tider lige nu
my-book-none-text = Ring til os, så finder vi en tid sammen:
my-move-link = Flyt
my-move-title = Flyt samtalen
my-move-lead = Vælg en ny tid. Indtil du har gjort det, gælder den gamle:
my-cancel-link = Aflys
my-cancel-title = Aflys samtalen
my-cancel-lead = Vil du aflyse denne samtale? Du kan altid booke en ny.
my-cancel-label = Hvorfor aflyser du?
my-cancel-hint = Du behøver ikke skrive noget.
my-cancel-submit = Ja, aflys samtalen
my-cancel-moved = Samtalen er blevet ændret imens. Se den nye tid herunder, før du aflyser.

# Spørgsmål
my-questions = Det vil jeg spørge om
my-questions-none = Du har ikke skrevet nogen spørgsmål.
my-questions-waiting = { $count ->
    [one] Du har 1 spørgsmål med
   *[other] Du har { $count } spørgsmål med
}
my-question-add = Skriv et spørgsmål
my-question-title = Mit spørgsmål
my-question-lead = I tager det op { $day }, når du taler med { $name }.
my-question-lead-none = I tager det op, næste gang I taler sammen.
my-question-label = Hvad vil du gerne spørge om?
my-question-hint = Der er ingen dumme spørgsmål.
my-question-submit = Gem spørgsmålet
my-question-asked = Skrevet { $when }
my-question-withdraw = Slet spørgsmålet

# Det kan jeg selv
my-myself-title = Det kan jeg selv
my-myself-lead = Her skriver du det, planen skal bygge på: det, du kan, det, du håber, og dem, du har.
my-back-to-myself = Det kan jeg selv
my-resource-hint = Hvad er du god til? Hvad har du prøvet før?
my-hope-hint = Hvad håber du, at der er sket om et år?
my-network-hint = Hvem kan du ringe til, når det er svært?
my-motivation-hint = Hvad får dig op om morgenen?
my-strength-label = Skriv det med dine egne ord
my-strength-end = Det passer ikke mere. Tag det væk
my-ideas = Skridt, du kan tage nu
my-ideas-lead = Tag det, der passer dig. Så kommer det med i dine skridt.
my-ideas-link = Se idéer til skridt
my-idea-take = Tag det
my-idea-good-at = Skriv tre ting, jeg er god til
my-idea-cv = Skriv eller ret mit CV
my-idea-call-company = Ring til et sted, jeg gerne vil arbejde
my-idea-ask-friend = Spørg en ven, om de kender til et job
my-idea-find-job = Find ét job, jeg vil søge
my-idea-walk = Gå en tur hver dag i en uge
my-idea-call-someone = Ring til en, jeg savner
my-idea-activity = Prøv noget nyt tæt på, hvor jeg bor
my-idea-calm = Skriv ned, hvad der giver mig ro
my-idea-adult = Tal med en voksen, jeg stoler på
my-idea-visit-school = Besøg en skole eller et værksted
my-idea-get-up = Stå op på samme tid i en uge

# Det arbejde, jeg ønsker mig
my-wishes-title = Det arbejde, jeg ønsker mig
my-wishes-none = Du har ikke skrevet noget endnu.
my-wishes-edit = Skriv, hvad du ønsker dig
my-wishes-label = Hvilket arbejde vil du gerne have?
my-wishes-hint = Skriv, hvad du vil lave, hvor og hvor meget.
my-occupation-title = Fag
my-occupation-none = Vælger du også et fag, er det lettere at finde steder, der passer til dig.
my-occupation-link = Find mit fag
my-occupation-chosen = Du har valgt:
my-occupation-remove = Fjern valget
my-occupation-search = Søg efter et fag
my-occupation-hint = For eksempel gartner, chauffør eller køkken
my-occupation-found = Det fandt vi
my-occupation-nothing = Vi fandt ikke noget. Prøv et andet eller et kortere ord.
my-occupation-more = Der er flere. Skriv et længere ord for at se færre.
my-occupation-choose = Vælg

# Hvordan det går
my-progress-title = Sådan går det
my-progress-lead = Seks ting betyder meget for at få et job. Her ser du, hvordan du selv og din rådgiver ser dem. I behøver ikke være enige. Tal om det, hvor I ser det hver for sig.
my-progress-you = Dig
my-progress-adviser = Din rådgiver
my-progress-same = I ser ens på det.
my-progress-near = I ser næsten ens på det.
my-progress-mine-higher = Du tror mere på det, end din rådgiver gør. Tal om hvorfor.
my-progress-mine-lower = Din rådgiver tror mere på det, end du gør. Tal om hvorfor.
my-progress-only-me = Kun du har svaret.
my-progress-only-them = Du har ikke svaret endnu.
my-progress-none = Der er ingen svar endnu
my-progress-none-text = Svar på det, du har lyst til. Det tager et par minutter.
my-progress-link = Svar for i dag
my-progress-form-title = Hvordan er det i dag?
my-progress-form-lead = Vælg det, der passer bedst. Spring over, hvis du er i tvivl. Ingen svar er forkerte, og de bliver ikke lagt sammen.
my-progress-choice = { $value }: { $anchor }
my-progress-note = Vil du skrive noget til?
my-progress-choose-one = Svar på mindst én af de seks.
my-progress-choose-with-note = Du har skrevet noget til. Vælg også et svar her.

# Beskeder
my-messages-title = Mine beskeder
my-messages-none = Du har ingen beskeder
my-messages-none-text = Du kan skrive til din tovholder, når du vil. Det, dit team skriver til dig, står også her.
my-message-new = Ny
my-message-own = Dig
my-message-read = Læst
my-message-unread = Ikke læst endnu
my-message-answer = Svar
my-messages-write = Skriv en besked
my-messages-talk = Vil du hellere tale om det?
my-messages-talk-text = Ring, eller gem det til næste samtale:
my-write-title = Skriv til { $name }
my-answer-title = Svar til { $name }
my-write-lead = Det, du skriver, kommer ind i planen. Alle på dit team kan læse det.
my-write-label = Din besked
my-write-hint = Haster det, så ring i stedet.
my-write-submit = Send beskeden

# Forløb
my-efforts-title = Det er i gang
my-efforts-chart = Det sker samtidig
my-efforts-reading = { $ongoing ->
    [0] Intet er i gang lige nu.
    [one] 1 ting er i gang.
   *[other] { $ongoing } ting er i gang.
} { $planned ->
    [0] Ikke mere er aftalt.
    [one] 1 er aftalt og begynder senere.
   *[other] { $planned } er aftalt og begynder senere.
}
my-efforts-none = Der er ikke noget i gang lige nu
my-efforts-none-text = Når du begynder på noget, for eksempel en praktik eller et kursus, kan du se det her.
my-effort-from = Fra { $from }
my-effort-from-until = { $from } til { $until }
my-effort-hours = { $hours } om ugen
my-effort-hours-paid = { $hours } om ugen, og du får løn for { $paid }

# Mere
my-more-title = Mere
my-more-messages = Læs og skriv beskeder
my-more-goals = Læs og ret dine mål
my-more-myself = Skriv, hvad du kan og håber, og find nye skridt
my-more-progress = Svar på seks spørgsmål, og se, hvordan det flytter sig
my-more-efforts = Se forløb og praktik på én linje
my-more-print = Få hele planen på papir
my-more-wishes = Skriv, hvad du vil lave
my-more-history-title = Det er der sket
my-more-history = Se alt, der er skrevet og ændret
my-more-log-title = Hvem har kigget?
my-more-log = Se, hvem der har åbnet din plan, og hvornår
my-help = Hjælp
my-help-text = Er noget svært at finde eller forstå, så ring til os på

# Udskrift
my-print-title = Min plan på papir
my-print-heading = Plan for { $name }
my-print-dates = Begyndte { $opened }. Skrevet ud { $today }.
my-print-how = Du kan også bruge print i din browser.
