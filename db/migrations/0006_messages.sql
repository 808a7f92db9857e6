-- SPDX-License-Identifier: Apache-2.0
--
-- Texts in and out. inbound and outbox are partitioned by month, so that old months go whole; nothing refers to them
-- by a foreign key, and there is no default partition: a missing month is an alarm, not a slow leak.

CREATE TABLE inbound (
    id bigint NOT NULL,
    received_at timestamptz NOT NULL,
    kannel_id text NOT NULL,
    person_id bigint, -- NULL = not known (a dead letter)
    short_code text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('sms', 'ussd')),
    text text NOT NULL,
    intent text NOT NULL,
    outcome text NOT NULL
        CHECK (outcome IN ('sure', 'ask', 'none', 'answer', 'duplicate', 'guarded', 'dead')),
    answer_id bigint, -- in outbox; NULL = nothing was said
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX inbound_person ON inbound (person_id, received_at);
CREATE INDEX inbound_recent ON inbound (received_at);

-- Kannel's ids of the texts already answered. By hash, as a monthly partition could not hold an id unique over
-- midnight of the last; a number's ids lie together.
CREATE TABLE inbound_seen (
    msisdn text NOT NULL,
    kannel_id text NOT NULL,
    received_at timestamptz NOT NULL,
    answer_id bigint,
    answer_created_at timestamptz, -- with answer_id the key of outbox
    PRIMARY KEY (msisdn, kannel_id)
) PARTITION BY HASH (msisdn);
CREATE INDEX inbound_seen_age ON inbound_seen (received_at);

DO $$
BEGIN
    FOR i IN 0..15 LOOP
        EXECUTE format('CREATE TABLE inbound_seen_%s PARTITION OF inbound_seen '
                       'FOR VALUES WITH (MODULUS 16, REMAINDER %s)', lpad(i::text, 2, '0'), i);
    END LOOP;
END $$;

CREATE TABLE outbox (
    id bigint NOT NULL,
    created_at timestamptz NOT NULL,
    person_id bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('reply', 'alert', 'broadcast')),
    priority smallint NOT NULL GENERATED ALWAYS AS
        (CASE kind WHEN 'reply' THEN 0 WHEN 'alert' THEN 1 ELSE 2 END) STORED,
    state text NOT NULL CHECK (state IN
        ('queued', 'sending', 'sent', 'delivered', 'failed', 'expired', 'handed', 'uncertain')),
    sender text NOT NULL,
    body text NOT NULL,
    coding smallint NOT NULL CHECK (coding IN (0, 2)),
    segments smallint NOT NULL CHECK (segments > 0),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL, -- queued: due from then; sending: the lease ends then
    sent_at timestamptz,
    delivered_at timestamptz,
    dlr smallint,                 -- Kannel's last report
    detail text NOT NULL DEFAULT '',
    PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE INDEX outbox_due ON outbox (priority, next_at) WHERE state = 'queued';
CREATE INDEX outbox_leased ON outbox (next_at) WHERE state = 'sending';
CREATE INDEX outbox_recent ON outbox (created_at);

-- Texts that failed alone, whole: the desk reads them, and they can be put in again.
CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    kannel_id text NOT NULL,
    msisdn text NOT NULL,
    person_id bigint,
    short_code text NOT NULL,
    channel text NOT NULL,
    text text NOT NULL,
    reason text NOT NULL
);

-- What waits for an officer.
CREATE TABLE desk (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    inbound_id bigint NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'closed')),
    created_at timestamptz NOT NULL
);
CREATE INDEX desk_open ON desk (created_at) WHERE state = 'open';

GRANT SELECT, INSERT ON inbound, dead_letter, desk TO chonoi_smsd;
GRANT SELECT, INSERT, UPDATE, DELETE ON inbound_seen TO chonoi_smsd; -- ids go after 14 days; FOR UPDATE asks for UPDATE
GRANT SELECT, INSERT, UPDATE ON outbox TO chonoi_smsd;

-- One month of inbound or outbox: inbound_2026_11. 1 when it was made, 0 when it was there. Months are UTC's, so that
-- bounds do not depend on a session's time zone.
CREATE FUNCTION make_month_partition(parent text, month timestamp) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    child text := parent || to_char(month, '_YYYY_MM');
BEGIN
    IF to_regclass(quote_ident(child)) IS NOT NULL THEN
        RETURN 0;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, parent,
                   month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
    IF parent = 'outbox' THEN
        EXECUTE format('ALTER TABLE %I SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)', child);
    END IF;
    RETURN 1;
END $$;
REVOKE EXECUTE ON FUNCTION make_month_partition FROM PUBLIC;
