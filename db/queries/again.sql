-- SPDX-License-Identifier: Apache-2.0
--
-- Dead letters that somebody put in again.

-- name: again_put
-- A keypress means nothing without its session, which is over.
WITH put AS (UPDATE dead_letter SET again_at = now() WHERE id = $1::bigint AND channel <> 'ussd' RETURNING 1) SELECT count(*) FROM put;

-- name: again_take
-- The lease is the time they are due again.
UPDATE dead_letter d SET again_at = now() + interval '5 minutes'
  FROM (SELECT id FROM dead_letter WHERE again_at <= now() ORDER BY id LIMIT $1::int FOR UPDATE SKIP LOCKED) AS due
 WHERE d.id = due.id
RETURNING d.id, 'again-' || d.id, d.msisdn, d.short_code, d.channel, d.text;

-- name: again_end
-- Only what is handed back to nobody waits: what was sent stays as it is.
WITH ended AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS u(id, outbox_id, created_us)
), queued AS (
    UPDATE outbox o SET state = 'queued', next_at = now() FROM ended e
     WHERE o.id = e.outbox_id AND o.created_at = moment(e.created_us) AND o.state = 'handed'
)
DELETE FROM dead_letter d USING ended e WHERE d.id = e.id;
