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

-- A table whose row type a function takes cannot be rewritten; it comes back at the end, and passes over what only follows from
-- other columns.
DROP FUNCTION listing_changes;

-- Where goods are looked for first: the old map's district of a listing's place, or the place itself where it lies in none.
ALTER TABLE listings ADD COLUMN near text NOT NULL DEFAULT '';
UPDATE listings l
   SET near = coalesce((SELECT a.area FROM place_areas a WHERE a.place = l.place AND a.level = 'district'
                         ORDER BY a.steps LIMIT 1), l.place)
 WHERE state = 'open';

-- How good a listing is for the other side, the best first: what an offer asks, what a request pays (negative), in đồng
-- per thousand base units; NULL, and so last, where the price is to be agreed or its unit has no fixed size.
ALTER TABLE listings ADD COLUMN price_factor bigint NOT NULL DEFAULT 0 CHECK (price_factor >= 0); -- of price_unit, in thousandths of its base
ALTER TABLE listings ADD COLUMN best bigint GENERATED ALWAYS AS (
    CASE WHEN price_factor > 0 THEN
        CASE side WHEN 's' THEN least(coalesce(nullif(price_low, 0), nullif(price_high, 0)), 1000000000000)
                  ELSE -least(coalesce(nullif(price_high, 0), nullif(price_low, 0)), 1000000000000) END
        * 1000000 / price_factor
    END) STORED;

-- Goods of one kind and side, the best first, in a district and in a province.
CREATE INDEX listings_open_near ON listings (commodity, side, near, best) INCLUDE (until, id) WHERE state = 'open';
CREATE INDEX listings_open_best ON listings (commodity, side, province, best) INCLUDE (until, id, near) WHERE state = 'open';
DROP INDEX listings_open_province;

CREATE FUNCTION listing_changes(before listings, after listings) RETURNS jsonb LANGUAGE sql STABLE
    RETURN (SELECT jsonb_object_agg(key, jsonb_build_array(b.value, a.value))
              FROM jsonb_each(to_jsonb(before)) AS b JOIN jsonb_each(to_jsonb(after)) AS a USING (key)
             WHERE b.value <> a.value AND key NOT IN ('state', 'near', 'price_factor', 'best'));

-- The list of other people's listings that a person was last shown, in its order, and how many of it: TIEP shows the next.
CREATE TABLE match_pages (
    person_id bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    commodity text NOT NULL, -- what was asked for
    listings bigint[] NOT NULL,
    shown integer NOT NULL,
    at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON match_pages TO chonoi_smsd;

-- How far the events of listings were read for those whom they may interest (db/matches.h). Who reads holds the row.
CREATE TABLE match_feed (
    settled bigint NOT NULL,  -- every event up to this id was read
    seen bigint NOT NULL,     -- the last id that was given out when the transaction `unsettled` had not begun
    unsettled xid8 NOT NULL,  -- once all before it are over, `seen` is settled
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
INSERT INTO match_feed (settled, seen, unsettled) SELECT coalesce(max(id), 0), coalesce(max(id), 0), '0' FROM listing_events;
GRANT SELECT, UPDATE ON match_feed TO chonoi_smsd;
GRANT SELECT ON SEQUENCE listing_events_id_seq TO chonoi_smsd;

-- Who writes to whom through us about a listing, neither knowing the other's number: what both answer to is `code`, of the same
-- kind as those of listings and never one of them.
CREATE TABLE relays (
    code text PRIMARY KEY CHECK (code <> ''),
    listing_id bigint NOT NULL,
    owner bigint NOT NULL REFERENCES people ON DELETE CASCADE, -- of the listing
    asker bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    stopped_by bigint, -- the one of the two who wants no more of it
    at timestamptz NOT NULL,
    UNIQUE (listing_id, asker)
);
CREATE INDEX relays_owner ON relays (owner);
CREATE INDEX relays_asker ON relays (asker);
CREATE TABLE relays_sent ( -- how much somebody has passed on
    sender bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    at timestamptz NOT NULL
);
CREATE INDEX relays_sent_sender ON relays_sent (sender, at);
GRANT SELECT, INSERT, UPDATE ON relays TO chonoi_smsd;
GRANT SELECT, INSERT ON relays_sent TO chonoi_smsd;
