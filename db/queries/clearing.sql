-- SPDX-License-Identifier: Apache-2.0
--
-- Clearing: what is open on either side, and the deals that come of it. Whoever changes a listing or a deal holds the row
-- of its owner, both owners' for a deal, locked in id order, as a batch of texts holds those of its senders.

-- name: clearing_claim
-- A row when it is time again: then it is the caller's to clear.
UPDATE clearing_runs SET started_at = moment($1::bigint)
 WHERE started_at <= moment($1::bigint) - $2::bigint * interval '1 second'
RETURNING 1;

-- name: clearing_plans
-- For the rest of the transaction statements are planned for the tables as they are: a plan that was kept since the first
-- of them was empty takes minutes, and a plan an hour costs nothing.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_hashjoin', 'on', true),
       set_config('enable_bitmapscan', 'on', true);

-- name: clearing_trees
-- The goods, each with all kinds of them, that are both offered and wanted.
SELECT c.code
  FROM commodities c
 WHERE c.parent = ''
   AND EXISTS (SELECT FROM commodity_kinds k JOIN listings l ON l.commodity = k.commodity AND l.side = 's'
                  AND l.state = 'open' AND l.until >= $1::date WHERE k.kind = c.code)
   AND EXISTS (SELECT FROM commodity_kinds k JOIN listings l ON l.commodity = k.commodity AND l.side = 'b'
                  AND l.state = 'open' AND l.until >= $1::date WHERE k.kind = c.code)
 ORDER BY c.code;

-- name: clearing_orders
-- What is free of the open listings of one side, those that end first where there are very many; of people who take
-- alerts. `room` is how many more proposals such a person gets now.
SELECT l.id, l.person_id, room.n, l.commodity, l.place, (1000 * (l.quantity - taken.quantity))::bigint,
       (1000 * l.quantity)::bigint, (1000 * l.entered_quantity)::bigint, l.base_unit, l.entered_unit,
       l.price_low, l.price_high, l.price_unit, coalesce(l.ready - date '1970-01-01', $8::int), l.until - date '1970-01-01',
       l.size, l.grade, l.state_of_goods
  FROM (SELECT l.*
          FROM commodity_kinds k
          JOIN listings l ON l.commodity = k.commodity AND l.side = $2::text AND l.state = 'open' AND l.until >= $3::date
                         AND l.quantity > 0
         WHERE k.kind = $1::text
         ORDER BY l.until, l.id
         LIMIT $4::int) AS l
  JOIN people p ON p.id = l.person_id AND p.stopped_at IS NULL
 CROSS JOIN LATERAL (
    SELECT least($5::int - (SELECT count(*) FROM deals d WHERE d.seller = p.id AND d.state = 'proposed')
                         - (SELECT count(*) FROM deals d WHERE d.buyer = p.id AND d.state = 'proposed'),
                 $6::int - (SELECT count(*) FROM alerts_told t
                             WHERE t.person_id = p.id AND t.at > moment($7::bigint) - interval '24 hours'))) AS room(n)
 CROSS JOIN LATERAL (
    SELECT coalesce(CASE $2::text
                    WHEN 's' THEN (SELECT sum(d.quantity) FROM deals d WHERE d.sell_id = l.id AND d.state = 'proposed')
                    ELSE (SELECT sum(d.quantity) FROM deals d WHERE d.buy_id = l.id AND d.state = 'proposed') END, 0)
    ) AS taken(quantity)
 WHERE room.n > 0 AND l.quantity > taken.quantity
 ORDER BY l.until, l.id;

-- name: clearing_barred
-- Pairs of these offers that were proposed before, at the prices they still have.
SELECT d.sell_id, d.buy_id
  FROM deals d
  JOIN listings s ON s.id = d.sell_id AND s.price_low = d.sell_price
  JOIN listings b ON b.id = d.buy_id AND b.price_high = d.buy_price
 WHERE d.sell_id = ANY ($1::bigint[]) AND d.state <> 'withdrawn';

-- name: clearing_places
-- Where places are, in millionths of a degree; who has no point of its own lies where the nearest area around it does.
SELECT asked.code, (1000000 * at.lat::numeric)::bigint, (1000000 * at.lon::numeric)::bigint
  FROM (SELECT DISTINCT unnest($1::text[])) AS asked(code)
 CROSS JOIN LATERAL (
    SELECT p.lat, p.lon FROM place_areas a JOIN places p ON p.code = a.area AND p.lat <> '' AND p.lon <> ''
     WHERE a.place = asked.code ORDER BY a.steps LIMIT 1) AS at
 ORDER BY asked.code COLLATE "C";

-- name: clearing_lock
-- The owners. What the deals depend on is read by the next statement, when they are locked.
SELECT id FROM people WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE;

-- name: clearing_propose
-- Those whose listings are still as they were when the deals were thought out, with so much free. Answers their codes.
INSERT INTO deals (code, sell_id, buy_id, seller, buyer, quantity, base_unit, price, price_unit, sell_price, buy_price,
                   proposed_at, until)
SELECT a.code, s.id, b.id, s.person_id, b.person_id, a.quantity, s.base_unit, a.price, a.price_unit, s.price_low,
       b.price_high, moment($9::bigint), moment($10::bigint)
  FROM (SELECT u.code, u.sell_id, u.buy_id, u.quantity / 1000.0 AS quantity, u.price, u.price_unit, u.sell_price, u.buy_price,
               sum(u.quantity / 1000.0) OVER (PARTITION BY u.sell_id ORDER BY u.n) AS sold,
               sum(u.quantity / 1000.0) OVER (PARTITION BY u.buy_id ORDER BY u.n) AS bought
          FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[],
                      $8::bigint[]) WITH ORDINALITY
            AS u(code, sell_id, buy_id, quantity, price, price_unit, sell_price, buy_price, n)) AS a
  JOIN listings s ON s.id = a.sell_id AND s.state = 'open' AND s.price_low = a.sell_price
  JOIN listings b ON b.id = a.buy_id AND b.state = 'open' AND b.price_high = a.buy_price
  JOIN people seller ON seller.id = s.person_id AND seller.stopped_at IS NULL
  JOIN people buyer ON buyer.id = b.person_id AND buyer.stopped_at IS NULL
 CROSS JOIN LATERAL (SELECT coalesce(sum(d.quantity), 0) AS quantity FROM deals d
                      WHERE d.state = 'proposed' AND d.sell_id = s.id) AS sold_before
 CROSS JOIN LATERAL (SELECT coalesce(sum(d.quantity), 0) AS quantity FROM deals d
                      WHERE d.state = 'proposed' AND d.buy_id = b.id) AS bought_before
 WHERE a.sold + sold_before.quantity <= s.quantity AND a.bought + bought_before.quantity <= b.quantity
    ON CONFLICT DO NOTHING
RETURNING id;

-- name: clearing_over
-- Proposals that have run out, or that their listings no longer bear, and whose they are.
SELECT DISTINCT d.id, d.seller, d.buyer
  FROM (SELECT id FROM deals WHERE state = 'proposed' AND until <= moment($1::bigint)
        UNION
        SELECT id FROM deal_parties WHERE state = 'proposed' AND NOT stands) AS over
  JOIN deals d ON d.id = over.id
 ORDER BY d.id
 LIMIT $2::int;

-- name: clearing_free
-- Of these proposals those that are still over: what was reserved is free again.
UPDATE deals d
   SET state = CASE WHEN over.broken THEN 'withdrawn' ELSE 'expired' END, closed_at = moment($2::bigint)
  FROM (SELECT DISTINCT p.id, NOT p.stands AS broken FROM deal_parties p WHERE p.id = ANY ($1::bigint[])) AS over
 WHERE d.id = ANY ($1::bigint[]) AND d.id = over.id AND d.state = 'proposed' AND (over.broken OR d.until <= moment($2::bigint))
RETURNING d.id;

-- name: clearing_parties
-- Both sides of these deals, the offer's first.
SELECT id, code, state, side, person_id, lang, accepted, other_id, other_lang, other_accepted,
       listing_id, listing, (1000 * whole)::bigint, (1000 * entered_quantity)::bigint, entered_unit, place, contact,
       other_listing_id, other_listing, (1000 * other_whole)::bigint, (1000 * other_entered_quantity)::bigint,
       other_entered_unit, other_place, other_contact, (1000 * quantity)::bigint, base_unit, price, price_unit,
       commodity, size, grade, state_of_goods, micros(until), stands
  FROM deal_parties
 WHERE id = ANY ($1::bigint[])
 ORDER BY id, side DESC;
