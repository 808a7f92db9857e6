-- SPDX-License-Identifier: Apache-2.0
--
-- Texts that go out. The key is (id, created_at): the second finds the partition.

-- name: outbox_add
-- What is handed back in an HTTP answer needs no sender.
INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)
SELECT id, moment($10::bigint), person_id, kind, CASE WHEN handed THEN 'handed' ELSE 'queued' END, sender, body, coding,
       segments, moment(greatest(not_before, $10::bigint))
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::boolean[],
              $9::bigint[])
    AS u(id, person_id, kind, sender, body, coding, segments, handed, not_before);

-- name: outbox_claim
-- Due rows, replies first, then by age; what another sender holds is skipped. A broadcast's goes out only while that runs, in its
-- time, and to nobody who has said stop since.
WITH due AS (
    SELECT o.id, o.created_at, p.msisdn
      FROM outbox o JOIN people p ON p.id = o.person_id AND p.msisdn IS NOT NULL
      LEFT JOIN broadcasts b ON b.id = o.broadcast_id
     WHERE o.state = 'queued' AND o.next_at <= now()
       AND (o.broadcast_id IS NULL OR b.state = 'running' AND p.stopped_at IS NULL AND o.until > now())
     ORDER BY o.priority, o.next_at LIMIT $1::int FOR UPDATE OF o SKIP LOCKED
), claimed AS (
    UPDATE outbox o
       SET state = 'sending', attempts = o.attempts + 1, next_at = now() + make_interval(secs => $2::int)
      FROM due WHERE o.id = due.id AND o.created_at = due.created_at
    RETURNING o.*, due.msisdn
)
SELECT id, micros(created_at), msisdn, sender, body, coding, segments, attempts, kind
  FROM claimed ORDER BY priority, created_at, id;

-- name: outbox_settle
-- Only a claim that still stands is settled: a delivery report may have come first. An answer that was handed back is
-- settled too, where its link hears what became of it. A reply that may have gone out is
-- tried three times, no more: each try may be one SMS too many.
UPDATE outbox o
   SET state = CASE u.result WHEN 'accepted' THEN 'sent'
                             WHEN 'retry' THEN 'queued'
                             WHEN 'failed' THEN 'failed'
                             ELSE CASE WHEN o.kind = 'reply' AND o.attempts < 3 THEN 'queued' ELSE 'uncertain' END
             END,
       sent_at = CASE WHEN u.result = 'accepted' THEN now() ELSE o.sent_at END,
       next_at = greatest(now(), moment(u.retry_us)),
       detail = u.detail
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[])
    AS u(id, created_us, result, retry_us, detail)
 WHERE o.id = u.id AND o.created_at = moment(u.created_us) AND o.state IN ('sending', 'handed');

-- name: outbox_dlr
-- 1 delivered, 2 failed, 16 refused are final and never taken back; 8 (accepted) settles one that is uncertain, or that
-- waits to be tried again; 4 (buffered) is only noted. Of several reports on a row the final one counts. Answers how
-- many reports found their row.
WITH reports AS (
    SELECT u.id, moment(greatest(u.created_us, 0)) AS created_at, u.dlr, moment(u.at_us) AS at,
           array_position(ARRAY[1, 2, 16, 8], u.dlr) AS weight
      FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[]) AS u(id, created_us, dlr, at_us)
), strongest AS (
    SELECT DISTINCT ON (id, created_at) * FROM reports ORDER BY id, created_at, weight, at
), applied AS (
    UPDATE outbox o
       SET state = CASE WHEN r.dlr = 1 THEN 'delivered'
                        WHEN r.dlr IN (2, 16) THEN 'failed'
                        WHEN r.dlr = 8 AND (o.state IN ('sending', 'uncertain') OR
                                            (o.state = 'queued' AND o.attempts > 0)) THEN 'sent'
                        ELSE o.state END,
           delivered_at = CASE WHEN r.dlr = 1 THEN r.at ELSE o.delivered_at END,
           sent_at = CASE WHEN r.dlr IN (1, 8) THEN coalesce(o.sent_at, r.at) ELSE o.sent_at END,
           dlr = r.dlr
      FROM strongest r
     WHERE o.id = r.id AND o.created_at = r.created_at AND o.state NOT IN ('delivered', 'failed', 'expired')
)
SELECT count(*) FROM reports r JOIN outbox o ON o.id = r.id AND o.created_at = r.created_at;

-- name: outbox_reclaim
-- Claims whose sender died. A reply goes out again, three times at most; the rest may have gone out and waits for a
-- report or a person.
WITH lost AS (
    SELECT id, created_at FROM outbox WHERE state = 'sending' AND next_at < now() FOR UPDATE SKIP LOCKED
), reclaimed AS (
    UPDATE outbox o
       SET state = CASE WHEN o.kind = 'reply' AND o.attempts < 3 THEN 'queued' ELSE 'uncertain' END,
           detail = 'lease ran out'
      FROM lost WHERE o.id = lost.id AND o.created_at = lost.created_at
    RETURNING o.state
)
SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'uncertain') FROM reclaimed;

-- name: outbox_expire
-- An answer to what was asked the day before helps nobody. What a sender is taking at this moment is skipped.
WITH late AS (
    SELECT id, created_at FROM outbox
     WHERE state = 'queued' AND kind = 'reply' AND created_at < now() - interval '24 hours' FOR UPDATE SKIP LOCKED
), expired AS (
    UPDATE outbox o SET state = 'expired' FROM late WHERE o.id = late.id AND o.created_at = late.created_at
    RETURNING 1
)
SELECT count(*) FROM expired;

-- name: outbox_backlog
SELECT (SELECT count(*) FROM outbox WHERE state = 'queued') + (SELECT count(*) FROM outbox WHERE state = 'sending'),
       coalesce((SELECT extract(epoch FROM now() - min(next_at))::bigint FROM outbox
                  WHERE state = 'queued' AND next_at <= now()), 0);
