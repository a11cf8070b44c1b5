-- What the leader's figures need besides the casework: hours of work, and the targets.

-- Hours of work in a month ('2026-03'), as the register of wages has them: what tells that somebody who left a benefit went to work.
CREATE TABLE earning (
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    month {text} NOT NULL CHECK (length(month) = 7),
    hours {real} NOT NULL CHECK (hours > 0 AND hours <= 744),
    PRIMARY KEY (citizen_id, month)
) {strict};

-- What a leader aims at in a month. Nothing is overwritten: the newest row for measure, group, unit and month holds, the others are its history.
-- A target without a value takes an earlier one away.
CREATE TABLE target (
    id {uuid} NOT NULL PRIMARY KEY,
    measure {text} NOT NULL,
    benefit_group {text} NOT NULL DEFAULT '',   -- '' = all the measure is about
    unit_id {uuid} REFERENCES unit (id),        -- NULL = the whole municipality
    month {text} NOT NULL CHECK (length(month) = 7),
    value {real},
    set_by {uuid} NOT NULL REFERENCES employee (id),
    set_by_name {text} NOT NULL CHECK (length(set_by_name) > 0),
    at {int} NOT NULL
) {strict};
CREATE INDEX target_measure ON target (measure, month);

-- never update target
-- never delete target
