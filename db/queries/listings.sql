-- SPDX-License-Identifier: Apache-2.0
--
-- Offers and bids.

-- name: listings_add
-- An empty text is "not said"; quantities come in thousandths.
WITH added AS (
    INSERT INTO listings (id, code, person_id, side, commodity, quantity, base_unit, entered_quantity, entered_unit,
                          price_low, price_high, price_unit, price_factor, place, province, near, ready, until, size, grade,
                          state_of_goods, inbound_id, text_hash, created_at)
    SELECT id, code, person_id, side, commodity, nullif(quantity, 0) / 1000.0, base_unit, entered / 1000.0,
           entered_unit, price_low, price_high, price_unit, price_factor, place,
           coalesce((SELECT a.area FROM place_areas a WHERE a.place = u.place AND a.level = 'province'
                      ORDER BY a.steps DESC LIMIT 1), ''),
           coalesce((SELECT a.area FROM place_areas a WHERE a.place = u.place AND a.level = 'district'
                      ORDER BY a.steps LIMIT 1), place),
           ready, until, size, grade, state_of_goods, inbound_id, text_hash, moment($21::bigint)
      FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[],
                  $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::date[],
                  $15::date[], $16::text[], $17::text[], $18::text[], $19::bigint[], $20::bigint[],
                  $22::bigint[])
        AS u(id, code, person_id, side, commodity, quantity, base_unit, entered, entered_unit, price_low, price_high,
             price_unit, place, ready, until, size, grade, state_of_goods, inbound_id, text_hash, price_factor)
    RETURNING id, state, person_id, inbound_id, created_at
)
INSERT INTO listing_events (listing_id, state, person_id, inbound_id, at) SELECT * FROM added;

-- name: listings_lots
-- What is open of the other side for the goods (what they are a kind of, and the kinds of them): the best of the district,
-- then the best of the province, then the best of the provinces that are linked with it, at most `max` in all. A step that
-- fills the number keeps the next ones from being looked at. Each kind is asked for its best, so no step reads more than
-- `max` rows of it, whatever there is.
SELECT asked.n, home.near, lot.step, l.id, l.person_id, (l.quantity * 1000)::bigint, (l.entered_quantity * 1000)::bigint,
       l.price_low, l.price_high, l.ready - date '1970-01-01', l.until - date '1970-01-01', l.code, l.commodity,
       l.base_unit, l.entered_unit, l.price_unit, l.place, l.size, l.grade, l.state_of_goods
  FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::int[])
    AS asked(n, commodity, place, side, max)
 CROSS JOIN LATERAL (
    SELECT coalesce((SELECT a.area FROM place_areas a WHERE a.place = asked.place AND a.level = 'district'
                      ORDER BY a.steps LIMIT 1), asked.place) AS near,
           (SELECT a.area FROM place_areas a WHERE a.place = asked.place AND a.level = 'province'
             ORDER BY a.steps DESC LIMIT 1) AS province OFFSET 0) AS home -- once, not for every lot
 CROSS JOIN LATERAL (
    WITH kin AS MATERIALIZED (
        SELECT kind AS commodity FROM commodity_kinds WHERE commodity = asked.commodity
        UNION SELECT commodity FROM commodity_kinds WHERE kind = asked.commodity
    )
    (SELECT 0 AS step, best.id, best.best
       FROM kin CROSS JOIN LATERAL (
        SELECT l.id, l.best FROM listings l
         WHERE l.commodity = kin.commodity AND l.side = asked.side AND l.near = home.near AND l.state = 'open'
           AND l.until >= province_today()
         ORDER BY l.best LIMIT asked.max) AS best
      ORDER BY best.best, best.id LIMIT asked.max)
    UNION ALL
    (SELECT 1, best.id, best.best
       FROM kin CROSS JOIN LATERAL (
        SELECT l.id, l.best FROM listings l
         WHERE l.commodity = kin.commodity AND l.side = asked.side AND l.province = home.province AND l.state = 'open'
           AND l.until >= province_today() AND l.near <> home.near
         ORDER BY l.best LIMIT asked.max) AS best
      ORDER BY best.best, best.id LIMIT asked.max)
    UNION ALL
    (SELECT 2, best.id, best.best
       FROM (SELECT DISTINCT w.area
               FROM place_areas mine
               JOIN links k ON k.province_code = mine.area
              CROSS JOIN LATERAL (SELECT a.area FROM place_areas a
                                   WHERE a.place = k.linked_code AND a.level = 'province'
                                   ORDER BY a.steps DESC LIMIT 1) AS w
              WHERE mine.place = asked.place AND mine.level = 'province' AND w.area <> home.province) AS linked
      CROSS JOIN kin CROSS JOIN LATERAL (
        SELECT l.id, l.best FROM listings l
         WHERE l.commodity = kin.commodity AND l.side = asked.side AND l.province = linked.area AND l.state = 'open'
           AND l.until >= province_today()
         ORDER BY l.best LIMIT asked.max) AS best
      ORDER BY best.best, best.id LIMIT asked.max)
    LIMIT asked.max) AS lot
  JOIN listings l ON l.id = lot.id
 ORDER BY asked.n, lot.step, lot.best, lot.id;

-- name: listings_find
-- What a lookup names: a public code (anybody's, in any state), or the text of one of the person's own that stands.
-- `what` says which: 0 code, 1 the same text.
SELECT asked.n, l.what, l.id, l.code, l.person_id, l.state, l.side, l.commodity, (l.quantity * 1000)::bigint, l.base_unit,
       (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low, l.price_high, l.price_unit, l.place,
       l.ready - date 'epoch', l.until - date 'epoch', l.size, l.grade, l.state_of_goods
  FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[]) AS asked(n, msisdn, code, text_hash)
 CROSS JOIN LATERAL (
    SELECT 0 AS what, l.* FROM listings l WHERE l.code = asked.code
    UNION ALL
    (SELECT 1, l.* FROM listings l JOIN people p ON p.id = l.person_id
      WHERE asked.text_hash IS NOT NULL AND p.msisdn = asked.msisdn AND l.state = 'open'
        AND l.text_hash = asked.text_hash AND l.until >= province_today()
      ORDER BY l.id DESC LIMIT 1)) AS l;

-- name: listings_phones
-- The number of a listing's owner: only where the last word on it was yes.
SELECT asked.n, p.msisdn
  FROM unnest($1::int[], $2::text[]) AS asked(n, code)
 CROSS JOIN LATERAL (SELECT person_id FROM listings WHERE code = asked.code LIMIT 1) AS l
  JOIN people p ON p.id = l.person_id
 WHERE (SELECT c.granted FROM consent c WHERE c.person_id = p.id AND c.kind = 'contact' ORDER BY c.at DESC, c.id DESC LIMIT 1);

-- name: listings_areas
-- After the map changed.
UPDATE listings l SET province = now.province, near = now.near
  FROM (SELECT p.code AS place,
               coalesce((SELECT a.area FROM place_areas a WHERE a.place = p.code AND a.level = 'province'
                          ORDER BY a.steps DESC LIMIT 1), '') AS province,
               coalesce((SELECT a.area FROM place_areas a WHERE a.place = p.code AND a.level = 'district'
                          ORDER BY a.steps LIMIT 1), p.code) AS near
          FROM places p) AS now
 WHERE l.state = 'open' AND l.place = now.place AND (l.province, l.near) <> (now.province, now.near);
