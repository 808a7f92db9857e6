-- SPDX-License-Identifier: Apache-2.0
--
-- What was said of prices, and the groups counted out of it; db/price_reports.h says how.

-- name: price_reports_add
-- The same ask or deal of the same day is one row, which is counted again when it says something else.
INSERT INTO price_reports AS t
       (kind, person_id, origin, day, commodity, place, unit, basis, attrs, low, price, high, quarantine, source, counted)
SELECT kind, person_id, origin, day, commodity, place, unit, basis,
       concat_ws(';', 'size=' || nullif(size, ''), 'grade=' || nullif(grade, ''), 'state=' || nullif(state, ''),
                 nullif(rest, '')),
       low, price, high, quarantine, source, false
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::date[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[],
              $16::text[], $17::text[])
    AS u(kind, person_id, origin, day, commodity, place, unit, basis, size, grade, state, rest, low, price, high,
         quarantine, source)
    ON CONFLICT (kind, origin, day) WHERE origin IS NOT NULL DO UPDATE SET
       commodity = excluded.commodity, place = excluded.place, unit = excluded.unit, attrs = excluded.attrs,
       low = excluded.low, price = excluded.price, high = excluded.high, quarantine = excluded.quarantine,
       reported_at = excluded.reported_at, reviewed_at = NULL, counted = false
 WHERE (t.commodity, t.place, t.unit, t.attrs, t.low, t.price, t.high) IS DISTINCT FROM
       (excluded.commodity, excluded.place, excluded.unit, excluded.attrs, excluded.low, excluded.price, excluded.high)
    OR (excluded.quarantine NOT IN ('', t.quarantine) AND (excluded.quarantine = 'withdrawn' OR t.reviewed_at IS NULL));

-- name: price_feed_lock
-- Nobody else reads or counts until the transaction ends; no row when somebody does, or when it was counted since $1.
SELECT settled FROM price_feed WHERE counted_at < moment($1::bigint) FOR UPDATE SKIP LOCKED;

-- name: price_feed_wait
SELECT settled FROM price_feed FOR UPDATE;

-- name: price_reports_waiting
-- Goods and days with reports that are not counted yet.
SELECT DISTINCT commodity, day::text FROM price_reports WHERE NOT counted ORDER BY commodity, day::text LIMIT $1::int;

-- name: price_reports_judge
-- An ask or a deal too far from what at least five others said in the province in the last two weeks, each person once:
-- farther than six median deviations, and than three tenths of their median.
WITH waiting AS (
    SELECT r.id, r.commodity, r.day, r.unit, r.basis, r.size, r.grade, r.state, r.rest, r.price, province.area
      FROM unnest($1::text[], $2::date[]) AS u(commodity, day)
      JOIN price_reports r ON r.commodity = u.commodity AND r.day = u.day AND NOT r.counted
                          AND r.quarantine = '' AND r.reviewed_at IS NULL AND r.kind IN ('ask', 'deal')
     CROSS JOIN LATERAL (
        SELECT a.area FROM place_areas a WHERE a.place = r.place AND a.level = 'province'
         ORDER BY a.steps DESC LIMIT 1) AS province
), known AS (
    SELECT k.*, middle.median, middle.deviation
      FROM (SELECT DISTINCT commodity, day, unit, basis, size, grade, state, rest, area FROM waiting) AS k
     CROSS JOIN LATERAL (
        SELECT array_agg(voice.price) AS prices, count(DISTINCT voice.id) AS n
          FROM (SELECT DISTINCT ON (coalesce(r.person_id, -r.id)) r.id, r.price, price_weight(r.kind) AS weight
                  FROM price_reports r
                  JOIN place_areas i ON i.place = r.place AND i.area = k.area
                 WHERE r.commodity = k.commodity AND r.day BETWEEN k.day - 14 AND k.day
                   AND (r.unit, r.basis, r.size, r.grade, r.state, r.rest) =
                       (k.unit, k.basis, k.size, k.grade, k.state, k.rest)
                   AND r.counted AND r.quarantine = ''
                 ORDER BY coalesce(r.person_id, -r.id), price_weight(r.kind) DESC, r.day DESC, r.id DESC) AS voice
         CROSS JOIN generate_series(1, voice.weight)) AS near
     CROSS JOIN LATERAL (
        SELECT m.median, percentile_disc(0.5) WITHIN GROUP (ORDER BY abs(p - m.median)) AS deviation
          FROM unnest(near.prices) AS p,
               (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY p) AS median FROM unnest(near.prices) AS p) AS m
         GROUP BY m.median) AS middle
     WHERE near.n >= 5
)
UPDATE price_reports r SET quarantine = 'far'
  FROM waiting w
  JOIN known k USING (commodity, day, unit, basis, size, grade, state, rest, area)
 WHERE r.id = w.id AND abs(w.price - k.median) > greatest(6 * k.deviation, k.median * 3 / 10);

-- name: price_reports_mark
UPDATE price_reports r SET counted = true
  FROM unnest($1::text[], $2::date[]) AS u(commodity, day)
 WHERE r.commodity = u.commodity AND r.day = u.day AND NOT r.counted;

-- name: price_groups_count
-- The groups of these goods and days as their reports make them: written where they changed, gone where nothing is left.
-- voices  each person once a group, by the heaviest and then the newest word; who names no person counts for each report
-- fresh   prices that were reported, never a mean: each stands there as often as it weighs
WITH touched AS (
    SELECT DISTINCT * FROM unnest($1::text[], $2::date[]) AS u(commodity, day)
), voices AS (
    SELECT DISTINCT ON (r.commodity, r.day, a.area, r.unit, r.basis, r.size, r.grade, r.state, r.rest,
                        coalesce(r.person_id, -r.id))
           r.commodity, r.day, a.area AS place, r.unit, r.basis, r.size, r.grade, r.state, r.rest, r.id, r.price,
           coalesce(r.low, r.price) AS low, coalesce(r.high, r.price) AS high, price_weight(r.kind) AS weight
      FROM touched
      JOIN price_reports r ON r.commodity = touched.commodity AND r.day = touched.day
                          AND r.counted AND r.quarantine = '' AND (r.kind <> 'ask' OR r.person_id IS NOT NULL)
      JOIN place_areas a ON a.place = r.place
                        AND (a.steps = 0 OR (r.kind IN ('ask', 'deal') AND a.level NOT IN ('region', 'country')))
     ORDER BY r.commodity, r.day, a.area, r.unit, r.basis, r.size, r.grade, r.state, r.rest,
              coalesce(r.person_id, -r.id), price_weight(r.kind) DESC, r.reported_at DESC, r.id DESC
), fresh AS (
    SELECT commodity, day, place, unit, basis, size, grade, state, rest,
           percentile_disc(0.25) WITHIN GROUP (ORDER BY low) AS low,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY price) AS median,
           percentile_disc(0.75) WITHIN GROUP (ORDER BY high) AS high, count(DISTINCT id) AS reports
      FROM voices CROSS JOIN generate_series(1, weight)
     GROUP BY commodity, day, place, unit, basis, size, grade, state, rest
    HAVING count(*) >= 3
), gone AS (
    SELECT g.commodity, g.day, g.place, g.unit, g.basis, g.size, g.grade, g.state, g.rest
      FROM touched JOIN price_groups g ON g.commodity = touched.commodity AND g.day = touched.day
    EXCEPT
    SELECT commodity, day, place, unit, basis, size, grade, state, rest FROM fresh
), removed AS (
    DELETE FROM price_groups g USING gone
     WHERE (g.commodity, g.day, g.place, g.unit, g.basis, g.size, g.grade, g.state, g.rest) =
           (gone.commodity, gone.day, gone.place, gone.unit, gone.basis, gone.size, gone.grade, gone.state, gone.rest)
)
INSERT INTO price_groups AS g
       (commodity, day, place, unit, basis, size, grade, state, rest, low, median, high, reports)
SELECT * FROM fresh
    ON CONFLICT (commodity, day, place, unit, basis, size, grade, state, rest) DO UPDATE SET
       low = excluded.low, median = excluded.median, high = excluded.high, reports = excluded.reports
 WHERE (g.low, g.median, g.high, g.reports) <> (excluded.low, excluded.median, excluded.high, excluded.reports);

-- name: price_feed_counted
UPDATE price_feed SET counted_at = moment($1::bigint);

-- name: prices_quarantined
-- The oldest first.
SELECT r.id, r.kind, r.day - date '1970-01-01', r.commodity, r.place, r.unit, r.size, r.grade, r.state, r.price,
       r.quarantine, coalesce(r.person_id, 0)
  FROM price_reports r
 WHERE r.quarantine IN ('implausible', 'far') AND r.reviewed_at IS NULL AND r.id > $1::bigint
 ORDER BY r.id LIMIT $2::int;

-- name: price_review
-- An officer's word is the last: what counts is counted again, what does not stays, and neither is judged once more.
WITH reviewed AS (
    UPDATE price_reports
       SET reviewed_at = moment($3::bigint), counted = NOT $2::boolean,
           quarantine = CASE WHEN $2::boolean THEN '' ELSE quarantine END
     WHERE id = $1::bigint AND quarantine IN ('implausible', 'far') AND reviewed_at IS NULL
    RETURNING id
)
SELECT count(*) FROM reviewed;

-- name: price_feed_given
-- The last id that any event of a listing got, seen or not.
SELECT last_value FROM listing_events_id_seq;

-- name: price_feed_position
-- What of the events after $1 (NULL = after what is settled) is read next: where it begins, ends, and how many they are.
WITH start AS (SELECT coalesce($1::bigint, settled) AS id FROM price_feed)
SELECT start.id, coalesce(max(e.id), start.id), count(e.id)
  FROM start LEFT JOIN LATERAL (
    SELECT id FROM listing_events WHERE id > start.id ORDER BY id LIMIT $2::int) AS e ON true
 GROUP BY start.id;

-- name: price_feed_read
-- What the listings of these events ask, each day once, and what their owners say they got. An offer that was cancelled
-- on its day takes its ask back. Codes that left the lexicon's tables name nothing.
WITH events AS (
    SELECT DISTINCT ON (e.listing_id, e.day) e.listing_id, e.day, e.state
      FROM (SELECT listing_id, id, state, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
              FROM listing_events WHERE id > $1::bigint AND id <= $2::bigint) AS e
     ORDER BY e.listing_id, e.day, e.id DESC
), said AS (
    SELECT 'ask' AS kind, l.person_id, l.id AS origin, e.day, l.commodity, l.place, l.price_unit AS unit,
           'farmgate' AS basis, l.size, l.grade, l.state_of_goods, l.price_low AS low, l.price_high AS high,
           e.state = 'cancelled' AS withdrawn
      FROM events e JOIN listings l ON l.id = e.listing_id
     WHERE l.side = 's' AND l.price_low > 0 AND l.price_high > 0
       AND (e.state = 'open'
            OR (e.state = 'cancelled'
                AND EXISTS (SELECT FROM price_reports r WHERE r.kind = 'ask' AND r.origin = l.id AND r.day = e.day)))
    UNION ALL
    SELECT 'deal', l.person_id, d.id, (d.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, l.commodity, l.place, d.price_unit,
           CASE l.side WHEN 's' THEN 'farmgate' ELSE 'trader_buy' END, l.size, l.grade, l.state_of_goods, d.price, d.price,
           d.withdrawn_at IS NOT NULL
      FROM (SELECT DISTINCT listing_id FROM events) AS e
      JOIN listings l ON l.id = e.listing_id
      JOIN listing_deals d ON d.listing_id = l.id AND d.price > 0
)
SELECT s.kind, s.person_id, s.origin, s.day - date '1970-01-01', s.commodity, s.place, s.unit, s.basis, s.size, s.grade,
       s.state_of_goods, s.low, s.high, s.withdrawn
  FROM said s
  JOIN commodities c ON c.code = s.commodity
  JOIN places p ON p.code = s.place
  JOIN units u ON u.code = s.unit
 ORDER BY s.kind, s.origin, s.day;

-- name: price_feed_settle
-- $1: events up to it were read; $2: what price_feed_given said before this transaction began. What was given out before
-- the transaction that the last reader noted is settled once no older one is under way: they read rows after they got
-- a transaction's number, so none can still appear.
UPDATE price_feed
   SET settled = greatest(settled, least($1::bigint, CASE WHEN pg_snapshot_xmin(pg_current_snapshot()) >= unsettled
                                                          THEN seen ELSE settled END)),
       seen = $2::bigint, unsettled = pg_snapshot_xmax(pg_current_snapshot());

-- name: price_import_groups
-- The groups of these goods and days, in one order.
SELECT g.commodity, g.day - date '1970-01-01', g.place, g.unit, g.basis, variant.attrs, g.low, g.median, g.high, g.reports
  FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::date[])) AS u(commodity, day)
  JOIN price_groups g ON g.commodity = u.commodity AND g.day = u.day
 CROSS JOIN LATERAL (
    SELECT concat_ws(';', 'size=' || nullif(g.size, ''), 'grade=' || nullif(g.grade, ''),
                     'state=' || nullif(g.state, ''), nullif(g.rest, '')) AS attrs) AS variant
 ORDER BY g.commodity COLLATE "C", g.day, g.place COLLATE "C", g.unit COLLATE "C", g.basis COLLATE "C",
          variant.attrs COLLATE "C";

-- name: price_import
-- Lines of a bulletin: those that are new, and those that say another price than before; how many of each.
WITH written AS (
    INSERT INTO price_reports AS t (kind, day, commodity, place, unit, basis, attrs, low, price, high, source)
    SELECT 'bulletin', day, commodity, place, unit, basis,
           concat_ws(';', 'size=' || nullif(size, ''), 'grade=' || nullif(grade, ''), 'state=' || nullif(state, ''),
                     nullif(rest, '')),
           low, price, high, source
      FROM unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                  $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::text[])
        AS u(day, commodity, place, unit, basis, size, grade, state, rest, low, price, high, source)
        ON CONFLICT (day, commodity, place, unit, attrs, basis, source) WHERE kind = 'bulletin' DO UPDATE SET
           low = excluded.low, price = excluded.price, high = excluded.high, reported_at = excluded.reported_at
     WHERE (t.low, t.price, t.high) IS DISTINCT FROM (excluded.low, excluded.price, excluded.high)
    RETURNING xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written;
