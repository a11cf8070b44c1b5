# Borgerens rettigheder: alt om dig.

rights-everything-title = Alt om dig
rights-everything-more = Læs og hent alt, hvad vi har skrevet ned om dig
rights-everything-link = Se alt, hvad vi har skrevet ned om dig
rights-everything-lead = Her står alt, hvad dette system ved om dig. Du har ret til at se det, få det på papir og tage det med dig.
rights-everything-made = Hentet { $when }. Siden viser også dit CPR-nummer. Pas på, hvem der kigger med.
rights-everything-file = Hent som fil
rights-everything-file-about = Filen har det samme indhold og kan læses af andre systemer. Papir er nemmest at læse for mennesker.
rights-parts = Gå til
rights-person = Om dig
rights-cpr = CPR-nummer
rights-born = Født
rights-unit = Enhed med ansvar
rights-occupation = Job, du ønsker dig

rights-plan-open = Din plan fra { $opened }
rights-plan-closed = Plan fra { $opened } til { $closed }
rights-plan-itself = Planen
rights-since = Skrevet ned
rights-ended = Sluttede
rights-length = Varer
rights-minutes = { $count ->
    [one] 1 minut
   *[other] { $count } minutter
}
rights-time-chosen = Hvem valgte tiden
rights-you-chose = Dig
rights-asked = Spurgt
rights-answered = Besvaret
rights-read = Læst
rights-remarks = Bemærkninger
rights-efforts = Indsatser og praktik
rights-ratings = Svar om vejen til job
rights-coordinators = Dine tovholdere
rights-people = Mennesker i planen
rights-person-kind = Kender dig som
rights-handovers = Skrevet til en ny tovholder

rights-registers = Ydelser og timer
rights-registers-about = Det kommer fra andre systemer i kommunen.
rights-benefits = Ydelser
rights-classes = Målgruppe og visitation
rights-paid-hours = Timer med løn
rights-hours = Timer
rights-weeks = Uger med ydelse
rights-weeks-told = Uge { $first } til { $last }
rights-weeks-runs = Fra uge, til uge og kode
rights-responsible = Havde ansvaret før planen
rights-when = Hvornår
rights-period = { $from } til { $until }

rights-around = Log ind, kladder og filer
rights-around-about = Det er det, systemet husker for at virke.
rights-drafts = Skrevet, men ikke sendt
rights-typed = Du skrev
rights-kept = Gemt
rights-log-ins = Her har du logget ind
rights-browser = Browser
rights-seen = Sidst brugt
rights-provider = Log ind hos
rights-links = Link til at logge ind
rights-link-until = Link, der virker til { $until }
rights-used = Brugt
rights-imports = Hentet fra filer
rights-import-by = Hentet ind af
rights-import-line = { $file }, linje { $line }
