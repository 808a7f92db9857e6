-- SPDX-License-Identifier: Apache-2.0
--
-- The lexicon's tables; the words that people add are at the end. Three statements each: lexicon_<table> reads it in the columns of its TSV file; seeded_<table>
-- reads what the last seed offered, in the same columns and order; seed_<table> writes rows (one array of cells a
-- column, then the offered cells of each row as an array literal, then their column names). All columns are text.

-- name: lexicon_commodities
SELECT code, parent, category, name_vi, name_ascii, name_km, name_zh, name_en, aliases, default_unit,
       typical_price_unit, min_plausible_price, max_plausible_price, min_plausible_qty, max_plausible_qty,
       attributes, km_confidence, source, alt_prices, aliases_foreign, short_vi, short_km, short_zh, short_en,
       stands_days
  FROM commodities ORDER BY position;

-- name: seeded_commodities
SELECT s.code, s.parent, s.category, s.name_vi, s.name_ascii, s.name_km, s.name_zh, s.name_en, s.aliases,
       s.default_unit, s.typical_price_unit, s.min_plausible_price, s.max_plausible_price, s.min_plausible_qty,
       s.max_plausible_qty, s.attributes, s.km_confidence, s.source, s.alt_prices, s.aliases_foreign, s.short_vi,
       s.short_km, s.short_zh, s.short_en, s.stands_days
  FROM commodities t, jsonb_populate_record(NULL::commodities, t.seeded) s ORDER BY t.position;

-- name: seed_commodities
INSERT INTO commodities AS t
       (code, parent, category, name_vi, name_ascii, name_km, name_zh, name_en, aliases, default_unit,
        typical_price_unit, min_plausible_price, max_plausible_price, min_plausible_qty, max_plausible_qty,
        attributes, km_confidence, source, alt_prices, aliases_foreign, short_vi, short_km, short_zh, short_en,
        stands_days, seeded)
SELECT code, parent, category, name_vi, name_ascii, name_km, name_zh, name_en, aliases, default_unit,
       typical_price_unit, min_plausible_price, max_plausible_price, min_plausible_qty, max_plausible_qty,
       attributes, km_confidence, source, alt_prices, aliases_foreign, short_vi, short_km, short_zh, short_en,
       stands_days, jsonb_object($27::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
              $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[],
              $24::text[], $25::text[], $26::text[])
       WITH ORDINALITY
    AS u(code, parent, category, name_vi, name_ascii, name_km, name_zh, name_en, aliases, default_unit,
         typical_price_unit, min_plausible_price, max_plausible_price, min_plausible_qty, max_plausible_qty,
         attributes, km_confidence, source, alt_prices, aliases_foreign, short_vi, short_km, short_zh, short_en,
         stands_days, offered, n)
 ORDER BY n
    ON CONFLICT (code) DO UPDATE SET
       parent = excluded.parent, category = excluded.category, name_vi = excluded.name_vi, name_ascii =
       excluded.name_ascii, name_km = excluded.name_km, name_zh = excluded.name_zh, name_en = excluded.name_en,
       aliases = excluded.aliases, default_unit = excluded.default_unit, typical_price_unit =
       excluded.typical_price_unit, min_plausible_price = excluded.min_plausible_price, max_plausible_price =
       excluded.max_plausible_price, min_plausible_qty = excluded.min_plausible_qty, max_plausible_qty =
       excluded.max_plausible_qty, attributes = excluded.attributes, km_confidence = excluded.km_confidence, source
       = excluded.source, alt_prices = excluded.alt_prices, aliases_foreign = excluded.aliases_foreign, short_vi =
       excluded.short_vi, short_km = excluded.short_km, short_zh = excluded.short_zh, short_en = excluded.short_en,
       stands_days = excluded.stands_days, seeded = excluded.seeded;

-- name: lexicon_places
SELECT code, parent_code, level, name_vi, name_ascii, name_km, aliases, valid_from, valid_to, successor_code,
       source, gso_code, type_vi, name_zh, aliases_ambiguous, km_confidence, notes, lat, lon, point_source,
       short_vi, short_km, short_zh, short_en
  FROM places ORDER BY position;

-- name: seeded_places
SELECT s.code, s.parent_code, s.level, s.name_vi, s.name_ascii, s.name_km, s.aliases, s.valid_from, s.valid_to,
       s.successor_code, s.source, s.gso_code, s.type_vi, s.name_zh, s.aliases_ambiguous, s.km_confidence, s.notes,
       s.lat, s.lon, s.point_source, s.short_vi, s.short_km, s.short_zh, s.short_en
  FROM places t, jsonb_populate_record(NULL::places, t.seeded) s ORDER BY t.position;

-- name: seed_places
INSERT INTO places AS t
       (code, parent_code, level, name_vi, name_ascii, name_km, aliases, valid_from, valid_to, successor_code,
        source, gso_code, type_vi, name_zh, aliases_ambiguous, km_confidence, notes, lat, lon, point_source,
        short_vi, short_km, short_zh, short_en, seeded)
SELECT code, parent_code, level, name_vi, name_ascii, name_km, aliases, valid_from, valid_to, successor_code,
       source, gso_code, type_vi, name_zh, aliases_ambiguous, km_confidence, notes, lat, lon, point_source,
       short_vi, short_km, short_zh, short_en,
       jsonb_object($26::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
              $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[],
              $24::text[], $25::text[])
       WITH ORDINALITY
    AS u(code, parent_code, level, name_vi, name_ascii, name_km, aliases, valid_from, valid_to, successor_code,
         source, gso_code, type_vi, name_zh, aliases_ambiguous, km_confidence, notes, lat, lon, point_source,
         short_vi, short_km, short_zh, short_en, offered, n)
 ORDER BY n
    ON CONFLICT (code) DO UPDATE SET
       parent_code = excluded.parent_code, level = excluded.level, name_vi = excluded.name_vi, name_ascii =
       excluded.name_ascii, name_km = excluded.name_km, aliases = excluded.aliases, valid_from =
       excluded.valid_from, valid_to = excluded.valid_to, successor_code = excluded.successor_code, source =
       excluded.source, gso_code = excluded.gso_code, type_vi = excluded.type_vi, name_zh = excluded.name_zh,
       aliases_ambiguous = excluded.aliases_ambiguous, km_confidence = excluded.km_confidence, notes =
       excluded.notes, lat = excluded.lat, lon = excluded.lon, point_source = excluded.point_source, short_vi =
       excluded.short_vi, short_km = excluded.short_km, short_zh = excluded.short_zh, short_en = excluded.short_en,
       seeded = excluded.seeded;

-- name: lexicon_units
SELECT code, dimension, base, name_vi, name_ascii, name_km, name_zh, name_en, aliases, factor, ambiguous, context,
       notes, source
  FROM units ORDER BY position;

-- name: seeded_units
SELECT s.code, s.dimension, s.base, s.name_vi, s.name_ascii, s.name_km, s.name_zh, s.name_en, s.aliases, s.factor,
       s.ambiguous, s.context, s.notes, s.source
  FROM units t, jsonb_populate_record(NULL::units, t.seeded) s ORDER BY t.position;

-- name: seed_units
INSERT INTO units AS t
       (code, dimension, base, name_vi, name_ascii, name_km, name_zh, name_en, aliases, factor, ambiguous, context,
        notes, source, seeded)
SELECT code, dimension, base, name_vi, name_ascii, name_km, name_zh, name_en, aliases, factor, ambiguous, context,
       notes, source,
       jsonb_object($16::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
       WITH ORDINALITY
    AS u(code, dimension, base, name_vi, name_ascii, name_km, name_zh, name_en, aliases, factor, ambiguous, context,
         notes, source, offered, n)
 ORDER BY n
    ON CONFLICT (code) DO UPDATE SET
       dimension = excluded.dimension, base = excluded.base, name_vi = excluded.name_vi, name_ascii =
       excluded.name_ascii, name_km = excluded.name_km, name_zh = excluded.name_zh, name_en = excluded.name_en,
       aliases = excluded.aliases, factor = excluded.factor, ambiguous = excluded.ambiguous, context =
       excluded.context, notes = excluded.notes, source = excluded.source, seeded = excluded.seeded;

-- name: lexicon_seasons
SELECT commodity_code, season_code, season_vi, season_en, area, sow_from, sow_to, harvest_from, harvest_to,
       advice_key, confidence, source, notes
  FROM seasons ORDER BY position;

-- name: seeded_seasons
SELECT s.commodity_code, s.season_code, s.season_vi, s.season_en, s.area, s.sow_from, s.sow_to, s.harvest_from,
       s.harvest_to, s.advice_key, s.confidence, s.source, s.notes
  FROM seasons t, jsonb_populate_record(NULL::seasons, t.seeded) s ORDER BY t.position;

-- name: seed_seasons
INSERT INTO seasons AS t
       (commodity_code, season_code, season_vi, season_en, area, sow_from, sow_to, harvest_from, harvest_to,
        advice_key, confidence, source, notes, seeded)
SELECT commodity_code, season_code, season_vi, season_en, area, sow_from, sow_to, harvest_from, harvest_to,
       advice_key, confidence, source, notes,
       jsonb_object($15::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
       WITH ORDINALITY
    AS u(commodity_code, season_code, season_vi, season_en, area, sow_from, sow_to, harvest_from, harvest_to,
         advice_key, confidence, source, notes, offered, n)
 ORDER BY n
    ON CONFLICT (commodity_code, season_code, area) DO UPDATE SET
       season_vi = excluded.season_vi, season_en = excluded.season_en, sow_from = excluded.sow_from, sow_to =
       excluded.sow_to, harvest_from = excluded.harvest_from, harvest_to = excluded.harvest_to, advice_key =
       excluded.advice_key, confidence = excluded.confidence, source = excluded.source, notes = excluded.notes,
       seeded = excluded.seeded;

-- name: lexicon_keywords
SELECT keyword, lang, kind, meaning, notes
  FROM keywords ORDER BY position;

-- name: seeded_keywords
SELECT s.keyword, s.lang, s.kind, s.meaning, s.notes
  FROM keywords t, jsonb_populate_record(NULL::keywords, t.seeded) s ORDER BY t.position;

-- name: seed_keywords
INSERT INTO keywords AS t
       (keyword, lang, kind, meaning, notes, seeded)
SELECT keyword, lang, kind, meaning, notes,
       jsonb_object($7::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       WITH ORDINALITY
    AS u(keyword, lang, kind, meaning, notes, offered, n)
 ORDER BY n
    ON CONFLICT (keyword, lang, kind, meaning) DO UPDATE SET
       notes = excluded.notes, seeded = excluded.seeded;

-- name: lexicon_links
SELECT province_code, linked_code, source
  FROM links ORDER BY position;

-- name: seeded_links
SELECT s.province_code, s.linked_code, s.source
  FROM links t, jsonb_populate_record(NULL::links, t.seeded) s ORDER BY t.position;

-- name: seed_links
INSERT INTO links AS t
       (province_code, linked_code, source, seeded)
SELECT province_code, linked_code, source,
       jsonb_object($5::text[], offered::text[])
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
       WITH ORDINALITY
    AS u(province_code, linked_code, source, offered, n)
 ORDER BY n
    ON CONFLICT (province_code, linked_code) DO UPDATE SET
       source = excluded.source, seeded = excluded.seeded;

-- name: lexicon_version
-- What every instance compares with the version its own lexicon was built from.
SELECT version FROM lexicon_version;

-- name: commodity_kinds_clear
DELETE FROM commodity_kinds;

-- name: commodity_kinds_fill
-- An entry and every kind it is of. A loop in the table is lexicon_build's to report; here it must only end.
WITH RECURSIVE up(commodity, kind, steps) AS (
    SELECT code, code, 0 FROM commodities
    UNION ALL
    SELECT up.commodity, c.parent, up.steps + 1
      FROM up JOIN commodities c ON c.code = up.kind
     WHERE c.parent <> '' AND up.steps < 8
)
INSERT INTO commodity_kinds (commodity, kind, steps)
SELECT commodity, kind, min(steps) FROM up GROUP BY commodity, kind;

-- name: place_areas_clear
DELETE FROM place_areas;

-- name: place_areas_fill
-- Every area of every place with the longest way up to it; a loop ends where it closes.
WITH RECURSIVE up(place, area, steps, way) AS (
    SELECT code, code, 0, ARRAY[code] FROM places
    UNION ALL
    SELECT up.place, p.area, up.steps + 1, up.way || p.area
      FROM up JOIN place_parents p ON p.place = up.area
     WHERE p.area <> ALL (up.way) AND up.steps < 12
)
INSERT INTO place_areas (place, area, level, steps)
SELECT up.place, up.area, p.level, max(up.steps)
  FROM up JOIN places p ON p.code = up.area
 GROUP BY up.place, up.area, p.level;

-- name: seed_alone
-- Who counts prices holds a row of it, and would count by the old map. Before the snapshot is taken.
LOCK TABLE price_feed IN EXCLUSIVE MODE;

-- name: price_newest_fill
-- After the map changed: each area once more.
INSERT INTO price_newest AS n
SELECT o.* FROM (SELECT DISTINCT commodity, size FROM price_newest) AS goods
 CROSS JOIN (SELECT DISTINCT area FROM place_areas) AS areas
 CROSS JOIN LATERAL price_newest_in(goods.commodity, areas.area, goods.size) AS o
    ON CONFLICT (commodity, area, size) DO UPDATE SET
       day = excluded.day, place = excluded.place, steps = excluded.steps, rank = excluded.rank, reports = excluded.reports
 WHERE (n.day, n.place, n.steps, n.rank, n.reports) IS DISTINCT FROM
       (excluded.day, excluded.place, excluded.steps, excluded.rank, excluded.reports);

-- name: price_newest_drop
DELETE FROM price_newest n WHERE NOT EXISTS (SELECT FROM price_newest_in(n.commodity, n.area, n.size));

-- name: words_of_commodity
-- A list of words that people add to and take from: as it is, and what the last seed offered.
SELECT aliases, coalesce(seeded ->> 'aliases', '') FROM commodities WHERE code = $1::text FOR UPDATE;

-- name: words_of_commodity_set
UPDATE commodities SET aliases = $2::text WHERE code = $1::text;

-- name: words_of_foreign
SELECT aliases_foreign, coalesce(seeded ->> 'aliases_foreign', '') FROM commodities WHERE code = $1::text FOR UPDATE;

-- name: words_of_foreign_set
UPDATE commodities SET aliases_foreign = $2::text WHERE code = $1::text;

-- name: words_of_place
SELECT aliases, coalesce(seeded ->> 'aliases', '') FROM places WHERE code = $1::text FOR UPDATE;

-- name: words_of_place_set
UPDATE places SET aliases = $2::text WHERE code = $1::text;

-- name: words_of_ambiguous
SELECT aliases_ambiguous, coalesce(seeded ->> 'aliases_ambiguous', '') FROM places WHERE code = $1::text FOR UPDATE;

-- name: words_of_ambiguous_set
UPDATE places SET aliases_ambiguous = $2::text WHERE code = $1::text;

-- name: words_of_unit
SELECT aliases, coalesce(seeded ->> 'aliases', '') FROM units WHERE code = $1::text FOR UPDATE;

-- name: words_of_unit_set
UPDATE units SET aliases = $2::text WHERE code = $1::text;

-- name: keyword_find
-- Was it offered by a seed? No row when there is no such keyword.
SELECT (coalesce(seeded ->> 'keyword', '') <> '')::int FROM keywords
 WHERE keyword = $1::text AND lang = $2::text AND kind = $3::text AND meaning = $4::text FOR UPDATE;

-- name: keyword_add
INSERT INTO keywords (keyword, lang, kind, meaning) VALUES ($1::text, $2::text, $3::text, $4::text);

-- name: keyword_remove
DELETE FROM keywords WHERE keyword = $1::text AND lang = $2::text AND kind = $3::text AND meaning = $4::text;
