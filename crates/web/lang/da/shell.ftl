# Det, der står omkring hver side: top, menu, beskeder og bund.

-product = Tovholder

shell-product = { -product }
shell-home = forsiden
shell-demo = Det her er en demo. Kommunen findes ikke, og alle mennesker er opdigtede.
shell-menu-main = Hovedmenu
shell-waiting = { $count ->
    [one] 1 venter
   *[other] { $count } venter
}
shell-search-label = Søg efter borger, kollega eller virksomhed
shell-keys = Genveje på tastaturet
shell-keys-search = Gå til søgefeltet
shell-keys-help = Vis genvejene
shell-keys-escape = Luk en åben menu
shell-keys-off = Slå genveje fra
shell-keys-on = Slå genveje til
shell-draft = Vi har gemt det, du skrev { $when }. Du kan skrive videre.
shell-draft-discard = Slet kladden
shell-draft-kept-at = Kladden er gemt kl.
shell-draft-failed = Kladden er ikke gemt endnu. Vi prøver igen om lidt.
shell-footer = Om siden
shell-footer-help = Har du brug for hjælp?
shell-footer-call = Ring til os på
shell-footer-call-why = Vi hjælper dig gerne i telefonen, også med at bruge siden.
shell-footer-accessibility = Tilgængelighedserklæring
shell-footer-licences = Licenser
