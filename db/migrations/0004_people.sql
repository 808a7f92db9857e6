-- SPDX-License-Identifier: Apache-2.0
--
-- People, what was said last, what they agreed to.

-- Moments come and go as microseconds since the epoch (UTC); both ways are exact.
CREATE FUNCTION moment(us bigint) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN timestamptz 'epoch' + us * interval '1 microsecond';
CREATE FUNCTION micros(at timestamptz) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (extract(epoch FROM at) * 1000000)::bigint;
CREATE FUNCTION province_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;

CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    msisdn text NOT NULL UNIQUE CHECK (msisdn ~ '^[0-9]{7,15}$'),
    lang text NOT NULL DEFAULT 'vi' CHECK (lang IN ('vi', 'vi-dau', 'km', 'zh', 'en')),
    lang_chosen boolean NOT NULL DEFAULT false,
    place text NOT NULL DEFAULT '', -- code; '' = not known
    stopped_at timestamptz,         -- said TC
    welcomed_at timestamptz,        -- was told who we are
    created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 90);

-- One row a person, written by every text: kept short and updated in place (HOT).
CREATE TABLE conversations (
    person_id bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE,
    question text, -- JSON draft of the open question; NULL = none
    question_at timestamptz,
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    last_hash bigint NOT NULL DEFAULT 0,
    last_at timestamptz NOT NULL,
    last_repeatable boolean NOT NULL DEFAULT false,
    last_answer text NOT NULL DEFAULT '',
    hour_at timestamptz NOT NULL,
    hour_replies integer NOT NULL DEFAULT 0,
    hour_same integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- The proof of each yes and no; only ever added to.
CREATE TABLE consent (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id bigint NOT NULL REFERENCES people ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind <> ''),
    granted boolean NOT NULL,
    text_version text NOT NULL,
    inbound_id bigint NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX consent_person ON consent (person_id, kind, at DESC);

GRANT SELECT, INSERT, UPDATE ON people, conversations TO chonoi_smsd;
GRANT SELECT, INSERT ON consent TO chonoi_smsd;
