-- A team's status sheet: a few goals in its own words, and once a month a sentence on each. Nothing is overwritten: what is written again gets
-- the next revision, and the newest holds.

CREATE TABLE status_goal (
    id {uuid} NOT NULL PRIMARY KEY,
    goal_id {uuid} NOT NULL REFERENCES status_goal (id),    -- its first revision
    rev {int} NOT NULL CHECK (rev > 0),
    team_id {uuid} NOT NULL REFERENCES team (id),
    term {text} NOT NULL CHECK (term IN ('short', 'long')),
    words {text} NOT NULL CHECK (length(words) > 0),
    measure {text} NOT NULL DEFAULT '',                     -- the figure that follows it; '' = none
    unit_id {uuid} REFERENCES unit (id),                    -- whose figure; NULL = the whole municipality
    target {real},                                          -- the team's own; NULL = the strategy's
    since {text} NOT NULL,                                  -- the day it was first set
    due {text} NOT NULL CHECK (due >= since),
    status {text} NOT NULL CHECK (status IN ('open', 'reached', 'dropped')),
    why {text} NOT NULL DEFAULT '',
    set_by {uuid} NOT NULL REFERENCES employee (id),
    set_by_name {text} NOT NULL CHECK (length(set_by_name) > 0),
    at {int} NOT NULL,
    CHECK ((rev = 1) = (id = goal_id)),
    CHECK ((status = 'open') = (why = '')),
    UNIQUE (goal_id, rev)
) {strict};
CREATE INDEX status_goal_team ON status_goal (team_id);

CREATE TABLE status_update (
    id {uuid} NOT NULL PRIMARY KEY,
    goal_id {uuid} NOT NULL REFERENCES status_goal (id),
    month {text} NOT NULL CHECK (length(month) = 7),
    rev {int} NOT NULL CHECK (rev > 0),
    judgement {text} NOT NULL CHECK (judgement IN ('on_the_way', 'stuck', 'reached')),
    says {text} NOT NULL CHECK (length(says) > 0),
    done {text} CHECK (done IN ('yes', 'partly', 'no')),    -- what was agreed last time; NULL = nothing was
    action {text} NOT NULL DEFAULT '',
    holder_id {uuid} REFERENCES employee (id),
    holder_name {text} NOT NULL DEFAULT '',
    due {text},
    written_by {uuid} NOT NULL REFERENCES employee (id),
    written_by_name {text} NOT NULL CHECK (length(written_by_name) > 0),
    at {int} NOT NULL,
    -- An action has a holder and a day, and only what is reached needs none.
    CHECK ((action = '') = (holder_id IS NULL) AND (action = '') = (due IS NULL) AND (action = '') = (holder_name = '')),
    CHECK (action <> '' OR judgement = 'reached'),
    UNIQUE (goal_id, month, rev)
) {strict};

-- never update status_goal
-- never delete status_goal
-- never update status_update
-- never delete status_update
