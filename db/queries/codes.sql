-- SPDX-License-Identifier: Apache-2.0
--
-- One-time codes.

-- name: codes_find
-- And whether what waits may still be done (broadcast_add, broadcast_approve).
SELECT asked.n, encode(c.digest, 'hex'), c.kind, c.act, micros(c.made_at), c.tries, c.failures, micros(c.failures_at),
       CASE c.kind
       WHEN 'broadcast' THEN EXISTS (
            SELECT FROM officers o CROSS JOIN LATERAL (SELECT c.act::jsonb ->> 'area' AS area, c.act::jsonb ->> 'goods' AS commodity) AS b
             WHERE o.person_id = c.person_id
               AND (o.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = b.area AND i.area = ANY (o.areas)))
               AND (o.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k
                                               WHERE k.commodity = b.commodity AND k.kind = ANY (o.crops))))
       WHEN 'approval' THEN EXISTS (
            SELECT FROM officers o
              JOIN broadcasts b ON b.id = c.act::bigint AND b.state = 'awaiting_approval' AND b.author IS DISTINCT FROM o.person_id
             WHERE o.person_id = c.person_id AND o.role = 'coordinator'
               AND (o.areas = '{}' OR EXISTS (SELECT FROM place_areas i WHERE i.place = b.area AND i.area = ANY (o.areas)))
               AND (o.crops = '{}' OR EXISTS (SELECT FROM commodity_kinds k
                                               WHERE k.commodity = b.commodity AND k.kind = ANY (o.crops))))
       ELSE true END
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
