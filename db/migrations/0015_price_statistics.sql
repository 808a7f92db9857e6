-- SPDX-License-Identifier: Apache-2.0
--
-- Prices that mean something: what people ask and get counts beside bulletins and officers, each person once a group, and
-- what cannot be right waits for an officer.

ALTER TABLE price_reports
    ADD COLUMN person_id bigint REFERENCES people ON DELETE SET NULL, -- whose word it is; an ask of nobody counts no more
    ADD COLUMN origin bigint,                                         -- the listing of an ask, the row of a deal
    ADD COLUMN counted boolean NOT NULL DEFAULT true,                 -- false = its groups have still to be counted
    ADD COLUMN quarantine text NOT NULL DEFAULT ''                    -- why it does not count; '' = it does
        CHECK (quarantine IN ('', 'implausible', 'far', 'withdrawn')),
    ADD COLUMN reviewed_at timestamptz,                               -- an officer decided, for good
    DROP CONSTRAINT price_reports_kind_check,
    ADD CONSTRAINT price_reports_kind_check CHECK (kind IN ('seed', 'bulletin', 'officer', 'deal', 'ask'));

-- An ask is one row a listing and day, however often it is read; so is a line of a bulletin.
CREATE UNIQUE INDEX price_reports_origin ON price_reports (kind, origin, day) WHERE origin IS NOT NULL;
CREATE UNIQUE INDEX price_reports_bulletin ON price_reports (day, commodity, place, unit, attrs, basis, source)
    WHERE kind = 'bulletin';
CREATE INDEX price_reports_waiting ON price_reports (commodity, day) WHERE NOT counted;
CREATE INDEX price_reports_quarantine ON price_reports (id)
    WHERE quarantine IN ('implausible', 'far') AND reviewed_at IS NULL;
CREATE INDEX price_reports_person ON price_reports (person_id) WHERE person_id IS NOT NULL;

-- A question for a price walks the areas around a place from the narrowest on, and in each asks every place within for its
-- newest day.
CREATE INDEX place_areas_inside ON place_areas (area, steps, place);
CREATE INDEX price_groups_place ON price_groups (commodity, place, day) INCLUDE (size);

-- How much one voice weighs against others in the median.
CREATE FUNCTION price_weight(kind text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE kind WHEN 'ask' THEN 1 WHEN 'deal' THEN 2 ELSE 5 END;

-- How far the events of listings were read (db/price_feed.h). Who reads or counts holds the row.
CREATE TABLE price_feed (
    settled bigint NOT NULL,   -- every event up to this id was read
    seen bigint NOT NULL,      -- the last id that was given out when the transaction `unsettled` had not begun
    unsettled xid8 NOT NULL,   -- once all before it are over, `seen` is settled
    counted_at timestamptz NOT NULL,
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
INSERT INTO price_feed (settled, seen, unsettled, counted_at) VALUES (0, 0, '0', 'epoch');

-- The version grows when rows changed, not when somebody looked whether any would.
DROP TRIGGER prices_changed ON price_groups;
CREATE OR REPLACE FUNCTION prices_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN -- which has no table of what it changed
        IF NOT EXISTS (SELECT FROM changed) THEN
            RETURN NULL;
        END IF;
    END IF;
    UPDATE price_version SET version = version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER prices_added AFTER INSERT ON price_groups REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION prices_changed();
CREATE TRIGGER prices_changed AFTER UPDATE ON price_groups REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION prices_changed();
CREATE TRIGGER prices_removed AFTER DELETE ON price_groups REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION prices_changed();
CREATE TRIGGER prices_emptied AFTER TRUNCATE ON price_groups FOR EACH STATEMENT EXECUTE FUNCTION prices_changed();

GRANT INSERT, UPDATE ON price_reports TO chonoi_smsd;
GRANT INSERT, UPDATE, DELETE ON price_groups TO chonoi_smsd;
GRANT SELECT, UPDATE ON price_feed TO chonoi_smsd;
GRANT SELECT ON SEQUENCE listing_events_id_seq TO chonoi_smsd;
