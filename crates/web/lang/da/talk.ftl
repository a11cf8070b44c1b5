# Samtaler, som medarbejderen holder og aftaler dem.

talk-title = Samtale med { $name }
talk-back = Til planen
talk-back-to-talk = Til samtalen
talk-day-and-time = { $day } kl. { $time }
talk-about-line = { $how } · med { $with }
talk-leave = Fortryd

talk-do-move = Flyt
talk-do-cancel = Aflys
talk-do-missed = { $first } kom ikke
talk-do-calendar = Læg i min kalender
talk-do-book = Aftal en samtale
talk-early = Samtalen er ikke begyndt endnu. Du kan godt forberede noten: Det, du skriver, bliver gemt som kladde. Gem først, når I har talt sammen.

# Det, man skal vide.
talk-questions = Spørgsmål fra { $first }
talk-questions-hint = Sæt kryds ved dem, I har talt om.
talk-steps-done = Sæt kryds ved skridt, der er gjort
talk-no-open-steps = Der er ingen åbne skridt lige nu.
talk-step-due = { $who } · senest { $day }
talk-step-overdue = { $who } · skulle være gjort { $day }
talk-goals-now = Mål i planen
talk-no-goals = Der er ingen mål endnu. Spørg, hvad der er vigtigst lige nu.
talk-last-note = Note fra { $day }

# Det, man skriver.
talk-held-when = Holdt { $day } kl. { $time }. { $how }
talk-held-when-title = Hvornår og hvordan
talk-minutes = Minutter
talk-channel = Hvordan
talk-place = Sted
talk-note = Note
talk-note-hint = { $first } kan læse noten. Skriv, så I begge kan kende jeres samtale.
talk-new-goals = Nye mål
talk-add-goal = Tilføj et mål mere
talk-goal-words = Mål { $n }, som { $first } siger det
talk-goal-aim = Målet handler om
talk-new-steps = Nye skridt
talk-add-step = Tilføj et skridt mere
talk-step-title = Skridt { $n }
talk-step-holder = Hvem gør det?
talk-step-due-label = Senest
talk-step-name = Navn på den, der gør det
talk-holder-me = { $name } (mig)
talk-holder-role = { $name } · { $role }
talk-holder-relative = En fra familien eller en ven
talk-holder-volunteer = En frivillig eller en forening
talk-holder-company = En på en virksomhed
talk-holder-partner = En anden, fx læge, skole eller a-kasse
talk-next-title = Næste samtale
talk-choose-label = Ledige tider hos { $with }
talk-no-free-times = { $with } har ingen ledige tider de næste seks uger. Aftal en anden tid.
talk-choose-time = Vælg en tid.
talk-other-time = En anden tid
talk-no-next = Ingen ny tid lige nu
talk-message-title = Besked til { $first }
talk-send = Send beskeden, når jeg gemmer
talk-message = Besked
talk-message-hint = Tid og sted for næste samtale kommer selv med nederst.
talk-message-draft = Tak for snakken i dag, { $first }.
talk-message-draft-on = Tak for snakken { $day }, { $first }.
talk-next-meeting = Næste samtale er { $when } med { $name }.
talk-next-meeting-at = Næste samtale er { $when } med { $name }. I mødes her: { $place }.
talk-next-phone = Næste samtale er { $when }. { $name } ringer til dig.
talk-next-video = Næste samtale er { $when }. Du og { $name } ses på video.
talk-next-short = { $when } med { $with }. { $how }.
talk-together = Skrevet sammen med { $first }
talk-together-hint = Fjern krydset, hvis du skriver mål og skridt alene bagefter.
talk-submit = Gem samtalen
talk-changed-meanwhile = Samtalen er flyttet, aflyst eller skrevet af en anden imens. Det, du har skrevet, er her stadig. Gem igen, så bliver det til en samtale for sig.
talk-moved-meanwhile = Samtalen er ændret imens. Den er nu { $when }. Det, du har skrevet, er her stadig. Gem igen, hvis det passer.

# En samtale, der er holdt.
talk-note-title = Note
talk-no-note = Der er ikke skrevet en note.
talk-correct-link = Ret noten
talk-correct-title = Ret noten
talk-correct-what = Ret det, der er forkert eller mangler. Det, der stod før, bliver i historikken, hvor { $first } og I andre kan læse det.
talk-correct-reason = Hvorfor retter du noten?
talk-correct-reason-hint = For eksempel: »Mødetiden var forkert«. { $first } kan læse det.
talk-correct-reason-missing = Skriv kort, hvorfor du retter noten.
talk-correct-submit = Gem rettelsen
talk-corrected = Rettet { $day } af { $name }
talk-corrected-before = Se, hvad der stod før
talk-came-title = Det aftalte I
talk-came-done = Gjort
talk-came-answered = Spørgsmål, I talte om
talk-message-sent = Besked til { $first }
talk-see-all = Se, hvad I aftalte
talk-to-plan = Gå til planen

# Aftale, flytte, aflyse.
talk-book-title = Aftal en samtale med { $name }
talk-book-submit = Aftal samtalen
talk-whose-times = Hvem skal holde samtalen?
talk-citizen-sees = { $name } kan se tiden på sin egen side med det samme.
talk-move-title = Flyt samtalen med { $name }
talk-move-now = Nu er den { $when }
talk-move-submit = Flyt samtalen
talk-cancel-title = Aflys samtalen med { $name }
talk-cancel-what = Samtalen forsvinder fra jeres kalendere i Tovholder. Noter, mål og skridt bliver, som de er. Giv selv { $first } besked, hvis det er lige op til.
talk-cancel-reason = Hvorfor
talk-cancel-reason-hint = { $first } kan læse grunden.
talk-cancel-submit = Aflys samtalen
talk-cancel-rather-move = Flyt den i stedet

# Borgeren kom ikke.
talk-missed-title = { $first } kom ikke
talk-missed-lead = Det sker, og der er som regel en grund. Ring først, og hør, om alt er i orden.
talk-missed-note = Hvad ved du?
talk-missed-note-hint = Kun det, du ved. { $first } kan læse det.
talk-missed-next = Ny tid
talk-missed-later = Vi finder en tid, når vi har talt sammen
talk-missed-message = Hej { $first }. Vi nåede ikke at tale sammen i dag. Jeg håber, du har det godt. Ring til mig på { $phone }, eller vælg selv en ny tid under Samtaler. Venlig hilsen { $name }
talk-missed-message-plain = Hej { $first }. Vi nåede ikke at tale sammen i dag. Jeg håber, du har det godt. Vælg en ny tid under Samtaler, eller ring til mig. Venlig hilsen { $name }
talk-missed-submit = Gem
talk-missed-advice = Har du hørt fra { $first }? Et opkald er ofte nok til at finde en ny tid.

talk-calendar-title = Samtale med { $initials }
talk-calendar-file = samtale
