# Tal, som kommuner udveksler med hinanden.

exch-title = Andre kommuner, egne tal
exch-about = Tallene er kommunernes egne. De er hentet ind som underskrevne filer og talt på samme måde som vores. Rækkefølgen er alfabetisk.
exch-caption = Egne tal, { $month }
exch-pooled = Alle lagt sammen
