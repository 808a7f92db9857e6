-- SPDX-License-Identifier: Apache-2.0
--
-- The lexicon: the province's words. Every cell is text, exactly as in the TSV files, since lexicon_build checks and
-- converts them; SQL itself only follows codes. `seeded` is what the last seed offered, the base of the three-way
-- merge; NULL for a row the desk added. `position` keeps the order of the files.

CREATE TABLE commodities (
    position bigint GENERATED ALWAYS AS IDENTITY,
    code text PRIMARY KEY CHECK (code <> ''),
    parent text NOT NULL DEFAULT '',
    category text NOT NULL DEFAULT '',
    name_vi text NOT NULL DEFAULT '',
    name_ascii text NOT NULL DEFAULT '',
    name_km text NOT NULL DEFAULT '',
    name_zh text NOT NULL DEFAULT '',
    name_en text NOT NULL DEFAULT '',
    aliases text NOT NULL DEFAULT '',
    default_unit text NOT NULL DEFAULT '',
    typical_price_unit text NOT NULL DEFAULT '',
    min_plausible_price text NOT NULL DEFAULT '',
    max_plausible_price text NOT NULL DEFAULT '',
    min_plausible_qty text NOT NULL DEFAULT '',
    max_plausible_qty text NOT NULL DEFAULT '',
    attributes text NOT NULL DEFAULT '',
    km_confidence text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT '',
    alt_prices text NOT NULL DEFAULT '',
    aliases_foreign text NOT NULL DEFAULT '',
    short_vi text NOT NULL DEFAULT '',
    short_km text NOT NULL DEFAULT '',
    short_zh text NOT NULL DEFAULT '',
    short_en text NOT NULL DEFAULT '',
    seeded jsonb
);

CREATE TABLE places (
    position bigint GENERATED ALWAYS AS IDENTITY,
    code text PRIMARY KEY CHECK (code <> ''),
    parent_code text NOT NULL DEFAULT '',
    level text NOT NULL CHECK (level IN ('country', 'region', 'province', 'district', 'commune', 'market')),
    name_vi text NOT NULL DEFAULT '',
    name_ascii text NOT NULL DEFAULT '',
    name_km text NOT NULL DEFAULT '',
    aliases text NOT NULL DEFAULT '',
    valid_from text NOT NULL DEFAULT '',
    valid_to text NOT NULL DEFAULT '',
    successor_code text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT '',
    gso_code text NOT NULL DEFAULT '',
    type_vi text NOT NULL DEFAULT '',
    name_zh text NOT NULL DEFAULT '',
    aliases_ambiguous text NOT NULL DEFAULT '',
    km_confidence text NOT NULL DEFAULT '',
    notes text NOT NULL DEFAULT '',
    lat text NOT NULL DEFAULT '',
    lon text NOT NULL DEFAULT '',
    point_source text NOT NULL DEFAULT '',
    short_vi text NOT NULL DEFAULT '',
    short_km text NOT NULL DEFAULT '',
    short_zh text NOT NULL DEFAULT '',
    short_en text NOT NULL DEFAULT '',
    seeded jsonb
);

CREATE TABLE units (
    position bigint GENERATED ALWAYS AS IDENTITY,
    code text PRIMARY KEY CHECK (code <> ''),
    dimension text NOT NULL DEFAULT '',
    base text NOT NULL DEFAULT '',
    name_vi text NOT NULL DEFAULT '',
    name_ascii text NOT NULL DEFAULT '',
    name_km text NOT NULL DEFAULT '',
    name_zh text NOT NULL DEFAULT '',
    name_en text NOT NULL DEFAULT '',
    aliases text NOT NULL DEFAULT '',
    factor text NOT NULL DEFAULT '',
    ambiguous text NOT NULL DEFAULT '',
    context text NOT NULL DEFAULT '',
    notes text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT '',
    seeded jsonb
);

CREATE TABLE seasons (
    position bigint GENERATED ALWAYS AS IDENTITY,
    commodity_code text NOT NULL CHECK (commodity_code <> ''),
    season_code text NOT NULL,
    season_vi text NOT NULL DEFAULT '',
    season_en text NOT NULL DEFAULT '',
    area text NOT NULL DEFAULT '',
    sow_from text NOT NULL DEFAULT '',
    sow_to text NOT NULL DEFAULT '',
    harvest_from text NOT NULL DEFAULT '',
    harvest_to text NOT NULL DEFAULT '',
    advice_key text NOT NULL DEFAULT '',
    confidence text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT '',
    notes text NOT NULL DEFAULT '',
    seeded jsonb,
    PRIMARY KEY (commodity_code, season_code, area)
);

-- One row a meaning: `mua` is a command and a season.
CREATE TABLE keywords (
    position bigint GENERATED ALWAYS AS IDENTITY,
    keyword text NOT NULL CHECK (keyword <> ''),
    lang text NOT NULL,
    kind text NOT NULL,
    meaning text NOT NULL,
    notes text NOT NULL DEFAULT '',
    seeded jsonb,
    PRIMARY KEY (keyword, lang, kind, meaning)
);

-- Provinces this one trades with most.
CREATE TABLE links (
    position bigint GENERATED ALWAYS AS IDENTITY,
    province_code text NOT NULL CHECK (province_code <> ''),
    linked_code text NOT NULL CHECK (linked_code <> ''),
    source text NOT NULL DEFAULT '',
    seeded jsonb,
    PRIMARY KEY (province_code, linked_code)
);

-- Every instance of the daemon compares this number with the one its lexicon was built from.
CREATE TABLE lexicon_version (
    version bigint NOT NULL,
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
INSERT INTO lexicon_version (version) VALUES (1);

CREATE FUNCTION lexicon_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE lexicon_version SET version = version + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER lexicon_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON commodities
    FOR EACH STATEMENT EXECUTE FUNCTION lexicon_changed();
CREATE TRIGGER lexicon_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON places
    FOR EACH STATEMENT EXECUTE FUNCTION lexicon_changed();
CREATE TRIGGER lexicon_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON units
    FOR EACH STATEMENT EXECUTE FUNCTION lexicon_changed();
CREATE TRIGGER lexicon_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON seasons
    FOR EACH STATEMENT EXECUTE FUNCTION lexicon_changed();
CREATE TRIGGER lexicon_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON keywords
    FOR EACH STATEMENT EXECUTE FUNCTION lexicon_changed();

GRANT SELECT ON commodities, places, units, seasons, keywords, links, lexicon_version TO chonoi_smsd;
GRANT SELECT ON schema_migrations TO chonoi_smsd;
