-- SPDX-License-Identifier: Apache-2.0
--
-- Prices near a place; db/prices.h says how they are chosen.

-- name: prices_near
-- tries   with the size asked for, then with any
-- goods   the entry itself; without any price its kinds; without those what it is a kind of
-- spots   for each try a group whose place and day are taken: of the narrowest area up to the province that has one of the
--         last 14 days the newest, else of the newest day of the region, else of the country. Nothing is looked at that is
--         wider than it must be: a narrow area is asked place by place for its newest day, and the province, the region and
--         the country are an index read backwards to the first row that fits; nothing narrow at all of goods that nobody
--         reported in these days.
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
         WHERE EXISTS (SELECT FROM price_groups g WHERE g.commodity = k.commodity)
         ORDER BY k.away FETCH FIRST ROW WITH TIES) AS kin
), spots AS MATERIALIZED (
    SELECT t.n, t.place AS asked_place, t.size, coalesce(
        (SELECT best.g
           FROM place_areas mine
          CROSS JOIN LATERAL (
            SELECT max(latest.day) AS day
              FROM goods w CROSS JOIN LATERAL (
                SELECT day FROM place_areas i CROSS JOIN LATERAL (
                    SELECT g.day FROM price_groups g
                     WHERE g.commodity = w.commodity AND g.place = i.place AND (t.size = '' OR g.size = t.size)
                       AND g.day BETWEEN province_today() - 13 AND province_today()
                     ORDER BY g.day DESC LIMIT 1) AS there
                 WHERE i.area = mine.area AND mine.level <> 'province'
                UNION ALL
                (SELECT g.day FROM price_groups g
                  WHERE g.commodity = w.commodity AND mine.level = 'province' AND (t.size = '' OR g.size = t.size)
                    AND g.day BETWEEN province_today() - 13 AND province_today()
                    AND EXISTS (SELECT FROM place_areas i WHERE i.place = g.place AND i.area = mine.area)
                  ORDER BY g.day DESC LIMIT 1)) AS latest
             WHERE w.n = t.n) AS newest
          CROSS JOIN LATERAL (
            SELECT g
              FROM goods w
              JOIN price_groups g ON g.commodity = w.commodity AND g.day = newest.day
                                 AND (t.size = '' OR g.size = t.size)
              JOIN place_areas i ON i.place = g.place AND i.area = mine.area
             WHERE w.n = t.n AND newest.day IS NOT NULL
             ORDER BY i.steps, basis_rank(g.basis), g.reports DESC, g.place LIMIT 1) AS best
          WHERE mine.place = t.place AND mine.level NOT IN ('region', 'country')
            AND EXISTS (SELECT FROM goods w JOIN price_groups g ON g.commodity = w.commodity
                                            AND g.day BETWEEN province_today() - 13 AND province_today()
                         WHERE w.n = t.n)
          ORDER BY mine.steps LIMIT 1),
        (SELECT best.g
           FROM place_areas wide
          CROSS JOIN LATERAL (
            SELECT max(latest.day) AS day
              FROM goods w CROSS JOIN LATERAL (
                SELECT g.day FROM price_groups g
                 WHERE g.commodity = w.commodity AND (t.size = '' OR g.size = t.size) AND g.day <= province_today()
                   AND EXISTS (SELECT FROM place_areas i WHERE i.place = g.place AND i.area = wide.area)
                 ORDER BY g.day DESC LIMIT 1) AS latest
             WHERE w.n = t.n) AS newest
          CROSS JOIN LATERAL (
            SELECT g
              FROM goods w
              JOIN price_groups g ON g.commodity = w.commodity AND g.day = newest.day
                                 AND (t.size = '' OR g.size = t.size)
              JOIN place_areas i ON i.place = g.place AND i.area = wide.area
              JOIN place_areas theirs ON theirs.place = g.place
              JOIN place_areas mine ON mine.place = t.place AND mine.area = theirs.area
             WHERE w.n = t.n
             ORDER BY mine.steps, theirs.steps, basis_rank(g.basis), g.reports DESC, g.place LIMIT 1) AS best
          WHERE wide.place = t.place AND wide.level IN ('region', 'country')
          ORDER BY wide.steps LIMIT 1)) AS g
      FROM tries t
), spot AS (
    SELECT DISTINCT ON (s.n) s.n, s.size, (s.g).day, (s.g).place, mine.steps, mine.level
      FROM spots s
      JOIN place_areas theirs ON theirs.place = (s.g).place
      JOIN place_areas mine ON mine.place = s.asked_place AND mine.area = theirs.area
     ORDER BY s.n, s.size = '', mine.steps
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
