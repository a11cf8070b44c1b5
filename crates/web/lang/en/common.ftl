# Words that many pages share. Texts for one page belong in that page's own file.

common-save = Save
common-save-changes = Save changes
common-cancel = Cancel
common-undo = Undo the change
common-undone = The change has been undone
common-back = Back
common-next = Next
common-previous = Previous
common-continue = Continue
common-yes = Yes
common-no = No
common-edit = Edit
common-add = Add
common-remove = Remove
common-close = Close
common-open = Open
common-print = Print
common-export = Download for Excel
common-search = Search
common-filter = Filter
common-clear-filter = Remove filter
common-show-all = Show all
common-show-more = Show more
common-show-less = Show fewer
common-details = See more
common-send = Send
common-confirm = Confirm
common-saved = Saved
common-draft-saved = Draft saved

common-date = Date
common-time = Time
common-from = From
common-to = To
common-until = Up to and including
common-name = Name
common-phone = Phone
common-email = E-mail
common-address = Address
common-role = Role
common-note = Note
common-reason = Reason
common-today = Today
common-optional = optional
common-required = must be filled in

common-none-yet = None yet
common-unknown = Don’t know
common-no-date = No date
common-ongoing = no end date
common-call = Call { $name }
common-write-email = Write to { $name }
common-results = { $count ->
    [0] No results
    [one] 1 result
   *[other] { $count } results
}
common-page-of = Page { $page } of { $pages }

common-menu = Menu
common-skip-to-content = Skip to content
common-switch-language = På dansk
common-log-out = Log out
common-date-hint = For example 3 November 2026 or 3-11-2026
common-time-hint = For example 10:30
common-hours-hint = For example 12.5
