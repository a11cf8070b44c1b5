-- Figures others publish, to compare with, and groups of municipalities to compare with.

-- What was brought in at once: a version. Nothing in it is ever changed; taken back, it has a row in published_undone and counts no more.
CREATE TABLE published_version (
    id {uuid} NOT NULL PRIMARY KEY,
    origin {text} NOT NULL CHECK (length(origin) > 0),      -- the files' names, or the address without its question
    data_month {text} NOT NULL CHECK (length(data_month) = 7),   -- the newest month in it
    actor_name {text} NOT NULL CHECK (length(actor_name) > 0),
    at {int} NOT NULL
) {strict};

CREATE TABLE published_undone (
    version_id {uuid} NOT NULL PRIMARY KEY REFERENCES published_version (id),
    actor_name {text} NOT NULL CHECK (length(actor_name) > 0),
    at {int} NOT NULL
) {strict};

-- What a version says of one count in one place: the first month, then for each month a number, '-' where the source shows none, '.' where
-- the version says nothing, with spaces between. A line for five years of a municipality instead of sixty rows.
CREATE TABLE published_line (
    version_id {uuid} NOT NULL REFERENCES published_version (id),
    quantity {text} NOT NULL,
    area {text} NOT NULL,                                   -- 'DK' or a municipality's code
    from_month {text} NOT NULL CHECK (length(from_month) = 7),
    figures {text} NOT NULL CHECK (length(figures) > 0),
    PRIMARY KEY (version_id, quantity, area)
) {strict};

-- A group of municipalities. The newest row of a group holds; one without municipalities takes it away. The others are its history.
CREATE TABLE comparison_group (
    id {uuid} NOT NULL PRIMARY KEY,
    group_id {uuid} NOT NULL,
    name {text} NOT NULL CHECK (length(name) > 0),
    areas {text} NOT NULL,                                  -- codes with spaces between
    set_by {uuid} NOT NULL REFERENCES employee (id),
    set_by_name {text} NOT NULL CHECK (length(set_by_name) > 0),
    at {int} NOT NULL
) {strict};
CREATE INDEX comparison_group_at ON comparison_group (group_id, at);

-- never update published_version
-- never delete published_version
-- never update published_undone
-- never delete published_undone
-- never update published_line
-- never delete published_line
-- never update comparison_group
-- never delete comparison_group
