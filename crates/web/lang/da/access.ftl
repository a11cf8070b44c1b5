# Nødadgang, beskyttede oplysninger, lukkede noter, og lederens blik på brugen.

acc-emergency-title = Nødadgang
acc-emergency-lead = Borgeren har en plan, som du ikke er med i. Nødadgang er til det, der ikke kan vente.
acc-emergency-first = Ring hertil først, hvis du kan nå det
acc-emergency-know = Det skal du vide
acc-emergency-reads = Du kan læse planen i { $hours } timer. Du kan ikke ændre noget.
acc-emergency-logged = Hver side, du åbner, bliver skrevet ned sammen med din grund.
acc-emergency-citizen = Borgeren kan se, at du har kigget, hvornår og hvorfor.
acc-emergency-leader = Lederen af borgerens enhed får det at se og skriver under på, om der var grund til det.
acc-emergency-reason = Hvorfor kan det ikke vente?
acc-emergency-reason-hint = Skriv, hvad der er sket. Borgeren og lederen læser det. Skriv ikke CPR-nummer.
acc-emergency-take = Læs planen i { $hours } timer
acc-emergency-link = Kan det ikke vente? Tag nødadgang
acc-emergency-reading = Du læser planen med nødadgang indtil { $until }. Hver side, du åbner, bliver skrevet ned sammen med din grund: { $reason }

acc-review-title = Brug af systemet
acc-review-lead = Her står det, som en leder skal se på. At noget står her, betyder ikke, at nogen har gjort noget forkert. Spørg, og skriv ned, hvad du fandt ud af.
acc-review-link = Se, hvordan systemet bliver brugt
acc-review-emergency = Nødadgang
acc-review-none-waits = Ingen nødadgang venter på dig.
acc-review-waits = { $count ->
    [one] En medarbejder har taget nødadgang. Se på det, og skriv under.
   *[other] Der er taget nødadgang { $count } gange. Se på det, og skriv under.
}
acc-review-signed = { $count ->
    [one] 1 set i den seneste måned
   *[other] { $count } set i den seneste måned
}
acc-read-plan-of = Læste planen for { $citizen }. { $looks }.
acc-pages-opened = { $count ->
    [0] Ingen sider åbnet
    [one] 1 side åbnet
   *[other] { $count } sider åbnet
}
acc-from-until = { $from } til { $until }
acc-when = Tidspunkt
acc-pages = Læst
acc-signed-by = Set af { $who } { $when }: { $remark }
acc-sign-title = Nødadgang: se og skriv under
acc-sign-open = Se og skriv under
acc-sign = Jeg har set det
acc-sign-own = Du tog selv nødadgangen. En anden leder skriver under.
acc-remark = Hvad fandt du ud af?
acc-remark-hint = Skriv kort, om der var grund til det, og hvad du har gjort. Borgeren kan læse det.

acc-protected = Navne- og adressebeskyttet
acc-protected-show = Vis adresse og telefon
acc-contact-title = { $name }: adresse og telefon
acc-contact-protected = Vis det ikke til andre, og skriv det ikke i noter, kalender eller beskeder.
acc-contact-logged = Det er skrevet ned, at du har set det. Borgeren kan se det.

acc-closed-title = Enhedens lukkede note
acc-closed-lead = Kun borgeren og de medarbejdere i { $unit }, der er med i planen, kan læse noten. Den står ikke på udskrifter, i lister eller i søgning.
acc-closed-last = Sidst skrevet { $when } af { $who }
acc-closed-text = Note
acc-closed-hint = Skriv det, som din enhed har brug for at huske. Borgeren læser det.
acc-closed-now = Det står der nu
acc-closed-own-title = Noter fra enhederne
acc-closed-own-lead = Noterne kan kun læses af dig og af den enhed, der har skrevet dem.
acc-closed-own-none = Der er ingen noter
acc-closed-own-none-what = Når en enhed skriver noget, som kun den og du kan læse, står det her.
acc-closed-more = Det, som kun du og enheden kan læse

acc-review-findings = Andet at se på
acc-review-days = De seneste { $days } dage. Arbejdstid er hverdage fra kl. { $from } til { $until }.
acc-review-no-findings = Der er ikke noget, du skal se på.
acc-review-addresses = Medarbejdernes adresser står ikke i systemet. Vi kan kun finde en adresse, når en borger har samme navn som medarbejderen. Resten kan systemet ikke se.
acc-review-done = { $count ->
    [one] 1 set på
   *[other] { $count } set på
}
acc-found-many-plans = { $count ->
    [one] Slog 1 borger op uden at være med i planen.
   *[other] Slog { $count } borgere op i samme uge uden at være med i deres planer.
}
acc-found-own-name = Så på en borger med samme navn som sig selv.
acc-found-own-address = Så på en borger, der bor sammen med en borger med medarbejderens navn.
acc-found-colleague = Så på en borger med samme navn som en kollega.
acc-found-hours = Så på borgere uden for arbejdstid, senest kl. { $time }.
acc-week-of = Ugen fra { $day }
acc-found-pages = { $count ->
    [one] 1 side
   *[other] { $count } sider
}
acc-citizen-of = En borger i { $unit }
acc-finding-title = Se på brugen
acc-finding-open = Se på det, og skriv, hvad du fandt ud af
acc-finding-own = Det handler om dig. En anden leder ser på det.
acc-finding-hint = Skriv kort, hvad forklaringen var, og hvad du har gjort.
acc-finding-save = Jeg har set på det
acc-looked-into = { $who } { $when }: { $remark }
