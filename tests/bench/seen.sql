-- SPDX-License-Identifier: Apache-2.0
--
-- Kannel's ids of the texts of two weeks, by psql as a superuser when those texts are there; in the order of their key, so that its
-- index grows at one place of each part.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
SET work_mem = '512MB';
INSERT INTO inbound_seen (msisdn, kannel_id, received_at, answer_id, answer_created_at)
SELECT p.msisdn, i.kannel_id, i.received_at, i.answer_id, i.received_at
  FROM inbound i JOIN people p ON p.id = i.person_id
 WHERE i.received_at > now() - interval '14 days' ORDER BY p.msisdn, i.kannel_id;
