log-in-title = Log ind
log-in-demo-lead = Vælg, hvem du vil være. Alle er opdigtede, og du kan ikke gøre noget forkert.
log-in-walk-lead = Du får nogle få trin, som du kan følge, mens du klikker. Siden kan skrives ud.
log-in-link-lead = Du har fået et link, der kan bruges én gang. Tryk for at logge ind.
log-in-submit = Log ind
log-in-how = Du logger ind med et link, som du får af kommunen. Er linket brugt eller for gammelt, så ring og få et nyt.
log-in-away = Du har været væk et stykke tid. Log ind igen, så kommer du tilbage til den side, du var på.
log-in-away-kept = Du har været væk et stykke tid. Det, du skrev, er gemt. Log ind igen, så står det der.
