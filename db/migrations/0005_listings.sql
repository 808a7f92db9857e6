-- SPDX-License-Identifier: Apache-2.0
--
-- Offers and bids, and what happened to them.

CREATE SEQUENCE message_ids INCREMENT BY 1024; -- inbound, outbox and listings; a connection takes 1,024 at a time
CREATE SEQUENCE listing_serials INCREMENT BY 64 MINVALUE 0 START WITH 0; -- listing_code_make's n, 64 at a time

CREATE TABLE listings (
    id bigint PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code <> ''),
    person_id bigint NOT NULL REFERENCES people,
    side text NOT NULL CHECK (side IN ('s', 'b')), -- sells, buys
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'cancelled', 'expired', 'sold', 'matched')),
    commodity text NOT NULL REFERENCES commodities,
    quantity numeric(18, 3) CHECK (quantity > 0), -- in base_unit; NULL = the entered unit has no fixed size
    base_unit text NOT NULL,
    entered_quantity numeric(18, 3) NOT NULL CHECK (entered_quantity > 0),
    entered_unit text NOT NULL,
    price_low bigint NOT NULL DEFAULT 0 CHECK (price_low >= 0),   -- đồng per price_unit; both 0 = to be agreed,
    price_high bigint NOT NULL DEFAULT 0 CHECK (price_high >= 0), -- one 0 = only a ceiling or only a floor
    price_unit text NOT NULL DEFAULT '',
    place text NOT NULL REFERENCES places,
    ready date,
    until date NOT NULL,
    size text NOT NULL DEFAULT '',
    grade text NOT NULL DEFAULT '',
    state_of_goods text NOT NULL DEFAULT '',
    inbound_id bigint NOT NULL,
    text_hash bigint NOT NULL,
    created_at timestamptz NOT NULL,
    CHECK (price_low = 0 OR price_high = 0 OR price_low <= price_high),
    CHECK (price_unit <> '' OR (price_low = 0 AND price_high = 0))
) WITH (fillfactor = 90);
CREATE INDEX listings_open_goods ON listings (commodity, side, until) WHERE state = 'open';
CREATE INDEX listings_open_person ON listings (person_id) WHERE state = 'open';

CREATE TABLE listing_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listing_id bigint NOT NULL REFERENCES listings ON DELETE CASCADE,
    state text NOT NULL,
    person_id bigint,  -- whose doing; NULL = ours
    inbound_id bigint, -- by which text
    at timestamptz NOT NULL
);
CREATE INDEX listing_events_listing ON listing_events (listing_id);

GRANT USAGE ON message_ids, listing_serials TO chonoi_smsd;
GRANT SELECT, INSERT, UPDATE ON listings TO chonoi_smsd;
GRANT SELECT, INSERT ON listing_events TO chonoi_smsd;
