-- Retention: a citizen's chain may end, with everything else of theirs, and only so are acts ever deleted. A hold keeps it all.

-- The last link of a chain that has ended, and the hash of the one before it: the chain still proves itself from there on.
CREATE TABLE chain_end (
    chain {uuid} NOT NULL PRIMARY KEY,
    seq {int} NOT NULL CHECK (seq > 0),                     -- the number of the last link
    before {bytes} NOT NULL,                                -- the hash of the link before it
    at {int} NOT NULL
) {strict};

-- never update chain_end
-- never delete chain_end

CREATE TABLE hold (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    reason {text} NOT NULL CHECK (length(reason) > 0),
    placed {int} NOT NULL,
    placed_by {text} NOT NULL CHECK (length(placed_by) > 0),
    until {text},                                           -- the last day; NULL = until it is lifted
    lifted {int},
    lifted_by {text} NOT NULL,
    rev {int} NOT NULL,
    CHECK ((lifted IS NULL) = (lifted_by = ''))
) {strict};
CREATE INDEX hold_citizen ON hold (citizen_id);

-- What is never deleted is deleted when the citizen's chain has ended, in the same transaction.

-- sqlite:
DROP TRIGGER act_never_delete;
CREATE TRIGGER act_never_delete BEFORE DELETE ON act WHEN NOT EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.chain AND e.seq > OLD.seq)
    BEGIN SELECT RAISE(ABORT, 'act is append-only: never delete'); END;
DROP TRIGGER emergency_never_delete;
CREATE TRIGGER emergency_never_delete BEFORE DELETE ON emergency WHEN NOT EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.citizen_id)
    BEGIN SELECT RAISE(ABORT, 'emergency is append-only: never delete'); END;
DROP TRIGGER correction_never_delete;
CREATE TRIGGER correction_never_delete BEFORE DELETE ON correction WHEN NOT EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.citizen_id)
    BEGIN SELECT RAISE(ABORT, 'correction is append-only: never delete'); END;
CREATE TRIGGER hold_never_delete BEFORE DELETE ON hold WHEN NOT EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.citizen_id)
    BEGIN SELECT RAISE(ABORT, 'hold is append-only: never delete'); END;
DROP TRIGGER closed_note_never_delete;
CREATE TRIGGER closed_note_never_delete BEFORE DELETE ON closed_note
    WHEN NOT EXISTS (SELECT 1 FROM chain_end e JOIN plan p ON p.citizen_id = e.chain WHERE p.id = OLD.plan_id)
    BEGIN SELECT RAISE(ABORT, 'closed_note is append-only: never delete'); END;
DROP TRIGGER consent_never_delete;
CREATE TRIGGER consent_never_delete BEFORE DELETE ON consent
    WHEN NOT EXISTS (SELECT 1 FROM chain_end e JOIN plan p ON p.citizen_id = e.chain WHERE p.id = OLD.plan_id)
    BEGIN SELECT RAISE(ABORT, 'consent is append-only: never delete'); END;
-- postgres:
CREATE OR REPLACE FUNCTION act_never_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.chain AND e.seq > OLD.seq) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'act is append-only: never delete'; END $$;
CREATE OR REPLACE FUNCTION emergency_never_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.citizen_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'emergency is append-only: never delete'; END $$;
CREATE OR REPLACE FUNCTION correction_never_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.citizen_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'correction is append-only: never delete'; END $$;
CREATE FUNCTION hold_never_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM chain_end e WHERE e.chain = OLD.citizen_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'hold is append-only: never delete'; END $$;
CREATE TRIGGER hold_never_delete BEFORE DELETE ON hold FOR EACH ROW EXECUTE FUNCTION hold_never_delete();
CREATE OR REPLACE FUNCTION closed_note_never_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM chain_end e JOIN plan p ON p.citizen_id = e.chain WHERE p.id = OLD.plan_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'closed_note is append-only: never delete'; END $$;
CREATE OR REPLACE FUNCTION consent_never_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM chain_end e JOIN plan p ON p.citizen_id = e.chain WHERE p.id = OLD.plan_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'consent is append-only: never delete'; END $$;
-- both:
