-- SPDX-License-Identifier: Apache-2.0
--
-- Texts to people who did not just write.

-- name: alerts_post
-- Not to those who stopped, each thing once, and no more within 24 hours than each row's cap, of which words that somebody
-- passes on take nothing. In one order, so that two who post the same wait for one another in one direction only. Answers
-- which rows were posted: n counts from 1.
WITH asked AS (
    SELECT DISTINCT ON (u.person_id, u.key) u.*
      FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::bigint[],
                  $9::int[])
           WITH ORDINALITY AS u(id, person_id, key, sender, body, coding, segments, not_before, cap, n)
      JOIN people p ON p.id = u.person_id AND p.stopped_at IS NULL
     WHERE NOT EXISTS (SELECT FROM alerts_told t WHERE t.person_id = u.person_id AND t.key = u.key)
     ORDER BY u.person_id, u.key, u.n
), counted AS (
    SELECT a.*, count(*) FILTER (WHERE a.key NOT LIKE 'relay:%')
                  OVER (PARTITION BY a.person_id ORDER BY a.cap DESC, a.n) AS nth,
           (SELECT count(*) FROM alerts_told t
             WHERE t.person_id = a.person_id AND t.at > moment($10::bigint) - interval '24 hours'
               AND t.key NOT LIKE 'relay:%') AS before
      FROM asked a
), told AS (
    INSERT INTO alerts_told (person_id, key, at)
    SELECT person_id, key, moment($10::bigint) FROM counted WHERE before + nth <= cap
     ORDER BY person_id, key
        ON CONFLICT DO NOTHING
    RETURNING person_id, key
), posted AS (
    INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)
    SELECT a.id, moment($10::bigint), a.person_id, 'alert', 'queued', a.sender, a.body, a.coding, a.segments,
           moment(greatest(a.not_before, $10::bigint))
      FROM asked a JOIN told USING (person_id, key)
)
SELECT a.n FROM asked a JOIN told USING (person_id, key) ORDER BY a.n;

-- name: alerts_forget
-- A slice of those told before so many days: what they were about is long over.
WITH old AS (
    SELECT person_id, key FROM alerts_told
     WHERE at < moment($1::bigint) - make_interval(days => $2::int)
     LIMIT $3::int FOR UPDATE SKIP LOCKED
), dropped AS (
    DELETE FROM alerts_told t USING old WHERE t.person_id = old.person_id AND t.key = old.key
    RETURNING 1
)
SELECT count(*) FROM dropped;
