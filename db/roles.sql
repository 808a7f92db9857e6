-- SPDX-License-Identifier: Apache-2.0
--
-- The two roles, made once by a superuser; safe to run again.
--
--   psql -v ON_ERROR_STOP=1 -v owner_password=... -v smsd_password=... -f roles.sql
--   createdb -O chonoi_owner -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8 -T template0 chonoi
--
-- chonoi_owner owns the tables and runs `smsctl migrate`, `seed` and `maintain`. chonoi_smsd is the daemon: it reads
-- and writes rows as the migrations grant, and can change no table. The passwords are optional (peer or trust
-- authentication needs none).

SELECT format('CREATE ROLE %I LOGIN', wanted)
  FROM unnest(ARRAY['chonoi_owner', 'chonoi_smsd']) AS wanted
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted)
\gexec

\if :{?owner_password}
ALTER ROLE chonoi_owner PASSWORD :'owner_password';
\endif
\if :{?smsd_password}
ALTER ROLE chonoi_smsd PASSWORD :'smsd_password';
\endif
