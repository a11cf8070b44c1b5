# Hvem der er tovholder: åbne en plan, give den videre, afslutte den.

coord-back = Til planen
coord-leave = Fortryd
coord-colleague = { $name } · { $title } · { $plans ->
    [0] ingen planer
    [one] 1 plan
   *[other] { $plans } planer
}
coord-colleague-hint = Tallet er de åbne planer, kollegaen er tovholder for. Så kan I fordele arbejdet jævnt.
coord-choose-colleague = Vælg en kollega.
coord-changed-meanwhile = Planen er ændret imens. Se den igennem, og gem igen. Det, du har skrevet, er her stadig.

# Skifte tovholder.
coord-transfer-title = Ny tovholder for { $name }
coord-transfer-now = { $name } har været tovholder siden { $since }.
coord-transfer-coming = Det er aftalt, at { $name } er tovholder fra { $since }. Skifter I igen, er det efter den dag.
coord-transfer-changes = { $changes ->
    [one] { $first } har skiftet tovholder én gang før.
   *[other] { $first } har skiftet tovholder { $changes } gange før.
} Få skift er bedst.
coord-to = Ny tovholder
coord-from = Fra hvilken dag?
coord-from-hint = Den gamle tovholder er med til og med dagen før og kan læse planen i { $days } dage efter.
coord-reason = Hvorfor skifter I?
coord-note = Flere ord om hvorfor
coord-note-hint = { $first } kan læse det.
coord-handover-text = Det skal din nye rådgiver vide
coord-handover-text-hint = Udkastet er hentet fra planen. Ret det til sammen med { $first }, som også kan skrive i det bagefter.
coord-transfer-submit = Skift tovholder

coord-draft-goals = Det vil { $first } gerne:
coord-draft-steps = Næste skridt:
coord-steps-title = Næste skridt
coord-draft-works = Det virker:
coord-draft-hopes = Det håber { $first } på:
coord-draft-questions = Spørgsmål, der venter på svar:
coord-step = { $title } ({ $who })
coord-step-due = { $title } ({ $who }, senest { $day })

coord-handover-title = Overlevering: { $name }
coord-handover-title-own = Det skal din tovholder vide
coord-handover-lead = { $before } giver planen videre. Fra { $day } er { $name } tovholder.
coord-handover-past = { $before } gav planen videre til { $name } den { $day }.
coord-handover-first = Fra { $day } er { $name } tovholder.
coord-handover-empty = Her står ikke noget endnu.
coord-handover-edit = Ret teksten
coord-handover-label = Tekst
coord-people-title = Dem, der er med
coord-goals-title = Det vil { $name } gerne
coord-goals-title-own = Det vil du gerne
coord-no-goals = Der er ingen åbne mål.
coord-no-steps = Der er ingen åbne skridt.
coord-talks-title = Samtaler, der er aftalt
coord-no-talks = Der er ikke aftalt en samtale.
coord-talk-line = { $when } med { $with }. { $how }
coord-strengths-title = Det, { $name } bygger på
coord-strengths-title-own = Det, du bygger på

# Afslutte en plan.
coord-close-title = Afslut planen for { $name }
coord-close-lead = Gør status sammen med { $first }: Hvad er nået, hvad hjalp, og hvad er der tilbage?
coord-months = påbegyndte måneder
coord-conversations = samtaler
coord-steps-done = skridt gjort
coord-people = medarbejdere og andre har været med
coord-goals-reached = Sæt kryds ved de mål, der er nået
coord-reached = Det er nået
coord-reached-hint = Udkastet er hentet fra planen. Skriv, så det er til at være stolt af.
coord-reached-missing = Skriv, hvad der er nået. En enkelt linje er nok.
coord-helped = Det hjalp
coord-helped-hint = Hvad gjorde forskellen? Det kan andre lære af.
coord-remains = Det er der tilbage
coord-remains-hint = Og hvem { $first } kan gå til nu.
coord-on = Planens sidste dag
coord-ends-title = Når planen slutter
coord-ends-conversations = { $count ->
    [one] 1 aftalt samtale bliver aflyst
   *[other] { $count } aftalte samtaler bliver aflyst
}
coord-ends-steps = { $count ->
    [one] 1 åbent skridt bliver lagt væk
   *[other] { $count } åbne skridt bliver lagt væk
}
coord-ends-people = { $count ->
    [one] 1 person er ikke længere med og mister adgangen til planen
   *[other] { $count } personer er ikke længere med og mister adgangen til planen
}
coord-ends-questions = { $count ->
    [one] 1 spørgsmål fra { $first } er ikke besvaret. Svar på det, før du afslutter
   *[other] { $count } spørgsmål fra { $first } er ikke besvaret. Svar på dem, før du afslutter
}
coord-ends-coordinator = Tovholderen slipper planen samme dag
coord-ends-kept = Intet bliver slettet. { $first } kan stadig læse det hele. Afslutningen kan ikke fortrydes, men I kan åbne en ny plan.
coord-close-submit = Afslut planen
coord-draft-reached = Mål, der er nået:
coord-draft-done = Skridt, der er gjort:
coord-draft-efforts = Indsatser undervejs:
coord-draft-people = Mennesker, der var med:
coord-draft-open-goals = Mål, der stadig er åbne:
coord-closed-title = Status på planen for { $name }
coord-closed-lead = Planen begyndte { $opened } og sluttede { $closed }.
coord-open-again = Åbn en ny plan for { $first }

# Åbne en plan.
coord-open-title = Åbn en plan for { $name }
coord-open-lead = { $first } får én plan og én tovholder fra første dag.
coord-core-task = Hvad skal planen først og fremmest hjælpe med?
coord-opened = Første dag
coord-open-submit = Åbn planen
coord-has-plan = { $first } har allerede en åben plan. Du har ikke ændret noget.

coord-handover-link = Overlevering ved skift af tovholder
