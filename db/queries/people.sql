-- SPDX-License-Identifier: Apache-2.0
--
-- Who writes. Numbers come as arrays, one per text of the batch.

-- name: people_lock
-- Those who are known, in id order, so that batches neither deadlock nor overtake one another. Nothing else is read here: what
-- is known of these people is read by later statements, whose snapshots are taken when the locks are held.
SELECT id FROM people WHERE msisdn = ANY ($1::text[]) ORDER BY id FOR NO KEY UPDATE;

-- name: people_add
-- Those who are missing, in a transaction of its own: who waits here for another who makes the same people holds nothing, and
-- number order keeps two from waiting for one another.
INSERT INTO people (msisdn)
SELECT n FROM unnest($1::text[]) AS n
 WHERE NOT EXISTS (SELECT FROM people p WHERE p.msisdn = n)
 ORDER BY n
    ON CONFLICT (msisdn) DO NOTHING;

-- name: people_read
-- Person and conversation of each text, in the order of the texts.
SELECT p.id, p.lang, p.lang_chosen, p.place, p.stopped_at IS NOT NULL, p.welcomed_at IS NOT NULL,
       p.khmer_offered_at IS NOT NULL, p.contact_asked_at IS NOT NULL,
       c.question, micros(c.question_at), coalesce(c.failures, 0), coalesce(c.last_hash, 0), micros(c.last_at),
       coalesce(c.last_repeatable, false), c.last_answer, micros(c.hour_at), coalesce(c.hour_replies, 0),
       coalesce(c.hour_same, 0)
  FROM unnest($1::text[]) WITH ORDINALITY AS asked(msisdn, n)
  LEFT JOIN people p ON p.msisdn = asked.msisdn
  LEFT JOIN conversations c ON c.person_id = p.id
 ORDER BY asked.n;

-- name: people_change
-- NULL leaves a field as it is. The first yes or stop keeps its moment.
UPDATE people p
   SET lang = coalesce(u.lang, p.lang),
       lang_chosen = coalesce(u.lang_chosen, p.lang_chosen),
       place = coalesce(u.place, p.place),
       stopped_at = CASE WHEN u.stopped IS NULL THEN p.stopped_at
                         WHEN u.stopped THEN coalesce(p.stopped_at, moment($7::bigint)) END,
       welcomed_at = CASE WHEN u.welcomed THEN coalesce(p.welcomed_at, moment($7::bigint)) ELSE p.welcomed_at END,
       khmer_offered_at = CASE WHEN u.khmer THEN moment($7::bigint) ELSE p.khmer_offered_at END,
       contact_asked_at = CASE WHEN u.contact THEN moment($7::bigint) ELSE p.contact_asked_at END
  FROM unnest($1::bigint[], $2::text[], $3::boolean[], $4::text[], $5::boolean[], $6::boolean[], $8::boolean[],
              $9::boolean[])
    AS u(id, lang, lang_chosen, place, stopped, welcomed, khmer, contact)
 WHERE p.id = u.id;

-- name: consent_add
INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)
SELECT u.*, moment($6::bigint)
  FROM unnest($1::bigint[], $2::text[], $3::boolean[], $4::text[], $5::bigint[]) AS u;

-- name: own_data
-- What DU LIEU tells of the person, without what is read with the text anyway.
SELECT asked.n, micros(p.created_at), p.name,
       (SELECT count(*) FROM listings l
         WHERE l.person_id = p.id AND l.state IN ('open', 'matched') AND l.until >= province_today()),
       (SELECT c.granted FROM consent c WHERE c.person_id = p.id AND c.kind = 'alerts' ORDER BY c.at DESC, c.id DESC LIMIT 1),
       (SELECT c.granted FROM consent c WHERE c.person_id = p.id AND c.kind = 'contact' ORDER BY c.at DESC, c.id DESC LIMIT 1),
       crops.codes[1], crops.codes[2], crops.codes[3], crops.codes[4]
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT array_agg(k.commodity ORDER BY k.commodity) AS codes FROM person_crops k WHERE k.person_id = p.id) AS crops;
