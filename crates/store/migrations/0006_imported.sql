-- What comes in from other systems for the figures.

-- Hours of work get an id, as everything that is brought in and can be taken back has one. A month without hours is known too.
CREATE TABLE earning_with_id (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    month {text} NOT NULL CHECK (length(month) = 7),
    hours {real} NOT NULL CHECK (hours >= 0 AND hours <= 744)
) {strict};
-- sqlite:
INSERT INTO earning_with_id (id, citizen_id, month, hours) SELECT randomblob(16), citizen_id, month, hours FROM earning;
-- postgres:
INSERT INTO earning_with_id (id, citizen_id, month, hours) SELECT gen_random_uuid(), citizen_id, month, hours FROM earning;
-- both:
DROP TABLE earning;
ALTER TABLE earning_with_id RENAME TO earning;
CREATE UNIQUE INDEX earning_month ON earning (citizen_id, month);

-- What a benefit cost in a month, and what the state gave back of it, in kroner. From the accounts: there are no persons in it.
CREATE TABLE expense (
    id {uuid} NOT NULL PRIMARY KEY,
    month {text} NOT NULL CHECK (length(month) = 7),
    benefit {text} NOT NULL,
    gross {real} NOT NULL,
    refund {real} NOT NULL
) {strict};
CREATE UNIQUE INDEX expense_month ON expense (month, benefit);

-- Who was responsible for a citizen before there was a plan here. On days with a coordinator of a plan the plan holds.
CREATE TABLE assignment (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    starts {text} NOT NULL,
    ends {text},
    CHECK (ends IS NULL OR ends >= starts)
) {strict};
CREATE INDEX assignment_citizen ON assignment (citizen_id, starts);
CREATE INDEX assignment_employee ON assignment (employee_id);

-- What the national register of support says of a citizen, one row each: the same code from week to week is one run.
CREATE TABLE support_history (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    first_week {text} NOT NULL,         -- '2024W07': the first week the register's file told of
    last_week {text} NOT NULL,          -- and the last: a week between them that is in no run was without support
    runs {text} NOT NULL,               -- '2024W07 2024W09 111;…': first and last week and code, oldest first
    CHECK (last_week >= first_week)
) {strict};
CREATE UNIQUE INDEX support_history_citizen ON support_history (citizen_id);
