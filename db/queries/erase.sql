-- SPDX-License-Identifier: Apache-2.0
--
-- Erasing people (db/erase.h). A table that holds anything of a person either goes with the row of people (ON DELETE
-- CASCADE) or has its statement here; tests/unit/db/test_erase.c finds out.

-- name: erase_begin
-- What the person sees at once. Texts that wait for the handset of somebody who is no longer there are not sent.
WITH asked AS (
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) AS u(person_id, digest, key_id)
), queued AS (
    INSERT INTO erasures (person_id, msisdn, at)
    SELECT p.id, p.msisdn, moment($4::bigint) FROM asked JOIN people p ON p.id = asked.person_id
), proved AS (
    INSERT INTO consent_proofs (digest, key_id, kind, granted, text_version, at)
    SELECT decode(a.digest, 'hex'), a.key_id, c.kind, c.granted, c.text_version, c.at
      FROM asked a JOIN consent c ON c.person_id = a.person_id
    UNION ALL
    SELECT decode(digest, 'hex'), key_id, 'erased', true, '', moment($4::bigint) FROM asked
), closed AS (
    UPDATE listings l SET state = 'cancelled' FROM asked WHERE l.person_id = asked.person_id AND l.state IN ('open', 'matched')
    RETURNING l.id, l.state
), told AS (
    INSERT INTO listing_events (listing_id, state, at) SELECT id, state, moment($4::bigint) FROM closed
), unanswered AS (
    UPDATE desk d SET state = 'closed', ended_at = moment($4::bigint) FROM asked
     WHERE d.person_id = asked.person_id AND d.state = 'open'
), unsent AS (
    UPDATE outbox o SET state = 'expired' FROM asked WHERE o.person_id = asked.person_id AND o.state = 'queued'
)
UPDATE people p SET msisdn = NULL, name = '', place = '', stopped_at = moment($4::bigint)
  FROM asked WHERE p.id = asked.person_id;

-- name: newcomers_suppress
-- Of those who write for the first time: whoever was erased under the same number is not texted on our own account.
UPDATE people p SET stopped_at = moment($3::bigint)
  FROM unnest($1::bigint[], $2::text[]) AS u(person_id, digest)
 WHERE p.id = u.person_id AND p.stopped_at IS NULL
   AND EXISTS (SELECT FROM consent_proofs c WHERE c.digest = decode(u.digest, 'hex') AND c.kind = 'erased');

-- name: erase_take
-- The run takes those that are there now; what comes while it is under way is for the next.
WITH taken AS (UPDATE erasures SET taken = true RETURNING 1) SELECT count(*) FROM taken;

-- name: erase_words_passed_on
-- What the person had passed on to the other side of a listing went out in the transaction of the text that brought it.
UPDATE outbox o SET body = '***', state = CASE WHEN o.state = 'queued' THEN 'expired' ELSE o.state END
  FROM erasures e JOIN inbound i ON i.person_id = e.person_id AND i.intent = 'relay'
  JOIN relays r ON e.person_id IN (r.owner, r.asker)
 WHERE e.taken AND o.created_at = i.answered_at AND o.kind = 'alert'
   AND o.person_id = CASE e.person_id WHEN r.owner THEN r.asker ELSE r.owner END;

-- name: erase_inbound
DELETE FROM inbound i USING erasures e WHERE e.taken AND i.person_id = e.person_id;

-- name: erase_outbox
DELETE FROM outbox o USING erasures e WHERE e.taken AND o.person_id = e.person_id;

-- name: erase_recipients
DELETE FROM broadcast_recipients r USING erasures e WHERE e.taken AND r.person_id = e.person_id;

-- name: erase_seen
-- By number, which somebody may write from again since.
DELETE FROM inbound_seen s USING erasures e WHERE e.taken AND s.msisdn = e.msisdn AND s.received_at <= e.at;

-- name: erase_dead_letters
DELETE FROM dead_letter d USING erasures e
 WHERE e.taken AND (d.person_id = e.person_id OR (d.msisdn = e.msisdn AND d.at <= e.at));

-- name: erase_listings
UPDATE listings l SET person_id = NULL, text_hash = 0 FROM erasures e WHERE e.taken AND l.person_id = e.person_id;

-- name: erase_mentions_in
-- The number in what others wrote, were answered and were told.
UPDATE inbound i SET text = regexp_replace(i.text, e.pattern, '***', 'g')
  FROM erasures e WHERE e.taken AND i.received_at <= e.at AND i.text ~ e.pattern;

-- name: erase_mentions_out
UPDATE outbox o SET body = regexp_replace(o.body, e.pattern, '***', 'g')
  FROM erasures e WHERE e.taken AND o.created_at <= e.at AND o.body ~ e.pattern;

-- name: erase_mentions_dead
UPDATE dead_letter d SET text = regexp_replace(d.text, e.pattern, '***', 'g')
  FROM erasures e WHERE e.taken AND d.at <= e.at AND d.text ~ e.pattern;

-- name: erase_mentions_last
UPDATE conversations c SET last_answer = regexp_replace(c.last_answer, e.pattern, '***', 'g')
  FROM erasures e WHERE e.taken AND c.last_at <= e.at AND c.last_answer ~ e.pattern;

-- name: erase_mentions_answers
UPDATE desk_answers a SET words = regexp_replace(a.words, e.pattern, '***', 'g')
  FROM erasures e WHERE e.taken AND a.at <= e.at AND a.words ~ e.pattern;

-- name: erase_words_asked
-- What officers were asked in the person's words: the text to an officer is as old as the note that he was asked.
UPDATE outbox o SET body = '***', state = CASE WHEN o.state = 'queued' THEN 'expired' ELSE o.state END
  FROM erasures e JOIN desk d ON d.person_id = e.person_id JOIN desk_asked a ON a.desk_id = d.id
 WHERE e.taken AND o.person_id = a.officer_id AND o.created_at = a.at AND o.kind = 'alert';

-- name: erase_people
-- Last, and with it all that hangs on the row, the erasure itself included. A row that only a text brought again has made
-- since holds nothing but the number.
DELETE FROM people p USING erasures e
 WHERE e.taken AND (p.id = e.person_id OR
                    (p.msisdn = e.msisdn AND NOT EXISTS (SELECT FROM conversations c WHERE c.person_id = p.id)));

-- name: person_id
SELECT id FROM people WHERE msisdn = $1::text FOR NO KEY UPDATE;

-- name: person_export
-- All that is stored about a person, table by table, as one JSON text.
SELECT jsonb_pretty(jsonb_build_object(
    'person', to_jsonb(p),
    'conversation', (SELECT to_jsonb(t) FROM conversations t WHERE t.person_id = p.id),
    'consent', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.at) FROM consent t WHERE t.person_id = p.id),
    'crops', (SELECT jsonb_agg(t.commodity ORDER BY t.commodity) FROM person_crops t WHERE t.person_id = p.id),
    'subscriptions', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.at) FROM subscriptions t WHERE t.person_id = p.id),
    'ussd_sessions', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.touched_at) FROM ussd_sessions t WHERE t.person_id = p.id),
    'codes', (SELECT to_jsonb(t) - 'digest' FROM codes t WHERE t.person_id = p.id),
    'listings', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object(
                        'history', (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.at) FROM listing_events e WHERE e.listing_id = t.id),
                        'deals', (SELECT jsonb_agg(to_jsonb(d) ORDER BY d.at) FROM listing_deals d WHERE d.listing_id = t.id))
                        ORDER BY t.created_at) FROM listings t WHERE t.person_id = p.id),
    'proposals', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.proposed_at) FROM deals t WHERE p.id IN (t.seller, t.buyer)),
    'relays', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.at) FROM relays t WHERE p.id IN (t.owner, t.asker)),
    'match_pages', (SELECT to_jsonb(t) FROM match_pages t WHERE t.person_id = p.id),
    'listing_lists', (SELECT to_jsonb(t) FROM listing_lists t WHERE t.person_id = p.id),
    'price_reports', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.reported_at) FROM price_reports t WHERE t.person_id = p.id),
    'listing_list', (SELECT to_jsonb(t) FROM listing_lists t WHERE t.person_id = p.id),
    'inbound', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.received_at) FROM inbound t WHERE t.person_id = p.id),
    'inbound_seen', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.received_at) FROM inbound_seen t WHERE t.msisdn = p.msisdn),
    'outbox', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.created_at) FROM outbox t WHERE t.person_id = p.id),
    'do_not_call', EXISTS (SELECT FROM do_not_call t WHERE t.msisdn = p.msisdn),
    'broadcasts', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.broadcast_id) FROM broadcast_recipients t WHERE t.person_id = p.id),
    'dead_letter', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.at) FROM dead_letter t
                     WHERE t.person_id = p.id OR t.msisdn = p.msisdn),
    'desk', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object(
                    'answers', (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.at) FROM desk_answers a WHERE a.desk_id = t.id))
                    ORDER BY t.created_at) FROM desk t WHERE t.person_id = p.id),
    'officer', (SELECT to_jsonb(t) FROM officers t WHERE t.person_id = p.id),
    'acts', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) FROM audit t WHERE t.actor = p.id),
    'alerts_told', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.at) FROM alerts_told t WHERE t.person_id = p.id)))
  FROM people p WHERE p.msisdn = $1::text;
