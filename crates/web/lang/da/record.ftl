# Planens historie, og hvem der har kigget.

record-title = Det er der sket
record-lead = Alt, der er skrevet og ændret i planen. Intet går tabt: Det gamle kan altid læses.
record-own-lead = Her kan du læse alt, der er skrevet og ændret i din plan. Det gamle er her stadig.
record-topics = Vis kun
record-topic-all = Alt
record-topic-goals = Mål og ressourcer
record-topic-steps = Skridt
record-topic-conversations = Samtaler og beskeder
record-topic-people = Mennesker
record-topic-efforts = Indsatser
record-topic-progress = Fremskridt
record-topic-rest = Planen
record-empty = Der er ikke sket noget endnu
record-empty-what = Når nogen skriver eller ændrer noget, står det her.
record-before = før
record-after = nu
record-became = blev til
record-nothing = tomt
record-older = Vis ældre
record-newest = Vis det nyeste
record-you = dig
record-you-did = Dig

record-plan-opened = Planen blev oprettet
record-plan-closed = Planen blev afsluttet
record-core-task-changed = Planens opgave blev ændret
record-goal-set = Nyt mål
record-goal-changed = Mål ændret
record-goal-reached = Mål nået
record-goal-dropped = Mål lagt væk
record-goal-reopened = Mål taget op igen
record-step-set = Nyt skridt
record-step-changed = Skridt ændret
record-step-done = Skridt gjort
record-step-reopened = Skridt åbnet igen
record-step-dropped = Skridt droppet
record-commented = Bemærkning
record-joined = Kom med i planen
record-left = Er ikke længere med
record-coordinator-named = Ny tovholder
record-coordinator-ended = Tovholder stopper
record-handover-written = Skrevet til den nye tovholder
record-booked = Samtale aftalt
record-moved = Samtale flyttet
record-cancelled = Samtale aflyst
record-held = Samtale holdt
record-missed = Samtale, hvor borgeren ikke kom
record-asked = Spørgsmål til samtalen
record-answered = Spørgsmål besvaret
record-question-withdrawn = Spørgsmål taget tilbage
record-effort-set = Ny indsats
record-effort-changed = Indsats ændret
record-effort-ended = Indsats afsluttet
record-strength-set = Skrevet om det, planen bygger på
record-strength-changed = Ændret i det, planen bygger på
record-strength-ended = Gælder ikke længere
record-rated = Svar om vejen til job
record-message-sent = Besked sendt
record-message-read = Besked læst
record-undone = Fortrudt
record-person-changed = Oplysninger om borgeren
record-imported = Hentet fra en fil
record-looked = Kiggede

record-wishes = Ønsker
record-core-task = Opgave
record-opened = Begyndte
record-closed = Sluttede
record-reached = Det nåede vi
record-helped = Det hjalp
record-remains = Det mangler
record-goal = Mål
record-professional = Medarbejderens ord
record-aim = Retning
record-part-of = Del af
record-status = Status
record-step = Skridt
record-holder = Hvem gør det
record-due = Senest
record-step-role = Måde
record-towards = På vej mod
record-remark = Bemærkning
record-about = Om
record-withdrawn = Taget tilbage
record-organisation = Fra
record-handover = Til den nye tovholder
record-when = Tidspunkt
record-with = Med
record-channel = Hvordan
record-place = Sted
record-note = Det blev aftalt
record-question = Spørgsmål
record-effort = Indsats
record-kind = Slags
record-provider = Hos
record-hours = Timer
record-hours-from = fra { $date }: { $hours } om ugen, heraf { $paid } med løn
record-no-longer = Ikke længere fra
record-answer = Svar
record-message = Besked

log-title = Hvem har kigget
log-lead = Hver gang nogen åbner planen, bliver det skrevet ned. Borgeren kan se den samme liste.
log-own-lead = Hver gang nogen åbner din plan, bliver det skrevet ned her. Undrer noget dig, så ring til din tovholder.
log-empty = Ingen har kigget endnu
log-empty-what = Når en medarbejder åbner planen, står navnet her.
log-times = { $count ->
    [one] 1 gang
   *[other] { $count } gange
}
log-at = Senest kl. { $time }
log-own-looks = { $count ->
    [one] Du har selv kigget 1 gang
   *[other] Du har selv kigget { $count } gange
}
log-citizen-looks = { $count ->
    [one] Borgeren har selv kigget 1 gang
   *[other] Borgeren har selv kigget { $count } gange
}
log-why-coordinator = er tovholder
log-why-participant = er med i planen: { $role }
log-why-next = bliver tovholder
log-why-former = har været tovholder
log-why-leader = leder enheden
log-why-search = søgte på CPR-nummer og fik ikke adgang
log-why-log-in-link = er systemansvarlig og lavede et link til at logge ind

log-page-plan = Planen
log-page-goals = Mål
log-page-steps = Skridt
log-page-progress = Vejen til job
log-page-efforts = Indsatser
log-page-strengths = Det, planen bygger på
log-page-people = Mennesker i planen
log-page-messages = Beskeder
log-page-remarks = Bemærkninger
log-page-conversation = En samtale
log-page-book = Booking af samtale
log-page-handover = Siden til den nye tovholder
log-page-log = Hvem har kigget
log-page-history = Det er der sket
log-page-print = Planen til at skrive ud
log-page-close = Afslutning af planen
log-page-transfer = Skift af tovholder
log-page-open-plan = Oprettelse af planen
log-page-caseload = En liste over borgere
log-page-search = Søgning
log-page-log-in-link = Et link til at logge ind som borgeren
log-page-other = En side i planen
