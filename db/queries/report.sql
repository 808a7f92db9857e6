-- SPDX-License-Identifier: Apache-2.0
--
-- What smsctl shows. An empty filter means all.

-- name: report_status
SELECT name, value::text FROM (
    SELECT 1, 'schema_version' AS name, (SELECT max(version) FROM schema_migrations)::bigint AS value
    UNION ALL SELECT 2, 'lexicon_version', (SELECT version FROM lexicon_version)
    UNION ALL SELECT 3, 'people', (SELECT count(*) FROM people)
    UNION ALL SELECT 4, 'people_stopped', (SELECT count(*) FROM people WHERE stopped_at IS NOT NULL)
    UNION ALL SELECT 5, 'listings_open', (SELECT count(*) FROM listings WHERE state = 'open')
    UNION ALL SELECT 6, 'inbound_24h', (SELECT count(*) FROM inbound WHERE received_at > now() - interval '1 day')
    UNION ALL SELECT 7, 'inbound_24h_none', (SELECT count(*) FROM inbound
                                   WHERE received_at > now() - interval '1 day' AND outcome = 'none')
    UNION ALL SELECT 8, 'outbox_waiting', (SELECT count(*) FROM outbox WHERE state = 'queued')
                               + (SELECT count(*) FROM outbox WHERE state = 'sending')
    UNION ALL SELECT 9, 'outbox_24h_failed', (SELECT count(*) FROM outbox
                                   WHERE created_at > now() - interval '1 day' AND state = 'failed')
    UNION ALL SELECT 10, 'outbox_24h_uncertain', (SELECT count(*) FROM outbox
                                   WHERE created_at > now() - interval '1 day' AND state = 'uncertain')
    UNION ALL SELECT 11, 'dead', (SELECT count(*) FROM dead_letter)
    UNION ALL SELECT 12, 'desk_open', (SELECT count(*) FROM desk WHERE state = 'open')
    UNION ALL SELECT 13, 'price_reports', (SELECT count(*) FROM price_reports)
    UNION ALL SELECT 14, 'months_ahead', (SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                                   WHERE i.inhparent = 'outbox'::regclass
                                     AND c.relname > 'outbox' || to_char(now() AT TIME ZONE 'UTC', '_YYYY_MM'))
) AS s(n, name, value) ORDER BY n;

-- name: report_messages
-- Texts in and out, newest first; answers of a text directly before it.
SELECT * FROM (
    (SELECT 'in', i.id, micros(i.received_at) AS at, coalesce(p.msisdn, ''), i.short_code, i.channel, i.text, i.intent,
            i.outcome, 0
       FROM inbound i LEFT JOIN people p ON p.id = i.person_id
      WHERE $1::text = '' OR i.person_id = (SELECT id FROM people WHERE msisdn = $1::text)
      ORDER BY i.received_at DESC, i.id DESC LIMIT $2::int)
    UNION ALL
    (SELECT 'out', o.id, micros(o.created_at), coalesce(p.msisdn, ''), o.sender, '', o.body, o.kind, o.state, o.segments
       FROM outbox o LEFT JOIN people p ON p.id = o.person_id
      WHERE $1::text = '' OR o.person_id = (SELECT id FROM people WHERE msisdn = $1::text)
      ORDER BY o.created_at DESC, o.id DESC LIMIT $2::int)) AS m
 ORDER BY at DESC, 1 DESC, 2 DESC LIMIT $2::int;

-- name: report_listings
-- Ids are handed out in blocks (ids_block), so they do not say which is newer.
SELECT l.code, l.side, l.state, l.commodity, coalesce(c.name_vi, ''), (l.quantity * 1000)::bigint, l.base_unit,
       (l.entered_quantity * 1000)::bigint, l.entered_unit, l.price_low, l.price_high, l.price_unit, l.place,
       coalesce(pl.name_vi, ''), coalesce(p.msisdn, ''), coalesce(l.ready::text, ''), l.until::text, l.size, l.grade,
       l.state_of_goods, micros(l.created_at)
  FROM listings l
  LEFT JOIN people p ON p.id = l.person_id
  LEFT JOIN commodities c ON c.code = l.commodity
  LEFT JOIN places pl ON pl.code = l.place
 WHERE $1::text = '' OR l.code = $1::text
 ORDER BY l.created_at DESC, l.id DESC LIMIT $2::int;

-- name: report_outbox
SELECT o.id, micros(o.created_at), o.kind, o.state, coalesce(p.msisdn, ''), o.sender, o.body, o.coding, o.segments,
       o.attempts, micros(o.next_at), coalesce(micros(o.sent_at), 0), coalesce(micros(o.delivered_at), 0),
       coalesce(o.dlr, 0), o.detail
  FROM outbox o LEFT JOIN people p ON p.id = o.person_id
 WHERE $1::text = '' OR o.state = $1::text
 ORDER BY o.created_at DESC, o.id DESC LIMIT $2::int;

-- name: report_dead
SELECT id, micros(at), micros(received_at), msisdn, short_code, channel, text, reason
  FROM dead_letter ORDER BY id DESC LIMIT $1::int;

-- name: report_desk
-- A text's month is found by the time its item was made: it came in 28 days before at most (inbound_add).
SELECT d.id, micros(d.created_at), extract(epoch FROM now() - d.created_at)::bigint, p.msisdn, d.reason,
       coalesce(i.channel, ''), coalesce(i.intent, ''), coalesce(i.text, '')
  FROM desk d
  JOIN people p ON p.id = d.person_id
  LEFT JOIN inbound i ON i.person_id = d.person_id AND i.id = d.inbound_id
                     AND i.received_at BETWEEN d.created_at - interval '28 days' AND d.created_at
 WHERE d.state = 'open'
 ORDER BY d.created_at DESC, d.id DESC LIMIT $1::int;
