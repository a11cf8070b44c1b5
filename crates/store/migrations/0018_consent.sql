-- What a citizen has agreed that others may know. What it says, how it was answered and how it ended lies as text in `said`; what decides who reads
-- a plan lies in columns of its own.

CREATE TABLE consent (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    unit_id {uuid} REFERENCES unit (id),                    -- the unit that may read; NULL = it concerns somebody outside
    asked_by {uuid} NOT NULL REFERENCES employee (id),
    asked {text} NOT NULL,
    until {text} NOT NULL,                                  -- last day
    status {text} NOT NULL CHECK (status IN ('asked', 'given', 'declined', 'withdrawn', 'replaced')),
    said {text} NOT NULL,
    rev {int} NOT NULL,
    CHECK (until >= asked)
) {strict};
CREATE INDEX consent_plan ON consent (plan_id);
CREATE INDEX consent_asked_by ON consent (asked_by);
-- A unit reads a plan by one consent at a time.
CREATE UNIQUE INDEX consent_unit ON consent (unit_id, plan_id) WHERE status = 'given';

-- never delete consent
