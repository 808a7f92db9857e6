-- SPDX-License-Identifier: Apache-2.0
--
-- What waits for an officer, and who the officers are. An item's text is found by the time the item was made: its month
-- holds what came in 28 days before at most (inbound_add).

-- name: desk_add
INSERT INTO desk (person_id, inbound_id, reason, place, commodity, created_at)
SELECT person_id, inbound_id, reason, coalesce(place, ''), coalesce(commodity, ''), moment($6::bigint)
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[])
    AS u(person_id, inbound_id, reason, place, commodity);

-- name: desk_find
-- Whether somebody is an officer, whether an item of somebody else may be answered, and whether it is a price.
SELECT asked.n, o.person_id IS NOT NULL, d.id IS NOT NULL, d.price_report_id IS NOT NULL
  FROM unnest($1::int[], $2::text[], $3::bigint[]) AS asked(n, msisdn, item)
  JOIN people p ON p.msisdn = asked.msisdn
  LEFT JOIN officers o ON o.person_id = p.id
  LEFT JOIN desk d ON d.id = asked.item AND d.state <> 'closed' AND d.person_id <> p.id;

-- name: desk_duty
-- Who may be asked, and when; and who cannot answer, since $1 wrong codes within $3 microseconds.
SELECT o.person_id, o.hours,
       coalesce(c.failures >= $1::int AND c.failures_at > moment($2::bigint - $3::bigint)
                                      AND c.failures_at < moment($2::bigint + $3::bigint), false)
  FROM officers o JOIN people p ON p.id = o.person_id LEFT JOIN codes c ON c.person_id = o.person_id
 WHERE p.stopped_at IS NULL;

-- name: desk_assign
-- Items nobody was asked about, those that were asked so long ago, and those that are with one of $5, who cannot answer:
-- each goes to whoever of $1, who are on duty, stands for its place and goods and was not asked before: an officer before
-- a coordinator (not with codes, which are no officer's business), the nearest first, then who has the least to do.
-- Whatever finds nobody goes behind the others. What another instance looks at is skipped.
WITH due AS (
    SELECT id, person_id, inbound_id, reason, place, commodity, price_report_id, created_at FROM desk
     WHERE state = 'open' AND (asked_at IS NULL OR asked_at <= moment($2::bigint) OR officer_id = ANY ($5::bigint[]))
     ORDER BY tried_at NULLS FIRST, created_at LIMIT $4::int FOR UPDATE SKIP LOCKED
), busy AS (
    SELECT officer_id, count(*) AS items FROM desk WHERE state = 'open' AND officer_id IS NOT NULL GROUP BY officer_id
), found AS (
    SELECT DISTINCT ON (d.id) d.id, o.person_id AS officer_id
      FROM due d
      JOIN officers o ON o.person_id = ANY ($1::bigint[]) AND o.person_id <> d.person_id
      LEFT JOIN busy b ON b.officer_id = o.person_id
     CROSS JOIN LATERAL (SELECT min(steps) AS steps FROM place_areas a
                          WHERE a.place = d.place AND a.area = ANY (o.areas)) AS area
     CROSS JOIN LATERAL (SELECT min(steps) AS steps FROM commodity_kinds k
                          WHERE k.commodity = d.commodity AND k.kind = ANY (o.crops)) AS crop
     WHERE (o.areas = '{}' OR d.place = '' OR area.steps IS NOT NULL)
       AND (o.crops = '{}' OR d.commodity = '' OR crop.steps IS NOT NULL)
       AND NOT EXISTS (SELECT FROM desk_asked x WHERE x.desk_id = d.id AND x.officer_id = o.person_id)
     ORDER BY d.id, (o.role = 'coordinator') = (d.reason <> 'code_locked'), area.steps, crop.steps,
              coalesce(b.items, 0), o.person_id
), marked AS (
    UPDATE desk d
       SET tried_at = moment($3::bigint),
           officer_id = coalesce(f.officer_id, d.officer_id),
           asked_at = CASE WHEN f.officer_id IS NULL THEN d.asked_at ELSE moment($3::bigint) END
      FROM due LEFT JOIN found f USING (id) WHERE d.id = due.id
), asked AS (
    INSERT INTO desk_asked (desk_id, officer_id, at) SELECT id, officer_id, moment($3::bigint) FROM found
)
SELECT d.id, f.officer_id, p.lang, d.reason, d.place, d.commodity, micros(d.created_at), coalesce(i.text, ''),
       r.price, r.unit
  FROM found f
  JOIN due d USING (id)
  JOIN people p ON p.id = f.officer_id
  LEFT JOIN inbound i ON i.person_id = d.person_id AND i.id = d.inbound_id
                     AND i.received_at BETWEEN d.created_at - interval '28 days' AND d.created_at
  LEFT JOIN price_reports r ON r.id = d.price_report_id
 ORDER BY d.id;

-- name: desk_take_prices
-- Prices in quarantine that somebody said become items, one a person at a time: a hundred asks of one are no hundred SMS
-- to an officer. Items of prices that were decided about otherwise end.
WITH decided AS (
    UPDATE desk d SET state = 'closed', ended_at = moment($1::bigint)
      FROM price_reports r WHERE r.id = d.price_report_id AND d.state = 'open' AND r.reviewed_at IS NOT NULL
)
INSERT INTO desk (person_id, inbound_id, reason, place, commodity, price_report_id, created_at)
SELECT DISTINCT ON (r.person_id) r.person_id, 0, 'price', r.place, r.commodity, r.id, moment($1::bigint)
  FROM price_reports r
 WHERE r.quarantine IN ('implausible', 'far') AND r.reviewed_at IS NULL AND r.person_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM desk d WHERE d.person_id = r.person_id AND d.price_report_id IS NOT NULL
                                        AND (d.state = 'open' OR d.price_report_id = r.id))
 ORDER BY r.person_id, r.id LIMIT $2::int
    ON CONFLICT DO NOTHING;

-- name: desk_judged
-- What officers said of prices.
SELECT a.id, d.price_report_id, a.words = 'dung'
  FROM desk_answers a JOIN desk d ON d.id = a.desk_id
 WHERE a.told_at IS NULL AND d.price_report_id IS NOT NULL
 ORDER BY a.id LIMIT $1::int;

-- name: desk_judged_done
UPDATE desk_answers SET told_at = moment($2::bigint) WHERE id = $1::bigint;

-- name: desk_tell
-- Answers that have still to go to who asked.
WITH due AS (
    SELECT a.id, a.desk_id, a.words
      FROM desk_answers a JOIN desk d ON d.id = a.desk_id AND d.price_report_id IS NULL
     WHERE a.told_at IS NULL ORDER BY a.id LIMIT $2::int FOR UPDATE OF a SKIP LOCKED
), marked AS (
    UPDATE desk_answers a SET told_at = moment($1::bigint) FROM due WHERE a.id = due.id
)
SELECT d.id, d.person_id, p.lang, d.reason, d.place, d.commodity, micros(d.created_at), due.words, 0, ''
  FROM due JOIN desk d ON d.id = due.desk_id JOIN people p ON p.id = d.person_id AND p.msisdn IS NOT NULL
 ORDER BY due.id;

-- name: desk_late
-- Items from before $1 that nobody has answered: their writers hear of it, once. Who sent wrong codes or an odd price
-- asked nothing.
WITH due AS (
    SELECT id FROM desk
     WHERE state = 'open' AND late_at IS NULL AND created_at <= moment($1::bigint) AND reason NOT IN ('code_locked', 'price')
     ORDER BY created_at LIMIT $3::int FOR UPDATE SKIP LOCKED
), marked AS (
    UPDATE desk d SET late_at = moment($2::bigint) FROM due WHERE d.id = due.id RETURNING d.*
)
SELECT m.id, m.person_id, p.lang, m.reason, m.place, m.commodity, micros(m.created_at), '', 0, ''
  FROM marked m JOIN people p ON p.id = m.person_id
 ORDER BY m.created_at, m.id;

-- name: desk_answer
-- Words of an officer, or of the desk (NULL), which has other means for prices. An item that was closed stays closed; one that was answered may be answered
-- again. Answers how many items there were.
WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u(desk_id, officer_id, words)
), ended AS (
    UPDATE desk d SET state = 'answered', ended_at = coalesce(d.ended_at, moment($4::bigint))
      FROM given g WHERE d.id = g.desk_id AND d.state <> 'closed'
       AND (g.officer_id IS NOT NULL OR d.price_report_id IS NULL)
       AND (g.officer_id IS NULL OR EXISTS (SELECT FROM officers o WHERE o.person_id = g.officer_id))
    RETURNING d.id
), added AS (
    INSERT INTO desk_answers (desk_id, officer_id, words, at)
    SELECT g.desk_id, g.officer_id, g.words, moment($4::bigint) FROM given g JOIN ended e ON e.id = g.desk_id
    RETURNING 1
)
SELECT count(*) FROM added;

-- name: desk_close
-- Without an answer: spam, or settled by a call. Answers how many.
WITH closed AS (
    UPDATE desk SET state = 'closed', ended_at = now() WHERE id = $1::bigint AND state <> 'closed' RETURNING 1
)
SELECT count(*) FROM closed;

-- name: desk_backlog
-- Open items, and the age of the oldest in seconds.
SELECT count(*), coalesce(extract(epoch FROM moment($1::bigint) - min(created_at))::bigint, 0)
  FROM desk WHERE state = 'open';

-- name: desk_show
SELECT d.id, d.state, d.reason, micros(d.created_at), coalesce(micros(d.asked_at), 0), coalesce(micros(d.late_at), 0),
       coalesce(micros(d.ended_at), 0), p.msisdn, coalesce(o.msisdn, ''), d.place, d.commodity, coalesce(i.text, '')
  FROM desk d
  JOIN people p ON p.id = d.person_id
  LEFT JOIN people o ON o.id = d.officer_id
  LEFT JOIN inbound i ON i.person_id = d.person_id AND i.id = d.inbound_id
                     AND i.received_at BETWEEN d.created_at - interval '28 days' AND d.created_at
 WHERE d.id = $1::bigint;

-- name: desk_show_answers
SELECT micros(a.at), coalesce(micros(a.told_at), 0), coalesce(p.msisdn, ''), a.words
  FROM desk_answers a LEFT JOIN people p ON p.id = a.officer_id
 WHERE a.desk_id = $1::bigint ORDER BY a.id;

-- name: officer_put
-- Anew, or otherwise than before.
WITH person AS (
    INSERT INTO people (msisdn) VALUES ($1::text) ON CONFLICT (msisdn) DO UPDATE SET msisdn = excluded.msisdn RETURNING id
)
INSERT INTO officers (person_id, role, areas, crops, hours)
SELECT id, $2::text, $3::text[], $4::text[], $5::text FROM person
    ON CONFLICT (person_id) DO UPDATE SET role = excluded.role, areas = excluded.areas, crops = excluded.crops,
       hours = excluded.hours;

-- name: officer_unknown
-- Areas that are no places, and crops that are no commodities.
SELECT a.code FROM unnest($1::text[]) AS a(code) WHERE NOT EXISTS (SELECT FROM places p WHERE p.code = a.code)
UNION ALL
SELECT c.code FROM unnest($2::text[]) AS c(code) WHERE NOT EXISTS (SELECT FROM commodities k WHERE k.code = c.code);

-- name: officer_remove
-- What this officer was asked goes to another at once. Answers how many officers there were.
WITH gone AS (
    DELETE FROM officers o USING people p WHERE p.id = o.person_id AND p.msisdn = $1::text RETURNING o.person_id
), freed AS (
    UPDATE desk SET asked_at = NULL FROM gone WHERE state = 'open' AND officer_id = gone.person_id
)
SELECT count(*) FROM gone;

-- name: officers_list
SELECT p.msisdn, o.role, array_to_string(o.areas, ' '), array_to_string(o.crops, ' '), o.hours,
       p.stopped_at IS NOT NULL,
       (SELECT count(*) FROM desk d WHERE d.officer_id = o.person_id AND d.state = 'open')
  FROM officers o JOIN people p ON p.id = o.person_id
 ORDER BY o.role, p.msisdn;
