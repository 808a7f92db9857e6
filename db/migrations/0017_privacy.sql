-- SPDX-License-Identifier: Apache-2.0
--
-- One-time codes, and erasing a person.

-- The newest code of a person, and how often they were wrong. One row a person, and few have one.
CREATE TABLE codes (
    person_id bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    digest bytea,                                 -- keyed hash of the code; NULL = none waits
    kind text NOT NULL,                           -- what it confirms
    act text NOT NULL,                            -- and all that doing it takes, as JSON
    made_at timestamptz NOT NULL,
    tries integer NOT NULL CHECK (tries >= 0),    -- wrong ones since it was made
    failures integer NOT NULL CHECK (failures >= 0),
    failures_at timestamptz NOT NULL              -- the first of these
);
GRANT SELECT, INSERT, UPDATE ON codes TO chonoi_smsd;

-- How a number may stand in a text: 0912345678, +84 912 345 678, 84912.345.678.
CREATE FUNCTION number_pattern(msisdn text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '(\+?84|0)[ .-]?' || regexp_replace(substr(msisdn, 3), '(\d)(?=\d)', '\1[ .-]?', 'g');

-- A person who is erased loses the number, the name and all else at once; what is left of them goes with the next
-- `smsctl maintain`, as only the owner may delete. Until then their number stands here and nowhere else.
ALTER TABLE people ALTER COLUMN msisdn DROP NOT NULL; -- NULL = erased
ALTER TABLE listings ALTER COLUMN person_id DROP NOT NULL; -- NULL = whoever it was is erased
CREATE TABLE erasures (
    person_id bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    msisdn text NOT NULL,
    at timestamptz NOT NULL,
    pattern text NOT NULL GENERATED ALWAYS AS (number_pattern(msisdn)) STORED,
    taken boolean NOT NULL DEFAULT false -- by the run that is under way
);

-- What outlives a person: that they were erased, and so are not texted again unless they ask; and what they had agreed to
-- or refused. The digest is a keyed hash of the number (smsd/keyed/keyed.h); only who holds the key can tell whose it is.
CREATE TABLE consent_proofs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL,
    key_id text NOT NULL,
    kind text NOT NULL CHECK (kind <> ''), -- as in consent; 'erased'
    granted boolean NOT NULL,
    text_version text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX consent_proofs_digest ON consent_proofs (digest);

GRANT INSERT ON erasures TO chonoi_smsd;
GRANT SELECT, INSERT ON consent_proofs TO chonoi_smsd;
