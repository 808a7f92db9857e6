-- SPDX-License-Identifier: Apache-2.0
--
-- The market that a bench begins with, by psql as a superuser: the people of the load (tests/bench/mix.h) and some more, each known,
-- welcomed and at home in some commune or district of the province, and :listings open listings of theirs, of all goods,
-- seven offers to three requests, each with its event.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET session_replication_role = replica; -- what is made here refers to rows that are there: no need to look each one up
BEGIN;

CREATE TEMP TABLE homes AS
SELECT row_number() OVER (ORDER BY p.code) - 1 AS n, p.code,
       coalesce((SELECT w.area FROM place_areas w WHERE w.place = p.code AND w.level = 'district' ORDER BY w.steps LIMIT 1), p.code) AS near,
       (SELECT w.area FROM place_areas w WHERE w.place = p.code AND w.level = 'province' ORDER BY w.steps DESC LIMIT 1) AS province
  FROM places p JOIN place_areas a ON a.place = p.code AND a.area = '84' WHERE p.level IN ('district', 'commune');
CREATE UNIQUE INDEX ON homes (n);

CREATE TEMP TABLE goods AS
SELECT row_number() OVER (ORDER BY code) - 1 AS n, code, default_unit AS unit
  FROM commodities WHERE default_unit <> '';
CREATE UNIQUE INDEX ON goods (n);
ANALYZE homes;
ANALYZE goods;
SELECT (SELECT count(*) FROM homes) AS homes, (SELECT count(*) FROM goods) AS goods \gset

INSERT INTO people (msisdn, place, welcomed_at)
SELECT (:first_number + i)::text, h.code, now()
  FROM generate_series(0, :people - 1) AS i JOIN homes h ON h.n = i % :homes
 ORDER BY i;

-- Indexes that no constraint needs are faster built than grown.
CREATE TEMP TABLE later AS
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index i
 WHERE i.indrelid IN ('listings'::regclass, 'listing_events'::regclass)
   AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid);
SELECT 'DROP INDEX ' || name FROM later \gexec

-- 48271 and 69621 are multipliers of Park and Miller's generators: which goods somebody has should not go by the number.
INSERT INTO listings (id, code, person_id, side, commodity, quantity, base_unit, entered_quantity, entered_unit, price_low,
                      price_high, price_unit, price_factor, place, province, near, until, inbound_id, text_hash, created_at)
SELECT i, 'bench' || lpad(i::text, 9, '0'), first.id + i % :people,
       CASE WHEN i * 69621 % 2147483647 % 10 < 7 THEN 's' ELSE 'b' END, g.code,
       1 + i % 500, g.unit, 1 + i % 500, g.unit, 5000 + i % 100 * 100, 5000 + i % 100 * 100, g.unit, 1000,
       h.code, h.province, h.near, province_today() + 1 + (i % 14)::integer, 0, i, now()
  FROM generate_series(1, :listings::bigint) AS i
 CROSS JOIN (SELECT min(id) AS id FROM people WHERE msisdn = :'first_number') AS first
  JOIN goods g ON g.n = i * 48271 % 2147483647 % :goods
  JOIN homes h ON h.n = i % :people % :homes;

INSERT INTO listing_events (listing_id, state, person_id, inbound_id, at)
SELECT id, state, person_id, inbound_id, created_at FROM listings;

-- Their asks are not what is measured, nor is the supply: a daemon that starts here would first read a million of them.
INSERT INTO supply_counted (commodity, at) SELECT code, now() FROM commodities;
UPDATE price_feed SET settled = (SELECT max(id) FROM listing_events);
UPDATE match_feed SET settled = (SELECT max(id) FROM listing_events);

SELECT definition FROM later \gexec
SELECT setval('message_ids', (:listings / 1024 + 1) * 1024 + 1) \g /dev/null
COMMIT;
