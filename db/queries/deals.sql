-- SPDX-License-Identifier: Apache-2.0
--
-- Deals in a batch of texts: what the two sides say to what clearing proposed to them.

-- name: deals_lock
-- people_lock, and with them the other side of every deal that is open with those who answer one.
SELECT id FROM people
 WHERE id IN (SELECT id FROM people WHERE msisdn = ANY ($1::text[])
              UNION
              SELECT d.buyer FROM people me JOIN deals d ON d.seller = me.id AND d.state = 'proposed'
               WHERE me.msisdn = ANY ($2::text[])
              UNION
              SELECT d.seller FROM people me JOIN deals d ON d.buyer = me.id AND d.state = 'proposed'
               WHERE me.msisdn = ANY ($2::text[]))
 ORDER BY id FOR NO KEY UPDATE;

-- name: deals_find
-- A person's open deals, and the one of the code that is named, whatever became of it; the columns of clearing_parties.
SELECT asked.n, p.id, p.code, p.state, p.side, p.person_id, p.lang, p.accepted, p.other_id, p.other_lang, p.other_accepted,
       p.listing_id, p.listing, (1000 * p.whole)::bigint, (1000 * p.entered_quantity)::bigint, p.entered_unit, p.place, p.contact,
       p.other_listing_id, p.other_listing, (1000 * p.other_whole)::bigint, (1000 * p.other_entered_quantity)::bigint,
       p.other_entered_unit, p.other_place, p.other_contact, (1000 * p.quantity)::bigint, p.base_unit, p.price, p.price_unit,
       p.commodity, p.size, p.grade, p.state_of_goods, micros(p.until), p.stands
  FROM unnest($1::int[], $2::text[], $3::text[]) AS asked(n, msisdn, code)
  JOIN people me ON me.msisdn = asked.msisdn
 CROSS JOIN LATERAL (
    SELECT d.id FROM deals d WHERE d.seller = me.id AND d.state = 'proposed'
    UNION
    SELECT d.id FROM deals d WHERE d.buyer = me.id AND d.state = 'proposed'
    UNION
    SELECT d.id FROM deals d WHERE d.code = asked.code AND (d.seller = me.id OR d.buyer = me.id)) AS mine
 CROSS JOIN LATERAL ( -- one by one, however many deals there are: OFFSET keeps the view from being read whole first
    SELECT * FROM deal_parties d WHERE d.id = mine.id AND d.person_id = me.id OFFSET 0) AS p
 ORDER BY asked.n, p.id;

-- name: deals_answer
-- Only of the two sides, only while it is open; both may answer in one batch. What both accepted is taken off their
-- listings: one that is taken whole is matched, the rest of another stays open. The offer's owner has then sold so much at
-- that price, as if he had said so.
WITH asked AS (
    SELECT u.id, bool_or(u.said = 'refuse') AS refused, bool_or(u.said = 'withdraw') AS withdrawn,
           array_agg(u.person_id) FILTER (WHERE u.said = 'accept') AS accepted, max(u.inbound_id) AS inbound_id
      FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) AS u(id, person_id, said, inbound_id)
      JOIN deals d ON d.id = u.id AND d.state = 'proposed' AND u.person_id IN (d.seller, d.buyer)
     GROUP BY u.id
), said AS (
    SELECT d.id, a.refused, a.withdrawn, a.inbound_id,
           coalesce(d.seller_at, CASE WHEN d.seller = ANY (a.accepted) THEN moment($5::bigint) END) AS seller_at,
           coalesce(d.buyer_at, CASE WHEN d.buyer = ANY (a.accepted) THEN moment($5::bigint) END) AS buyer_at
      FROM asked a JOIN deals d ON d.id = a.id
), ended AS (
    SELECT *, CASE WHEN refused THEN 'refused' WHEN withdrawn THEN 'withdrawn'
                   WHEN seller_at IS NOT NULL AND buyer_at IS NOT NULL THEN 'accepted' ELSE 'proposed' END AS state
      FROM said
), answered AS (
    UPDATE deals d
       SET seller_at = e.seller_at, buyer_at = e.buyer_at, state = e.state,
           closed_at = CASE WHEN e.state <> 'proposed' THEN moment($5::bigint) END
      FROM ended e
     WHERE d.id = e.id
    RETURNING d.*, e.inbound_id
), sold AS (
    INSERT INTO listing_deals (listing_id, quantity, unit, price, price_unit, inbound_id, at)
    SELECT sell_id, quantity, base_unit, price, price_unit, inbound_id, moment($5::bigint)
      FROM answered WHERE state = 'accepted'
), taken AS (
    SELECT both_of.id, sum(a.quantity) AS quantity, max(a.inbound_id) AS inbound_id
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
    RETURNING l AS now, t.inbound_id
)
INSERT INTO listing_events (listing_id, state, person_id, inbound_id, at, changes)
SELECT (c.now).id, (c.now).state, (c.now).person_id, c.inbound_id, moment($5::bigint), listing_changes(was, c.now)
  FROM changed c JOIN listings was ON was.id = (c.now).id;
