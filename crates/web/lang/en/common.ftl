# Words that many pages share. Texts for one page belong in that page's own file.

common-save = Save
common-save-changes = Save changes
common-cancel = Cancel
common-undo = Undo the change
common-back = Back
common-next = Next
common-previous = Previous
common-yes = Yes
common-no = No
common-edit = Edit
common-add = Add
common-remove = Remove
common-close = Close
common-print = Print
common-export = Download for Excel
common-search = Search
common-filter = Filter
common-clear-filter = Remove filter
common-send = Send

common-date = Date
common-time = Time
common-from = From
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

common-no-date = No date
common-ongoing = no end date
common-call = Call { $name }

common-skip-to-content = Skip to content
common-switch-language = På dansk
common-log-out = Log out
common-hours-hint = For example 12.5
