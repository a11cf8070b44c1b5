# Ord, som mange sider deler. Tekster til én side hører til i sidens egen fil.

common-save = Gem
common-save-changes = Gem ændringer
common-cancel = Fortryd
common-undo = Fortryd ændringen
common-undone = Ændringen er taget tilbage
common-back = Tilbage
common-next = Næste
common-previous = Forrige
common-continue = Fortsæt
common-yes = Ja
common-no = Nej
common-edit = Ret
common-add = Tilføj
common-remove = Fjern
common-close = Luk
common-open = Åbn
common-print = Skriv ud
common-export = Hent til Excel
common-search = Søg
common-filter = Filtrer
common-clear-filter = Fjern filter
common-show-all = Vis alle
common-show-more = Vis flere
common-show-less = Vis færre
common-details = Se mere
common-send = Send
common-confirm = Bekræft
common-saved = Gemt
common-draft-saved = Kladden er gemt

common-date = Dato
common-time = Klokkeslæt
common-from = Fra
common-to = Til
common-until = Til og med
common-name = Navn
common-phone = Telefon
common-email = E-mail
common-address = Adresse
common-role = Rolle
common-note = Note
common-reason = Begrundelse
common-today = I dag
common-optional = valgfrit
common-required = skal udfyldes

common-none-yet = Ingen endnu
common-unknown = Ved ikke
common-no-date = Ingen dato
common-ongoing = uden slutdato
common-call = Ring til { $name }
common-write-email = Skriv til { $name }
common-results = { $count ->
    [0] Ingen resultater
    [one] 1 resultat
   *[other] { $count } resultater
}
common-page-of = Side { $page } af { $pages }

common-menu = Menu
common-skip-to-content = Gå til indholdet
common-switch-language = In English
common-log-out = Log ud
common-date-hint = For eksempel 3. november 2026 eller 3-11-2026
common-time-hint = For eksempel 10.30
common-hours-hint = For eksempel 12,5
