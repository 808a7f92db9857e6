-- SPDX-License-Identifier: Apache-2.0
--
-- A month of :texts texts (inbound) or of their answers (outbox, \if :is_outbox) from :begins to :ends or now, by psql as a superuser.
-- The first has the id :first_id; they are of :people people in no order. What the month had is dropped. The new table joins
-- its parent when it is full: that builds the indexes, and with wal_level = minimal nothing is written twice.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET timezone = 'UTC';
SELECT count(*) AS kinds_of_text FROM bench_texts \gset
BEGIN;
DROP TABLE IF EXISTS :child;
CREATE TABLE :child (LIKE :parent INCLUDING ALL EXCLUDING INDEXES);
ALTER TABLE :child OWNER TO chonoi_owner;

-- 69621: as in seed.sql.
CREATE TEMP VIEW made AS
SELECT :first_id + i AS id,
       :'begins'::timestamptz + i * ((least(now(), :'ends'::timestamptz) - :'begins'::timestamptz) / :texts) AS at,
       1 + i * 69621 % 2147483647 % :people AS person_id, t.intent, t.outcome, t.text
  FROM generate_series(0, :texts::bigint - 1) AS i JOIN bench_texts t ON t.n = i % :kinds_of_text;

\if :is_outbox
ALTER TABLE :child SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
INSERT INTO :child (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at, sent_at)
SELECT id, at, person_id, 'reply', 'sent', '8055', left(text || ': da nhan luc ' || at::text || '. Gia lua hom nay 8.500-8.700 d/kg', 150),
       0, 1, at, at + interval '50 ms'
  FROM made;
\else
INSERT INTO :child (id, received_at, kannel_id, person_id, short_code, channel, text, intent, outcome, answer_id, answered_at)
SELECT id, at, md5(id::text)::uuid::text, person_id, '8055', 'sms', text, intent, outcome, id + :to_answer, at + interval '5 ms'
  FROM made;
\endif
ALTER TABLE :parent ATTACH PARTITION :child FOR VALUES FROM (:'begins') TO (:'ends');
COMMIT;
