-- SPDX-License-Identifier: Apache-2.0
--
-- Broadcasts: one text to many people, each of them once, in daytime, and the record of who did what in the province's name.

CREATE SEQUENCE broadcast_ids;

-- One that an officer has not confirmed by his code is none yet: it waits in codes, and leaves nothing here when it never comes.
CREATE TABLE broadcasts (
    id bigint PRIMARY KEY DEFAULT nextval('broadcast_ids'),
    state text NOT NULL CHECK (state IN
        ('draft', 'awaiting_approval', 'running', 'paused', 'done', 'cancelled', 'expired')),
    source text NOT NULL CHECK (source IN ('sms', 'ctl')),
    author bigint REFERENCES people ON DELETE SET NULL,   -- NULL = at the office, by smsctl
    approver bigint REFERENCES people ON DELETE SET NULL, -- the coordinator
    -- the audience: what is '' or empty does not matter
    area text NOT NULL,                      -- code of a place, of the old map or the new
    commodity text NOT NULL,                 -- code: who grows, subscribes to or offers it or a kind of it
    role text NOT NULL CHECK (role IN ('', 'farmer', 'buyer', 'officer', 'coordinator')),
    langs text[] NOT NULL DEFAULT '{}',
    subscribers boolean NOT NULL DEFAULT false, -- only who subscribed to it
    commercial boolean NOT NULL DEFAULT false,  -- only who agreed; else a warning to the public
    disaster text NOT NULL DEFAULT '',       -- why it may go out at night; '' = it may not
    words text NOT NULL CHECK (words <> ''), -- as they were given, without what aggregators bar
    bulletins text[] NOT NULL DEFAULT '{}' CHECK (bulletins <@ ARRAY['weather', 'salinity', 'forecast']), -- it is these too
    people integer NOT NULL,                 -- as was told before it was confirmed
    segments integer NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,         -- not sent later
    asked_at timestamptz,                    -- when coordinators were asked to approve it
    started_at timestamptz,
    people_to bigint NOT NULL DEFAULT 0,     -- people up to this id are looked at, once each, in slices:
    planned_to bigint NOT NULL DEFAULT 0,    -- so far up to this one
    planned_at timestamptz,                  -- all were
    recipients integer NOT NULL DEFAULT 0,   -- found among them
    ended_at timestamptz,
    CHECK (disaster = '' OR NOT commercial)
);
CREATE INDEX broadcasts_open ON broadcasts (state) WHERE state IN ('awaiting_approval', 'running', 'paused');

-- What is said, whole, to people of each language.
CREATE TABLE broadcast_texts (
    broadcast_id bigint NOT NULL REFERENCES broadcasts ON DELETE CASCADE,
    lang text NOT NULL,
    body text NOT NULL,
    coding smallint NOT NULL,
    segments smallint NOT NULL,
    PRIMARY KEY (broadcast_id, lang)
);

-- Who gets it: one row a person and broadcast, made once. It waits while outbox_id is NULL. Foreign keys would be looked up for
-- each of a hundred thousand rows: erase.sql takes people's away, and nothing takes broadcasts away.
CREATE TABLE broadcast_recipients (
    broadcast_id bigint NOT NULL,
    person_id bigint NOT NULL,
    due_at timestamptz NOT NULL,          -- later for who has had the day's number
    outbox_id bigint,                     -- with queued_at the key of its row in outbox
    queued_at timestamptz,
    dropped boolean NOT NULL DEFAULT false, -- said stop meanwhile
    PRIMARY KEY (person_id, broadcast_id)   -- in this order it also says what a person has had today
) WITH (fillfactor = 80);
CREATE INDEX broadcast_recipients_waiting ON broadcast_recipients (broadcast_id, due_at, person_id)
    WHERE outbox_id IS NULL AND NOT dropped;
CREATE INDEX broadcast_recipients_dropped ON broadcast_recipients (broadcast_id) WHERE dropped;

-- A text of a broadcast is not claimed after `until`: the end of the day's hours, or of what it is about.
ALTER TABLE outbox ADD COLUMN broadcast_id bigint, ADD COLUMN until timestamptz;
CREATE INDEX outbox_broadcast ON outbox (broadcast_id) WHERE broadcast_id IS NOT NULL;

-- What a broadcast told already, subscribers are not told once more.
ALTER TABLE bulletins ADD COLUMN broadcast_id bigint;

-- Numbers that want no advertisements, as the authority publishes them, whoever has them (smsctl donotcall).
CREATE TABLE do_not_call (msisdn text PRIMARY KEY);

-- Whom a broadcast reaches, of the people with ids behind `after` and up to `up_to`. Not to be inlined into a query that has the
-- audience in a row: it is planned for what is asked, of which most parts are usually nothing, and for many people at once, with
-- whatever the session does for texts put aside.
CREATE FUNCTION broadcast_audience(of_area text, of_commodity text, of_role text, of_langs text[], subscribers boolean,
                                   commercial boolean, after bigint, up_to bigint)
    RETURNS TABLE (person_id bigint, lang text) LANGUAGE plpgsql STABLE
    SET plan_cache_mode = force_custom_plan SET enable_seqscan = on SET enable_hashjoin = on SET enable_mergejoin = on
    SET enable_bitmapscan = on AS $$
BEGIN
    RETURN QUERY
    SELECT p.id, p.lang
      FROM people p
      LEFT JOIN ( -- who subscribed to something there
        SELECT DISTINCT s.person_id AS id
          FROM subscriptions s JOIN place_areas a ON a.place = s.place AND a.area = of_area
         WHERE of_area <> '' AND s.person_id > after AND s.person_id <= up_to) AS there USING (id)
      LEFT JOIN ( -- who has to do with the goods
        SELECT s.person_id AS id
          FROM subscriptions s JOIN commodity_kinds k ON k.commodity = s.commodity AND k.kind = of_commodity
         WHERE of_commodity <> '' AND s.person_id > after AND s.person_id <= up_to
        UNION
        SELECT c.person_id
          FROM person_crops c JOIN commodity_kinds k ON k.commodity = c.commodity AND k.kind = of_commodity
         WHERE of_commodity <> '' AND NOT subscribers AND c.person_id > after AND c.person_id <= up_to
        UNION
        SELECT l.person_id
          FROM listings l JOIN commodity_kinds k ON k.commodity = l.commodity AND k.kind = of_commodity
         WHERE of_commodity <> '' AND NOT subscribers AND l.person_id > after AND l.person_id <= up_to
           AND l.side = 's' AND l.state IN ('open', 'matched')) AS goods USING (id)
     WHERE p.id > after AND p.id <= up_to AND p.stopped_at IS NULL AND p.msisdn IS NOT NULL
       AND (of_langs = '{}' OR p.lang = ANY (of_langs))
       AND (of_area = '' OR there.id IS NOT NULL OR p.place IN (SELECT a.place FROM place_areas a WHERE a.area = of_area))
       AND (of_commodity = '' OR goods.id IS NOT NULL)
       AND (NOT subscribers OR of_commodity <> '' OR EXISTS (SELECT FROM subscriptions s WHERE s.person_id = p.id))
       AND (of_role = ''
            OR of_role = 'farmer' AND (EXISTS (SELECT FROM person_crops c WHERE c.person_id = p.id)
                                       OR EXISTS (SELECT FROM listings l WHERE l.person_id = p.id AND l.side = 's'))
            OR of_role = 'buyer' AND EXISTS (SELECT FROM listings l WHERE l.person_id = p.id AND l.side = 'b')
            OR EXISTS (SELECT FROM officers o WHERE o.person_id = p.id AND o.role = of_role))
       AND (NOT commercial OR ((SELECT c.granted FROM consent c WHERE c.person_id = p.id AND c.kind = 'alerts'
                                 ORDER BY c.at DESC, c.id DESC LIMIT 1)
                               AND NOT EXISTS (SELECT FROM do_not_call d WHERE d.msisdn = p.msisdn)));
END $$;

-- Who did what in the province's name, and when: written by the tables themselves, so that no way around it is forgotten. People
-- stand here by their id; neither a number nor a text does.
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor bigint REFERENCES people ON DELETE SET NULL, -- who texted it; NULL = nobody did
    role text NOT NULL DEFAULT session_user,           -- of the database: what program did it
    act text NOT NULL,                                 -- "broadcast.running", "officer.added"
    subject bigint,                                    -- the id of what was acted on
    details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_actor ON audit (actor) WHERE actor IS NOT NULL;

CREATE FUNCTION audit_broadcast() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit (actor, act, subject, details)
    VALUES (CASE WHEN TG_OP = 'INSERT' THEN NEW.author
                 WHEN OLD.approver IS NULL THEN NEW.approver END,
            'broadcast.' || NEW.state, NEW.id,
            jsonb_strip_nulls(jsonb_build_object('source', NEW.source, 'people', NEW.people, 'area', nullif(NEW.area, ''),
                'commodity', nullif(NEW.commodity, ''), 'commercial', nullif(NEW.commercial, false),
                'disaster', nullif(NEW.disaster, ''))));
    RETURN NULL;
END $$;
CREATE TRIGGER audit_added AFTER INSERT ON broadcasts FOR EACH ROW EXECUTE FUNCTION audit_broadcast();
CREATE TRIGGER audit_changed AFTER UPDATE OF state ON broadcasts
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION audit_broadcast();

CREATE FUNCTION audit_officer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO audit (act, subject) VALUES ('officer.removed', OLD.person_id);
    ELSE
        INSERT INTO audit (act, subject, details)
        VALUES (CASE TG_OP WHEN 'INSERT' THEN 'officer.added' ELSE 'officer.changed' END, NEW.person_id,
                jsonb_build_object('role', NEW.role, 'areas', NEW.areas, 'crops', NEW.crops));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON officers FOR EACH ROW EXECUTE FUNCTION audit_officer();

-- Others' acts, each by its table's name: the actor is in the column that the trigger names, when it names one.
CREATE FUNCTION audit_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    added jsonb := to_jsonb(NEW);
BEGIN
    INSERT INTO audit (actor, act, subject) VALUES ((added ->> TG_ARGV[1])::bigint, TG_ARGV[0], (added ->> TG_ARGV[2])::bigint);
    RETURN NULL;
END $$;
CREATE TRIGGER audited AFTER INSERT ON bulletins FOR EACH ROW EXECUTE FUNCTION audit_added('bulletin.published', '', 'id');
CREATE TRIGGER audited AFTER INSERT ON desk_answers
    FOR EACH ROW EXECUTE FUNCTION audit_added('desk.answered', 'officer_id', 'desk_id');
CREATE TRIGGER audited AFTER INSERT ON price_reports
    FOR EACH ROW WHEN (NEW.kind = 'officer') EXECUTE FUNCTION audit_added('price.reported', 'person_id', 'id');
CREATE TRIGGER audit_locked AFTER UPDATE ON codes
    FOR EACH ROW WHEN (NEW.failures >= 5 AND OLD.failures < 5) EXECUTE FUNCTION audit_added('code.locked', 'person_id', 'person_id');

GRANT USAGE ON broadcast_ids TO chonoi_smsd;
GRANT SELECT, INSERT, UPDATE ON broadcasts, broadcast_recipients TO chonoi_smsd;
GRANT SELECT, INSERT ON broadcast_texts TO chonoi_smsd;
GRANT INSERT ON bulletins TO chonoi_smsd;
GRANT SELECT ON audit, do_not_call TO chonoi_smsd;
