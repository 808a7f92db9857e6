-- SPDX-License-Identifier: Apache-2.0
--
-- USSD sessions: what a person has pressed so far, so that any instance takes the next keypress.

-- A gateway may give the same session to another number, and number sessions by one octet: so the person is part of the
-- key, and a dial under an old key begins anew. Rows live for some minutes and are written with every keypress: there is
-- no index on what changes, so that each is an update in place.
CREATE TABLE ussd_sessions (
    person_id bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    gateway text NOT NULL,
    session text NOT NULL, -- as the gateway names it; '' = it gives none, and the person has one at a time
    phase text NOT NULL CHECK (phase IN ('open', 'moved', 'over')),
    state text NOT NULL,   -- JSON: the screen, the way there, what was said so far
    touched_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, gateway, session)
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
GRANT SELECT, INSERT, UPDATE, DELETE ON ussd_sessions TO chonoi_smsd; -- those that nobody comes back to go

-- What is dealt in around a place, for the order of choices.
CREATE INDEX supply_area ON supply (area, sellers DESC);
