-- SPDX-License-Identifier: Apache-2.0
--
-- Deals in a batch of texts: what the two sides say to what clearing proposed to them.

-- name: deals_lock
-- people_lock, and with them the other side of every deal that is open with those who answer one.
SELECT id FROM people
 WHERE id IN (SELECT id FROM people WHERE msisdn = ANY ($1::text[])
              UNION
              SELECT CASE d.seller WHEN me.id THEN d.buyer ELSE d.seller END
                FROM people me JOIN deals d ON (d.seller = me.id OR d.buyer = me.id) AND d.state = 'proposed'
               WHERE me.msisdn = ANY ($2::text[]))
 ORDER BY id FOR NO KEY UPDATE;

-- name: deals_find
-- A person's open deals, and the one of the code that is named, whatever became of it; the columns of clearing_parties.
SELECT asked.n, p.id, p.code, p.state, p.side, p.person_id, p.lang, p.accepted, p.other_id, p.other_lang, p.other_accepted, p.listing, p.other_listing,
       (1000 * p.quantity)::bigint, p.base_unit, (1000 * p.whole)::bigint, (1000 * p.entered_quantity)::bigint, p.entered_unit, p.price,
       p.price_unit, p.commodity, p.size, p.grade, p.state_of_goods, p.other_place, micros(p.until), p.stands
  FROM unnest($1::int[], $2::text[], $3::text[]) AS asked(n, msisdn, code)
  JOIN people me ON me.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT d.id FROM deals d WHERE (d.seller = me.id OR d.buyer = me.id) AND d.state = 'proposed'
    UNION
    SELECT d.id FROM deals d WHERE d.code = asked.code AND (d.seller = me.id OR d.buyer = me.id)) AS mine
  JOIN deal_parties p ON p.id = mine.id AND p.person_id = me.id
 ORDER BY asked.n, p.id;

-- name: deals_answer
-- Only of the two sides, only while it is open; both may answer in one batch. What both accepted is taken off their
-- listings: one that is taken whole is matched, the rest of another stays open.
WITH asked AS (
    SELECT u.id, bool_or(u.kind = 'refuse') AS refused, bool_or(u.kind = 'withdraw') AS withdrawn,
           array_agg(u.person_id) FILTER (WHERE u.kind = 'accept') AS accepted
      FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS u(id, person_id, kind)
      JOIN deals d ON d.id = u.id AND d.state = 'proposed' AND u.person_id IN (d.seller, d.buyer)
     GROUP BY u.id
), said AS (
    SELECT d.id, a.refused, a.withdrawn,
           CASE WHEN d.seller = ANY (a.accepted) THEN coalesce(d.seller_at, moment($4::bigint)) ELSE d.seller_at END AS seller_at,
           CASE WHEN d.buyer = ANY (a.accepted) THEN coalesce(d.buyer_at, moment($4::bigint)) ELSE d.buyer_at END AS buyer_at
      FROM asked a JOIN deals d ON d.id = a.id
), answered AS (
    UPDATE deals d
       SET seller_at = s.seller_at, buyer_at = s.buyer_at,
           state = CASE WHEN s.refused THEN 'refused' WHEN s.withdrawn THEN 'withdrawn'
                        WHEN s.seller_at IS NOT NULL AND s.buyer_at IS NOT NULL THEN 'accepted' ELSE 'proposed' END,
           closed_at = CASE WHEN s.refused OR s.withdrawn OR (s.seller_at IS NOT NULL AND s.buyer_at IS NOT NULL)
                            THEN moment($4::bigint) END
      FROM said s
     WHERE d.id = s.id
    RETURNING d.state, d.sell_id, d.buy_id, d.quantity
), taken AS (
    SELECT both_of.id, sum(a.quantity) AS quantity
      FROM answered a CROSS JOIN LATERAL (VALUES (a.sell_id), (a.buy_id)) AS both_of(id)
     WHERE a.state = 'accepted'
     GROUP BY both_of.id
), changed AS (
    UPDATE listings l
       SET state = CASE WHEN l.quantity > t.quantity THEN l.state ELSE 'matched' END,
           quantity = CASE WHEN l.quantity > t.quantity THEN l.quantity - t.quantity ELSE l.quantity END,
           entered_quantity = CASE WHEN l.quantity > t.quantity
                                   THEN greatest(round(l.entered_quantity * (l.quantity - t.quantity) / l.quantity, 3), 0.001)
                                   ELSE l.entered_quantity END
      FROM taken t
     WHERE l.id = t.id AND l.state = 'open'
    RETURNING l.id, l.state
)
INSERT INTO listing_events (listing_id, state, at) SELECT id, state, moment($4::bigint) FROM changed;
