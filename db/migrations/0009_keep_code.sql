-- SPDX-License-Identifier: Apache-2.0
--
-- The trigger that keeps the codes listings name looked before a change and gave back the old row: whatever else changed
-- a code, or only named it in an UPDATE, was silently undone. It looks afterwards now, and only when the code is another.

DROP TRIGGER keep_code ON commodities;
DROP TRIGGER keep_code ON places;
CREATE OR REPLACE FUNCTION keep_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.code IS DISTINCT FROM OLD.code
       AND EXISTS (SELECT FROM listings WHERE commodity = OLD.code OR place = OLD.code) THEN
        RAISE foreign_key_violation USING MESSAGE = format('%s %s stays: listings name it', TG_TABLE_NAME, OLD.code);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_code AFTER DELETE OR UPDATE OF code ON commodities FOR EACH ROW EXECUTE FUNCTION keep_code();
CREATE TRIGGER keep_code AFTER DELETE OR UPDATE OF code ON places FOR EACH ROW EXECUTE FUNCTION keep_code();

-- What runs with its owner's rights finds no table that its caller made: without a place of its own pg_temp comes first.
ALTER FUNCTION lexicon_changed() SET search_path = public, pg_temp;
ALTER FUNCTION prices_changed() SET search_path = public, pg_temp;
