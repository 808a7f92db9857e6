-- SPDX-License-Identifier: Apache-2.0
--
-- What is known of the :people people, who all have texted before: a conversation and a notice each. By psql as a superuser.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
SET session_replication_role = replica; -- as in seed.sql

INSERT INTO conversations (person_id, last_hash, last_at, last_repeatable, last_answer, hour_at, hour_replies)
SELECT id, id, now() - interval '1 day', true, 'Da nhan. Gia lua OM18 hom nay 8.500-8.700 d/kg tai Cau Ke, Tra Vinh. HUY: ' || id,
       now() - interval '1 day', 1
  FROM generate_series(1, :people) AS id;
INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)
SELECT id, 'notice', true, '1', 0, now() - interval '1 day' FROM generate_series(1, :people) AS id;
