import type { Migration } from './migration.ts';

/** The data model of docs/architecture.md. Times are Unix milliseconds, money is US dollars. */
export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
CREATE TABLE project (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  uuid TEXT NOT NULL,
  task_json TEXT NOT NULL,
  settings_json TEXT NOT NULL DEFAULT '{}',
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  importer TEXT NOT NULL,
  mapping_json TEXT NOT NULL,
  imported INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  licence TEXT,
  -- Whether its ids were numbers, as only JSON and Parquet can tell: they are handed out as they came in.
  has_numeric_ids INTEGER NOT NULL DEFAULT 0 CHECK (has_numeric_ids IN (0, 1)),
  imported_at_ms INTEGER NOT NULL
) STRICT;

-- Checks of example and label are written with OR: IN builds a lookup table, which took a quarter of an import's time.
CREATE TABLE example (
  id INTEGER PRIMARY KEY,
  external_id TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  context TEXT,
  meta_json TEXT,
  origin TEXT NOT NULL CHECK (origin = 'real' OR origin = 'synthetic'),
  consent TEXT NOT NULL DEFAULT 'private' CHECK (consent = 'private' OR consent = 'permitted' OR consent = 'redacted'),
  source_id INTEGER REFERENCES source (id),
  line INTEGER,
  parent_id INTEGER REFERENCES example (id),
  strategy TEXT,
  group_key TEXT,
  group_id INTEGER,
  split TEXT NOT NULL DEFAULT 'unassigned' CHECK (split = 'unassigned' OR split = 'train' OR split = 'calibration' OR split = 'holdout'),
  status TEXT NOT NULL DEFAULT 'new' CHECK (status = 'new' OR status = 'labelled' OR status = 'approved' OR status = 'rejected'),
  content_hash TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  example_id INTEGER NOT NULL REFERENCES example (id),
  author TEXT NOT NULL CHECK (author = 'imported' OR author = 'teacher' OR author = 'human' OR author = 'student' OR author = 'rule'),
  name TEXT,
  output_json TEXT NOT NULL,
  is_valid INTEGER NOT NULL CHECK (is_valid = 0 OR is_valid = 1),
  confidence REAL,
  probabilities_json TEXT,
  reply_id INTEGER,
  -- Set when a person undid the decision that wrote the label; such a label counts for nothing.
  withdrawn_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX label_by_example ON label (example_id);

-- Derived from label by labels.refresh(); kept so that a million rows can be paged and filtered.
CREATE TABLE current_label (
  example_id INTEGER PRIMARY KEY REFERENCES example (id),
  output_json TEXT NOT NULL,
  author TEXT NOT NULL,
  agreement REAL NOT NULL,
  is_valid INTEGER NOT NULL,
  confidence REAL
) STRICT;

CREATE TABLE consent_grant (
  id INTEGER PRIMARY KEY,
  purposes_json TEXT NOT NULL,
  destination TEXT NOT NULL,
  basis TEXT NOT NULL,
  filter TEXT NOT NULL,
  expires_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE grant_example (
  grant_id INTEGER NOT NULL REFERENCES consent_grant (id),
  example_id INTEGER NOT NULL REFERENCES example (id),
  revoked_at_ms INTEGER,
  PRIMARY KEY (example_id, grant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  job_id INTEGER,
  example_id INTEGER NOT NULL REFERENCES example (id),
  sample INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  -- What was asked beyond the example's label, such as the strategy of an augmentation; empty for a label.
  variant TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL,
  destination TEXT NOT NULL,
  model TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  payload_bytes INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'finished', 'failed', 'unknown')),
  tries INTEGER NOT NULL DEFAULT 0,
  reserved_usd REAL NOT NULL,
  cost_usd REAL,
  input_tokens INTEGER,
  output_tokens INTEGER,
  error TEXT,
  created_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER
) STRICT;
CREATE INDEX request_by_example ON request (example_id);
CREATE INDEX request_by_state ON request (state);

CREATE TABLE reply (
  id INTEGER PRIMARY KEY,
  request_id INTEGER REFERENCES request (id),
  example_id INTEGER NOT NULL REFERENCES example (id),
  raw TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'malformed', 'refusal')),
  repairs_json TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX reply_by_example ON reply (example_id);

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  event TEXT NOT NULL CHECK (event IN ('attempt', 'outcome')),
  at_ms INTEGER NOT NULL,
  body_json TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  check_id TEXT NOT NULL,
  example_id INTEGER NOT NULL REFERENCES example (id),
  other_id INTEGER REFERENCES example (id),
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  is_flagged INTEGER NOT NULL CHECK (is_flagged IN (0, 1)),
  evidence_json TEXT NOT NULL,
  resolution TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX finding_by_check ON finding (check_id, score);
CREATE INDEX finding_by_example ON finding (example_id);

CREATE TABLE gate (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('pass', 'warn', 'fail')),
  value REAL NOT NULL,
  threshold REAL NOT NULL,
  message TEXT NOT NULL,
  data_fingerprint TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE review (
  id INTEGER PRIMARY KEY,
  example_id INTEGER NOT NULL REFERENCES example (id),
  reviewer TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('approve', 'correct', 'reject', 'skip')),
  output_json TEXT,
  seconds REAL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX review_by_example ON review (example_id);

CREATE TABLE operation (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  inverse_json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  undone_at_ms INTEGER
) STRICT;

CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  config_json TEXT NOT NULL,
  seed INTEGER,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  message TEXT NOT NULL DEFAULT '',
  result_json TEXT,
  error_json TEXT,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER
) STRICT;

CREATE TABLE student (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  folder TEXT NOT NULL,
  data_fingerprint TEXT NOT NULL,
  metrics_json TEXT NOT NULL,
  config_json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE evaluation (
  id INTEGER PRIMARY KEY,
  student_id TEXT NOT NULL REFERENCES student (id),
  split TEXT NOT NULL,
  data_fingerprint TEXT NOT NULL,
  report_json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  student_id TEXT NOT NULL REFERENCES student (id),
  data_fingerprint TEXT NOT NULL,
  policy_json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE seal (
  id INTEGER PRIMARY KEY,
  certificate_json TEXT NOT NULL,
  data_fingerprint TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  broken_at_ms INTEGER
) STRICT;

-- A sealed holdout can't change: not its rows, not its labels. The seal can only be broken, which stays on record.
CREATE TRIGGER sealed_example_insert BEFORE INSERT ON example
WHEN NEW.split = 'holdout' AND EXISTS (SELECT 1 FROM seal WHERE broken_at_ms IS NULL)
BEGIN SELECT RAISE(ABORT, 'sealed'); END;
CREATE TRIGGER sealed_example_update BEFORE UPDATE OF external_id, text, context, origin, split, status, content_hash ON example
WHEN (OLD.split = 'holdout' OR NEW.split = 'holdout') AND EXISTS (SELECT 1 FROM seal WHERE broken_at_ms IS NULL)
BEGIN SELECT RAISE(ABORT, 'sealed'); END;
CREATE TRIGGER sealed_example_delete BEFORE DELETE ON example
WHEN OLD.split = 'holdout' AND EXISTS (SELECT 1 FROM seal WHERE broken_at_ms IS NULL)
BEGIN SELECT RAISE(ABORT, 'sealed'); END;
CREATE TRIGGER sealed_label_insert BEFORE INSERT ON label
WHEN NEW.author NOT IN ('teacher', 'student') AND EXISTS (SELECT 1 FROM seal WHERE broken_at_ms IS NULL)
  AND (SELECT split FROM example WHERE id = NEW.example_id) = 'holdout'
BEGIN SELECT RAISE(ABORT, 'sealed'); END;
CREATE TRIGGER sealed_label_update BEFORE UPDATE ON label
WHEN EXISTS (SELECT 1 FROM seal WHERE broken_at_ms IS NULL)
  AND (SELECT split FROM example WHERE id = OLD.example_id) = 'holdout'
BEGIN SELECT RAISE(ABORT, 'sealed'); END;

CREATE TABLE look (
  id INTEGER PRIMARY KEY,
  split TEXT NOT NULL,
  student_id TEXT,
  purpose TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE export (
  id INTEGER PRIMARY KEY,
  format TEXT NOT NULL,
  folder TEXT NOT NULL,
  manifest_json TEXT NOT NULL,
  data_fingerprint TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- Which examples a student or an export was made from, so that revoking a grant can list what it touched.
CREATE TABLE artifact_example (
  kind TEXT NOT NULL CHECK (kind IN ('student', 'export')),
  artifact_id TEXT NOT NULL,
  example_id INTEGER NOT NULL REFERENCES example (id),
  PRIMARY KEY (example_id, kind, artifact_id)
) STRICT, WITHOUT ROWID;
`,
};
