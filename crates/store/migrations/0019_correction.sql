-- What a citizen says is wrong about what is held of them, or does not want done with it; and the answer.

CREATE TABLE correction (
    id {uuid} NOT NULL PRIMARY KEY,
    citizen_id {uuid} NOT NULL REFERENCES citizen (id),
    wish {text} NOT NULL CHECK (wish IN ('correct', 'object')),
    about {text} NOT NULL,
    words {text} NOT NULL CHECK (length(words) > 0),
    asked {int} NOT NULL,
    due {text} NOT NULL,                                    -- the last day for the answer
    outcome {text} CHECK (outcome IN ('done', 'partly', 'refused')),    -- NULL = it waits
    answer {text} NOT NULL,
    answered_by {text} NOT NULL,
    answered {int},
    rev {int} NOT NULL,
    CHECK ((outcome IS NULL) = (answered IS NULL) AND (outcome IS NULL) = (answer = '') AND (outcome IS NULL) = (answered_by = ''))
) {strict};
CREATE INDEX correction_citizen ON correction (citizen_id);
CREATE INDEX correction_waits ON correction (citizen_id) WHERE outcome IS NULL;

-- never delete correction
