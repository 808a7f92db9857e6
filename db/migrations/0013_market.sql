-- SPDX-License-Identifier: Apache-2.0
--
-- Offers and requests find one another, and people are told of it without having written.

-- What somebody was told on our own account, so that it is told once. The key says what: 'match:B7K2:C3M4'.
CREATE TABLE alerts_told (
    person_id bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    key text NOT NULL CHECK (key <> ''),
    at timestamptz NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX alerts_told_age ON alerts_told USING brin (at);
GRANT SELECT, INSERT, DELETE ON alerts_told TO chonoi_smsd; -- they go with what they were about
GRANT UPDATE ON alerts_told TO chonoi_smsd;                 -- FOR UPDATE asks for it
