# Ord for det, planen består af. Én nøgle for hver værdi; se kit/words.rs.

word-core-task-work = Job eller uddannelse
word-core-task-life = Et godt hverdagsliv
word-core-task-youth = Et barns eller en ungs udvikling

word-aim-employment = Job
word-aim-education = Uddannelse
word-aim-health = Helbred
word-aim-everyday = Hverdag, bolig og penge
word-aim-community = Fællesskab og familie
word-aim-development = Læring og udvikling

word-goal-open = I gang
word-goal-reached = Nået
word-goal-dropped = Lagt væk

word-term-short = Kort mål: nås inden for tre måneder
word-term-long = Langt mål: tager længere tid

word-judgement-on-the-way = På vej
word-judgement-stuck = Sidder fast
word-judgement-reached = Nået

word-action-done-yes = Ja
word-action-done-partly = Noget af det
word-action-done-no = Ikke endnu

word-step-open = Skal gøres
word-step-done = Gjort
word-step-dropped = Droppet

word-person-citizen = Borgeren
word-person-employee = Medarbejder
word-person-relative = Familie eller ven
word-person-volunteer = Frivillig eller forening
word-person-company = Virksomhed
word-person-partner = Samarbejdspartner

word-role-resource-finder = Finde ressourcer
word-role-resource-finder-hint = Se efter, hvad borgeren og netværket kan bidrage med
word-role-co-builder = Bygge sammen
word-role-co-builder-hint = Lave løsningen sammen med borgeren
word-role-translator = Oversætte
word-role-translator-hint = Gøre regler og beslutninger til at forstå

word-strength-resource = Det kan jeg
word-strength-hope = Det håber jeg
word-strength-network = Dem kan jeg regne med
word-strength-motivation = Det driver mig

word-channel-meeting = Møde på jobcentret
word-channel-phone = Telefon
word-channel-video = Video
word-channel-home = Hjemme hos borgeren
word-channel-company = Hos en virksomhed

word-conversation-booked = Aftalt
word-conversation-held = Holdt
word-conversation-cancelled = Aflyst
word-conversation-no-show = Borgeren kom ikke

word-rater-citizen = Borgeren
word-rater-employee = Medarbejderen

word-transfer-citizen-wish = Borgeren ønsker det
word-transfer-staff-left = Medarbejderen stopper eller går på orlov
word-transfer-new-unit = Borgerens situation hører nu til i en anden enhed
word-transfer-workload = For at fordele arbejdet
word-transfer-other = Andet

word-relation-citizen = Borgeren
word-relation-coordinator = Tovholder
word-relation-next-coordinator = Kommende tovholder
word-relation-participant = Med omkring planen
word-relation-unit-leader = Leder af enheden
word-relation-former-coordinator = Tidligere tovholder
word-relation-awaits-consent = Venter på borgerens samtykke
word-relation-emergency = Læser med nødadgang
word-relation-none = Uden for planen

word-voice-own = Egne ord
word-voice-together = Skrevet sammen
word-voice-on-behalf = Skrevet på borgerens vegne

word-list-all = Alle
word-list-no-next-conversation = Ingen næste samtale
word-list-drifting = Mangler jobmål eller virksomhed
word-list-step-overdue = Skridt over tiden
word-list-new-to-me = Nye hos mig
word-list-new-to-coordinator = Ny tovholder
word-list-waiting-for-coordinator = Venter på medarbejderen
word-list-waiting-for-citizen = Venter på borgeren
word-list-waiting-for-me = Venter på mig
word-list-change-coming = Skifter tovholder
word-list-outcome-missing = Samtale mangler at blive skrevet

word-drift-goal = Der er ikke et mål om job eller uddannelse.
word-drift-company = Der har ikke været kontakt med en virksomhed siden { $since }. Der må højst gå { $weeks ->
    [one] 1 uge
   *[other] { $weeks } uger
}.

# De seks forudsætninger for arbejde, spurgt så borgeren kan svare selv. 1 er langt fra, 5 er helt på plads.
word-pre-ownership = Det er mit eget
word-pre-ownership-about = Jeg ser det som min egen sag at komme i job.
word-pre-ownership-1 = Det er noget, andre vil have
word-pre-ownership-2 = Jeg kan se det lidt for mig
word-pre-ownership-3 = Jeg vil gerne, men går let i stå
word-pre-ownership-4 = Jeg gør det meste selv
word-pre-ownership-5 = Det er mit, og jeg går efter det

word-pre-help = Jeg beder om hjælp
word-pre-help-about = Jeg søger råd og støtte, når jeg har brug for det.
word-pre-help-1 = Jeg beder ikke om hjælp
word-pre-help-2 = Jeg gør det sjældent
word-pre-help-3 = Jeg gør det, når nogen spørger
word-pre-help-4 = Jeg siger som regel til i tide
word-pre-help-5 = Jeg ved, hvem jeg spørger, og gør det

word-pre-contribution = Jeg er noget værd på en arbejdsplads
word-pre-contribution-about = Det, jeg laver, er lønnen værd.
word-pre-contribution-1 = Jeg kan ikke se, hvad jeg kan bidrage med
word-pre-contribution-2 = Jeg kan bidrage lidt, med meget støtte
word-pre-contribution-3 = Jeg kan løse nogle opgaver nogle timer
word-pre-contribution-4 = Jeg kan løse de fleste opgaver i et job
word-pre-contribution-5 = Jeg kan passe et job til almindelig løn

word-pre-skills = Jeg kan det, der skal til
word-pre-skills-about = Jeg har det, en arbejdsplads beder om, både fagligt og sammen med andre, eller øver mig på det.
word-pre-skills-1 = Jeg mangler det meste
word-pre-skills-2 = Jeg er begyndt at øve mig
word-pre-skills-3 = Jeg kan noget og mangler noget
word-pre-skills-4 = Jeg kan det meste
word-pre-skills-5 = Jeg kan det, der skal til

word-pre-opportunities = Jeg kan se, hvor der er job
word-pre-opportunities-about = Jeg ved, hvor der er job, som passer til mig.
word-pre-opportunities-1 = Jeg ved ikke, hvor jeg skal lede
word-pre-opportunities-2 = Jeg har et par løse ideer
word-pre-opportunities-3 = Jeg kan nævne steder, der kunne passe
word-pre-opportunities-4 = Jeg kender flere steder og følger med
word-pre-opportunities-5 = Jeg ved, hvor jobbene er, og hvem jeg spørger

word-pre-availability = Jeg er klar til en arbejdsplads
word-pre-availability-about = Jeg kan møde op hos en virksomhed og være der.
word-pre-availability-1 = Det kan jeg ikke lige nu
word-pre-availability-2 = Jeg kan komme på besøg
word-pre-availability-3 = Jeg kan være der få timer om ugen
word-pre-availability-4 = Jeg kan være der det meste af ugen
word-pre-availability-5 = Jeg kan begynde i et job nu
