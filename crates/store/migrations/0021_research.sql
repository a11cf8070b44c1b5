-- Pseudonymised data for research: which projects, and who got what. Nothing here is about a citizen; that somebody was in an export stands in their record.

CREATE TABLE research_project (
    id {uuid} NOT NULL PRIMARY KEY,
    reference {text} NOT NULL CHECK (length(reference) > 0),    -- the project's number in the municipality's records
    sealed {bytes} NOT NULL                                     -- the key of its pseudonyms: the project's alone
) {strict};
CREATE UNIQUE INDEX research_project_reference ON research_project (reference);

-- One row an export that left.
CREATE TABLE research_export (
    id {uuid} NOT NULL PRIMARY KEY,
    project_id {uuid} NOT NULL REFERENCES research_project (id),
    project {text} NOT NULL CHECK (length(project) > 0),
    recipient {text} NOT NULL CHECK (length(recipient) > 0),
    purpose {text} NOT NULL CHECK (length(purpose) > 0),
    basis {text} NOT NULL CHECK (length(basis) > 0),
    permission {text} NOT NULL,                                 -- the number of Datatilsynet's permission; empty = declared not to be needed
    delete_by {text} NOT NULL,                                  -- the last day the recipient may keep it
    made {int} NOT NULL,
    employee_id {uuid} NOT NULL REFERENCES employee (id),       -- who answers for it
    employee {text} NOT NULL CHECK (length(employee) > 0),
    first_day {text} NOT NULL,
    last_day {text} NOT NULL,
    k {int} NOT NULL CHECK (k >= 3),
    grain {text} NOT NULL CHECK (grain IN ('month', 'quarter', 'year')),
    coarsened {text} NOT NULL,                                  -- what was told of the persons, in words
    persons {int} NOT NULL CHECK (persons >= k),
    withheld {int} NOT NULL,
    left_out {int} NOT NULL,
    told {text} NOT NULL,                                       -- the columns of the files
    sha256 {text} NOT NULL CHECK (length(sha256) = 64),         -- of the list of the files' sums
    CHECK (last_day >= first_day)
) {strict};
CREATE INDEX research_export_project ON research_export (project_id);
CREATE INDEX research_export_employee ON research_export (employee_id);

-- never update research_export
-- never delete research_export

-- That the recipient has deleted it.
CREATE TABLE research_deletion (
    export_id {uuid} NOT NULL PRIMARY KEY REFERENCES research_export (id),
    day {text} NOT NULL,                                        -- the day they did
    remark {text} NOT NULL CHECK (length(remark) > 0),          -- how the municipality knows
    by_id {uuid} NOT NULL REFERENCES employee (id),
    by_name {text} NOT NULL CHECK (length(by_name) > 0),
    at {int} NOT NULL
) {strict};
CREATE INDEX research_deletion_by ON research_deletion (by_id);

-- never update research_deletion
-- never delete research_deletion
