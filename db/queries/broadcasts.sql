-- SPDX-License-Identifier: Apache-2.0
--
-- Broadcasts (db/broadcasts.h). Each statement is a transaction of its own or a part of a batch; none is long.

-- ---- before anything is sent ----

-- name: broadcast_asked
-- Whom an officer's LOA would reach, by language: within his places and goods, and where he names none, the first of his. Not
-- within: one row without anybody. Nobody's: no row.
WITH asked AS (
    SELECT u.n, o.areas, o.crops, coalesce(nullif(u.place, ''), o.areas[1], '') AS area,
           coalesce(nullif(u.commodity, ''), o.crops[1], '') AS commodity
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS u(n, msisdn, place, commodity)
      JOIN people p ON p.msisdn = u.msisdn
      JOIN officers o ON o.person_id = p.id
), judged AS MATERIALIZED (
    SELECT a.*, (a.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = a.area AND i.area = ANY (a.areas)))
            AND (a.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k
                                            WHERE k.commodity = a.commodity AND k.kind = ANY (a.crops))) AS within
      FROM asked a
)
SELECT j.n, j.within, j.area, j.commodity, coalesce(r.lang, 'vi'), coalesce(r.people, 0)
  FROM judged j
  LEFT JOIN LATERAL (
    SELECT lang, count(*) AS people
      FROM broadcast_audience(j.area, j.commodity, '', '{}', false, false, 0, CASE WHEN j.within THEN 9223372036854775807 END)
     GROUP BY lang) AS r ON true;

-- name: broadcast_count
SELECT a.lang, count(*)
  FROM jsonb_to_record($1::jsonb) AS b(area text, commodity text, role text, langs text[], subscribers boolean,
                                       commercial boolean),
       broadcast_audience(b.area, b.commodity, b.role, b.langs, b.subscribers, b.commercial, 0, 9223372036854775807) AS a
 GROUP BY a.lang;

-- name: broadcast_add
-- Each as JSON (smsd/broadcast/draft.h). An officer who is none any more, or whose places and goods it is not within, adds
-- nothing. Answers the ids.
WITH given AS MATERIALIZED (
    SELECT nextval('broadcast_ids') AS id, nullif(u.author, 0) AS author, b.*
      FROM unnest($1::bigint[], $2::text[]) AS u(author, json)
     CROSS JOIN LATERAL jsonb_to_record(u.json::jsonb) AS b(
        state text, area text, commodity text, role text, langs text[], subscribers boolean, commercial boolean,
        disaster text, words text, bulletins text[], people integer, segments integer, expires bigint, texts jsonb)
     WHERE u.author = 0
        OR EXISTS (SELECT FROM officers o
                    WHERE o.person_id = u.author
                      AND (o.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = b.area AND i.area = ANY (o.areas)))
                      AND (o.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k
                                                      WHERE k.commodity = b.commodity AND k.kind = ANY (o.crops))))
), added AS (
    INSERT INTO broadcasts (id, state, source, author, area, commodity, role, langs, subscribers, commercial, disaster, words,
                            bulletins, people, segments, created_at, expires_at)
    SELECT id, state, CASE WHEN author IS NULL THEN 'ctl' ELSE 'sms' END, author, area, commodity, role, langs, subscribers,
           commercial, disaster, words, bulletins, people, segments, moment($3::bigint), moment(expires)
      FROM given
), worded AS (
    INSERT INTO broadcast_texts (broadcast_id, lang, body, coding, segments)
    SELECT g.id, t.lang, t.body, t.coding, t.segments
      FROM given g CROSS JOIN LATERAL jsonb_to_recordset(g.texts) AS t(lang text, body text, coding smallint, segments smallint)
)
SELECT id FROM given;

-- name: broadcast_waiting
-- What a coordinator is asked to approve: another's, within his places and goods.
SELECT asked.n, b.area, b.commodity, b.people, b.segments
  FROM unnest($1::int[], $2::text[], $3::bigint[]) AS asked(n, msisdn, id)
  JOIN people p ON p.msisdn = asked.msisdn
  JOIN officers o ON o.person_id = p.id AND o.role = 'coordinator'
  JOIN broadcasts b ON b.id = asked.id AND b.state = 'awaiting_approval' AND b.author IS DISTINCT FROM p.id
 WHERE (o.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = b.area AND i.area = ANY (o.areas)))
   AND (o.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k WHERE k.commodity = b.commodity AND k.kind = ANY (o.crops)));

-- name: broadcast_approve
-- Of a coordinator who may (broadcast_waiting), now that his code came. Once: only what waits is approved.
UPDATE broadcasts b SET state = 'running', approver = u.person_id
  FROM unnest($1::bigint[], $2::bigint[]) AS u(id, person_id)
  JOIN officers o ON o.person_id = u.person_id AND o.role = 'coordinator'
 WHERE b.id = u.id AND b.state = 'awaiting_approval' AND b.author IS DISTINCT FROM u.person_id
   AND (o.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = b.area AND i.area = ANY (o.areas)))
   AND (o.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k WHERE k.commodity = b.commodity AND k.kind = ANY (o.crops)));

-- name: broadcast_move
-- By hand: from one of some states to another. Nothing comes back when it was in none of these.
UPDATE broadcasts SET state = $3::text, ended_at = CASE WHEN $3::text = 'cancelled' THEN moment($4::bigint) END
 WHERE id = $1::bigint AND state = ANY ($2::text[])
RETURNING id;

-- ---- while it runs ----

-- name: broadcasts_withdraw
-- What waits in the outbox and may not go out any more: it waits among the recipients again, but for who has said stop.
WITH back AS (
    SELECT o.id, o.created_at, o.broadcast_id, o.person_id, p.stopped_at IS NOT NULL AS stopped
      FROM outbox o JOIN broadcasts b ON b.id = o.broadcast_id JOIN people p ON p.id = o.person_id
     WHERE o.state = 'queued' AND o.priority = 2
       AND (b.state <> 'running' OR p.stopped_at IS NOT NULL OR o.until <= moment($1::bigint))
       FOR UPDATE OF o SKIP LOCKED
), unsent AS (
    UPDATE outbox o SET state = 'expired', detail = CASE WHEN back.stopped THEN 'stopped' ELSE 'withdrawn' END
      FROM back WHERE o.id = back.id AND o.created_at = back.created_at
), waiting AS (
    UPDATE broadcast_recipients r SET outbox_id = NULL, queued_at = NULL, dropped = back.stopped
      FROM back
     WHERE r.broadcast_id = back.broadcast_id AND r.person_id = back.person_id AND r.outbox_id = back.id
    RETURNING 1
)
SELECT count(*) FROM waiting;

-- name: broadcasts_expire
UPDATE broadcasts SET state = 'expired', ended_at = moment($1::bigint)
 WHERE state IN ('awaiting_approval', 'running', 'paused') AND expires_at <= moment($1::bigint);

-- name: broadcasts_begin
-- Who comes later is not among its people. What it says is told to whoever asks, from now on.
WITH begun AS (
    UPDATE broadcasts SET started_at = moment($1::bigint), people_to = (SELECT coalesce(max(id), 0) FROM people)
     WHERE state = 'running' AND started_at IS NULL
    RETURNING *
)
INSERT INTO bulletins (kind, area, commodity, body, valid_from, valid_until, published_by, published_at, broadcast_id)
SELECT kind, coalesce(nullif(area, ''), $2::text), CASE kind WHEN 'forecast' THEN commodity ELSE '' END, words, (started_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
       ((expires_at - interval '1 microsecond') AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, 'broadcast', started_at, id
  FROM begun CROSS JOIN LATERAL unnest(bulletins) AS kind;

-- name: broadcasts_running
-- Warnings of a disaster first, then in their order.
SELECT id, disaster <> '', planned_at IS NOT NULL, micros(expires_at)
  FROM broadcasts WHERE state = 'running' AND started_at IS NOT NULL
 ORDER BY disaster = '', id;

-- name: broadcast_plan
-- The next slice of its people, each once. Of several instances one plans at a time, and says whether there is more to plan.
WITH b AS (
    SELECT *, least(planned_to + $2::bigint, people_to) AS up_to FROM broadcasts
     WHERE id = $1::bigint AND state = 'running' AND planned_at IS NULL FOR NO KEY UPDATE
), found AS (
    INSERT INTO broadcast_recipients (broadcast_id, person_id, due_at)
    SELECT b.id, a.person_id, b.started_at
      FROM b CROSS JOIN LATERAL broadcast_audience(b.area, b.commodity, b.role, b.langs, b.subscribers, b.commercial,
                                                   b.planned_to, b.up_to) AS a
     ORDER BY a.person_id
        ON CONFLICT DO NOTHING
    RETURNING 1
)
UPDATE broadcasts SET planned_to = b.up_to, recipients = broadcasts.recipients + (SELECT count(*) FROM found),
       planned_at = CASE WHEN b.up_to >= b.people_to THEN moment($3::bigint) END
  FROM b WHERE broadcasts.id = b.id
RETURNING (broadcasts.planned_at IS NULL)::int;

-- name: broadcast_feed_alone
-- One at a time in the whole cluster, until the transaction ends: who feeds another broadcast to the same people must see how many
-- each of them has had. A statement of its own, so that the next one's snapshot is taken after the wait. The key is arbitrary.
SELECT pg_advisory_xact_lock(7301841);

-- name: broadcast_feed
-- The next recipients into the outbox, each under an id of $2. Who has said stop is left out, who has had the day's number waits until
-- that day is over. Answers how many were looked at, and how many went.
WITH next AS (
    SELECT r.person_id
      FROM broadcast_recipients r
     WHERE r.broadcast_id = $1::bigint AND r.outbox_id IS NULL AND NOT r.dropped AND r.due_at <= moment($6::bigint)
     ORDER BY r.due_at, r.person_id LIMIT cardinality($2::bigint[]) FOR UPDATE SKIP LOCKED
), judged AS (
    SELECT next.person_id, p.lang, p.stopped_at IS NOT NULL OR p.id IS NULL AS stopped,
           (SELECT x.queued_at + interval '24 hours' FROM broadcast_recipients x
             WHERE x.person_id = next.person_id AND x.queued_at > moment($6::bigint) - interval '24 hours'
             ORDER BY x.queued_at DESC OFFSET $5::int - 1 LIMIT 1) AS full_until
      FROM next LEFT JOIN people p ON p.id = next.person_id
), going AS (
    SELECT *, ($2::bigint[])[row_number() OVER (ORDER BY person_id)] AS outbox_id
      FROM judged WHERE NOT stopped AND full_until IS NULL
), queued AS (
    INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at, broadcast_id, until)
    SELECT g.outbox_id, moment($6::bigint), g.person_id, 'broadcast', 'queued', $3::text, t.body, t.coding, t.segments,
           moment($6::bigint), $1::bigint, moment($4::bigint)
      FROM going g JOIN broadcast_texts t ON t.broadcast_id = $1::bigint AND t.lang = g.lang
), marked AS (
    UPDATE broadcast_recipients r
       SET outbox_id = g.outbox_id, queued_at = CASE WHEN g.outbox_id IS NOT NULL THEN moment($6::bigint) END,
           dropped = j.stopped, due_at = coalesce(j.full_until, r.due_at)
      FROM judged j LEFT JOIN going g USING (person_id)
     WHERE r.broadcast_id = $1::bigint AND r.person_id = j.person_id
)
SELECT (SELECT count(*) FROM next), (SELECT count(*) FROM going);

-- name: broadcasts_queued
-- In the outbox, not yet claimed.
SELECT count(*) FROM outbox WHERE state = 'queued' AND priority = 2;

-- name: broadcasts_end
-- All of their recipients were handed over, and what became of that is known.
UPDATE broadcasts b SET state = 'done', ended_at = moment($1::bigint)
 WHERE b.state = 'running' AND b.planned_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM broadcast_recipients r WHERE r.broadcast_id = b.id AND r.outbox_id IS NULL AND NOT r.dropped)
   AND NOT EXISTS (SELECT FROM outbox o WHERE o.state = 'queued' AND o.priority = 2 AND o.broadcast_id = b.id)
   AND NOT EXISTS (SELECT FROM outbox o WHERE o.state = 'sending' AND o.broadcast_id = b.id);

-- name: broadcasts_unasked
-- Those that wait for a coordinator whom nobody has asked yet, with each coordinator who may; where there is none yet, it is looked
-- again the next time. At most $2, locked until the transaction ends.
WITH may AS (
    SELECT b.id, o.person_id, p.lang
      FROM broadcasts b
      JOIN officers o ON o.role = 'coordinator' AND o.person_id IS DISTINCT FROM b.author
      JOIN people p ON p.id = o.person_id AND p.stopped_at IS NULL
     WHERE b.state = 'awaiting_approval' AND b.asked_at IS NULL
       AND (o.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = b.area AND i.area = ANY (o.areas)))
       AND (o.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k WHERE k.commodity = b.commodity AND k.kind = ANY (o.crops)))
), waiting AS (
    SELECT * FROM broadcasts
     WHERE state = 'awaiting_approval' AND asked_at IS NULL AND id IN (SELECT id FROM may)
     ORDER BY id LIMIT $2::int FOR NO KEY UPDATE SKIP LOCKED
), asked AS (
    UPDATE broadcasts b SET asked_at = moment($1::bigint) FROM waiting w WHERE b.id = w.id
)
SELECT w.id, m.person_id, m.lang, w.area, w.commodity, w.people, w.words
  FROM waiting w JOIN may m ON m.id = w.id
 ORDER BY w.id, m.person_id;

-- ---- to be looked at ----

-- name: broadcasts_list
SELECT id, state, source, area, commodity, role, array_to_string(langs, ' '), subscribers, commercial, disaster, words,
       array_to_string(bulletins, ' '), people, segments, recipients, planned_at IS NOT NULL, micros(created_at),
       micros(expires_at), coalesce(micros(started_at), 0), coalesce(micros(ended_at), 0)
  FROM broadcasts WHERE $1::bigint IN (0, id) ORDER BY id DESC LIMIT $2::int;

-- name: broadcast_progress
-- Recipients that wait, that are in the outbox, sent, delivered, failed, uncertain, and that said stop; segments that have still to go.
SELECT r.waiting, o.queued, o.sent, o.delivered, o.failed, o.uncertain, r.dropped,
       r.waiting * (SELECT ceil(coalesce(avg(segments), 1)) FROM broadcast_texts WHERE broadcast_id = $1::bigint)::bigint + o.left
  FROM (SELECT (SELECT count(*) FROM broadcast_recipients
                 WHERE broadcast_id = $1::bigint AND outbox_id IS NULL AND NOT dropped) AS waiting,
               (SELECT count(*) FROM broadcast_recipients WHERE broadcast_id = $1::bigint AND dropped) AS dropped) AS r,
       (SELECT count(*) FILTER (WHERE state IN ('queued', 'sending')) AS queued, count(*) FILTER (WHERE state = 'sent') AS sent,
               count(*) FILTER (WHERE state = 'delivered') AS delivered, count(*) FILTER (WHERE state = 'failed') AS failed,
               count(*) FILTER (WHERE state = 'uncertain') AS uncertain,
               coalesce(sum(segments) FILTER (WHERE state IN ('queued', 'sending')), 0) AS left
          FROM outbox WHERE broadcast_id = $1::bigint) AS o;

-- name: audit_list
SELECT id, micros(at), coalesce(actor, 0), role, act, coalesce(subject, 0), details::text FROM audit ORDER BY id DESC LIMIT $1::int;

-- ---- who wants no advertisements ----

-- name: do_not_call_clear
DELETE FROM do_not_call;

-- name: do_not_call_add
INSERT INTO do_not_call (msisdn) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING;

-- name: do_not_call_count
SELECT count(*) FROM do_not_call;
