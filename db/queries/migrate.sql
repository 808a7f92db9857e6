-- SPDX-License-Identifier: Apache-2.0
--
-- Migrations, and the monthly partitions.

-- name: migrate_lock
-- One at a time in the whole cluster, until the transaction ends. The key is arbitrary.
SELECT pg_advisory_xact_lock(7301840);

-- name: migrate_table
CREATE TABLE IF NOT EXISTS schema_migrations (
    version integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- name: migrate_exists
SELECT to_regclass('schema_migrations') IS NOT NULL;

-- name: migrate_newest
SELECT coalesce(max(version), 0) FROM schema_migrations;

-- name: migrate_missing
-- The first of ours that was not applied, 0 when there is none; and the newest that was before it.
SELECT coalesce(missing.version, 0),
       (SELECT coalesce(max(version), 0) FROM schema_migrations
         WHERE missing.version IS NULL OR version < missing.version)
  FROM (SELECT min(known.version) AS version FROM unnest($1::int[]) AS known(version)
         WHERE NOT EXISTS (SELECT FROM schema_migrations s WHERE s.version = known.version)) AS missing;

-- name: migrate_edited
-- The first applied migration whose text is no longer the one that was applied, or that is unknown here.
SELECT s.version FROM schema_migrations s
  LEFT JOIN unnest($1::int[], $2::text[]) AS known(version, sql) USING (version)
 WHERE known.version IS NULL OR s.sha256 <> encode(sha256(convert_to(known.sql, 'UTF8')), 'hex')
 ORDER BY s.version LIMIT 1;

-- name: migrate_done
INSERT INTO schema_migrations (version, name, sha256)
VALUES ($1::int, $2::text, encode(sha256(convert_to($3::text, 'UTF8')), 'hex'));

-- name: partitions_make
-- From last month to three months ahead; make_month_partition answers 1 when it made one.
SELECT coalesce(sum(make_month_partition(parent, month)), 0)
  FROM unnest(ARRAY['inbound', 'outbox']) AS parent,
       generate_series(date_trunc('month', moment($1::bigint) AT TIME ZONE 'UTC') - interval '1 month',
                       date_trunc('month', moment($1::bigint) AT TIME ZONE 'UTC') + interval '3 months',
                       interval '1 month') AS month;
