-- What the lists and the search look things up by.

-- An employee's day: also the conversations held, not only those booked.
CREATE INDEX conversation_employee ON conversation (employee_id, starts);

-- The words of one name: to filter a list by them, and to replace them when the name changes.
CREATE INDEX name_word_id ON name_word (id, word);

-- Companies by town.
CREATE INDEX company_postcode ON company (postcode);
