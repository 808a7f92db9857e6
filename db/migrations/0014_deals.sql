-- SPDX-License-Identifier: Apache-2.0
--
-- Deals that clearing proposes to the owner of an offer and the owner of a request, and what they said to them. While a deal
-- is proposed its quantity is reserved on both listings: it is not proposed to anybody else.

CREATE TABLE deals (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code <> ''), -- what is answered to: NHAN M4K7; never the code of a listing
    sell_id bigint NOT NULL, -- listings
    buy_id bigint NOT NULL,
    seller bigint REFERENCES people ON DELETE SET NULL, -- NULL = erased
    buyer bigint REFERENCES people ON DELETE SET NULL,
    quantity numeric(18, 3) NOT NULL CHECK (quantity > 0), -- in base_unit, as the listings'
    base_unit text NOT NULL,
    price bigint NOT NULL CHECK (price > 0), -- đồng per price_unit
    price_unit text NOT NULL CHECK (price_unit <> ''),
    sell_price bigint NOT NULL, -- what the two asked and bid when it was proposed: the listings' price_low and price_high
    buy_price bigint NOT NULL,
    state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'accepted', 'refused', 'expired', 'withdrawn')),
    seller_at timestamptz, -- accepted it
    buyer_at timestamptz,
    proposed_at timestamptz NOT NULL,
    until timestamptz NOT NULL, -- reserved so long
    closed_at timestamptz,
    CHECK (state <> 'accepted' OR (seller_at IS NOT NULL AND buyer_at IS NOT NULL)),
    CHECK ((state = 'proposed') = (closed_at IS NULL))
);
-- Nothing is proposed again to the same two at the same prices, whatever they said.
CREATE UNIQUE INDEX deals_once ON deals (sell_id, buy_id, sell_price, buy_price) WHERE state <> 'withdrawn';
CREATE INDEX deals_sell ON deals (sell_id) WHERE state = 'proposed';
CREATE INDEX deals_buy ON deals (buy_id) WHERE state = 'proposed';
CREATE INDEX deals_seller ON deals (seller, state);
CREATE INDEX deals_buyer ON deals (buyer, state);
CREATE INDEX deals_due ON deals (until) WHERE state = 'proposed';

-- The number of somebody whose last word was that it may be shown; NULL = it may not.
CREATE FUNCTION shown_number(person bigint, msisdn text) RETURNS text LANGUAGE sql STABLE
    RETURN CASE WHEN (SELECT c.granted FROM consent c WHERE c.person_id = person AND c.kind = 'contact'
                       ORDER BY c.at DESC, c.id DESC LIMIT 1) THEN msisdn END;

-- A deal as each of the two sees it. It stands while both listings bear it: open, with so much left, at the same prices.
CREATE VIEW deal_parties AS
SELECT d.id, d.code, d.state, side.side, side.person_id, p.lang, side.accepted_at IS NOT NULL AS accepted,
       side.other_id, o.lang AS other_lang, side.other_accepted_at IS NOT NULL AS other_accepted,
       (side.listing).id AS listing_id, (side.listing).code AS listing, (side.listing).quantity AS whole,
       (side.listing).entered_quantity, (side.listing).entered_unit, (side.listing).place,
       shown_number(p.id, p.msisdn) AS contact, (side.other).id AS other_listing_id, (side.other).code AS other_listing, (side.other).quantity AS other_whole,
       (side.other).entered_quantity AS other_entered_quantity, (side.other).entered_unit AS other_entered_unit,
       (side.other).place AS other_place, shown_number(o.id, o.msisdn) AS other_contact,
       d.quantity, d.base_unit, d.price, d.price_unit, s.commodity, s.size, s.grade, s.state_of_goods, d.until,
       d.seller IS NOT NULL AND s.state = 'open' AND s.quantity >= d.quantity AND s.price_low = d.sell_price AND
       d.buyer IS NOT NULL AND b.state = 'open' AND b.quantity >= d.quantity AND b.price_high = d.buy_price AS stands
  FROM deals d
  JOIN listings s ON s.id = d.sell_id
  JOIN listings b ON b.id = d.buy_id
 CROSS JOIN LATERAL (VALUES ('s', d.seller, d.seller_at, s, d.buyer, d.buyer_at, b),
                            ('b', d.buyer, d.buyer_at, b, d.seller, d.seller_at, s))
    AS side(side, person_id, accepted_at, listing, other_id, other_accepted_at, other)
  LEFT JOIN people p ON p.id = side.person_id
  LEFT JOIN people o ON o.id = side.other_id;

-- When the market was last cleared: who moves it on clears it, the other instances do not.
CREATE TABLE clearing_runs (
    started_at timestamptz NOT NULL,
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
INSERT INTO clearing_runs (started_at) VALUES (now());

GRANT SELECT, INSERT ON deals TO chonoi_smsd;
GRANT UPDATE (state, seller_at, buyer_at, closed_at) ON deals TO chonoi_smsd;
GRANT SELECT ON deal_parties TO chonoi_smsd;
GRANT SELECT, UPDATE ON clearing_runs TO chonoi_smsd;
