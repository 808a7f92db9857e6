-- SPDX-License-Identifier: Apache-2.0
--
-- Officers and coordinators, and the way of a text through their desk: asked of one after the other by SMS, answered by
-- any of them or at the desk itself.

CREATE TABLE officers (
    person_id bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('officer', 'coordinator')),
    areas text[] NOT NULL DEFAULT '{}', -- codes of places; none = everywhere
    crops text[] NOT NULL DEFAULT '{}', -- codes of commodities, kinds included; none = all
    hours text NOT NULL DEFAULT '',     -- of duty: parsers/base/work_hours.h; '' = the office's
    added_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE desk
    ADD COLUMN place text NOT NULL DEFAULT '',     -- code: what the text names, else the writer's own; '' = not known
    ADD COLUMN commodity text NOT NULL DEFAULT '', -- code; '' = none was named
    ADD COLUMN tried_at timestamptz, -- when an officer was last looked for; NULL = never
    ADD COLUMN officer_id bigint REFERENCES officers ON DELETE SET NULL, -- who was asked last
    ADD COLUMN asked_at timestamptz, -- and when
    ADD COLUMN late_at timestamptz,  -- when the writer was told that nobody had answered yet
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN price_report_id bigint REFERENCES price_reports ON DELETE CASCADE; -- is it right? NULL = a text
CREATE INDEX desk_due ON desk (tried_at NULLS FIRST, created_at) WHERE state = 'open';
CREATE INDEX desk_person ON desk (person_id);
CREATE UNIQUE INDEX desk_price ON desk (price_report_id) WHERE price_report_id IS NOT NULL;

-- Everyone who was asked: nobody is asked the same twice.
CREATE TABLE desk_asked (
    desk_id bigint REFERENCES desk ON DELETE CASCADE,
    officer_id bigint REFERENCES officers ON DELETE CASCADE,
    at timestamptz NOT NULL,
    PRIMARY KEY (desk_id, officer_id)
);
CREATE INDEX desk_asked_officer ON desk_asked (officer_id);

-- What was answered; an item may get a second answer that puts the first right.
CREATE TABLE desk_answers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    desk_id bigint NOT NULL REFERENCES desk ON DELETE CASCADE,
    officer_id bigint REFERENCES people ON DELETE SET NULL, -- NULL = at the desk itself
    words text NOT NULL CHECK (words <> ''),
    at timestamptz NOT NULL,
    told_at timestamptz -- when it went to the writer
);
CREATE INDEX desk_answers_untold ON desk_answers (id) WHERE told_at IS NULL;
CREATE INDEX desk_answers_item ON desk_answers (desk_id);
CREATE INDEX desk_answers_officer ON desk_answers (officer_id);

-- Dead letters that are put in again: when they are due to be.
ALTER TABLE dead_letter ADD COLUMN again_at timestamptz;
CREATE INDEX dead_letter_again ON dead_letter (again_at) WHERE again_at IS NOT NULL;

GRANT SELECT ON officers TO chonoi_smsd;
GRANT UPDATE ON desk TO chonoi_smsd;
GRANT SELECT, INSERT ON desk_asked TO chonoi_smsd;
GRANT SELECT, INSERT, UPDATE ON desk_answers TO chonoi_smsd;
GRANT UPDATE (again_at), DELETE ON dead_letter TO chonoi_smsd;
