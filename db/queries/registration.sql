-- SPDX-License-Identifier: Apache-2.0
--
-- Who registers, and what people subscribe to.

-- name: people_name
UPDATE people p SET name = u.name FROM unnest($1::bigint[], $2::text[]) AS u(id, name) WHERE p.id = u.id;

-- name: crops_clear
DELETE FROM person_crops WHERE person_id = ANY ($1::bigint[]);

-- name: crops_add
INSERT INTO person_crops (person_id, commodity)
SELECT * FROM unnest($1::bigint[], $2::text[])
    ON CONFLICT DO NOTHING;

-- name: subscriptions_find
-- What a person is subscribed to, the newest first, for the lookups that want it.
SELECT asked.n, s.commodity, s.place
  FROM unnest($1::int[], $2::text[]) AS asked(n, msisdn)
  JOIN people p ON p.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT * FROM subscriptions s WHERE s.person_id = p.id ORDER BY s.at DESC, s.commodity, s.place LIMIT $3::int) AS s
 ORDER BY asked.n, s.at DESC, s.commodity, s.place;

-- name: subscriptions_add
-- Again is the same once more, under the words that hold now.
INSERT INTO subscriptions AS s (person_id, commodity, place, text_version, inbound_id, at)
SELECT u.*, moment($6::bigint)
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[]) AS u
    ON CONFLICT (person_id, commodity, place) DO NOTHING;

-- name: subscriptions_drop
-- An empty commodity is all that the person has.
DELETE FROM subscriptions s
 USING unnest($1::bigint[], $2::text[], $3::text[]) AS u(person_id, commodity, place)
 WHERE s.person_id = u.person_id AND (u.commodity = '' OR (s.commodity, s.place) = (u.commodity, u.place));
