-- CPR numbers, the rows of uploaded files and drafts lie sealed (`src/keys.rs`). What lay open before is sealed, and these tables dropped, by
-- `src/sealing.rs` right after this step: SQL has no keys.

ALTER TABLE citizen_cpr RENAME TO citizen_cpr_plain;
DROP INDEX citizen_cpr_number;
CREATE TABLE citizen_cpr (
    citizen_id {uuid} NOT NULL PRIMARY KEY REFERENCES citizen (id),
    sealed {bytes} NOT NULL,
    lookup {bytes} NOT NULL             -- the number of the key, two bytes, and the keyed hash of the digits
) {strict};
CREATE UNIQUE INDEX citizen_cpr_lookup ON citizen_cpr (lookup);

ALTER TABLE import_row RENAME TO import_row_plain;
CREATE TABLE import_row (
    batch_id {uuid} NOT NULL REFERENCES import_batch (id),
    line {int} NOT NULL,
    sealed {bytes} NOT NULL,            -- a JSON list of the cells
    PRIMARY KEY (batch_id, line)
) {strict};

ALTER TABLE draft RENAME TO draft_plain;
CREATE TABLE draft (
    user_id {uuid} NOT NULL,
    form {text} NOT NULL,
    sealed {bytes} NOT NULL,
    saved {int} NOT NULL,
    PRIMARY KEY (user_id, form)
) {strict};
