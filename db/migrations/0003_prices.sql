-- SPDX-License-Identifier: Apache-2.0
--
-- Prices: reports as they came, and the groups that answers are made of.

-- The value of one attribute in "state=fresh;grade=1"; '' when it is not there.
CREATE FUNCTION attr_value(attrs text, name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(substring(attrs FROM '(?:^|;)' || name || '=([^;]*)'), '');

-- A size is named or is a bare weight: "size=50", "300-400g", ">=1.2kg".
CREATE FUNCTION attr_size(attrs text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(substring(attrs FROM '(?:^|;)size=([^;]*)'),
                    substring(attrs FROM '(?:^|;)([<>=]*[0-9][0-9.-]*k?g)(?:;|$)'), '');

-- What is left without size, grade and state: "tie=cloth", "area=Ba Tri".
CREATE FUNCTION attr_rest(attrs text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN btrim(regexp_replace(
        regexp_replace(attrs, '(^|;)(?:(?:size|grade|state)=[^;]*|[<>=]*[0-9][0-9.-]*k?g(?=;|$))', '', 'g'),
        ';+', ';', 'g'), ';');

CREATE TABLE price_reports (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day date NOT NULL,
    commodity text NOT NULL REFERENCES commodities,
    place text NOT NULL REFERENCES places,
    price bigint NOT NULL CHECK (price > 0), -- đồng per unit
    low bigint CHECK (low > 0),
    high bigint CHECK (high >= low),
    unit text NOT NULL REFERENCES units,
    attrs text NOT NULL DEFAULT '',
    size text NOT NULL GENERATED ALWAYS AS (attr_size(attrs)) STORED,
    grade text NOT NULL GENERATED ALWAYS AS (attr_value(attrs, 'grade')) STORED,
    state text NOT NULL GENERATED ALWAYS AS (attr_value(attrs, 'state')) STORED,
    rest text NOT NULL GENERATED ALWAYS AS (attr_rest(attrs)) STORED,
    basis text NOT NULL DEFAULT '', -- farmgate, trader_buy, factory, wholesale, retail
    kind text NOT NULL CHECK (kind IN ('seed', 'officer', 'deal')),
    date_precision text NOT NULL DEFAULT 'day' CHECK (date_precision IN ('day', 'week', 'month', 'approx')),
    source text NOT NULL DEFAULT '',
    source_url text NOT NULL DEFAULT '',
    reported_at timestamptz NOT NULL DEFAULT now(),
    seeded jsonb
);
CREATE UNIQUE INDEX price_reports_seed_key
    ON price_reports (day, commodity, place, unit, attrs, basis, price, source_url) WHERE kind = 'seed';
CREATE INDEX price_reports_day ON price_reports (commodity, day);

-- Reports that may be told as one price: never of different places, days, variants, units or bases.
CREATE TABLE price_groups (
    commodity text NOT NULL,
    day date NOT NULL,
    place text NOT NULL,
    unit text NOT NULL,
    basis text NOT NULL,
    size text NOT NULL,
    grade text NOT NULL,
    state text NOT NULL,
    rest text NOT NULL,
    low bigint NOT NULL,
    median bigint NOT NULL,
    high bigint NOT NULL,
    reports integer NOT NULL CHECK (reports > 0),
    PRIMARY KEY (commodity, day, place, unit, basis, size, grade, state, rest)
);

-- How near a basis is to what a farmer is paid: 1 is nearest.
CREATE FUNCTION basis_rank(basis text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(array_position(ARRAY['farmgate', 'trader_buy', 'factory', 'wholesale', 'retail'], basis), 6);

GRANT SELECT ON price_reports, price_groups TO chonoi_smsd;
