-- SPDX-License-Identifier: Apache-2.0
--
-- What becomes of offers and bids.

-- name: own_listings_lock
-- The sender's own that a text names or could mean: those that stand, those last listed, the one with the code. Others
-- than their owner, whom the batch has locked, and the jobs, which skip what is locked, never change them.
SELECT l.id FROM listings l
 WHERE l.id IN (SELECT own.id
                  FROM unnest($1::text[], $2::text[]) AS asked(msisdn, code)
                  JOIN people p ON p.msisdn = asked.msisdn
                 CROSS JOIN LATERAL (
                    SELECT id FROM listings WHERE person_id = p.id AND state IN ('open', 'matched')
                    UNION ALL
                    SELECT id FROM listings WHERE code = asked.code AND person_id = p.id
                    UNION ALL
                    SELECT unnest(listings) FROM listing_lists WHERE person_id = p.id) AS own)
 ORDER BY l.id FOR NO KEY UPDATE;

-- name: own_listings
-- The person's own with their numbers: those that were last listed keep theirs for a month, in whatever state they are
-- now; behind them, oldest first, come the others that stand. `anew`: those that stand, from 1.
SELECT asked.n, own.number, l.id, l.code, l.person_id, l.state, l.side, l.commodity, (l.quantity * 1000)::bigint,
       l.base_unit, (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low, l.price_high, l.price_unit,
       l.place, l.ready - date 'epoch', l.until - date 'epoch', l.size, l.grade, l.state_of_goods
  FROM unnest($1::int[], $2::text[], $3::boolean[]) AS asked(n, msisdn, anew)
  JOIN people p ON p.msisdn = asked.msisdn
  LEFT JOIN listing_lists listed ON listed.person_id = p.id AND NOT asked.anew AND listed.at > now() - interval '30 days'
 CROSS JOIN LATERAL (
    SELECT id, number FROM unnest(listed.listings) WITH ORDINALITY AS told(id, number)
    UNION ALL
    (SELECT s.id, coalesce(cardinality(listed.listings), 0) + row_number() OVER (ORDER BY s.id)
       FROM listings s
      WHERE s.person_id = p.id AND s.state IN ('open', 'matched')
        AND (s.state = 'matched' OR s.until >= province_today())
        AND (listed.listings IS NULL OR s.id <> ALL (listed.listings))
      ORDER BY s.id LIMIT $4::int)) AS own
  JOIN listings l ON l.id = own.id
 ORDER BY asked.n, own.number LIMIT $4::int * cardinality($1::int[]);

-- name: own_sales
-- What the person said within a day that was sold, and did not take back.
SELECT asked.n, d.listing_id, (d.quantity * 1000)::bigint, d.unit, coalesce(d.price, 0), d.price_unit
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
  JOIN listings l ON l.person_id = p.id AND l.state IN ('open', 'matched')
  JOIN listing_deals d ON d.listing_id = l.id AND d.withdrawn_at IS NULL AND d.at > now() - interval '24 hours'
 ORDER BY asked.n, d.id;

-- name: listings_change
-- The owner's, whole as they are to be; the event says what is new. Who says within a day of a sale that there is more
-- than it left takes it back; so does, at any time, who offers again what a deal had taken.
WITH changed AS (
    UPDATE listings l
       SET state = u.state, quantity = nullif(u.quantity, 0) / 1000.0, base_unit = u.base_unit,
           entered_quantity = u.entered / 1000.0, entered_unit = u.entered_unit, price_low = u.price_low,
           price_high = u.price_high, price_unit = u.price_unit,
           price_factor = CASE WHEN u.price_unit = l.price_unit THEN l.price_factor
                               ELSE coalesce((SELECT (nullif(factor, '')::numeric * 1000)::bigint FROM units
                                               WHERE code = u.price_unit), 0) END,
           place = u.place,
           near = CASE WHEN u.place = l.place THEN l.near
                       ELSE coalesce((SELECT a.area FROM place_areas a WHERE a.place = u.place AND a.level = 'district'
                                       ORDER BY a.steps LIMIT 1), u.place) END,
           province = CASE WHEN u.place = l.place THEN l.province
                           ELSE coalesce((SELECT a.area FROM place_areas a WHERE a.place = u.place AND a.level = 'province'
                                           ORDER BY a.steps DESC LIMIT 1), '') END,
           ready = u.ready, until = u.until
      FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::text[],
                  $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::date[], $13::date[], $14::bigint[])
        AS u(id, person_id, state, quantity, base_unit, entered, entered_unit, price_low, price_high, price_unit, place,
             ready, until, inbound_id)
     WHERE l.id = u.id AND l.person_id = u.person_id
    RETURNING l AS now, u.inbound_id
), both_ways AS (
    SELECT was, c.now, c.inbound_id FROM changed c JOIN listings was ON was.id = (c.now).id
), taken_back AS (
    UPDATE listing_deals d SET withdrawn_at = moment($15::bigint)
      FROM both_ways b
     WHERE d.id = (SELECT max(id) FROM listing_deals WHERE listing_id = (b.now).id AND withdrawn_at IS NULL)
       AND (((b.was).state = 'matched' AND (b.now).state = 'open')
            OR (d.at > moment($15::bigint) - interval '1 day'
                AND (((b.was).state = 'sold' AND (b.now).state = 'open')
                     OR coalesce((b.now).quantity, (b.now).entered_quantity)
                        > coalesce((b.was).quantity, (b.was).entered_quantity))))
)
INSERT INTO listing_events (listing_id, state, person_id, inbound_id, at, changes)
SELECT (now).id, (now).state, (now).person_id, inbound_id, moment($15::bigint), listing_changes(was, now) FROM both_ways;

-- name: listing_deals_add
INSERT INTO listing_deals (listing_id, quantity, unit, price, price_unit, inbound_id, at)
SELECT listing_id, quantity / 1000.0, unit, nullif(price, 0), price_unit, inbound_id, moment($7::bigint)
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[])
    AS u(listing_id, quantity, unit, price, price_unit, inbound_id);

-- name: listing_lists_put
-- $2: each an array literal.
INSERT INTO listing_lists (person_id, listings, at)
SELECT person_id, listings::bigint[], moment($3::bigint) FROM unnest($1::bigint[], $2::text[]) AS u(person_id, listings)
    ON CONFLICT (person_id) DO UPDATE SET listings = excluded.listings, at = excluded.at;

-- name: listings_expire
-- A slice of those whose last day is over, the longest over first. What somebody is changing is skipped until the next
-- time.
WITH over AS MATERIALIZED (
    SELECT id FROM listings WHERE state = 'open' AND until < date 'epoch' + $1::int ORDER BY until LIMIT $2::int
), free AS (
    SELECT id FROM listings WHERE id = ANY (ARRAY(SELECT id FROM over)) AND state = 'open' AND until < date 'epoch' + $1::int
       FOR NO KEY UPDATE SKIP LOCKED
), expired AS (
    UPDATE listings l SET state = 'expired' FROM free WHERE l.id = free.id RETURNING l.id, l.state
), noted AS (
    INSERT INTO listing_events (listing_id, state, at) SELECT id, state, moment($3::bigint) FROM expired
)
SELECT count(*) FROM expired;

-- name: listings_ending
-- Whose listings stand until this day, so many people at most, without those who were told or want to be told nothing. The
-- key is what alerts_told keeps of it.
WITH ending AS MATERIALIZED (
    SELECT DISTINCT person_id FROM listings WHERE state = 'open' AND until = date 'epoch' + $1::int
), owners AS (
    SELECT p.id, p.lang
      FROM ending
     CROSS JOIN LATERAL (SELECT * FROM people WHERE id = ending.person_id AND stopped_at IS NULL OFFSET 0) AS p
     WHERE NOT EXISTS (SELECT FROM alerts_told t WHERE t.person_id = p.id AND t.key = $2::text)
     ORDER BY p.id LIMIT $3::int
)
SELECT o.lang, l.id, l.code, l.person_id, l.state, l.side, l.commodity, (l.quantity * 1000)::bigint, l.base_unit,
       (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low, l.price_high, l.price_unit, l.place,
       l.ready - date 'epoch', l.until - date 'epoch', l.size, l.grade, l.state_of_goods
  FROM owners o JOIN listings l ON l.person_id = o.id AND l.state = 'open' AND l.until = date 'epoch' + $1::int
 ORDER BY o.id, l.id;
