-- Files brought in: what was uploaded until it is carried out, and afterwards what taking it back needs.

CREATE TABLE import_batch (
    id {uuid} NOT NULL PRIMARY KEY,
    kind {text} NOT NULL,
    file_name {text} NOT NULL,
    header {text} NOT NULL,             -- the names of the columns, a JSON list
    mapping {text},                     -- where each field comes from, JSON; NULL until somebody has confirmed it
    status {text} NOT NULL CHECK (status IN ('uploaded', 'applied', 'undone')),
    lines {int} NOT NULL,
    uploaded {int} NOT NULL,
    actor_id {uuid} NOT NULL,
    actor_name {text} NOT NULL CHECK (length(actor_name) > 0),
    applied {int},
    undone {int},
    created {int} NOT NULL DEFAULT 0,
    updated {int} NOT NULL DEFAULT 0,
    unchanged {int} NOT NULL DEFAULT 0,
    wrong {int} NOT NULL DEFAULT 0,
    kept {int} NOT NULL DEFAULT 0,      -- rows that stayed when the rest was taken back
    CHECK ((status = 'uploaded') = (applied IS NULL)),
    CHECK ((status = 'undone') = (undone IS NOT NULL))
) {strict};
CREATE INDEX import_batch_uploaded ON import_batch (uploaded);

-- A row as it stood in the file. Carried out, it is gone; one that could not be taken stays a few days, to be mended.
CREATE TABLE import_row (
    batch_id {uuid} NOT NULL REFERENCES import_batch (id),
    line {int} NOT NULL,
    cells {text} NOT NULL,              -- a JSON list
    PRIMARY KEY (batch_id, line)
) {strict};

-- What a row did. Kept: it is the history of those who have none in a plan, and what taking back needs. Never a CPR number.
CREATE TABLE import_change (
    batch_id {uuid} NOT NULL REFERENCES import_batch (id),
    line {int} NOT NULL,
    item_id {uuid} NOT NULL,
    name {text} NOT NULL,               -- for people to recognise it by
    item_before {text},                 -- field → value as JSON; NULL when the row made it
    item_after {text} NOT NULL,
    kept {text},                        -- why it stayed when the rest was taken back: used or changed
    PRIMARY KEY (batch_id, line)
) {strict};
CREATE INDEX import_change_item ON import_change (item_id);

-- What a column of this name was taken for the last time; '' when it was left out.
CREATE TABLE import_mapping (
    kind {text} NOT NULL,
    name {text} NOT NULL,               -- folded
    field {text} NOT NULL,
    PRIMARY KEY (kind, name)
) {strict};
