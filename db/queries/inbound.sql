-- SPDX-License-Identifier: Apache-2.0
--
-- Texts that came in.

-- name: inbound_seen_read
-- Which texts of the batch were answered before: n counts from 1. The limit leaves the planner nothing but one probe a
-- text, also where it takes the table for empty.
SELECT asked.n, s.answer_id, micros(s.answer_created_at)
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked(msisdn, kannel_id, n)
 CROSS JOIN LATERAL (
    SELECT answer_id, answer_created_at FROM inbound_seen
     WHERE msisdn = asked.msisdn AND kannel_id = asked.kannel_id LIMIT 1) AS s;

-- name: inbound_seen_answers
-- And how, of those that were, few as they are: what is not found is of a month that is gone.
SELECT asked.n, o.body
  FROM unnest($1::int[], $2::bigint[], $3::bigint[]) AS asked(n, id, created_us)
  JOIN outbox o ON o.id = asked.id AND o.created_at = moment(asked.created_us);

-- name: inbound_add
-- A gateway's clock may be far off; the row goes into a month that has a partition, never into the future.
INSERT INTO inbound (id, received_at, kannel_id, person_id, short_code, channel, text, intent, outcome, answer_id,
                     answered_at)
SELECT id, least(greatest(moment(received_us), moment($11::bigint) - interval '28 days'), moment($11::bigint)),
       kannel_id, person_id, short_code, channel, text, intent, outcome, answer_id, moment($11::bigint)
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::bigint[])
    AS u(id, received_us, kannel_id, person_id, short_code, channel, text, intent, outcome, answer_id);

-- name: inbound_seen_add
-- A second row for a key is an error on purpose: the last guard against a text that acts twice.
INSERT INTO inbound_seen (msisdn, kannel_id, received_at, answer_id, answer_created_at)
SELECT msisdn, kannel_id, moment($4::bigint), answer_id, CASE WHEN answer_id IS NOT NULL THEN moment($4::bigint) END
  FROM unnest($1::text[], $2::text[], $3::bigint[]) AS u(msisdn, kannel_id, answer_id);

-- name: dead_add
INSERT INTO dead_letter (at, received_at, kannel_id, msisdn, person_id, short_code, channel, text, reason)
SELECT moment($9::bigint), moment(received_us), kannel_id, msisdn, person_id, short_code, channel, text, reason
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
    AS u(received_us, kannel_id, msisdn, person_id, short_code, channel, text, reason);
