# Roller, menu og de korte beskeder efter en handling.

role-citizen = Borger
role-caseworker = Rådgiver
role-consultant = Virksomhedskonsulent
role-team-leader = Teamleder
role-head = Afdelingsleder
role-administrator = Systemansvarlig

nav-my-plan = Min plan
nav-my-steps = Skridt
nav-my-conversations = Samtaler
nav-my-team = Mit team
nav-more = Mere
nav-day = Min dag
nav-citizens = Mine borgere
nav-companies = Virksomheder
nav-team = Teamet
nav-figures = Nøgletal
nav-setup = Opsætning

flash-saved = Det er gemt.
flash-step-done = Godt gået. Skridtet er markeret som gjort.
flash-step-reopened = Skridtet er åbent igen.
flash-step-dropped = Skridtet er droppet.
flash-undone = Det er fortrudt.
flash-not-done = Det kunne ikke lade sig gøre. Her kan du se, hvordan det står nu.
flash-cannot-undo = Det kan ikke fortrydes, fordi der er sket noget nyt siden. Intet er ændret.
flash-booked = Samtalen er aftalt.
flash-moved = Samtalen er flyttet.
flash-cancelled = Samtalen er aflyst.
flash-conversation-saved = Samtalen er gemt, og planen er opdateret.
flash-asked = Spørgsmålet er gemt. Vi tager det op, når I taler sammen.
flash-sent = Beskeden er sendt.
flash-read = Beskeden er markeret som læst.
flash-transferred = Skiftet af tovholder er aftalt.
flash-closed = Planen er afsluttet.
flash-plan-opened = Planen er oprettet.
flash-logged-out = Du er logget ud.

refused-not-allowed = Det kan du ikke gøre i denne plan. Spørg tovholderen.
refused-too-long = Teksten er for lang. Der er plads til { $max } tegn. Det, du skrev, er her stadig.
refused-not-found = Det findes ikke længere i planen. Opdater siden for at se, hvad der gælder nu.
refused-plan-closed = Planen er afsluttet og kan ikke ændres.
refused-before-plan = Dagen ligger før planens første dag.
refused-in-the-past = Tidspunktet er allerede gået. Vælg et senere.
refused-too-far-ahead = Dagen ligger for langt ude i fremtiden.
refused-not-booked = Samtalen er allerede holdt, flyttet eller aflyst.
refused-already-there = Personen er her allerede. Vælg en anden.
refused-not-before = Vælg { $day } eller en senere dag.
refused-out-of-range = Skriv et tal fra { $low } til { $high }.
refused-too-deep = Et delmål kan ikke have egne delmål.
refused-cannot-undo = Det kan ikke fortrydes, fordi der er sket noget nyt siden.
refused-wrong-rater = Borgerens svar kan kun skrives af borgeren eller sammen med borgeren.
error-date-required = Skriv en dato, for eksempel 3-11-2026.
error-taken = Tidspunktet er lige blevet optaget. Vælg et andet.
error-unavailable-title = Vi kan ikke komme til dine oplysninger lige nu
error-unavailable-text = Det er vores fejl, ikke din. Intet er gået tabt. Prøv igen om et par minutter.
