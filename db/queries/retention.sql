-- SPDX-License-Identifier: Apache-2.0
--
-- What is not kept for ever, and what must be there before it is needed.

-- name: retention_seen
-- A slice of the Kannel ids past their days, in no order: each slice would sort them all. What another instance is
-- deleting is skipped.
WITH old AS (
    SELECT msisdn, kannel_id FROM inbound_seen
     WHERE received_at < now() - make_interval(days => $1::int)
     LIMIT $2::int FOR UPDATE SKIP LOCKED
), dropped AS (
    DELETE FROM inbound_seen s USING old
     WHERE s.msisdn = old.msisdn AND s.kannel_id = old.kannel_id
    RETURNING 1
)
SELECT count(*) FROM dropped;

-- name: partitions_missing
-- Of this month and the next, for inbound and outbox.
SELECT count(*)
  FROM unnest(ARRAY['inbound', 'outbox']) AS parent,
       generate_series(date_trunc('month', moment($1::bigint) AT TIME ZONE 'UTC'),
                       date_trunc('month', moment($1::bigint) AT TIME ZONE 'UTC') + interval '1 month',
                       interval '1 month') AS month
 WHERE to_regclass(parent || to_char(month, '_YYYY_MM')) IS NULL;
