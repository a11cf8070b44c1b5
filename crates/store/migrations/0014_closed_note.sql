-- A unit's closed note on a plan: its words sealed, a row for each revision. Written by `closed`, read by nothing else.

CREATE TABLE closed_note (
    id {uuid} NOT NULL,
    rev {int} NOT NULL CHECK (rev > 0),
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    unit_id {uuid} NOT NULL REFERENCES unit (id),
    sealed {bytes} NOT NULL,
    employee_id {uuid} NOT NULL REFERENCES employee (id),   -- who wrote this revision
    author {text} NOT NULL CHECK (length(author) > 0),
    written {int} NOT NULL,
    PRIMARY KEY (id, rev),
    UNIQUE (plan_id, unit_id, rev)
) {strict};
CREATE INDEX closed_note_employee ON closed_note (employee_id);

-- never delete closed_note
