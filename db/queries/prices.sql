-- SPDX-License-Identifier: Apache-2.0
--
-- Prices near a place; db/prices.h says how they are chosen.

-- name: prices_near
-- tries   with the size asked for, then with any
-- goods   the entry itself; without any price its kinds; without those what it is a kind of
-- spot    whose place and day are taken: the newest of the narrowest area up to the province that has one of the last 14
--         days; else the newest of the region, which is looked for from the narrowest area on; else the country's
WITH asked AS (
    SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS u(n, commodity, place, size)
), tries AS (
    SELECT n, place, size FROM asked WHERE size <> ''
    UNION ALL
    SELECT n, place, '' FROM asked
), goods AS (
    SELECT asked.n, kin.commodity
      FROM asked CROSS JOIN LATERAL (
        SELECT k.commodity
          FROM (SELECT asked.commodity AS commodity, 0 AS away
                UNION ALL SELECT d.commodity, 1 FROM commodity_kinds d WHERE d.kind = asked.commodity AND d.steps > 0
                UNION ALL SELECT u.kind, 1 + u.steps FROM commodity_kinds u
                           WHERE u.commodity = asked.commodity AND u.steps > 0) AS k
         WHERE EXISTS (SELECT FROM price_newest p WHERE p.commodity = k.commodity)
         ORDER BY k.away FETCH FIRST ROW WITH TIES) AS kin
), spot AS (
    SELECT DISTINCT ON (t.n) t.n, t.size, best.*
      FROM tries t CROSS JOIN LATERAL (
        SELECT p.day, p.place, mine.steps, mine.level
          FROM place_areas mine
          JOIN goods w ON w.n = t.n
          JOIN price_newest p ON p.commodity = w.commodity AND p.area = mine.area AND p.size = t.size
         CROSS JOIN LATERAL (SELECT mine.level NOT IN ('region', 'country') AND p.day >= province_today() - 13) AS its(fresh)
         WHERE mine.place = t.place
         ORDER BY its.fresh DESC, CASE WHEN its.fresh THEN mine.steps END, mine.level = 'country', p.day DESC, mine.steps,
                  p.steps, p.rank, p.reports DESC, p.place
         LIMIT 1) AS best
     ORDER BY t.n, t.size = ''
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
     ORDER BY basis_rank(basis), reports DESC, commodity, state, grade, length(size), size LIMIT 4) AS g
  LEFT JOIN LATERAL (
    SELECT b.median FROM price_groups b
     WHERE (b.commodity, b.place, b.unit, b.basis, b.size, b.grade, b.state, b.rest) =
           (g.commodity, g.place, g.unit, g.basis, g.size, g.grade, g.state, g.rest)
       AND b.day BETWEEN g.day - 10 AND g.day - 4
     ORDER BY abs(b.day - (g.day - 7)), b.day DESC LIMIT 1) AS before ON true
 ORDER BY s.n, basis_rank(g.basis), g.reports DESC, g.commodity, g.state, g.grade, length(g.size), g.size;

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

-- name: prices_remove
-- Seeded reports by their key.
DELETE FROM price_reports r
 USING unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
    AS u(day, commodity, place, unit, attrs, basis, price, source_url)
 WHERE r.kind = 'seed'
   AND (r.day, r.commodity, r.place, r.unit, r.attrs, r.basis, r.price, r.source_url) =
       (u.day, u.commodity, u.place, u.unit, u.attrs, u.basis, u.price, u.source_url);
