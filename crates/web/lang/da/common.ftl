# Ord, som mange sider deler. Tekster til én side hører til i sidens egen fil.

common-save = Gem
common-save-changes = Gem ændringer
common-cancel = Fortryd
common-undo = Fortryd ændringen
common-back = Tilbage
common-next = Næste
common-previous = Forrige
common-yes = Ja
common-no = Nej
common-edit = Ret
common-add = Tilføj
common-remove = Fjern
common-close = Luk
common-print = Skriv ud
common-export = Hent til Excel
common-search = Søg
common-filter = Filtrer
common-clear-filter = Fjern filter
common-send = Send

common-date = Dato
common-time = Klokkeslæt
common-from = Fra
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

common-no-date = Ingen dato
common-ongoing = uden slutdato
common-call = Ring til { $name }

common-skip-to-content = Gå til indholdet
common-switch-language = In English
common-log-out = Log ud
common-hours-hint = For eksempel 12,5
