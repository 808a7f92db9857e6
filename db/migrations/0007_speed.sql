-- SPDX-License-Identifier: Apache-2.0
--
-- What every text pays for, made cheap.

-- The widest province a listing's place lies in (the new map's), so that those open in a province are one range of an
-- index. Kept by listings_add, and by listings_provinces when the map changes.
ALTER TABLE listings ADD COLUMN province text NOT NULL DEFAULT '';
UPDATE listings l
   SET province = coalesce((SELECT a.area FROM place_areas a WHERE a.place = l.place AND a.level = 'province'
                             ORDER BY a.steps DESC LIMIT 1), '')
 WHERE state = 'open';
CREATE INDEX listings_open_province ON listings (commodity, side, province, until) INCLUDE (person_id)
    WHERE state = 'open';
DROP INDEX listings_open_goods;

-- A foreign key looks up, and locks, the same few goods and places for every listing, and all writers meet there.
-- Listings only name codes of a lexicon that was loaded from these tables; what is left to guard is that such a code
-- stays, which nothing of ours ever takes away.
ALTER TABLE listings DROP CONSTRAINT listings_commodity_fkey, DROP CONSTRAINT listings_place_fkey;
CREATE FUNCTION keep_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM listings WHERE commodity = OLD.code OR place = OLD.code) THEN
        RAISE foreign_key_violation USING MESSAGE = format('%s %s stays: listings name it', TG_TABLE_NAME, OLD.code);
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER keep_code BEFORE DELETE OR UPDATE OF code ON commodities FOR EACH ROW EXECUTE FUNCTION keep_code();
CREATE TRIGGER keep_code BEFORE DELETE OR UPDATE OF code ON places FOR EACH ROW EXECUTE FUNCTION keep_code();

-- Grows with every change of the groups, in the same transaction: answers made of them are kept while it stands still.
CREATE TABLE price_version (
    version bigint NOT NULL,
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
INSERT INTO price_version (version) VALUES (1);
CREATE FUNCTION prices_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE price_version SET version = version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER prices_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON price_groups
    FOR EACH STATEMENT EXECUTE FUNCTION prices_changed();
GRANT SELECT ON price_version TO chonoi_smsd;
