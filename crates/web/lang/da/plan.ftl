# Planen, som medarbejderen arbejder med den.

plan-back = Planen for { $name }
plan-to-plan = Til planen
plan-age = { $age } år
plan-opened = Planen begyndte { $day }
plan-closed-on = Planen er afsluttet { $day }
plan-balance-reached = Det nåede vi
plan-balance-helped = Det hjalp
plan-balance-remains = Det er der tilbage
plan-coordinator-since = Tovholder siden { $day }
plan-next-coordinator = { $name } bliver tovholder { $day }.
plan-reads-former = Du var tovholder før. Du kan læse planen lidt endnu, men ikke ændre den.
plan-reads-next = Du bliver tovholder { $day }. Indtil da kan du læse planen, men ikke ændre den.
plan-status = Hvor står det
plan-overdue = Over tiden
plan-voice = Hvem har skrevet borgerens ord?

plan-drift-title = Planen mangler vejen til job
plan-drift-add-goal = Skriv et mål om job eller uddannelse
plan-drift-add-company = Aftal kontakt med en virksomhed

plan-next-step = Næste skridt
plan-next-step-none = Der er ingen åbne skridt. Hvad er det næste, der skal ske?
plan-next-talk = Næste samtale
plan-next-talk-none = Der er ikke aftalt en samtale.
plan-talk-start = Begynd samtalen
plan-talk-book = Aftal en samtale
plan-talk-move = Flyt samtalen
plan-talk-now = Begynd en samtale nu
plan-talk-missing = Samtalen { $when } er ikke skrevet endnu.
plan-talk-write = Skriv, hvad der kom ud af den
plan-questions = { $count ->
    [one] Et spørgsmål venter
   *[other] { $count } spørgsmål venter
}

plan-goals = Mål
plan-goals-none = Der er ingen mål endnu
plan-goals-none-text = Spørg, hvad borgeren selv vil. Skriv det, som borgeren siger det.
plan-goals-ended = { $count ->
    [one] Et mål er nået eller lagt væk
   *[other] { $count } mål er nået eller lagt væk
}
plan-goal-title = Mål
plan-goal-new = Nyt mål
plan-subgoal-new = Nyt delmål
plan-goal-save = Gem målet
plan-goal-edit = Ret målet
plan-goal-words = Målet med { $name }s egne ord
plan-goal-words-hint = Skriv det, som det bliver sagt. Begynd gerne med »Jeg vil«.
plan-goal-words-missing = Skriv målet med borgerens egne ord.
plan-goal-aim = Hvad handler målet om?
plan-goal-professional = Medarbejderens ord
plan-goal-professional-hint = Det faglige står for sig. Borgeren kan læse det.
plan-goal-parent = Er det et delmål?
plan-goal-parent-hint = Vælg det mål, det hører under.
plan-goal-reached = Målet er nået
plan-goal-drop = Læg målet væk
plan-goal-reopen = Tag målet op igen
plan-goal-end = Hvordan gik det med målet?
plan-goal-outcome = Hvor står målet nu?
plan-goal-reason = Hvad skete der?
plan-goal-reason-hint = Det står i planens historik. Borgeren kan læse det.
plan-goal-open-steps = { $count ->
    [one] Et skridt under målet er stadig åbent. Det bliver stående i planen.
   *[other] { $count } skridt under målet er stadig åbne. De bliver stående i planen.
}

plan-steps-loose = Skridt uden for målene
plan-steps-loose-none = Ingen lige nu.
plan-steps-ended = { $count ->
    [one] Et skridt er gjort eller droppet
   *[other] { $count } skridt er gjort eller droppet
}
plan-step-page = Skridt
plan-step-new = Nyt skridt
plan-step-save = Gem skridtet
plan-step-edit = Ret skridtet
plan-step-title = Hvad skal gøres?
plan-step-title-hint = Et lille skridt, der kan gøres færdigt. For eksempel »Ring til gartneriet«.
plan-step-title-missing = Skriv, hvad der skal gøres.
plan-step-holder = Hvem gør det?
plan-step-holder-hint = Et skridt har én, der har ansvaret.
plan-step-held-by = Gøres af
plan-step-due = Senest
plan-step-by = senest { $day }
plan-step-goal = Hvilket mål fører skridtet til?
plan-step-role = Hvad kalder skridtet på hos dig?
plan-step-role-hint = At finde ressourcer, bygge sammen eller oversætte.
plan-step-tick = Det er gjort
plan-step-untick = Åbn skridtet igen
plan-step-done-on = Gjort { $day }
plan-step-dropped-on = Droppet { $day }
plan-step-drop = Drop skridtet
plan-step-drop-reason = Hvorfor skal det ikke gøres alligevel?
plan-holder-me = Dig
plan-holder-colleague = En anden kollega
plan-holder-other = En anden uden for kommunen
plan-holder-kind = Hvem er det?
plan-holder-missing = Vælg, hvem der gør det.
plan-holder-colleague-missing = Vælg en kollega på listen.
plan-holder-name-missing = Skriv et navn.

plan-comments = Bemærkninger
plan-comments-none = Ingen bemærkninger endnu.
plan-comment-count = { $count ->
    [one] 1 bemærkning
   *[other] { $count } bemærkninger
}
plan-comment-new = Ny bemærkning
plan-comment-text = Skriv en bemærkning
plan-comment-save = Gem bemærkningen

plan-conflict-title = Nogen har ændret det imens
plan-conflict-text = Sådan står det i planen nu. Det, du skrev, står i felterne herunder og er ikke gemt endnu. Gemmer du, gælder dine ord. Det gamle kan stadig læses i historikken.
plan-conflict-theirs = Behold det, der står nu

plan-strengths = Det bygger planen på
plan-strengths-title = Det bygger planen på
plan-strengths-lead = Hvad kan borgeren, hvad er håbet, hvem er der, og hvad driver? Det næste skridt vokser ud af det.
plan-strengths-none = Intet skrevet endnu. Spørg, hvad borgeren er god til og håber på.
plan-strengths-edit = Tilføj eller ret
plan-strength-title = Det bygger planen på
plan-strength-kind = Hvad er det?
plan-strength-text = Med { $name }s egne ord
plan-strength-end = Det gælder ikke længere

plan-people = Omkring planen
plan-people-count = { $people }, { $units }
plan-count-people = { $count ->
    [one] 1 person
   *[other] { $count } personer
}
plan-count-units = { $count ->
    [one] 1 enhed
   *[other] { $count } enheder
}
plan-person-coordinator = Tovholder · { $title }, { $unit }
plan-person-role = { $role } · { $from }
plan-person-new = Tilføj en person
plan-person-lead = Hvem skal være med omkring planen for { $name }? Færre er bedre: hver person er én mere at forholde sig til.
plan-person-kind = Hvem er det?
plan-person-organisation = Hvor kommer personen fra?
plan-person-role-field = Rolle i planen
plan-person-role-hint = For eksempel mentor. En kollega får sin titel, hvis feltet er tomt.
plan-person-role-missing = Skriv, hvad personen gør her.
plan-person-from = Med fra
plan-person-save = Tilføj til planen
plan-person-end = Er { $name } ikke længere med?
plan-person-end-short = Afslut
plan-person-until = Sidste dag
plan-person-holds = { $count ->
    [one] Personen har et åbent skridt. Giv det til en anden.
   *[other] Personen har { $count } åbne skridt. Giv dem til andre.
}
plan-transfer = Skift tovholder

plan-efforts = Det sker på samme tid
plan-efforts-none = Der er ingen indsatser endnu. De kan begynde samtidig; ingen behøver vente på en anden.
plan-efforts-chart = Indsatser
plan-efforts-reading = { $running } i gang, { $planned } planlagt.
plan-efforts-older = { $count ->
    [one] En ældre indsats står i historikken
   *[other] { $count } ældre indsatser står i historikken
}
plan-effort-new = Ny indsats
plan-effort-title = Ret indsatsen
plan-effort-lead = Indsatser kan køre side om side. Virksomhed først, hvis det er muligt.
plan-effort-save = Gem indsatsen
plan-effort-kind = Hvad slags indsats?
plan-effort-title-field = Hvad er det, med almindelige ord?
plan-effort-title-hint = For eksempel »Praktik i Solhøj Gartneri«.
plan-effort-title-missing = Skriv, hvad det er.
plan-effort-company = Virksomhed
plan-effort-company-hint = Vælg den, hvis det foregår hos en virksomhed. Det tæller som virksomhedskontakt.
plan-effort-unit = Hvilken enhed giver den?
plan-effort-provider = Hvem giver den?
plan-effort-provider-hint = Står feltet tomt, bruges virksomhedens navn.
plan-effort-first = Første dag
plan-effort-last = Sidste dag
plan-effort-from = fra { $day }
plan-effort-from-until = { $from } til { $until }
plan-effort-hours = Nye timer
plan-effort-hours-from = Fra hvilken dag?
plan-effort-hours-field = Timer om ugen
plan-effort-hours-first = Timer om ugen fra første dag
plan-effort-hours-missing = Skriv timer om ugen.
plan-effort-hours-over-time = Timer over tid
plan-effort-hours-none = Der er ikke aftalt timer endnu.
plan-effort-paid = Heraf med løn
plan-effort-paid-hint = Timer, som virksomheden betaler.
plan-effort-paid-too-many = Der kan ikke være flere løntimer end timer.
plan-effort-hours-week = { $hours } om ugen
plan-effort-hours-paid = { $hours } om ugen, { $paid } med løn
plan-effort-end = Afslut indsatsen

plan-progress = Seks ting, der skal være på plads
plan-progress-title = Seks ting, der skal være på plads
plan-progress-lead = Borgeren og medarbejderen svarer hver for sig. Hvor svarene er langt fra hinanden, er der noget at tale om.
plan-progress-answer = Svar nu
plan-progress-who = Hvem svarer?
plan-progress-alone = Jeg svarer selv
plan-progress-together = Jeg svarer sammen med { $name }
plan-progress-hint = 1 er langt fra, 5 er helt på plads. Spring over det, I ikke har talt om.
plan-progress-last = Sidst { $value }, { $day }
plan-progress-note = Skriv et par ord
plan-progress-note-of = Ord fra { $name }
plan-progress-note-own = Dine ord
plan-progress-note-alone = Vælg et tal til det, du har skrevet.
plan-progress-nothing = Svar på mindst én ting.
plan-progress-save = Gem svarene
plan-progress-over-time = Over tid
plan-progress-none = Ingen har svaret endnu
plan-progress-none-text = Når I har svaret første gang, kan I følge det her.
plan-progress-caption = De seneste svar, side om side
plan-progress-open = Svar, og se det over tid
plan-progress-read = Se det over tid
plan-progress-talk-about = Tal om det
plan-progress-same = Begge svarer { $value }.
plan-progress-citizen-higher = Borgeren svarer { $gap } højere end medarbejderen. Hvad ser borgeren?
plan-progress-employee-higher = Medarbejderen svarer { $gap } højere end borgeren. Hvad ser medarbejderen?
plan-progress-citizen-missing = Borgeren har ikke svaret endnu.
plan-progress-employee-missing = Medarbejderen har ikke svaret endnu.

plan-talks = Seneste samtaler
plan-talks-none = Der har ikke været samtaler endnu.
plan-talk-no-note = Der er ikke skrevet noget.

plan-messages = Beskeder
plan-messages-none = Ingen beskeder endnu.
plan-message-new = Skriv en besked
plan-message-lead = Beskeden kommer på forsiden hos { $name }.
plan-message-text = Besked
plan-message-hint = Skriv kort og venligt. Skriv ikke CPR-nummer.
plan-message-read = læst
plan-message-unread = ikke læst endnu
plan-message-answers = Svar på: { $text }
plan-message-answer = Svar
plan-message-mark-read = Jeg har læst den
plan-unread = { $count ->
    [one] { $name } har skrevet en besked.
   *[other] { $name } har skrevet { $count } beskeder, der ikke er læst.
}
plan-unread-see = Læs det

plan-core-task = Kerneopgave
plan-core-task-title = Hvad skal planen føre til?
plan-core-task-lead = De tre er lige meget værd. Valget afgør, hvad planen minder jer om.
plan-core-task-reason = Hvorfor ændres det?
plan-core-task-reason-hint = Borgeren kan læse det i historikken.

plan-more = Mere om planen
plan-history = Historik
plan-log = Hvem har set planen
plan-print = Til udskrift
plan-close = Afslut planen
plan-print-title = Plan for { $name }
plan-print-date = Udskrevet { $day }
plan-print-coordinator = Tovholder
