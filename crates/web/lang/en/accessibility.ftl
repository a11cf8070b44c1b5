# What we have done so that everybody can use the pages, and what is missing.

accessibility-title = Accessibility
accessibility-lead = Everybody should be able to use these pages. Here is what we have tested and what is missing.
accessibility-statement = Read the statement { $municipality } has made
accessibility-demo = This is a demo. A real municipality makes its own accessibility statement, and it is then found at the bottom of every page.
accessibility-goal-title = What we aim for
accessibility-goal = We build to WCAG 2.2 at level AA. These are rules for how a page becomes usable for everybody. The law asks for a slightly older version, 2.1.
accessibility-built-title = How the pages are built
accessibility-built-keyboard = You can reach every link, field and button with the keyboard. You can skip the menu.
accessibility-built-script = Everything that matters works with JavaScript switched off too.
accessibility-built-size = You can make the text larger and read it on a small screen.
accessibility-built-time = If you are logged out while you are away, we keep what you send. It is there when you have logged in again.
accessibility-tested-title = What we have tested
accessibility-tested = A program called axe looks through the pages for faults every time we have changed something. It does so in Danish and English, on a phone and a computer, with and without JavaScript. Colours and contrast are included.
accessibility-missing-title = What is missing
accessibility-missing = A program finds only some of the faults. We have not yet had people who use a screen reader, or only a keyboard, every day go through the pages.
accessibility-contact-title = Tell us if something is in your way
accessibility-contact = Call
accessibility-contact-what = Tell us which page you were on and what happened. We are also happy to help you with what you came to do.
accessibility-complaint = If you are not satisfied with the answer, you can complain to the Danish Agency for Digital Government. It watches whether public bodies follow the law.
