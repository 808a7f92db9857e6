-- SPDX-License-Identifier: Apache-2.0
--
-- Who registers, and what people subscribe to.

-- name: people_name
UPDATE people p SET name = u.name FROM unnest($1::bigint[], $2::text[]) AS u(id, name) WHERE p.id = u.id;

-- name: crops_clear
DELETE FROM person_crops WHERE person_id = ANY ($1::bigint[]);

-- name: crops_add
INSERT INTO person_crops (person_id, commodity)
SELECT * FROM unnest($1::bigint[], $2::text[])
    ON CONFLICT DO NOTHING;

-- name: subscriptions_find
-- What a person is subscribed to, the newest first, for the lookups that want it.
SELECT asked.n, s.commodity, s.place
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT * FROM subscriptions s WHERE s.person_id = p.id ORDER BY s.at DESC, s.commodity, s.place LIMIT $3::int) AS s
 ORDER BY asked.n, s.at DESC, s.commodity, s.place;

-- name: subscriptions_add
-- Again is the same once more, under the words that hold now.
INSERT INTO subscriptions AS s (person_id, commodity, place, text_version, inbound_id, at)
SELECT u.*, moment($6::bigint)
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[]) AS u
    ON CONFLICT (person_id, commodity, place) DO NOTHING;

-- name: subscriptions_drop
-- An empty commodity is all that the person has.
DELETE FROM subscriptions s
 USING unnest($1::bigint[], $2::text[], $3::text[]) AS u(person_id, commodity, place)
 WHERE s.person_id = u.person_id AND (u.commodity = '' OR (s.commodity, s.place) = (u.commodity, u.place));

-- name: subscribers_page
-- The next subscriptions after one, and what each should be told: the newest price of the last seven days of the goods
-- or a kind of them in the area, once a week, and the newest forecast for them that holds, once. What was broadcast was told.
WITH this AS (
    SELECT (moment($1::bigint) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today
), page AS MATERIALIZED (
    SELECT s.person_id, s.commodity, s.place, p.lang,
           'price:' || s.commodity || ':' || s.place || ':' || to_char(this.today, 'IYYY-IW') AS key
      FROM this, subscriptions s JOIN people p ON p.id = s.person_id
     WHERE (s.person_id, s.commodity, s.place) > ($2::bigint, $3::text, $4::text)
       AND p.stopped_at IS NULL
     ORDER BY s.person_id, s.commodity, s.place LIMIT $5::int
)
SELECT page.person_id, page.lang, page.commodity, page.place, g.key, g.commodity, g.place, g.unit, g.size, g.grade,
       g.state, g.day - date '1970-01-01', g.low, g.high, g.reports, b.key, b.area, b.body,
       (b.published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - date '1970-01-01', coalesce(b.commodity = '', false)
  FROM page
  LEFT JOIN LATERAL (
    SELECT page.key, g.*
      FROM this CROSS JOIN commodity_kinds k
      JOIN price_groups g ON g.commodity = k.commodity AND g.day BETWEEN this.today - 6 AND this.today
      JOIN place_areas i ON i.place = g.place AND i.area = page.place
     WHERE k.kind = page.commodity
       AND NOT EXISTS (SELECT FROM alerts_told t WHERE t.person_id = page.person_id AND t.key = page.key)
     ORDER BY g.day DESC, basis_rank(g.basis), g.reports DESC, g.commodity, g.place LIMIT 1) AS g ON true
  LEFT JOIN LATERAL (
    SELECT 'bulletin:' || newest.id AS key, newest.area, newest.body, newest.published_at, newest.commodity
      FROM place_areas a
     CROSS JOIN LATERAL (
        SELECT b.id, b.area, b.body, b.published_at, b.commodity FROM this, bulletins b
         WHERE b.kind = 'forecast' AND b.area = a.area AND b.valid_until >= this.today AND b.broadcast_id IS NULL
           AND (b.commodity = '' OR EXISTS (SELECT FROM commodity_kinds k
                                             WHERE k.commodity = page.commodity AND k.kind = b.commodity))
         ORDER BY b.published_at DESC LIMIT 1) AS newest
     WHERE a.place = page.place
       AND NOT EXISTS (SELECT FROM alerts_told t
                        WHERE t.person_id = page.person_id AND t.key = 'bulletin:' || newest.id)
     ORDER BY a.steps LIMIT 1) AS b ON true
 ORDER BY page.person_id, page.commodity, page.place;
