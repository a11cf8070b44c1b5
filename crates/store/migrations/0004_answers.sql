-- A citizen answers a message; a note is corrected by whoever wrote it.

ALTER TABLE conversation ADD COLUMN written_by {uuid} REFERENCES employee (id);

-- Until now only employees could write.
ALTER TABLE message ADD COLUMN author_kind {text} NOT NULL DEFAULT 'employee' CHECK (author_kind IN ('employee', 'citizen'));
ALTER TABLE message ADD COLUMN employee_id {uuid} REFERENCES employee (id);
ALTER TABLE message ADD COLUMN answers {uuid} REFERENCES message (id);

ALTER TABLE plan_summary ADD COLUMN unread_messages {int} NOT NULL DEFAULT 0;
