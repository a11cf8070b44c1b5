# Hvordan datoer, tal og tid skrives. Bruges af kit/format.rs; siderne kalder metoderne dér.

format-month-1 = januar
format-month-2 = februar
format-month-3 = marts
format-month-4 = april
format-month-5 = maj
format-month-6 = juni
format-month-7 = juli
format-month-8 = august
format-month-9 = september
format-month-10 = oktober
format-month-11 = november
format-month-12 = december

format-month-short-1 = jan.
format-month-short-2 = feb.
format-month-short-3 = mar.
format-month-short-4 = apr.
format-month-short-5 = maj
format-month-short-6 = jun.
format-month-short-7 = jul.
format-month-short-8 = aug.
format-month-short-9 = sep.
format-month-short-10 = okt.
format-month-short-11 = nov.
format-month-short-12 = dec.

format-weekday-1 = mandag
format-weekday-2 = tirsdag
format-weekday-3 = onsdag
format-weekday-4 = torsdag
format-weekday-5 = fredag
format-weekday-6 = lørdag
format-weekday-7 = søndag

format-day-month = { $day }. { $month }
format-day-month-year = { $day }. { $month } { $year }
format-month-year = { $month } { $year }
format-weekday-date = { $weekday } den { $date }
format-date-time = { $date } kl. { $time }
format-time = { $hour }.{ $minute }
format-time-range = { $from }–{ $to }

format-days-ahead = { $days ->
    [0] i dag
    [one] i morgen
   *[other] om { $days } dage
}
format-days-ago = { $days ->
    [0] i dag
    [one] i går
   *[other] for { $days } dage siden
}
format-weeks-ahead = { $weeks ->
    [one] om 1 uge
   *[other] om { $weeks } uger
}
format-weeks-ago = { $weeks ->
    [one] for 1 uge siden
   *[other] for { $weeks } uger siden
}
format-months-ahead = { $months ->
    [one] om 1 måned
   *[other] om { $months } måneder
}
format-months-ago = { $months ->
    [one] for 1 måned siden
   *[other] for { $months } måneder siden
}
format-years-ahead = om { $years } år
format-years-ago = for { $years } år siden

format-percent = { $number }{ "\u00A0" }%
format-hours = { $number } timer
format-hour-one = 1 time
format-days = { $days ->
    [one] 1 dag
   *[other] { $days } dage
}
format-weeks = { $weeks ->
    [one] 1 uge
   *[other] { $weeks } uger
}
format-two-parts = { $first } og { $second }
