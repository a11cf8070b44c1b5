# Hver fejl siger, hvad der skete, hvad der er gemt, og hvad du kan gøre.

# Øverst i en formular med fejl. Under overskriften står error-summary-kept og en liste med links til felterne.
error-summary = { $count ->
    [one] Der er én ting, du skal rette
   *[other] Der er { $count } ting, du skal rette
}
error-summary-kept = Det, du har skrevet, står her stadig. Ret fejlen, og gem igen.
error-title-prefix = Fejl:

# Ved feltet.
error-required = Skriv noget her.
error-choose-one = Vælg en af mulighederne.
error-too-long = Teksten er for lang. Der er plads til { $max } tegn, og du har skrevet { $count }.
error-date-not-understood = Vi forstod ikke datoen. Skriv den som 3. november 2026 eller 3-11-2026.
error-date-does-not-exist = Datoen findes ikke. Se efter, om dag og måned passer sammen.
error-date-in-past = Den dag er gået. Vælg en dag fra i dag og frem.
error-end-before-start = Slutdatoen ligger før startdatoen. Ret en af dem.
error-time-not-understood = Vi forstod ikke klokkeslættet. Skriv det som 10.30.
error-time-does-not-exist = Klokkeslættet findes ikke. Det skal ligge fra 0.00 til 23.59.
error-number-expected = Skriv et tal, for eksempel 12 eller 12,5.

# Hele siden.
error-conflict-text = Mens du skrev, gemte en anden en ny udgave. Intet er tabt: Herunder ser du begge udgaver ved siden af hinanden. Vælg den rigtige, eller skriv dem sammen, og gem igen.
error-conflict-mine = Det, du skrev
error-conflict-theirs = Det, der er gemt nu
error-not-found-title = Siden findes ikke
error-not-found-text = Adressen kan være skrevet forkert, eller siden kan være flyttet. Intet er ændret. Gå til forsiden, og find vej derfra.
error-server-title = Noget gik galt hos os
error-server-text = Fejlen ligger hos os, ikke hos dig. Vi ved ikke, om den sidste ændring blev gemt. Det, der var gemt før, er der stadig. Vent et øjeblik, gå tilbage, og se efter, om ændringen er med. Hvis ikke, så prøv igen.
error-server-reference = Hjælper det ikke, så giv os besked, og nævn koden { $reference }.
error-front-page = Gå til forsiden
error-back-to-page = Gå til siden
error-too-fast-title = Vent lidt
error-too-fast-text = Du har søgt eller hentet filer mange gange på kort tid. Det er der en grænse for, så ingen kan tømme systemet.
error-too-large-title = Det fylder for meget
error-too-large-text = Det, du sendte, er større, end vi kan tage imod på én gang. Det er ikke gemt. Gå tilbage i browseren: Som regel står det, du skrev, der endnu. Del teksten i to, eller vælg en mindre fil, og prøv igen.
error-expired-form-title = Siden har stået åben for længe
error-expired-form-text = Af hensyn til sikkerheden tog vi ikke imod det, du sendte. Gå tilbage, hent siden igen, og send det én gang til.
error-expired-form-kept = Af hensyn til sikkerheden tog vi ikke imod det, du sendte. Det, du skrev, er gemt som kladde. Gå til siden, se det igennem, og gem igen.
