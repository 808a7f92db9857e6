-- SPDX-License-Identifier: Apache-2.0
--
-- What officers publish, and the supply that is announced.

-- name: bulletins_find
-- The newest of a kind that still holds, for the narrowest area around the place that has one: of the goods, or of all.
-- What was broadcast holds until that ends, or is cancelled.
WITH asked AS (
    SELECT u.n, u.kind, u.commodity, coalesce(nullif(u.place, ''), nullif(p.place, ''), $6::text) AS place
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) AS u(n, msisdn, place, kind, commodity)
      LEFT JOIN people p ON p.msisdn = u.msisdn
)
SELECT asked.n, b.area, b.body, (b.published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - date '1970-01-01'
  FROM asked
 CROSS JOIN LATERAL (
    SELECT newest.*
      FROM place_areas a
     CROSS JOIN LATERAL (
        SELECT b.area, b.body, b.published_at FROM bulletins b LEFT JOIN broadcasts c ON c.id = b.broadcast_id
         WHERE b.kind = asked.kind AND b.area = a.area AND b.valid_until >= province_today()
           AND (b.commodity = '' OR EXISTS (SELECT FROM commodity_kinds k
                                             WHERE k.commodity = asked.commodity AND k.kind = b.commodity))
           AND (c.id IS NULL OR (c.state <> 'cancelled' AND c.expires_at > now()))
         ORDER BY b.published_at DESC LIMIT 1) AS newest
     WHERE a.place = asked.place
     ORDER BY a.steps LIMIT 1) AS b;

-- name: bulletin_publish
-- Nothing comes back when the place or the goods are not known.
INSERT INTO bulletins (kind, area, commodity, body, valid_from, valid_until, published_by, published_at)
SELECT $1::text, p.code, $3::text, $4::text, d.day, d.day + $5::int - 1, $6::text, moment($7::bigint)
  FROM places p, (SELECT (moment($7::bigint) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day) AS d
 WHERE p.code = $2::text AND ($3::text = '' OR EXISTS (SELECT FROM commodities c WHERE c.code = $3::text))
RETURNING id;

-- name: bulletins_list
SELECT id, kind, area, commodity, body, valid_until::text, published_by, micros(published_at)
  FROM bulletins ORDER BY published_at DESC, id DESC LIMIT $1::int;

-- name: supply_find
-- For the place that is named, or the narrowest area around it where anything is announced; for who names none, the
-- province of the person's own place.
WITH asked AS (
    SELECT u.n, u.commodity, u.place <> '' AS named, coalesce(nullif(u.place, ''), nullif(p.place, ''), $5::text) AS place
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS u(n, msisdn, place, commodity)
      LEFT JOIN people p ON p.msisdn = u.msisdn
)
SELECT asked.n, s.area, s.base_unit, s.sellers, s.buyers, w.week - date '1970-01-01',
       (w.offered * 1000)::bigint, (w.wanted * 1000)::bigint
  FROM asked
 CROSS JOIN LATERAL (
    SELECT s.* FROM place_areas a JOIN supply s ON s.commodity = asked.commodity AND s.area = a.area
     WHERE a.place = asked.place AND (asked.named OR a.level IN ('province', 'region'))
     ORDER BY a.steps LIMIT 1) AS s
 CROSS JOIN LATERAL unnest(s.weeks, s.offered, s.wanted) WITH ORDINALITY AS w(week, offered, wanted, i)
 ORDER BY asked.n, w.i;

-- name: supply_claim
-- The goods counted longest ago, if that was before $2. Of several instances one gets them; they are its own until it
-- commits.
INSERT INTO supply_counted AS s (commodity, at)
SELECT c.code, moment($1::bigint) FROM commodities c LEFT JOIN supply_counted t ON t.commodity = c.code
 WHERE t.at IS NULL OR t.at <= moment($2::bigint)
 ORDER BY t.at NULLS FIRST, c.code LIMIT 1
    ON CONFLICT (commodity) DO UPDATE SET at = excluded.at WHERE s.at <= moment($2::bigint)
RETURNING commodity;

-- name: supply_clear
DELETE FROM supply WHERE commodity = $1::text;

-- name: supply_count
-- Of goods and their kinds, in the unit that most listings have. What is ready already, or says nothing of it, counts in
-- the present week; what is ready in eight weeks or later is left out.
WITH this AS (
    SELECT date_trunc('week', today)::date AS week, today
      FROM (SELECT (moment($2::bigint) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS today) AS t
), lots AS MATERIALIZED (
    SELECT l.side, l.person_id, l.place, l.quantity, l.base_unit,
           greatest(date_trunc('week', coalesce(l.ready, this.today))::date, this.week) AS week
      FROM this, commodity_kinds k JOIN listings l ON l.commodity = k.commodity
     WHERE k.kind = $1::text AND l.state = 'open' AND l.until >= this.today AND l.quantity > 0
       AND (l.ready IS NULL OR l.ready < this.week + 8 * 7)
), told AS (
    SELECT base_unit FROM lots GROUP BY base_unit ORDER BY count(*) DESC, base_unit LIMIT 1
), sums AS ( -- by place first: of these there are few
    SELECT place, week, coalesce(sum(quantity) FILTER (WHERE side = 's'), 0) AS offered,
           coalesce(sum(quantity) FILTER (WHERE side = 'b'), 0) AS wanted
      FROM lots JOIN told USING (base_unit) GROUP BY place, week
), weeks AS (
    SELECT a.area, week, sum(offered) AS offered, sum(wanted) AS wanted
      FROM sums JOIN place_areas a ON a.place = sums.place AND a.level <> 'country'
     GROUP BY a.area, week
), owners AS ( -- by the places where each has some, which are the same for many: nearly all have theirs in one
    SELECT side, places, count(*) AS n
      FROM (SELECT side, person_id, array_agg(place ORDER BY place) AS places
              FROM (SELECT DISTINCT person_id, side, place FROM lots JOIN told USING (base_unit)) AS here
             GROUP BY person_id, side) AS each
     GROUP BY side, places
), people AS ( -- each counts once in an area, whatever he has there
    SELECT area, coalesce(sum(n) FILTER (WHERE side = 's'), 0) AS sellers,
           coalesce(sum(n) FILTER (WHERE side = 'b'), 0) AS buyers
      FROM owners CROSS JOIN LATERAL (
        SELECT DISTINCT a.area FROM unnest(places) AS p(place)
          JOIN place_areas a ON a.place = p.place AND a.level <> 'country') AS there
     GROUP BY area
)
INSERT INTO supply (commodity, area, base_unit, sellers, buyers, weeks, offered, wanted)
SELECT $1::text, area, (SELECT base_unit FROM told), p.sellers, p.buyers, array_agg(week ORDER BY week),
       array_agg(offered ORDER BY week), array_agg(wanted ORDER BY week)
  FROM weeks JOIN people p USING (area)
 GROUP BY area, p.sellers, p.buyers;
