-- SPDX-License-Identifier: Apache-2.0
--
-- Words that are passed on between the owner of a listing and somebody who is interested.

-- name: relays_find
-- The two whom a code brings together, as the person sees it: the code of a listing of somebody else, or one of the person's own
-- relays. An empty relay code: they have not written yet.
SELECT asked.n, l.id, l.code, l.commodity, l.state IN ('open', 'matched') AND l.until >= province_today(),
       coalesce(two.code, ''), two.owner = me.id, other.id, other.lang, other.stopped_at IS NOT NULL,
       coalesce(two.stopped_by, 0),
       (SELECT count(*) FROM relays_sent s WHERE s.sender = me.id AND s.at > now() - interval '24 hours')
  FROM unnest($1::int[], $2::text[], $3::text[]) AS asked(n, msisdn, code)
  JOIN people me ON me.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT l.id AS listing_id, l.person_id AS owner, me.id AS asker, r.code, r.stopped_by
      FROM (SELECT id, person_id FROM listings WHERE code = asked.code LIMIT 1) AS l
      LEFT JOIN relays r ON r.listing_id = l.id AND r.asker = me.id
    UNION ALL
    SELECT r.listing_id, r.owner, r.asker, r.code, r.stopped_by FROM relays r
     WHERE r.code = asked.code AND me.id IN (r.owner, r.asker)) AS two
 CROSS JOIN LATERAL (SELECT * FROM listings WHERE id = two.listing_id LIMIT 1) AS l
  JOIN people other ON other.id = CASE WHEN two.owner = me.id THEN two.asker ELSE two.owner END;

-- name: relays_put
-- Opens those that are new and notes who stopped them or takes them up again.
INSERT INTO relays (code, listing_id, owner, asker, stopped_by, at)
SELECT code, listing_id, owner, asker, nullif(stopped_by, 0), moment($6::bigint)
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
    AS u(code, listing_id, owner, asker, stopped_by)
    ON CONFLICT (listing_id, asker) DO UPDATE SET stopped_by = excluded.stopped_by;

-- name: relays_sent_add
INSERT INTO relays_sent (sender, at) SELECT sender, moment($2::bigint) FROM unnest($1::bigint[]) AS sender;
