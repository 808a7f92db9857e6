-- SPDX-License-Identifier: Apache-2.0
--
-- After seed.sql: :reports reports of prices, of all goods, all over the province, on each of the last :days days. Of
-- twenty fourteen are asks, three deals, two an officer's and one of a bulletin. They stand as counted; the groups are left
-- to `market count`, which counts as smsd does.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET session_replication_role = replica; -- as in seed.sql
BEGIN;

CREATE TEMP TABLE homes AS
SELECT row_number() OVER (ORDER BY p.code) - 1 AS n, p.code
  FROM places p JOIN place_areas a ON a.place = p.code AND a.area = '84' WHERE p.level IN ('district', 'commune');
CREATE UNIQUE INDEX ON homes (n);

CREATE TEMP TABLE goods AS
SELECT row_number() OVER (ORDER BY code) - 1 AS n, code, typical_price_unit AS unit,
       (min_plausible_price::bigint + max_plausible_price::bigint) / 2 AS price
  FROM commodities WHERE typical_price_unit <> '' AND min_plausible_price <> '' AND max_plausible_price <> '';
CREATE UNIQUE INDEX ON goods (n);
ANALYZE homes;
ANALYZE goods;
SELECT (SELECT count(*) FROM homes) AS homes, (SELECT count(*) FROM goods) AS goods \gset

CREATE TEMP TABLE later AS
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i
 WHERE i.indrelid = 'price_reports'::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid);
SELECT 'DROP INDEX ' || name FROM later \gexec

-- 48271, 69621 and 40692 are multipliers of generators of the same modulus: what, where and who should not go together.
INSERT INTO price_reports (kind, person_id, origin, day, commodity, place, price, unit, basis, source)
SELECT k.kind, CASE WHEN k.kind <> 'bulletin' THEN first.id + i * 40692 % 2147483647 % :people END,
       CASE WHEN k.kind IN ('ask', 'deal') THEN -i END, province_today() - (i % :days)::integer, g.code, h.code,
       g.price + g.price * (i % 101 - 50) / 500, g.unit, 'farmgate', 'bench ' || i
  FROM generate_series(1, :reports::bigint) AS i
 CROSS JOIN LATERAL (SELECT CASE WHEN i % 20 < 14 THEN 'ask' WHEN i % 20 < 17 THEN 'deal' WHEN i % 20 < 19 THEN 'officer'
                                 ELSE 'bulletin' END AS kind) AS k
 CROSS JOIN (SELECT min(id) AS id FROM people WHERE msisdn = :'first_number') AS first
  JOIN goods g ON g.n = i * 48271 % 2147483647 % :goods
  JOIN homes h ON h.n = i * 69621 % 2147483647 % :homes;

SELECT definition FROM later \gexec
COMMIT;
ANALYZE price_reports;
