-- SPDX-License-Identifier: Apache-2.0
--
-- Offers and bids.

-- name: listings_add
-- An empty text is "not said"; quantities come in thousandths.
WITH added AS (
    INSERT INTO listings (id, code, person_id, side, commodity, quantity, base_unit, entered_quantity, entered_unit,
                          price_low, price_high, price_unit, place, province, ready, until, size, grade,
                          state_of_goods, inbound_id, text_hash, created_at)
    SELECT id, code, person_id, side, commodity, nullif(quantity, 0) / 1000.0, base_unit, entered / 1000.0,
           entered_unit, price_low, price_high, price_unit, place,
           coalesce((SELECT a.area FROM place_areas a WHERE a.place = u.place AND a.level = 'province'
                      ORDER BY a.steps DESC LIMIT 1), ''),
           ready, until, size, grade, state_of_goods, inbound_id, text_hash, moment($21::bigint)
      FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[],
                  $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::date[],
                  $15::date[], $16::text[], $17::text[], $18::text[], $19::bigint[], $20::bigint[])
        AS u(id, code, person_id, side, commodity, quantity, base_unit, entered, entered_unit, price_low, price_high,
             price_unit, place, ready, until, size, grade, state_of_goods, inbound_id, text_hash)
    RETURNING id, state, person_id, inbound_id, created_at
)
INSERT INTO listing_events (listing_id, state, person_id, inbound_id, at) SELECT * FROM added;

-- name: listings_count
-- Open listings of the other side for the goods (what they are a kind of, and the kinds of them) in the province of
-- the place: the new map's, in which the old one's lies whole. Beyond OTHERS_MAX nobody counts.
SELECT asked.n, others.n
  FROM unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[])
    AS asked(n, person_id, commodity, place, side)
 CROSS JOIN LATERAL (
    SELECT a.area FROM place_areas a WHERE a.place = asked.place AND a.level = 'province'
     ORDER BY a.steps DESC LIMIT 1) AS province
 CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM (
        SELECT FROM (SELECT kind FROM commodity_kinds WHERE commodity = asked.commodity
                     UNION SELECT commodity FROM commodity_kinds WHERE kind = asked.commodity) AS kin(commodity)
          JOIN listings l ON l.commodity = kin.commodity AND l.side = asked.side AND l.province = province.area
                         AND l.until >= province_today() AND l.state = 'open'
         WHERE l.person_id <> asked.person_id
         LIMIT $6::int + 1) AS counted) AS others;

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

-- name: listings_provinces
-- After the map changed.
UPDATE listings l SET province = now.area
  FROM (SELECT DISTINCT ON (place) place, area FROM place_areas WHERE level = 'province' ORDER BY place, steps DESC) AS now
 WHERE l.state = 'open' AND l.place = now.place AND l.province <> now.area;
