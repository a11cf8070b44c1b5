-- The leaders' review of how the system is used: what they found out, and looks found by time.

CREATE TABLE access_review (
    finding {text} NOT NULL PRIMARY KEY,                    -- what stood out: kind, employee, day and citizen
    employee_id {uuid} NOT NULL REFERENCES employee (id),   -- whose use of the system
    remark {text} NOT NULL CHECK (length(remark) > 0),
    by_id {uuid} NOT NULL REFERENCES employee (id),
    by_name {text} NOT NULL CHECK (length(by_name) > 0),
    at {int} NOT NULL,
    CHECK (by_id <> employee_id)
) {strict};
CREATE INDEX access_review_employee ON access_review (employee_id);

-- never update access_review
-- never delete access_review

-- Looks at citizens by time: the review reads some weeks of them.
CREATE INDEX act_looked ON act (at) WHERE kind IN ('look', 'look.emergency') AND citizen_id IS NOT NULL;
