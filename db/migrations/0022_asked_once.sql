-- SPDX-License-Identifier: Apache-2.0
--
-- What a person is asked once in a lifetime, and when that was: whether to be answered in Khmer, who writes it in Latin
-- letters; whether the other side may see the number.

ALTER TABLE people ADD COLUMN khmer_offered_at timestamptz, ADD COLUMN contact_asked_at timestamptz;

-- Who has answered need not be asked.
UPDATE people p SET contact_asked_at = c.at
  FROM (SELECT person_id, min(at) AS at FROM consent WHERE kind = 'contact' GROUP BY person_id) AS c
 WHERE p.id = c.person_id;
