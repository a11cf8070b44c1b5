# Samtykker: hvem borgeren har sagt ja til.

consent-title = Samtykker
consent-lead = Andre enheder kan kun læse planen, når borgeren har sagt ja. Siger borgeren ja og fortryder, lukkes der med det samme.
consent-new = Bed om et samtykke
consent-none = Der er ikke bedt om noget endnu
consent-none-what = Bed om et samtykke, når en anden enhed skal være med, eller når I skal tale med nogen uden for kommunen.
consent-asked = Venter på borgerens svar
consent-holds = Gælder nu
consent-over = Gælder ikke mere
consent-waiting = De er med i planen, men kan ikke læse den endnu
consent-ask-for = Bed om samtykke

consent-own-title = Det har jeg sagt ja til
consent-own-lead = Du bestemmer, hvem der må læse din plan, og hvem vi må tale med om dig.
consent-own-none = Du har ikke sagt ja til noget
consent-own-none-what = Det er kun de medarbejdere, der har ansvar for din plan, og deres ledere, der kan læse den. Er der brug for, at andre læser med, spørger vi dig først.
consent-own-asked = Vi spørger dig
consent-own-holds = Du har sagt ja til
consent-own-question = Siger du ja til { $party }?
consent-read-and-answer = Læs og svar
consent-until = Gælder til og med { $until }
consent-ends = Slutter { $when }
consent-if-no = Hvis du siger nej
consent-if-regret = Hvis du fortryder
consent-yes = Ja, det siger jeg ja til
consent-no = Nej, det vil jeg ikke
consent-withdraw = Træk dit ja tilbage
consent-withdraw-title = Vil du trække dit ja tilbage?
consent-withdraw-yes = Træk det tilbage nu
consent-withdraw-no = Behold det
consent-no-reason = Du behøver ikke sige hvorfor.

consent-way-unit = Må læse dele af planen
consent-way-give = Må få noget at vide
consent-way-gather = Må blive spurgt
consent-status-asked = Venter på svar
consent-status-unanswered = Ikke besvaret
consent-status-given = Gælder
consent-status-over = Udløbet
consent-status-declined = Sagt nej
consent-status-taken-back = Spørgsmål taget tilbage
consent-status-withdrawn = Trukket tilbage
consent-status-replaced = Afløst af et nyt
consent-asked-by = { $who } spurgte den { $day }
consent-answered-you = Du svarede den { $day }
consent-answered-own-page = Svarede selv den { $day }
consent-answered-spoken = Svarede mundtligt den { $day }, skrevet ned af { $who }
consent-answered-paper = Svarede på papir den { $day }, skrevet ned af { $who }
consent-withdrawn-own = Du trak det tilbage den { $day }
consent-withdrawn-on = Trukket tilbage den { $day }, skrevet ned af { $who }
consent-replaced-on = Et nyt trådte i stedet den { $day }
consent-version = Tekst nr. { $version }, med ordene fra den { $day }

consent-together = Sidder I sammen?
consent-together-what = Læs teksten højt, og spørg, om noget er uklart. Tryk på det, borgeren svarer. Borgeren kan også svare selv på sin egen side.
consent-says-yes = Borgeren siger ja
consent-signed = Borgeren har skrevet under på papir
consent-says-no = Borgeren siger nej
consent-withdraw-for = Borgeren vil ikke mere
consent-withdraw-for-what = Samtykket slutter, så snart du trykker. Spørg ikke hvorfor.
consent-withdraw-for-yes = Træk samtykket tilbage
consent-take-back = Tag spørgsmålet tilbage
consent-take-back-what = Borgeren bliver ikke spurgt mere.
consent-renew = Bed om det samme igen

consent-new-lead = Et samtykke siger præcis, hvad det handler om. Vælg det mindste, der er brug for. Bagefter ser I teksten, som borgeren svarer på.
consent-which-way = Hvad er der brug for?
consent-ask-unit = En anden enhed skal læse planen
consent-ask-give = Fortælle nogen uden for kommunen
consent-ask-gather = Spørge nogen uden for kommunen
consent-unit = Hvilken enhed?
consent-kinds-unit = Hvad skal enheden kunne læse ud over planen?
consent-kinds-unit-hint = Mål, skridt, indsatser og mennesker i planen er altid med.
consent-party = Hvem?
consent-party-hint = Skriv navnet på lægen, a-kassen, arbejdsgiveren eller myndigheden. En bestemt, ikke »alle læger«.
consent-kinds = Hvad handler det om?
consent-kinds-hint = Vælg kun det, der er brug for.
consent-purpose = Hvad skal det bruges til?
consent-purpose-hint = Skriv det, så borgeren genkender det fra planen. Det bliver en del af teksten.
consent-until-label = Til og med hvilken dag?
consent-until-hint = Højst { $months } måneder frem.
consent-make = Lav teksten
consent-part-plan = mål, skridt og indsatser
consent-part-conversations = noter, spørgsmål og beskeder
consent-part-preconditions = svarene på de seks forudsætninger
consent-part-strengths = ressourcer, håb og netværk

consent-reads-all = Du læser planen, fordi borgeren har sagt ja. Samtykket gælder til og med { $until }.
consent-reads-part = Du læser planen, fordi borgeren har sagt ja. Samtykket gælder til og med { $until }. Det omfatter ikke: { $parts }.
consent-person-missing = Kan ikke læse planen: samtykke mangler
consent-missing-title = Borgerens samtykke mangler
consent-missing-text = Du er bedt om at være med i planen. Den hører til en anden enhed, og borgeren har ikke et gældende samtykke til, at { $unit } læser den.
consent-missing-what = Ring til tovholderen. Tovholderen kan spørge borgeren, og når borgeren siger ja, åbner planen her.
consent-missing-logged = Det er skrevet ned, at du har set navnet. Borgeren kan se det.

consent-day-title = Samtykker
consent-day-missing = Du er med i planen, men samtykket mangler
consent-day-ends = { $party }: slutter { $when }
consent-day-declined = { $party }: borgeren sagde nej { $when }
consent-day-withdrawn = { $party }: trukket tilbage { $when }
consent-banner = { $count ->
    [one] Vi spørger dig, om du siger ja til noget
   *[other] Vi spørger dig, om du siger ja til { $count } ting
}
consent-banner-ends = { $party }: dit ja slutter { $when }
consent-more = Se, hvem der må læse din plan, og træk dit ja tilbage
consent-team-link = Se, hvem der må læse din plan
