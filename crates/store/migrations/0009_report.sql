-- The monthly management report. A row is one version of one month's report. Nothing is overwritten: whoever changes a report adds a version, and the
-- newest one holds. A closed version is published: every employee may read it, and its numbers stand in it as they were.
CREATE TABLE report (
    id {uuid} NOT NULL PRIMARY KEY,
    month {text} NOT NULL CHECK (length(month) = 7),
    version {int} NOT NULL CHECK (version > 0),
    closed {bool} NOT NULL,
    body {text} NOT NULL,                       -- title, texts, chosen figures; of a closed one also the numbers (JSON)
    saved_by {uuid} NOT NULL REFERENCES employee (id),
    saved_by_name {text} NOT NULL CHECK (length(saved_by_name) > 0),
    at {int} NOT NULL,
    UNIQUE (month, version)
) {strict};

-- never update report
-- never delete report
