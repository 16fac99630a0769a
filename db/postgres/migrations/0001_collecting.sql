-- What the kabupaten/kota sent to be determined, and what was decided of it. Everything with records of people is parted by
-- kabupaten: one partition each where a page reads one kabupaten, a few dozen where the whole country is searched.

-- Every attempt, refused ones too: whoever sent it asks what became of it.
CREATE TABLE nation.arrivals (
  id uuid PRIMARY KEY,
  arrived_at timestamptz NOT NULL,
  -- A user's id, or key:<id> of nation.keys.
  sender text NOT NULL,
  name text NOT NULL,
  bytes bigint NOT NULL,
  sha256 text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('taken', 'repeated', 'refused')),
  problem text NOT NULL DEFAULT '',
  regency_code text,
  root text,
  took_ms integer NOT NULL
);
CREATE INDEX arrivals_newest ON nation.arrivals (arrived_at DESC, id DESC);

-- The letterbox of a kabupaten's own server. Only the hash of a key is kept.
CREATE TABLE nation.keys (
  id uuid PRIMARY KEY,
  regency_code text NOT NULL,
  hash text NOT NULL UNIQUE,
  note text NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz
);

-- A batch that arrived whole. Its root names it: whatever it is called elsewhere, the same content has the same root.
CREATE TABLE nation.batches (
  root text PRIMARY KEY CHECK (root ~ '^[0-9a-f]{64}$'),
  regency_code text NOT NULL,
  batch_id text NOT NULL,
  title text NOT NULL,
  letter_number text NOT NULL,
  letter_date text NOT NULL,
  signatory text NOT NULL,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  mime text NOT NULL,
  arrival_id uuid NOT NULL REFERENCES nation.arrivals (id) DEFERRABLE INITIALLY DEFERRED,
  arrived_at timestamptz NOT NULL,
  households integer NOT NULL,
  members integer NOT NULL,
  proposals integer NOT NULL,
  faulty integer NOT NULL,
  accepted integer NOT NULL DEFAULT 0,
  returned integer NOT NULL DEFAULT 0,
  answered_at timestamptz,
  CHECK (accepted + returned <= households + proposals)
);
CREATE INDEX batches_by_regency ON nation.batches (regency_code, arrived_at DESC);
CREATE INDEX batches_newest ON nation.batches (arrived_at DESC, root);

-- One household as one batch brought it. is_newest: no later batch brought it again.
CREATE TABLE nation.records (
  regency_code text NOT NULL,
  household_id text NOT NULL,
  root text NOT NULL,
  position integer NOT NULL,
  visit_id text NOT NULL,
  village_code text NOT NULL,
  prelist_id text NOT NULL,
  head_name text NOT NULL,
  address text NOT NULL,
  outcome integer,
  members integer NOT NULL,
  record jsonb NOT NULL,
  record_hash text NOT NULL,
  faults jsonb NOT NULL,
  is_newest boolean NOT NULL DEFAULT true,
  decision text NOT NULL DEFAULT 'pending' CHECK (decision IN ('pending', 'accepted', 'returned')),
  reason text NOT NULL DEFAULT '',
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (regency_code, household_id, root),
  CHECK (decision <> 'returned' OR reason <> '')
) PARTITION BY LIST (regency_code);
CREATE INDEX records_in_order ON nation.records (root, position);
CREATE INDEX records_by_village ON nation.records (village_code, household_id) WHERE is_newest;

-- Changes no visit brought.
CREATE TABLE nation.proposals (
  regency_code text NOT NULL,
  proposal_id text NOT NULL,
  root text NOT NULL,
  position integer NOT NULL,
  plan jsonb NOT NULL,
  plan_hash text NOT NULL,
  decision text NOT NULL DEFAULT 'pending' CHECK (decision IN ('pending', 'accepted', 'returned')),
  reason text NOT NULL DEFAULT '',
  decided_by text,
  decided_at timestamptz,
  PRIMARY KEY (regency_code, proposal_id, root),
  CHECK (decision <> 'returned' OR reason <> '')
) PARTITION BY LIST (regency_code);
CREATE INDEX proposals_in_order ON nation.proposals (root, position);

-- Whom the newest record of each household names. words: the name as it is looked up (app/duplicates/names.ts).
CREATE TABLE nation.people (
  regency_code text NOT NULL,
  household_id text NOT NULL,
  seq integer NOT NULL,
  nik text,
  kk text,
  name text NOT NULL,
  birth_date text,
  sex integer,
  is_present boolean NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (regency_code, household_id, seq)
) PARTITION BY HASH (regency_code);

-- PostgreSQL has no index over partitions. A NIK or No KK is looked up here, in the one part its own hash names.
CREATE TABLE nation.numbers (
  number text NOT NULL,
  kind "char" NOT NULL CHECK (kind IN ('n', 'k')),
  regency_code text NOT NULL,
  household_id text NOT NULL,
  seq integer NOT NULL,
  PRIMARY KEY (number, kind, regency_code, household_id, seq)
) PARTITION BY HASH (number);

DO $$
BEGIN
  FOR part IN 0..15 LOOP
    EXECUTE format('CREATE TABLE nation.people_%s PARTITION OF nation.people FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
    EXECUTE format('CREATE TABLE nation.numbers_%s PARTITION OF nation.numbers FOR VALUES WITH (MODULUS 16, REMAINDER %s)', part, part);
  END LOOP;
END $$;
CREATE INDEX people_by_word ON nation.people USING gin (words);

-- A NIK that living records of two kabupaten name; kept as batches arrive.
CREATE TABLE nation.doubles (
  nik text PRIMARY KEY,
  regencies text[] NOT NULL,
  found_at timestamptz NOT NULL
);
CREATE INDEX doubles_by_regency ON nation.doubles USING gin (regencies);

-- What the newest records of each kabupaten amount to; worked out anew whenever something of it arrives or is decided.
CREATE TABLE nation.standing (
  regency_code text PRIMARY KEY,
  batches integer NOT NULL,
  households integer NOT NULL,
  members integer NOT NULL,
  waiting integer NOT NULL,
  accepted integer NOT NULL,
  returned integer NOT NULL,
  faulty integer NOT NULL,
  last_at timestamptz NOT NULL
);
