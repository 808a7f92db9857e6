-- SPDX-License-Identifier: Apache-2.0
--
-- Lists of other people's listings, shown page by page.

-- name: pages_find
-- What is left of the list a person was shown within a day, unless they posted something since: what still stands.
SELECT asked.n, shown.commodity, l.id, l.code, l.person_id, l.state, l.side, l.commodity,
       (l.quantity * 1000)::bigint, l.base_unit, (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low,
       l.price_high, l.price_unit, l.place, l.ready - date 'epoch', l.until - date 'epoch', l.size, l.grade,
       l.state_of_goods
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
  JOIN match_pages shown ON shown.person_id = p.id AND shown.at > now() - interval '1 day'
 CROSS JOIN LATERAL unnest(shown.listings) WITH ORDINALITY AS told(id, position)
 CROSS JOIN LATERAL (
    SELECT * FROM listings WHERE id = told.id AND state = 'open' AND until >= province_today() LIMIT 1) AS l
 WHERE told.position > shown.shown
   AND NOT EXISTS (SELECT FROM listings own WHERE own.person_id = p.id AND own.created_at > shown.at)
 ORDER BY asked.n, told.position;

-- name: pages_newest
-- The newest of the person's own that stands, when no list was shown after it: its matches are the list.
SELECT asked.n, l.id, l.code, l.person_id, l.state, l.side, l.commodity, (l.quantity * 1000)::bigint, l.base_unit,
       (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low, l.price_high, l.price_unit, l.place,
       l.ready - date 'epoch', l.until - date 'epoch', l.size, l.grade, l.state_of_goods
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT * FROM listings own WHERE own.person_id = p.id AND own.state = 'open' AND own.until >= province_today()
     ORDER BY own.created_at DESC, own.id DESC LIMIT 1) AS l
 WHERE NOT EXISTS (SELECT FROM match_pages shown
                    WHERE shown.person_id = p.id AND shown.at >= l.created_at
                      AND shown.at > now() - interval '1 day');

-- name: pages_put
-- $3: each an array literal.
INSERT INTO match_pages (person_id, commodity, listings, shown, at)
SELECT person_id, commodity, listings::bigint[], shown, moment($5::bigint)
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[]) AS u(person_id, commodity, listings, shown)
    ON CONFLICT (person_id) DO UPDATE SET
       commodity = excluded.commodity, listings = excluded.listings, shown = excluded.shown, at = excluded.at;
