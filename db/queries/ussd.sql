-- SPDX-License-Identifier: Apache-2.0
--
-- USSD sessions.

-- name: ussd_sessions_read
-- Those of the senders of texts by USSD, whose locks are held. The limit is beyond what a phone can have open.
SELECT asked.n, s.person_id, s.gateway, s.session, s.state, s.phase, micros(s.touched_at)
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT * FROM ussd_sessions s WHERE s.person_id = p.id ORDER BY s.touched_at DESC LIMIT $3::int) AS s
 ORDER BY asked.n, s.touched_at DESC;

-- name: ussd_sessions_put
INSERT INTO ussd_sessions (person_id, gateway, session, state, phase, touched_at)
SELECT u.*, moment($6::bigint)
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) AS u
    ON CONFLICT (person_id, gateway, session) DO UPDATE SET
       state = excluded.state, phase = excluded.phase, touched_at = excluded.touched_at;

-- name: ussd_sessions_forget
-- So many of those not touched since. The few rows there are are read from end to end; one that is being written is left
-- for the next time.
WITH dropped AS (
    DELETE FROM ussd_sessions d
     USING (SELECT person_id, gateway, session FROM ussd_sessions WHERE touched_at < moment($1::bigint)
             LIMIT $2::int FOR UPDATE SKIP LOCKED) AS s
     WHERE (d.person_id, d.gateway, d.session) = (s.person_id, s.gateway, s.session)
    RETURNING 1)
SELECT count(*) FROM dropped;

-- name: usual_find
-- What a person has offered or asked for (each listing counts), told to grow, subscribed to or last looked through, before
-- what most people announce around: in the narrowest area where anybody does. And the places of those listings. A person's
-- listings are few.
SELECT asked.n, w.kind, w.code
  FROM unnest($1::int[], $2::text[], $3::text[]) AS asked(n, msisdn, place)
  JOIN people p ON p.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT 'goods' AS kind, g.code, sum(g.own) AS own, max(g.around) AS around
      FROM (SELECT l.commodity AS code, count(*) AS own, 0::bigint AS around
              FROM listings l WHERE l.person_id = p.id GROUP BY 1
             UNION ALL
            SELECT k.commodity, 1, 0 FROM person_crops k WHERE k.person_id = p.id
             UNION ALL
            SELECT k.commodity, 1, 0 FROM subscriptions k WHERE k.person_id = p.id
             UNION ALL
            SELECT k.commodity, 1, 0 FROM match_pages k WHERE k.person_id = p.id AND k.commodity <> ''
             UNION ALL
            (SELECT s.commodity, 0, s.sellers FROM supply s
              WHERE s.area = (SELECT a.area FROM place_areas a
                               WHERE a.place = asked.place AND EXISTS (SELECT FROM supply x WHERE x.area = a.area)
                               ORDER BY a.steps LIMIT 1)
              ORDER BY s.sellers DESC LIMIT $4::int)) AS g
     GROUP BY g.code
     UNION ALL
    SELECT 'place', l.place, count(*), 0 FROM listings l WHERE l.person_id = p.id GROUP BY l.place) AS w
 ORDER BY asked.n, w.own DESC, w.around DESC, w.code;
