-- SPDX-License-Identifier: Apache-2.0
--
-- A question for a price was a search through every place of an area for its newest day. Where the newest price of an area
-- is changes once a minute at most and is asked for hundreds of times a second, so it is written down when it changes.

-- The newest group of an entry of the lexicon in an area, of any size (size '') and of each size that was ever named:
-- of the groups of the newest day the one nearest to the area, then by basis, then by reports. What is dated ahead is no
-- price before that day is counted again; bulletins and officers cannot date ahead.
CREATE TABLE price_newest (
    commodity text NOT NULL,
    area text NOT NULL,
    size text NOT NULL,
    day date NOT NULL,
    place text NOT NULL,
    steps smallint NOT NULL, -- from the place up to the area
    rank smallint NOT NULL,  -- basis_rank
    reports integer NOT NULL,
    PRIMARY KEY (commodity, area, size)
) WITH (fillfactor = 80);

-- As price_groups stand now; no row where the area has none.
CREATE FUNCTION price_newest_in(commodity text, area text, size text) RETURNS SETOF price_newest LANGUAGE sql STABLE AS $$
    SELECT $1, $2, $3, g.day, g.place, i.steps, basis_rank(g.basis)::smallint, g.reports
      FROM (SELECT max(there.day) AS day
              FROM place_areas i CROSS JOIN LATERAL (
                SELECT g.day FROM price_groups g
                 WHERE g.commodity = $1 AND g.place = i.place AND g.day <= province_today() AND $3 IN ('', g.size)
                 ORDER BY g.day DESC LIMIT 1) AS there
             WHERE i.area = $2) AS newest
      JOIN price_groups g ON g.commodity = $1 AND g.day = newest.day AND $3 IN ('', g.size)
      JOIN place_areas i ON i.place = g.place AND i.area = $2
     ORDER BY i.steps, basis_rank(g.basis), g.reports DESC, g.place LIMIT 1
$$;

-- After groups of these goods and days came, changed or went.
-- fresh   the best of each area among these days: they hold unless it has a newer day
-- lost    areas that held by one of these days, and have nothing left of it
CREATE FUNCTION price_newest_count(commodities text[], days date[]) RETURNS void LANGUAGE sql AS $$
    WITH touched AS (
        SELECT DISTINCT * FROM unnest($1, $2) AS u(commodity, day) WHERE day <= province_today()
    ), fresh AS MATERIALIZED (
        SELECT DISTINCT ON (g.commodity, a.area, s.size)
               g.commodity, a.area, s.size, g.day, g.place, a.steps, basis_rank(g.basis)::smallint AS rank, g.reports
          FROM touched t
          JOIN price_groups g ON g.commodity = t.commodity AND g.day = t.day
          JOIN place_areas a ON a.place = g.place
         CROSS JOIN LATERAL (SELECT '' AS size UNION SELECT g.size) AS s
         ORDER BY g.commodity, a.area, s.size, g.day DESC, a.steps, basis_rank(g.basis), g.reports DESC, g.place
    ), lost AS MATERIALIZED (
        SELECT n.commodity, n.area, n.size
          FROM touched t
          JOIN price_newest n ON n.commodity = t.commodity AND n.day = t.day
         WHERE NOT EXISTS (SELECT FROM fresh f WHERE (f.commodity, f.area, f.size) = (n.commodity, n.area, n.size)
                                                     AND f.day >= n.day)
    ), older AS MATERIALIZED (
        SELECT o.* FROM lost CROSS JOIN LATERAL price_newest_in(lost.commodity, lost.area, lost.size) AS o
    ), gone AS (
        DELETE FROM price_newest n USING lost
         WHERE (n.commodity, n.area, n.size) = (lost.commodity, lost.area, lost.size)
           AND NOT EXISTS (SELECT FROM older o WHERE (o.commodity, o.area, o.size) = (n.commodity, n.area, n.size))
    ), back AS (
        UPDATE price_newest n SET day = o.day, place = o.place, steps = o.steps, rank = o.rank, reports = o.reports
          FROM older o WHERE (o.commodity, o.area, o.size) = (n.commodity, n.area, n.size)
    )
    INSERT INTO price_newest AS n
    SELECT * FROM fresh f
     WHERE NOT EXISTS (SELECT FROM lost WHERE (f.commodity, f.area, f.size) = (lost.commodity, lost.area, lost.size))
        ON CONFLICT (commodity, area, size) DO UPDATE SET
           day = excluded.day, place = excluded.place, steps = excluded.steps, rank = excluded.rank,
           reports = excluded.reports
     WHERE excluded.day >= n.day
       AND (n.day, n.place, n.steps, n.rank, n.reports) IS DISTINCT FROM
           (excluded.day, excluded.place, excluded.steps, excluded.rank, excluded.reports)
$$;

CREATE OR REPLACE FUNCTION prices_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN -- which has no table of what it changed
        IF NOT EXISTS (SELECT FROM changed) THEN
            RETURN NULL;
        END IF;
    END IF;
    -- First, so that of two who change prices the second waits here and counts what the first has left.
    UPDATE price_version SET version = version + 1;
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE price_newest;
    ELSE
        PERFORM price_newest_count(array_agg(commodity), array_agg(day)) FROM (SELECT DISTINCT commodity, day FROM changed) AS c;
        IF TG_OP = 'UPDATE' THEN
            PERFORM price_newest_count(array_agg(commodity), array_agg(day))
               FROM (SELECT commodity, day FROM was EXCEPT SELECT commodity, day FROM changed) AS c;
        END IF;
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER prices_changed ON price_groups;
CREATE TRIGGER prices_changed AFTER UPDATE ON price_groups REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION prices_changed();

SELECT price_newest_count(array_agg(commodity), array_agg(day)) FROM (SELECT DISTINCT commodity, day FROM price_groups) AS g;

-- They served the search.
DROP INDEX place_areas_inside;
CREATE INDEX place_areas_inside ON place_areas (area) INCLUDE (place, steps);

GRANT SELECT ON price_newest TO chonoi_smsd;
