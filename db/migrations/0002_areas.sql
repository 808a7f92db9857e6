-- SPDX-License-Identifier: Apache-2.0
--
-- What lies in what: closures of the two trees, so that "in the same province" and "any paddy" are index probes.
-- Filled again by place_areas_fill and commodity_kinds_fill whenever the tables they come from are seeded.

-- Every area a place lies in, itself included (0 steps), on the old map and the new. `steps` is the longest way up,
-- so that a narrower area always comes before a wider one: a district (1), its old province (2), the new one (3).
CREATE TABLE place_areas (
    place text NOT NULL,
    area text NOT NULL,
    level text NOT NULL, -- of the area
    steps smallint NOT NULL,
    PRIMARY KEY (place, area)
);
CREATE INDEX place_areas_way_up ON place_areas (place, steps);

-- A place lies in its parent; in its successor, when it went into one whole; and a new commune lies in the one
-- district that was split up into it. A commune made of two districts lies in neither.
CREATE VIEW place_parents AS
WITH successors AS (
    SELECT p.code, p.level, p.parent_code, s.code AS successor, count(*) OVER (PARTITION BY p.code) AS parts
      FROM places p CROSS JOIN string_to_table(p.successor_code, ';') AS s(code)
     WHERE p.successor_code <> ''
)
SELECT code AS place, parent_code AS area FROM places WHERE parent_code <> ''
UNION SELECT code, successor FROM successors WHERE parts = 1
UNION SELECT successor, min(code) FROM successors WHERE parts > 1 AND level = 'district'
       GROUP BY successor HAVING count(*) = 1;

-- An entry and everything it is a kind of, itself included: (LUA.OM18, LUA, 1).
CREATE TABLE commodity_kinds (
    commodity text NOT NULL,
    kind text NOT NULL,
    steps smallint NOT NULL,
    PRIMARY KEY (commodity, kind)
);
CREATE INDEX commodity_kinds_members ON commodity_kinds (kind, steps);

GRANT SELECT ON place_areas, commodity_kinds TO chonoi_smsd;
