-- Log-in: what a session knows of how it began, attempts under way with a provider, local accounts, and attempts that failed.

ALTER TABLE session ADD COLUMN how {text} NOT NULL DEFAULT 'link';   -- demo, link, password, provider
ALTER TABLE session ADD COLUMN assurance {text};                     -- low, substantial, high: as the provider said
ALTER TABLE session ADD COLUMN proved {int};                         -- when the user last proved who they are; NULL: when the session began
ALTER TABLE session ADD COLUMN issuer {text};                        -- the provider, its keys for the user and for its session …
ALTER TABLE session ADD COLUMN subject {text};
ALTER TABLE session ADD COLUMN provider_session {text};
ALTER TABLE session ADD COLUMN id_token {text};                      -- … and its token, to log out with; gone when the session ends
ALTER TABLE session ADD COLUMN device {text} NOT NULL DEFAULT '';    -- a name for the browser: "Firefox, Windows"
ALTER TABLE session ADD COLUMN reach {text};                         -- what the claims narrow, as JSON; NULL: nothing
CREATE INDEX session_at_provider ON session (issuer, subject) WHERE ended IS NULL;

-- Somebody is at the provider and is expected back, once, in the same browser.
CREATE TABLE log_in_attempt (
    state_hash {bytes} NOT NULL PRIMARY KEY,
    browser_hash {bytes} NOT NULL,
    audience {text} NOT NULL CHECK (audience IN ('employee', 'citizen', 'company')),
    nonce {text} NOT NULL,
    verifier {text} NOT NULL,
    max_age {int},                      -- seconds: how old the proof may be, when a recent one is wanted
    next {text} NOT NULL,               -- where the user wants to go
    begun {int} NOT NULL,
    used {int}
) {strict};
CREATE INDEX log_in_attempt_begun ON log_in_attempt (begun);

-- What a provider has told about a log-out, so that it is heard once.
CREATE TABLE log_out_told (
    token_hash {bytes} NOT NULL PRIMARY KEY,
    at {int} NOT NULL
) {strict};
CREATE INDEX log_out_told_at ON log_out_told (at);

-- A password and an app's codes, for an employee of an installation without a provider, or when the provider is away.
CREATE TABLE account (
    employee_id {uuid} NOT NULL PRIMARY KEY REFERENCES employee (id),
    name {text} NOT NULL CHECK (length(name) BETWEEN 1 AND 140),     -- lower case
    password {text} NOT NULL,                                        -- Argon2id
    secret_sealed {bytes} NOT NULL,                                  -- of the codes
    step {int} NOT NULL,                                             -- the last code used: none before it works
    made {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX account_name ON account (name);

-- Codes for the day the phone is lost. Each works once.
CREATE TABLE recovery_code (
    employee_id {uuid} NOT NULL REFERENCES employee (id),
    code_hash {bytes} NOT NULL,
    used {int},
    PRIMARY KEY (employee_id, code_hash)
) {strict};

-- Attempts that failed, by a hash of the name that was typed, whether there is such an account or not.
CREATE TABLE log_in_failure (
    name_hash {bytes} NOT NULL PRIMARY KEY,
    failures {int} NOT NULL,
    last {int} NOT NULL
) {strict};
CREATE INDEX log_in_failure_last ON log_in_failure (last);
