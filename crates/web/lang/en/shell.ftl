# What stands around every page: header, menu, messages and footer.

-product = Tovholder

shell-product = { -product }
shell-home = front page
shell-demo = This is a demo. The municipality does not exist and all people are invented.
shell-menu-main = Main menu
shell-waiting = { $count ->
    [one] 1 waiting
   *[other] { $count } waiting
}
shell-search-label = Search for a citizen, colleague or company
shell-keys = Keyboard shortcuts
shell-keys-search = Go to the search field
shell-keys-help = Show the shortcuts
shell-keys-escape = Close an open menu
shell-keys-off = Turn shortcuts off
shell-keys-on = Turn shortcuts on
shell-draft = We kept what you wrote { $when }. You can go on writing.
shell-draft-discard = Delete the draft
shell-draft-kept-at = Draft saved at
shell-draft-failed = The draft is not saved yet. We will try again in a moment.
shell-footer = About this site
shell-footer-help = Do you need help?
shell-footer-call = Call us on
shell-footer-call-why = We are glad to help on the phone, also with using this site.
shell-footer-accessibility = Accessibility statement
shell-footer-licences = Licences
