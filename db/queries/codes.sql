-- SPDX-License-Identifier: Apache-2.0
--
-- One-time codes.

-- name: codes_find
SELECT asked.n, encode(c.digest, 'hex'), c.kind, c.act, micros(c.made_at), c.tries, c.failures, micros(c.failures_at)
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
  JOIN codes c ON c.person_id = p.id;

-- name: codes_put
-- The whole new state. Its person is locked by the batch.
INSERT INTO codes (person_id, digest, kind, act, made_at, tries, failures, failures_at)
SELECT person_id, decode(nullif(digest, ''), 'hex'), kind, act, moment(made_us), tries, failures, moment(failures_us)
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::int[], $7::int[], $8::bigint[])
    AS u(person_id, digest, kind, act, made_us, tries, failures, failures_us)
    ON CONFLICT (person_id) DO UPDATE SET
       digest = excluded.digest, kind = excluded.kind, act = excluded.act, made_at = excluded.made_at,
       tries = excluded.tries, failures = excluded.failures, failures_at = excluded.failures_at;
