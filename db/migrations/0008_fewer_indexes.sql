-- SPDX-License-Identifier: Apache-2.0
--
-- Every text writes a row into each of these tables, so an index that another one can stand in for is paid for all day.

-- The key in order of time is also what shows the newest rows; it is always asked for whole.
ALTER TABLE outbox DROP CONSTRAINT outbox_pkey, ADD PRIMARY KEY (created_at, id);
DROP INDEX outbox_recent;
ALTER TABLE inbound DROP CONSTRAINT inbound_pkey, ADD PRIMARY KEY (received_at, id);
DROP INDEX inbound_recent;

-- Rows lie in the order of their time; only the retention job asks for the oldest.
DROP INDEX inbound_seen_age;
CREATE INDEX inbound_seen_age ON inbound_seen USING brin (received_at);

-- The same text while its listing stands is looked for with every offer; the prefix still lists a person's own.
DROP INDEX listings_open_person;
CREATE INDEX listings_open_person ON listings (person_id, text_hash) WHERE state = 'open';

-- An event is written by the statement that writes its listing, and nothing deletes listings.
ALTER TABLE listing_events DROP CONSTRAINT listing_events_listing_id_fkey;
