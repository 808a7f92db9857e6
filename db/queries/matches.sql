-- SPDX-License-Identifier: Apache-2.0
--
-- New and changed listings, for those whom they may interest.

-- name: match_feed_given
-- The last id that any event of a listing got, seen or not.
SELECT last_value FROM listing_events_id_seq;

-- name: match_feed_take
-- Nobody else reads until the transaction ends: the last event of the next $1; no row while somebody else does.
SELECT coalesce((SELECT max(id) FROM (SELECT id FROM listing_events WHERE id > feed.settled ORDER BY id LIMIT $1::int) AS e),
                feed.settled)
  FROM match_feed feed FOR UPDATE SKIP LOCKED;

-- name: match_feed_read
-- What was posted, changed or put up again by events up to $1 and stands.
SELECT micros(changed.at), l.id, l.code, l.person_id, l.state, l.side, l.commodity, (l.quantity * 1000)::bigint, l.base_unit,
       (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low, l.price_high, l.price_unit, l.place,
       l.ready - date 'epoch', l.until - date 'epoch', l.size, l.grade, l.state_of_goods
  FROM (SELECT e.listing_id, max(e.at) AS at FROM listing_events e
         WHERE e.id > (SELECT settled FROM match_feed) AND e.id <= $1::bigint AND e.state = 'open'
         GROUP BY e.listing_id) AS changed
 CROSS JOIN LATERAL (SELECT * FROM listings WHERE id = changed.listing_id LIMIT 1) AS l
 WHERE l.state = 'open' AND l.until >= province_today() AND l.person_id IS NOT NULL
 ORDER BY l.id;

-- name: match_owners
-- Of these listings, those whose owners may be told something.
SELECT l.id, p.lang, micros(l.created_at)
  FROM unnest($1::bigint[]) AS asked(id)
 CROSS JOIN LATERAL (SELECT * FROM listings WHERE id = asked.id LIMIT 1) AS l
  JOIN people p ON p.id = l.person_id AND p.stopped_at IS NULL;

-- name: match_feed_settle
-- $1: events up to it were read; $2: what match_feed_given said before this transaction began. What was given out before the
-- transaction that the last reader noted is settled once no older one is under way; until then events are read again,
-- and nobody is told twice.
UPDATE match_feed
   SET settled = greatest(settled, least($1::bigint, CASE WHEN pg_snapshot_xmin(pg_current_snapshot()) >= unsettled
                                                          THEN seen ELSE settled END)),
       seen = $2::bigint, unsettled = pg_snapshot_xmax(pg_current_snapshot());
