-- Figures of other municipalities, as they came in signed files. Nothing is overwritten: of a municipality the file with the newest figures holds.
CREATE TABLE exchange (
    id {uuid} NOT NULL PRIMARY KEY,
    municipality {text} NOT NULL CHECK (length(municipality) > 0),
    as_of {text} NOT NULL CHECK (length(as_of) = 10),       -- the day the figures were made
    public_key {text} NOT NULL CHECK (length(public_key) = 64),
    body {text} NOT NULL,                                   -- the lines that were signed
    signature {text} NOT NULL CHECK (length(signature) = 128),
    at {int} NOT NULL,
    UNIQUE (signature)
) {strict};

-- never update exchange
-- never delete exchange
