-- Emergency access: an employee without a relation to a citizen's plan reads it for a day, says why, and a leader signs that it was seen.

CREATE TABLE emergency (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    name {text} NOT NULL CHECK (length(name) > 0),          -- as the employee was called
    unit {text} NOT NULL,
    reason {text} NOT NULL CHECK (length(reason) > 0),
    starts {int} NOT NULL,
    ends {int} NOT NULL,                                    -- the first instant without access
    seen {int},                                             -- when a leader signed it; NULL = it waits
    seen_by {text} NOT NULL DEFAULT '',
    remark {text} NOT NULL DEFAULT '',
    rev {int} NOT NULL,
    CHECK (ends > starts),
    CHECK ((seen IS NULL) = (seen_by = '') AND (seen IS NULL) = (remark = ''))
) {strict};
CREATE INDEX emergency_employee ON emergency (employee_id, ends);
CREATE INDEX emergency_citizen ON emergency (citizen_id);
CREATE INDEX emergency_waits ON emergency (citizen_id) WHERE seen IS NULL;

-- never delete emergency
