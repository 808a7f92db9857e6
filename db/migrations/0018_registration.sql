-- SPDX-License-Identifier: Apache-2.0
--
-- What people register and subscribe to, what officers publish, and the supply that is announced by week.

-- As they wrote it; '' = not told.
ALTER TABLE people ADD COLUMN name text NOT NULL DEFAULT '' CHECK (char_length(name) <= 60);

-- What a person grows and raises.
CREATE TABLE person_crops (
    person_id bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    commodity text NOT NULL,
    PRIMARY KEY (person_id, commodity)
);

-- Prices and forecasts of goods in a place, sent without being asked for: each with the words it was agreed to under
-- and the text that proves it. TC takes all of a person's away.
CREATE TABLE subscriptions (
    person_id bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    commodity text NOT NULL,
    place text NOT NULL, -- an area: all that lies in it
    text_version text NOT NULL,
    inbound_id bigint NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (person_id, commodity, place)
);
CREATE INDEX subscriptions_goods ON subscriptions (commodity, place);

-- What officers publish, told to whoever asks within its days; the newest for an area counts.
CREATE TABLE bulletins (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('weather', 'salinity', 'forecast')),
    area text NOT NULL REFERENCES places,
    commodity text NOT NULL DEFAULT '', -- of a forecast; '' = of all goods
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 140 AND body !~ '[#&%{}\\<@\[\]]'), -- barred in texts
    valid_from date NOT NULL,
    valid_until date NOT NULL CHECK (valid_until >= valid_from),
    published_by text NOT NULL CHECK (published_by <> ''),
    published_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX bulletins_newest ON bulletins (kind, area, published_at DESC);

-- Open lots and requests of goods (their kinds included) in an area, summed by the week they are ready for: one row is
-- one answer. Made anew by a job, so at most an hour old.
CREATE TABLE supply (
    commodity text NOT NULL,
    area text NOT NULL,
    base_unit text NOT NULL,     -- of all sums; listings in others are left out
    sellers integer NOT NULL,    -- people
    buyers integer NOT NULL,
    weeks date[] NOT NULL,       -- Mondays
    offered numeric[] NOT NULL,  -- of each week
    wanted numeric[] NOT NULL,
    PRIMARY KEY (commodity, area)
);

-- When the supply of an entry was counted last: the entry that waits longest comes next.
CREATE TABLE supply_counted (
    commodity text PRIMARY KEY,
    at timestamptz NOT NULL
);

GRANT SELECT, INSERT, DELETE ON person_crops, subscriptions TO chonoi_smsd;
GRANT SELECT ON bulletins TO chonoi_smsd;
GRANT SELECT, INSERT, DELETE ON supply TO chonoi_smsd;
GRANT SELECT, INSERT, UPDATE ON supply_counted TO chonoi_smsd;
