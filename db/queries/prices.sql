-- SPDX-License-Identifier: Apache-2.0
--
-- Prices near a place; db/prices.h says how they are chosen.

-- name: prices_near
-- asked   the lookups; no place means the person's own, else home
-- tries   with the size asked for, then with any
-- goods   the entry itself; without any price its kinds; without those what it is a kind of
-- chosen  the narrowest area with a group of the last 14 days (or a region, of whatever day), and the newest day there
-- spot    one place of that area and day: the nearest, then the basis nearest to a farmer's, then most reports
WITH asked AS (
    SELECT u.n, u.commodity, u.size, coalesce(nullif(u.place, ''), nullif(p.place, ''), $6) AS place
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
        AS u(n, msisdn, commodity, place, size)
      LEFT JOIN people p ON p.msisdn = u.msisdn
), tries AS (
    SELECT n, commodity, place, size FROM asked WHERE size <> ''
    UNION ALL
    SELECT n, commodity, place, '' FROM asked
), goods AS (
    SELECT asked.n, kin.commodity
      FROM asked CROSS JOIN LATERAL (
        SELECT k.commodity
          FROM (SELECT asked.commodity AS commodity, 0 AS away
                UNION ALL SELECT d.commodity, 1 FROM commodity_kinds d WHERE d.kind = asked.commodity AND d.steps > 0
                UNION ALL SELECT u.kind, 1 + u.steps FROM commodity_kinds u
                           WHERE u.commodity = asked.commodity AND u.steps > 0) AS k
         WHERE EXISTS (SELECT FROM price_groups g WHERE g.commodity = k.commodity)
         ORDER BY k.away FETCH FIRST ROW WITH TIES) AS kin
), chosen AS (
    SELECT DISTINCT ON (t.n) t.n, t.place AS asked_place, t.size, a.area, newest.day
      FROM tries t
      JOIN place_areas a ON a.place = t.place
     CROSS JOIN LATERAL (
        SELECT max(latest.day) AS day
          FROM goods w CROSS JOIN LATERAL (
            SELECT g.day FROM price_groups g
             WHERE g.commodity = w.commodity AND t.size IN ('', g.size)
               AND g.day <= province_today()
               AND g.day > CASE WHEN a.level IN ('region', 'country') THEN '-infinity' ELSE province_today() - 14 END
               AND EXISTS (SELECT FROM place_areas i WHERE i.place = g.place AND i.area = a.area)
             ORDER BY g.day DESC LIMIT 1) AS latest
         WHERE w.n = t.n) AS newest
     WHERE newest.day IS NOT NULL
     ORDER BY t.n, t.size = '', a.steps
), spot AS (
    SELECT c.n, c.size, c.day, best.*
      FROM chosen c CROSS JOIN LATERAL (
        SELECT g.place, near.steps, near.level
          FROM goods w
          JOIN price_groups g ON g.commodity = w.commodity AND g.day = c.day AND c.size IN ('', g.size)
          JOIN place_areas i ON i.place = g.place AND i.area = c.area
         CROSS JOIN LATERAL (
            SELECT mine.steps, mine.level, theirs.steps AS inside
              FROM place_areas mine JOIN place_areas theirs USING (area)
             WHERE mine.place = c.asked_place AND theirs.place = g.place
             ORDER BY mine.steps LIMIT 1) AS near
         WHERE w.n = c.n
         ORDER BY near.steps, near.inside, basis_rank(g.basis), g.reports DESC, g.place
         LIMIT 1) AS best
)
SELECT s.n,
       CASE WHEN s.steps = 0 THEN 'here' WHEN s.level IN ('country', 'region') THEN 'region' ELSE 'near' END,
       g.commodity, s.place, g.unit, g.basis, g.size, g.grade, g.state, s.day - date '1970-01-01', g.low, g.median,
       g.high, g.reports, coalesce(before.median, 0)
  FROM spot s
 CROSS JOIN LATERAL (
    -- A variant that an answer cannot name ("tie=cloth") stands in only where there is no plain one.
    SELECT * FROM (
        SELECT DISTINCT ON (g.commodity, g.unit, g.basis, g.size, g.grade, g.state) g.*
          FROM goods w
          JOIN price_groups g ON g.commodity = w.commodity AND g.day = s.day AND g.place = s.place
                             AND s.size IN ('', g.size)
         WHERE w.n = s.n
         ORDER BY g.commodity, g.unit, g.basis, g.size, g.grade, g.state, g.rest <> '', g.reports DESC, g.rest
        ) AS plain
     ORDER BY basis_rank(basis), reports DESC, commodity, state, grade, size LIMIT 4) AS g
  LEFT JOIN LATERAL (
    SELECT b.median FROM price_groups b
     WHERE (b.commodity, b.place, b.unit, b.basis, b.size, b.grade, b.state, b.rest) =
           (g.commodity, g.place, g.unit, g.basis, g.size, g.grade, g.state, g.rest)
       AND b.day BETWEEN g.day - 10 AND g.day - 4
     ORDER BY abs(b.day - (g.day - 7)), b.day DESC LIMIT 1) AS before ON true
 ORDER BY s.n, basis_rank(g.basis), g.reports DESC, g.commodity, g.state, g.grade, g.size;

-- name: price_groups_clear
-- The groups of the commodities and days that got reports, before they are counted again.
DELETE FROM price_groups g USING (SELECT DISTINCT * FROM unnest($1::text[], $2::date[])) AS u(commodity, day)
 WHERE g.commodity = u.commodity AND g.day = u.day;

-- name: price_groups_fill
-- The median is a price that was reported (percentile_disc), never a mean of two.
INSERT INTO price_groups (commodity, day, place, unit, basis, size, grade, state, rest, low, median, high, reports)
SELECT r.commodity, r.day, r.place, r.unit, r.basis, r.size, r.grade, r.state, r.rest,
       min(coalesce(r.low, r.price)), percentile_disc(0.5) WITHIN GROUP (ORDER BY r.price),
       max(coalesce(r.high, r.price)), count(*)
  FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::date[])) AS u(commodity, day)
  JOIN price_reports r ON r.commodity = u.commodity AND r.day = u.day
 GROUP BY r.commodity, r.day, r.place, r.unit, r.basis, r.size, r.grade, r.state, r.rest;

-- name: lexicon_prices
-- The seeded reports in the columns of prices.tsv.
SELECT day::text AS date, commodity AS commodity_code, place AS place_code, price::text AS price_vnd, unit, source,
       coalesce(low::text, '') AS price_low, coalesce(high::text, '') AS price_high, attrs, basis, date_precision,
       source_url
  FROM price_reports WHERE kind = 'seed' ORDER BY id;

-- name: seeded_prices
SELECT s.date, s.commodity_code, s.place_code, s.price_vnd, s.unit, s.source, s.price_low, s.price_high, s.attrs,
       s.basis, s.date_precision, s.source_url
  FROM price_reports r,
       jsonb_to_record(r.seeded) AS s(date text, commodity_code text, place_code text, price_vnd text, unit text,
                                      source text, price_low text, price_high text, attrs text, basis text,
                                      date_precision text, source_url text)
 WHERE r.kind = 'seed' ORDER BY r.id;

-- name: seed_prices
INSERT INTO price_reports AS t
       (day, commodity, place, price, unit, source, low, high, attrs, basis, date_precision, source_url, kind, seeded)
SELECT date::date, commodity_code, place_code, price_vnd::bigint, unit, source, nullif(price_low, '')::bigint,
       nullif(price_high, '')::bigint, attrs, basis, date_precision, source_url, 'seed',
       jsonb_object($14::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       WITH ORDINALITY
    AS u(date, commodity_code, place_code, price_vnd, unit, source, price_low, price_high, attrs, basis,
         date_precision, source_url, offered, n)
 ORDER BY n
    ON CONFLICT (day, commodity, place, unit, attrs, basis, price, source_url) WHERE kind = 'seed' DO UPDATE SET
       source = excluded.source, low = excluded.low, high = excluded.high, date_precision = excluded.date_precision,
       seeded = excluded.seeded;
