# How dates, numbers and time are written. Used by kit/format.rs; pages call the methods there.

format-month-1 = January
format-month-2 = February
format-month-3 = March
format-month-4 = April
format-month-5 = May
format-month-6 = June
format-month-7 = July
format-month-8 = August
format-month-9 = September
format-month-10 = October
format-month-11 = November
format-month-12 = December

format-month-short-1 = Jan
format-month-short-2 = Feb
format-month-short-3 = Mar
format-month-short-4 = Apr
format-month-short-5 = May
format-month-short-6 = Jun
format-month-short-7 = Jul
format-month-short-8 = Aug
format-month-short-9 = Sep
format-month-short-10 = Oct
format-month-short-11 = Nov
format-month-short-12 = Dec

format-weekday-1 = Monday
format-weekday-2 = Tuesday
format-weekday-3 = Wednesday
format-weekday-4 = Thursday
format-weekday-5 = Friday
format-weekday-6 = Saturday
format-weekday-7 = Sunday

format-day-month = { $day } { $month }
format-day-month-year = { $day } { $month } { $year }
format-month-year = { $month } { $year }
format-weekday-date = { $weekday } { $date }
format-date-time = { $date } at { $time }
format-time = { $hour }:{ $minute }
format-time-range = { $from }–{ $to }

format-days-ahead = { $days ->
    [0] today
    [one] tomorrow
   *[other] in { $days } days
}
format-days-ago = { $days ->
    [0] today
    [one] yesterday
   *[other] { $days } days ago
}
format-weeks-ahead = { $weeks ->
    [one] in 1 week
   *[other] in { $weeks } weeks
}
format-weeks-ago = { $weeks ->
    [one] 1 week ago
   *[other] { $weeks } weeks ago
}
format-months-ahead = { $months ->
    [one] in 1 month
   *[other] in { $months } months
}
format-months-ago = { $months ->
    [one] 1 month ago
   *[other] { $months } months ago
}
format-years-ahead = in { $years } years
format-years-ago = { $years } years ago

format-percent = { $number }%
format-hours = { $number } hours
format-hour-one = 1 hour
format-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
format-weeks = { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
}
format-two-parts = { $first } and { $second }
