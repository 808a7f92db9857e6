-- SPDX-License-Identifier: Apache-2.0

-- name: conversations_put
-- The whole new conversation.
INSERT INTO conversations (person_id, question, question_at, failures, last_hash, last_at, last_repeatable,
                           last_answer, hour_at, hour_replies, hour_same)
SELECT person_id, question, CASE WHEN question IS NOT NULL THEN moment(question_us) END, failures, last_hash,
       moment($11::bigint), last_repeatable, last_answer, moment(hour_us), hour_replies, hour_same
  FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::int[], $5::bigint[], $6::boolean[], $7::text[],
              $8::bigint[], $9::int[], $10::int[])
    AS u(person_id, question, question_us, failures, last_hash, last_repeatable, last_answer, hour_us, hour_replies,
         hour_same)
    ON CONFLICT (person_id) DO UPDATE SET
       question = excluded.question, question_at = excluded.question_at, failures = excluded.failures,
       last_hash = excluded.last_hash, last_at = excluded.last_at,
       last_repeatable = excluded.last_repeatable, last_answer = excluded.last_answer, hour_at = excluded.hour_at,
       hour_replies = excluded.hour_replies, hour_same = excluded.hour_same;
