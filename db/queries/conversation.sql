-- SPDX-License-Identifier: Apache-2.0

-- name: conversations_put
-- The whole new conversation. A question keeps the moment it was asked while it stays the same.
INSERT INTO conversations AS c (person_id, question, question_at, failures, last_hash, last_at, last_repeatable,
                                last_answer, hour_at, hour_replies, hour_same)
SELECT person_id, question, CASE WHEN question IS NOT NULL THEN moment($10::bigint) END, failures, last_hash,
       moment($10::bigint), last_repeatable, last_answer, moment(hour_us), hour_replies, hour_same
  FROM unnest($1::bigint[], $2::text[], $3::int[], $4::bigint[], $5::boolean[], $6::text[], $7::bigint[], $8::int[],
              $9::int[])
    AS u(person_id, question, failures, last_hash, last_repeatable, last_answer, hour_us, hour_replies, hour_same)
    ON CONFLICT (person_id) DO UPDATE SET
       question = excluded.question,
       question_at = CASE WHEN excluded.question = c.question THEN c.question_at ELSE excluded.question_at END,
       failures = excluded.failures, last_hash = excluded.last_hash, last_at = excluded.last_at,
       last_repeatable = excluded.last_repeatable, last_answer = excluded.last_answer, hour_at = excluded.hour_at,
       hour_replies = excluded.hour_replies, hour_same = excluded.hour_same;
