-- The people, the organisation, the plan and its parts, the record of what happened, and what users leave lying around.
-- Dates are ISO text, times of day 'YYYY-MM-DDTHH:MM', instants milliseconds since 1970 (UTC). Ends are inclusive; NULL = ongoing.

-- The organisation -----------------------------------------------------------------------------------------------------

CREATE TABLE unit (
    id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    kind {text} NOT NULL,              -- jobcentre, benefits, youth, substance_abuse, social_psychiatry, health, companies, family …
    phone {text} NOT NULL DEFAULT '',
    address {text} NOT NULL DEFAULT ''
) {strict};

CREATE TABLE employee (
    id {uuid} NOT NULL PRIMARY KEY,
    unit_id {uuid} NOT NULL REFERENCES unit (id),
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 140),
    title {text} NOT NULL DEFAULT '',
    role {text} NOT NULL CHECK (role IN ('caseworker', 'consultant', 'team_leader', 'head', 'administrator')),
    phone {text} NOT NULL DEFAULT '',
    email {text} NOT NULL DEFAULT '',
    login {text} NOT NULL DEFAULT '',  -- the name an identity provider knows the employee by
    left_on {text}                     -- last day of employment
) {strict};
CREATE INDEX employee_unit ON employee (unit_id);
CREATE UNIQUE INDEX employee_login ON employee (login) WHERE login <> '';

CREATE TABLE team (
    id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    leader_id {uuid} REFERENCES employee (id)
) {strict};

CREATE TABLE team_member (
    team_id {uuid} NOT NULL REFERENCES team (id),
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    PRIMARY KEY (team_id, employee_id)
) {strict};
CREATE INDEX team_member_employee ON team_member (employee_id);

-- Citizens ---------------------------------------------------------------------------------------------------------------

CREATE TABLE citizen (
    id {uuid} NOT NULL PRIMARY KEY,
    unit_id {uuid} NOT NULL REFERENCES unit (id),   -- the unit responsible
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 140),
    birth_date {text} NOT NULL,
    phone {text} NOT NULL DEFAULT '',
    email {text} NOT NULL DEFAULT '',
    address {text} NOT NULL DEFAULT '',
    postcode {text} NOT NULL DEFAULT '',
    wishes {text} NOT NULL DEFAULT '',              -- kinds of work the citizen looks for, in own words
    occupation {text} NOT NULL DEFAULT '',          -- DISCO-08 code of the wished occupation
    rev {int} NOT NULL DEFAULT 1
) {strict};
CREATE INDEX citizen_unit ON citizen (unit_id);

-- Kept apart from everything else: never a key, never joined for a page (design invariant 12).
CREATE TABLE citizen_cpr (
    citizen_id {uuid} NOT NULL PRIMARY KEY REFERENCES citizen (id),
    cpr {text} NOT NULL CHECK (length(cpr) = 10)
) {strict};
CREATE UNIQUE INDEX citizen_cpr_number ON citizen_cpr (cpr);

-- Benefit, target group and readiness are three separate dimensions.
CREATE TABLE spell (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    benefit {text} NOT NULL,
    starts {text} NOT NULL,
    ends {text},
    CHECK (ends IS NULL OR ends >= starts)
) {strict};
CREATE INDEX spell_citizen ON spell (citizen_id, starts);

CREATE TABLE classification (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    dimension {text} NOT NULL CHECK (dimension IN ('target_group', 'readiness')),
    code {text} NOT NULL,
    starts {text} NOT NULL,
    ends {text},
    CHECK (ends IS NULL OR ends >= starts)
) {strict};
CREATE INDEX classification_citizen ON classification (citizen_id, dimension, starts);

-- Companies --------------------------------------------------------------------------------------------------------------

CREATE TABLE company (
    id {uuid} NOT NULL PRIMARY KEY,
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 140),
    cvr {text} NOT NULL DEFAULT '',
    industry {text} NOT NULL DEFAULT '',
    address {text} NOT NULL DEFAULT '',
    postcode {text} NOT NULL DEFAULT '',
    contact {text} NOT NULL DEFAULT '',
    phone {text} NOT NULL DEFAULT '',
    email {text} NOT NULL DEFAULT '',
    employees {int} NOT NULL DEFAULT 0
) {strict};
CREATE UNIQUE INDEX company_cvr ON company (cvr) WHERE cvr <> '';

-- The plan ---------------------------------------------------------------------------------------------------------------

CREATE TABLE plan (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    core_task {text} NOT NULL CHECK (core_task IN ('work', 'life', 'youth')),
    opened {text} NOT NULL,
    closed {text},
    balance_reached {text},
    balance_helped {text},
    balance_remains {text},
    rev {int} NOT NULL,
    CHECK (closed IS NULL OR closed >= opened),
    CHECK ((closed IS NULL) = (balance_reached IS NULL))
) {strict};
CREATE UNIQUE INDEX plan_one_open ON plan (citizen_id) WHERE closed IS NULL;
CREATE INDEX plan_citizen ON plan (citizen_id, opened);

CREATE TABLE goal (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    parent_id {uuid} REFERENCES goal (id),
    words {text} NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
    professional {text} NOT NULL DEFAULT '',
    aim {text} NOT NULL,
    status {text} NOT NULL CHECK (status IN ('open', 'reached', 'dropped')),
    since {text} NOT NULL,
    ended {text},
    rev {int} NOT NULL,
    CHECK ((status = 'open') = (ended IS NULL))
) {strict};
CREATE INDEX goal_plan ON goal (plan_id);

CREATE TABLE step (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    goal_id {uuid} REFERENCES goal (id),
    title {text} NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    holder_kind {text} NOT NULL,
    holder_employee {uuid} REFERENCES employee (id),
    holder_name {text} NOT NULL DEFAULT '',
    due {text},
    role {text},
    status {text} NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
    since {text} NOT NULL,
    ended {text},
    rev {int} NOT NULL,
    CHECK ((status = 'open') = (ended IS NULL)),
    CHECK ((holder_kind = 'employee') = (holder_employee IS NOT NULL))
) {strict};
CREATE INDEX step_plan ON step (plan_id);
CREATE INDEX step_holder ON step (holder_employee, due) WHERE status = 'open' AND holder_employee IS NOT NULL;

CREATE TABLE comment (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    step_id {uuid} REFERENCES step (id),
    goal_id {uuid} REFERENCES goal (id),
    author_kind {text} NOT NULL,
    author {text} NOT NULL,
    body {text} NOT NULL,
    written {text} NOT NULL,
    withdrawn {bool} NOT NULL,
    rev {int} NOT NULL
) {strict};
CREATE INDEX comment_plan ON comment (plan_id);

CREATE TABLE participation (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    kind {text} NOT NULL,
    employee_id {uuid} REFERENCES employee (id),
    name {text} NOT NULL,
    role {text} NOT NULL,
    organisation {text} NOT NULL,
    phone {text} NOT NULL,
    starts {text} NOT NULL,
    ends {text},
    rev {int} NOT NULL,
    CHECK (ends IS NULL OR ends >= starts)
) {strict};
CREATE INDEX participation_plan ON participation (plan_id);
CREATE INDEX participation_employee ON participation (employee_id, plan_id) WHERE employee_id IS NOT NULL;

CREATE TABLE coordination (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    name {text} NOT NULL,
    starts {text} NOT NULL,
    ends {text},
    reason {text},
    note {text} NOT NULL,
    rev {int} NOT NULL,
    CHECK (ends IS NULL OR ends >= starts)
) {strict};
-- Invariant 1: one coordinator without end, and never two that start the same day.
CREATE UNIQUE INDEX coordination_one_open ON coordination (plan_id) WHERE ends IS NULL;
CREATE UNIQUE INDEX coordination_start ON coordination (plan_id, starts);
CREATE INDEX coordination_employee ON coordination (employee_id, plan_id);

CREATE TABLE handover (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    coordination_id {uuid} NOT NULL REFERENCES coordination (id),
    body {text} NOT NULL,
    rev {int} NOT NULL
) {strict};
CREATE INDEX handover_plan ON handover (plan_id);

CREATE TABLE conversation (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    name {text} NOT NULL,
    starts {text} NOT NULL,
    minutes {int} NOT NULL,
    channel {text} NOT NULL,
    place {text} NOT NULL,
    status {text} NOT NULL CHECK (status IN ('booked', 'held', 'cancelled', 'no_show')),
    note {text} NOT NULL,
    booked_by_citizen {bool} NOT NULL,
    rev {int} NOT NULL
) {strict};
CREATE INDEX conversation_plan ON conversation (plan_id, starts);
-- Nobody is booked for two conversations that begin at the same time.
CREATE UNIQUE INDEX conversation_no_double ON conversation (employee_id, starts) WHERE status = 'booked';

CREATE TABLE question (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    answered_in {uuid} REFERENCES conversation (id),
    body {text} NOT NULL,
    asked {text} NOT NULL,
    withdrawn {bool} NOT NULL,
    rev {int} NOT NULL
) {strict};
CREATE INDEX question_plan ON question (plan_id);

CREATE TABLE effort (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    kind {text} NOT NULL,
    title {text} NOT NULL,
    unit_id {uuid} REFERENCES unit (id),
    company_id {uuid} REFERENCES company (id),
    provider {text} NOT NULL,
    starts {text} NOT NULL,
    ends {text},
    hours {text} NOT NULL,             -- the series as JSON: [{"from":"2026-01-05","hours":12.0,"paid":3.0}]
    withdrawn {bool} NOT NULL,
    rev {int} NOT NULL,
    CHECK (ends IS NULL OR ends >= starts)
) {strict};
CREATE INDEX effort_plan ON effort (plan_id);
CREATE INDEX effort_company ON effort (company_id) WHERE company_id IS NOT NULL;

CREATE TABLE strength (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    kind {text} NOT NULL,
    body {text} NOT NULL,
    since {text} NOT NULL,
    ended {text},
    rev {int} NOT NULL
) {strict};
CREATE INDEX strength_plan ON strength (plan_id);

CREATE TABLE rating (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    given {text} NOT NULL,
    rater {text} NOT NULL,
    precondition {text} NOT NULL,
    value {int} NOT NULL CHECK (value BETWEEN 1 AND 5),
    note {text} NOT NULL,
    withdrawn {bool} NOT NULL,
    rev {int} NOT NULL
) {strict};
CREATE INDEX rating_plan ON rating (plan_id);

CREATE TABLE message (
    id {uuid} NOT NULL PRIMARY KEY,
    plan_id {uuid} NOT NULL REFERENCES plan (id),
    author {text} NOT NULL,
    body {text} NOT NULL,
    sent {text} NOT NULL,
    seen {bool} NOT NULL,
    withdrawn {bool} NOT NULL,
    rev {int} NOT NULL
) {strict};
CREATE INDEX message_plan ON message (plan_id);

-- One line a plan for the caseload, derived from the plan by casework and written with it; never read to decide anything.
CREATE TABLE plan_summary (
    plan_id {uuid} NOT NULL PRIMARY KEY REFERENCES plan (id),
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    core_task {text} NOT NULL,
    opened {text} NOT NULL,
    closed {text},
    coordinator_id {uuid} REFERENCES employee (id),
    coordinator_from {text},
    previous_coordinator_id {uuid} REFERENCES employee (id),
    has_employment_goal {bool} NOT NULL,
    last_company_contact {text},
    first_booked {text},
    last_booked {text},
    last_held {text},
    next_step {text} NOT NULL,
    next_step_due {text},
    earliest_due {text},
    waits_citizen {int} NOT NULL,
    waits_employee {int} NOT NULL,
    open_questions {int} NOT NULL
) {strict};
CREATE INDEX plan_summary_coordinator ON plan_summary (coordinator_id) WHERE closed IS NULL;
CREATE INDEX plan_summary_previous ON plan_summary (previous_coordinator_id, coordinator_from) WHERE closed IS NULL AND previous_coordinator_id IS NOT NULL;
CREATE INDEX plan_summary_citizen ON plan_summary (citizen_id);

-- An employee's hours open for booking. A time is free while no booked conversation of the employee begins in it.
CREATE TABLE slot (
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    starts {text} NOT NULL,
    minutes {int} NOT NULL,
    PRIMARY KEY (employee_id, starts)
) {strict};

-- What happened ----------------------------------------------------------------------------------------------------------

-- One row an act or a look. Append-only, hash-chained per chain (a citizen, a company or an employee).
CREATE TABLE act (
    id {uuid} NOT NULL PRIMARY KEY,
    chain {uuid} NOT NULL,
    seq {int} NOT NULL,
    at {int} NOT NULL,
    actor_kind {text} NOT NULL,
    actor_id {uuid} NOT NULL,
    actor_name {text} NOT NULL CHECK (length(actor_name) > 0),  -- no write without an acting user
    actor_unit {text} NOT NULL,
    citizen_id {uuid},
    kind {text} NOT NULL,
    submission {uuid},
    record_before {text},
    record_after {text},
    reason {text} NOT NULL,
    voice {text} NOT NULL,
    hash {bytes} NOT NULL
) {strict};
CREATE UNIQUE INDEX act_chain ON act (chain, seq);
CREATE INDEX act_submission ON act (submission) WHERE submission IS NOT NULL;
-- never update act
-- never delete act

CREATE TABLE chain (
    id {uuid} NOT NULL PRIMARY KEY,
    seq {int} NOT NULL,
    hash {bytes} NOT NULL
) {strict};

-- A form sent in: sent twice, it is answered with the first one's result.
CREATE TABLE submission (
    id {uuid} NOT NULL PRIMARY KEY,
    at {int} NOT NULL,
    actor_id {uuid} NOT NULL,
    location {text} NOT NULL            -- where the user was sent afterwards
) {strict};

-- What users leave lying around ------------------------------------------------------------------------------------------

CREATE TABLE session (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    user_kind {text} NOT NULL,
    user_id {uuid} NOT NULL,
    created {int} NOT NULL,
    seen {int} NOT NULL,
    ended {int},
    csrf {text} NOT NULL
) {strict};
CREATE INDEX session_of_user ON session (user_id);

-- A link that lets somebody in once, where there is no identity provider (yet).
CREATE TABLE log_in_link (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    user_kind {text} NOT NULL,
    user_id {uuid} NOT NULL,
    expires {int} NOT NULL,
    used {int}
) {strict};

CREATE TABLE draft (
    user_id {uuid} NOT NULL,
    form {text} NOT NULL,
    body {text} NOT NULL,
    saved {int} NOT NULL,
    PRIMARY KEY (user_id, form)
) {strict};

CREATE TABLE saved_filter (
    id {uuid} NOT NULL PRIMARY KEY,
    user_id {uuid} NOT NULL,
    name {text} NOT NULL,
    query {text} NOT NULL
) {strict};
CREATE INDEX saved_filter_user ON saved_filter (user_id);

-- Words of names, folded, for search by prefix.
CREATE TABLE name_word (
    word {text} NOT NULL,
    kind {text} NOT NULL CHECK (kind IN ('citizen', 'employee', 'company')),
    id {uuid} NOT NULL,
    PRIMARY KEY (word, kind, id)
) {strict};

CREATE TABLE setting (
    key {text} NOT NULL PRIMARY KEY,
    value {text} NOT NULL
) {strict};
