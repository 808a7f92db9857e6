-- SPDX-License-Identifier: Apache-2.0
--
-- The life of a listing: how long it stands, what was changed and by whom, what was sold.

-- For how many days an offer or a request of such goods stands; '' = as those it is a kind of.
ALTER TABLE commodities ADD COLUMN stands_days text NOT NULL DEFAULT '';
-- What was seeded before was seeded without: the next seed fills it in.
UPDATE commodities SET seeded = seeded || '{"stands_days": ""}' WHERE seeded IS NOT NULL;

COMMENT ON COLUMN listings.quantity IS 'what is left of it';
COMMENT ON COLUMN listings.entered_quantity IS 'what is left of it';

-- Who has expired may still be sold or stand again, who was sold may have been a slip; what was cancelled is over.
CREATE FUNCTION listing_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('open', 'matched'), ('open', 'sold'), ('open', 'cancelled'), ('open', 'expired'),
                                      ('matched', 'open'), ('matched', 'sold'), ('matched', 'cancelled'),
                                      ('expired', 'open'), ('expired', 'sold'), ('sold', 'open')) THEN
        RAISE check_violation USING MESSAGE = format('a listing that is %s does not become %s', OLD.state, NEW.state),
                                    TABLE = 'listings', CONSTRAINT = 'listing_step';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER listing_step BEFORE UPDATE OF state ON listings
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION listing_step();

-- The history: each event with what it changed besides the state, {"price_low": [8500, 8400]}; NULL = nothing.
ALTER TABLE listing_events ADD COLUMN changes jsonb;
CREATE FUNCTION listing_changes(before listings, after listings) RETURNS jsonb LANGUAGE sql STABLE
    RETURN (SELECT jsonb_object_agg(key, jsonb_build_array(b.value, a.value))
              FROM jsonb_each(to_jsonb(before)) AS b JOIN jsonb_each(to_jsonb(after)) AS a USING (key)
             WHERE b.value <> a.value AND key <> 'state');

-- Those that stand are listed for their owner, whether a deal is under way or not.
DROP INDEX listings_open_person;
CREATE INDEX listings_standing_person ON listings (person_id, text_hash) WHERE state IN ('open', 'matched');

-- What was sold (or bought) of a listing, as its owner says.
CREATE TABLE listing_deals (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listing_id bigint NOT NULL REFERENCES listings ON DELETE CASCADE,
    quantity numeric(18, 3) NOT NULL CHECK (quantity > 0),
    unit text NOT NULL,
    price bigint CHECK (price > 0), -- đồng per price_unit; NULL = not said
    price_unit text NOT NULL DEFAULT '',
    inbound_id bigint NOT NULL, -- by which text
    at timestamptz NOT NULL,
    withdrawn_at timestamptz,   -- it was a slip
    CHECK (price IS NULL OR price_unit <> '')
);
CREATE INDEX listing_deals_listing ON listing_deals (listing_id);

-- The numbers that a person's listings had when they were last listed: HUY 2 means the second of these, and the same one
-- when it comes again.
CREATE TABLE listing_lists (
    person_id bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    listings bigint[] NOT NULL,
    at timestamptz NOT NULL
);

GRANT SELECT, INSERT ON listing_deals TO chonoi_smsd;
GRANT UPDATE (withdrawn_at) ON listing_deals TO chonoi_smsd;
GRANT SELECT, INSERT, UPDATE ON listing_lists TO chonoi_smsd;
