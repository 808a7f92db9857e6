-- SPDX-License-Identifier: Apache-2.0
--
-- Transactions, ids, and what a connection says about itself.

-- name: begin
BEGIN;

-- name: begin_steady
-- One snapshot for all of it; who changes a row in the meantime makes it fail and run again.
BEGIN ISOLATION LEVEL REPEATABLE READ;

-- name: commit
COMMIT;

-- name: clock
-- Not the time when the transaction began.
SELECT micros(clock_timestamp());

-- name: ids_block
-- The first of 1,024 ids that are now this connection's.
SELECT nextval('message_ids');

-- name: serials_block
-- The first of 64 listing serials.
SELECT nextval('listing_serials');

-- name: kept_versions
-- What answers are kept under (db/kept.h): of prices all that they depend on, kinds and areas being part of the lexicon;
-- of the district a place lies in the lexicon's; of lots a minute.
SELECT p.version || ' ' || l.version || ' ' || province_today(), l.version::text, (extract(epoch FROM now())::bigint / 60)::text
  FROM price_version p, lexicon_version l;
