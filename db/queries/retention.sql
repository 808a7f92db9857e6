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

-- name: retention_broadcasts
-- Who got which broadcast; the broadcast itself stays.
WITH old AS (
    SELECT r.person_id, r.broadcast_id FROM broadcast_recipients r JOIN broadcasts b ON b.id = r.broadcast_id
     WHERE b.ended_at < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE OF r SKIP LOCKED
), dropped AS (
    DELETE FROM broadcast_recipients r USING old
     WHERE r.person_id = old.person_id AND r.broadcast_id = old.broadcast_id
    RETURNING 1
)
SELECT count(*) FROM dropped;

-- name: retention_codes
WITH old AS (
    SELECT person_id FROM codes
     WHERE greatest(made_at, failures_at) < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (DELETE FROM codes c USING old WHERE c.person_id = old.person_id RETURNING 1)
SELECT count(*) FROM dropped;

-- name: retention_dead
WITH old AS (
    SELECT id FROM dead_letter WHERE at < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (DELETE FROM dead_letter d USING old WHERE d.id = old.id RETURNING 1)
SELECT count(*) FROM dropped;

-- name: retention_deals
WITH old AS (
    SELECT id FROM deals WHERE closed_at < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (DELETE FROM deals d USING old WHERE d.id = old.id RETURNING 1)
SELECT count(*) FROM dropped;

-- name: retention_desk
-- Answers and whoever was asked go with their item.
WITH old AS (
    SELECT id FROM desk
     WHERE state <> 'open' AND coalesce(ended_at, created_at) < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (DELETE FROM desk d USING old WHERE d.id = old.id RETURNING 1)
SELECT count(*) FROM dropped;

-- name: retention_listings
-- Counted from the last day it stood, or from the last thing that happened to it.
WITH old AS (
    SELECT id FROM listings l
     WHERE state NOT IN ('open', 'matched') AND until < (moment($1::bigint) - make_interval(days => $2::int))::date
       AND NOT EXISTS (SELECT FROM listing_events e
                        WHERE e.listing_id = l.id AND e.at >= moment($1::bigint) - make_interval(days => $2::int))
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), events AS (DELETE FROM listing_events e USING old WHERE e.listing_id = old.id
), dropped AS (DELETE FROM listings l USING old WHERE l.id = old.id RETURNING 1)
SELECT count(*) FROM dropped;

-- name: retention_relays
-- Who passed words on, and when: it is counted within a day.
WITH old AS (
    SELECT ctid FROM relays_sent WHERE at < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (DELETE FROM relays_sent s USING old WHERE s.ctid = old.ctid RETURNING 1)
SELECT count(*) FROM dropped;

-- name: retention_words
-- The counters of the hour stay with the row: they say nothing.
WITH old AS (
    SELECT person_id FROM conversations
     WHERE last_at < moment($1::bigint) - make_interval(days => $2::int) AND (last_answer <> '' OR question IS NOT NULL)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (
    UPDATE conversations c SET question = NULL, question_at = NULL, last_answer = '', last_hash = 0
      FROM old WHERE c.person_id = old.person_id
    RETURNING 1
)
SELECT count(*) FROM dropped;

-- name: months_past
-- The statements, in their order, by which the months before the last $2 full ones go; `ends` with the last of each month.
-- A text waits for none of them: DETACH CONCURRENTLY and COMMENT lock out neither readers nor writers of the parent, and a
-- month that is detached nobody else asks for. One that was interrupted is finished. The comment tells a month that is
-- about to go from one that somebody detached in order to keep it.
WITH months AS (
    SELECT parent, c.relname AS child, i.inhrelid IS NOT NULL AS attached, coalesce(i.inhdetachpending, false) AS pending
      FROM unnest(ARRAY['inbound', 'outbox']) AS parent
      JOIN pg_class c ON c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = parent::regclass)
                     AND c.relkind = 'r' AND c.relname ~ ('^' || parent || '_[0-9]{4}_[0-9]{2}$')
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = parent::regclass
     WHERE c.relname < parent || to_char(moment($1::bigint) AT TIME ZONE 'UTC' - make_interval(months => $2::int), '_YYYY_MM')
       AND (i.inhrelid IS NOT NULL OR obj_description(c.oid, 'pg_class') = 'past its time')
)
SELECT format(s.statement, child, parent), s.ends
  FROM months
 CROSS JOIN LATERAL (VALUES
    (1, false, attached AND NOT pending, 'COMMENT ON TABLE %1$I IS ''past its time'''),
    (2, false, attached AND NOT pending, 'ALTER TABLE %2$I DETACH PARTITION %1$I CONCURRENTLY'),
    (3, false, pending, 'ALTER TABLE %2$I DETACH PARTITION %1$I FINALIZE'),
    (4, true, true, 'DROP TABLE %1$I')) AS s(n, ends, needed, statement)
 WHERE s.needed
 ORDER BY pending DESC, child, s.n;

-- name: partitions_missing
-- Of this month and the next, for inbound and outbox.
SELECT count(*)
  FROM unnest(ARRAY['inbound', 'outbox']) AS parent,
       generate_series(date_trunc('month', moment($1::bigint) AT TIME ZONE 'UTC'),
                       date_trunc('month', moment($1::bigint) AT TIME ZONE 'UTC') + interval '1 month',
                       interval '1 month') AS month
 WHERE to_regclass(parent || to_char(month, '_YYYY_MM')) IS NULL;
