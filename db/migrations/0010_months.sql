-- SPDX-License-Identifier: Apache-2.0
--
-- Months come and go while texts are answered.

-- As before, but PARTITION OF locks the parent against everybody, and while it waits for that behind a long reader (pg_dump)
-- every text waits behind it. A table that is made alone and attached hinders nobody who reads or writes.
CREATE OR REPLACE FUNCTION make_month_partition(parent text, month timestamp) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    child text := parent || to_char(month, '_YYYY_MM');
BEGIN
    IF to_regclass(quote_ident(child)) IS NOT NULL THEN
        RETURN 0;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL EXCLUDING INDEXES)', child, parent);
    IF parent = 'outbox' THEN
        EXECUTE format('ALTER TABLE %I SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)', child);
    END IF;
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, child,
                   month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
    RETURN 1;
END $$;
