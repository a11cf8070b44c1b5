# Ord, der går igen i felter, lister og figurer.

kit-choose = Vælg
kit-show-table = Se tallene i en tabel
kit-sort-by = Sortér efter { $column }
kit-sorted-up = sorteret stigende
kit-sorted-down = sorteret faldende
kit-pages = Sider
kit-chart-scale = 1 er langt fra, 5 er helt på plads
kit-chart-not-filled = ikke udfyldt
kit-efforts-what = Indsats
kit-efforts-who = Hvem
kit-efforts-state = Hvor langt
kit-efforts-ongoing = I gang
kit-efforts-planned = Planlagt
kit-efforts-ended = Afsluttet
