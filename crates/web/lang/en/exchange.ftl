# Figures that municipalities exchange.

exch-title = Other municipalities, their own figures
exch-about = The figures are the municipalities' own. They came in signed files and are counted the same way as ours. The order is alphabetical.
exch-caption = Own figures, { $month }
exch-pooled = All together
