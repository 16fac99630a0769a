-- Desil by family out of DTSEN: snapshots as they came in, what is in effect, and the optional questions of DTSEN.
CREATE TABLE `desil_coverage` (
	`region_code` text PRIMARY KEY NOT NULL,
	`household_count` integer NOT NULL,
	`family_count` integer NOT NULL,
	`desil_count` integer NOT NULL
);
CREATE TABLE `dtsen_comparisons` (
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`phase` text NOT NULL,
	`done_to` integer DEFAULT 0 NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` text NOT NULL,
	`finished_at` text,
	PRIMARY KEY(`from_id`, `to_id`),
	FOREIGN KEY (`from_id`) REFERENCES `dtsen_snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_id`) REFERENCES `dtsen_snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "dtsen_comparison_phase_is_known" CHECK("dtsen_comparisons"."phase" IN ('to', 'from', 'done'))
);
CREATE TABLE `dtsen_counts` (
	`snapshot_id` text NOT NULL,
	`region_code` text NOT NULL,
	`desil` integer NOT NULL,
	`matched` integer NOT NULL,
	`unmatched` integer NOT NULL,
	PRIMARY KEY(`snapshot_id`, `region_code`, `desil`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `dtsen_snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `dtsen_effective` (
	`region_code` text PRIMARY KEY NOT NULL,
	`snapshot_id` text NOT NULL,
	FOREIGN KEY (`snapshot_id`) REFERENCES `dtsen_snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `dtsen_errors` (
	`snapshot_id` text NOT NULL,
	`position` integer NOT NULL,
	`column` text NOT NULL,
	`message` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`snapshot_id`, `position`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `dtsen_snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `dtsen_moves` (
	`from_id` text NOT NULL,
	`to_id` text NOT NULL,
	`region_code` text NOT NULL,
	`from_desil` integer NOT NULL,
	`to_desil` integer NOT NULL,
	`families` integer NOT NULL,
	PRIMARY KEY(`from_id`, `to_id`, `region_code`, `from_desil`, `to_desil`)
);
CREATE TABLE `dtsen_rows` (
	`snapshot_id` text NOT NULL,
	`position` integer NOT NULL,
	`kk_number` text NOT NULL,
	`nik` text,
	`desil` integer NOT NULL,
	`region_code` text NOT NULL,
	`match` text NOT NULL,
	`household_id` text,
	`reference` text,
	PRIMARY KEY(`snapshot_id`, `position`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `dtsen_snapshots`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "dtsen_desil_is_1_to_10" CHECK("dtsen_rows"."desil" BETWEEN 1 AND 10),
	CONSTRAINT "dtsen_match_is_known" CHECK("dtsen_rows"."match" IN ('kk', 'nik', 'none'))
);
CREATE UNIQUE INDEX `dtsen_rows_by_kk` ON `dtsen_rows` (`kk_number`,`snapshot_id`);CREATE INDEX `dtsen_rows_by_nik` ON `dtsen_rows` (`nik`,`snapshot_id`,`match`) WHERE nik IS NOT NULL;CREATE INDEX `dtsen_rows_by_match` ON `dtsen_rows` (`snapshot_id`,`match`,`region_code`,`position`);CREATE INDEX `dtsen_rows_by_region` ON `dtsen_rows` (`snapshot_id`,`region_code`,`desil`,`position`);CREATE TABLE `dtsen_snapshots` (
	`id` text PRIMARY KEY NOT NULL,
	`label` text NOT NULL,
	`source` text NOT NULL,
	`effective_on` text NOT NULL,
	`region_code` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`bytes_read` integer DEFAULT 0 NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_at` text NOT NULL,
	`confirmed_by` text,
	`confirmed_at` text,
	`status` text NOT NULL,
	`row_count` integer DEFAULT 0 NOT NULL,
	`matched_count` integer DEFAULT 0 NOT NULL,
	`nik_count` integer DEFAULT 0 NOT NULL,
	`unmatched_count` integer DEFAULT 0 NOT NULL,
	`error_count` integer DEFAULT 0 NOT NULL,
	`applied_to` integer DEFAULT 0 NOT NULL,
	`finished_at` text,
	`message` text,
	CONSTRAINT "dtsen_snapshot_status_is_known" CHECK("dtsen_snapshots"."status" IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'))
);
CREATE INDEX `dtsen_snapshots_by_region` ON `dtsen_snapshots` (`region_code`,`uploaded_at`);CREATE UNIQUE INDEX `dtsen_snapshot_label_once` ON `dtsen_snapshots` (`region_code`,`label`) WHERE status IN ('applying', 'applied');CREATE TABLE `household_desil` (
	`household_id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`region_code` text NOT NULL,
	`desil` integer,
	`family_count` integer NOT NULL,
	`desil_count` integer NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE INDEX `household_desil_by_region` ON `household_desil` (`region_code`,`desil`,`number`);CREATE INDEX `household_desil_missing` ON `household_desil` (`region_code`,`number`) WHERE desil_count < family_count;CREATE TABLE `questionnaire_extensions` (
	`id` text PRIMARY KEY NOT NULL,
	`extension` text NOT NULL,
	`region_code` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text,
	`source` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` text NOT NULL,
	CONSTRAINT "questionnaire_extension_is_known" CHECK("questionnaire_extensions"."extension" IN ('dtsen')),
	CONSTRAINT "questionnaire_extension_ends_after_it_begins" CHECK("questionnaire_extensions"."valid_to" IS NULL OR "questionnaire_extensions"."valid_to" >= "questionnaire_extensions"."valid_from")
);
CREATE INDEX `questionnaire_extensions_by_region` ON `questionnaire_extensions` (`region_code`,`extension`,`valid_from`);

-- A snapshot grows only while its file is read, and once confirmed it can only say how far it has been taken over.
CREATE TRIGGER dtsen_rows_only_while_reading BEFORE INSERT ON dtsen_rows
WHEN (SELECT status FROM dtsen_snapshots WHERE id = NEW.snapshot_id) <> 'reading'
BEGIN SELECT RAISE(ABORT, 'dtsen_rows is read-only'); END;
CREATE TRIGGER dtsen_rows_no_update BEFORE UPDATE ON dtsen_rows
BEGIN SELECT RAISE(ABORT, 'dtsen_rows is read-only'); END;
CREATE TRIGGER dtsen_rows_no_delete BEFORE DELETE ON dtsen_rows
WHEN (SELECT status FROM dtsen_snapshots WHERE id = OLD.snapshot_id) IN ('applying', 'applied')
BEGIN SELECT RAISE(ABORT, 'dtsen_rows is read-only'); END;
CREATE TRIGGER dtsen_snapshots_no_update
BEFORE UPDATE OF id, label, source, effective_on, region_code, file_name, sha256, bytes, uploaded_by, uploaded_at, confirmed_by, confirmed_at,
  row_count, matched_count, nik_count, unmatched_count, error_count ON dtsen_snapshots
WHEN OLD.status IN ('applying', 'applied')
BEGIN SELECT RAISE(ABORT, 'dtsen_snapshots is read-only'); END;
CREATE TRIGGER dtsen_snapshots_stay BEFORE UPDATE OF status ON dtsen_snapshots
WHEN OLD.status IN ('applying', 'applied') AND NEW.status NOT IN ('applying', 'applied')
BEGIN SELECT RAISE(ABORT, 'dtsen_snapshots is read-only'); END;
CREATE TRIGGER dtsen_snapshots_no_delete BEFORE DELETE ON dtsen_snapshots
WHEN OLD.status IN ('applying', 'applied')
BEGIN SELECT RAISE(ABORT, 'dtsen_snapshots is read-only'); END;

-- The desil in effect of every family of an active household: by its No KK, or else by the NIK of one of its own that was
-- found as the head when the snapshot came in. Only where a snapshot is in effect.
CREATE VIEW family_desil AS
SELECT f.household_id, f.seq, f.kk_number, h.number, h.region_code, e.snapshot_id, coalesce(
  (SELECT r.desil FROM dtsen_rows r WHERE r.kk_number = f.kk_number AND r.snapshot_id = e.snapshot_id),
  (SELECT min(r.desil) FROM members m CROSS JOIN dtsen_rows r ON r.nik = m.nik AND r.snapshot_id = e.snapshot_id AND r.match = 'nik'
    WHERE m.household_id = f.household_id AND m.family_seq = f.seq)) AS desil
FROM families f JOIN households h ON h.id = f.household_id JOIN dtsen_effective e ON e.region_code = substr(h.region_code, 1, 5)
WHERE NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = f.household_id);

-- household_desil follows every change of a family, of a member found by NIK, of the place and of being active. Where no
-- snapshot is in effect they cost one look.
CREATE TRIGGER desil_of_new_family AFTER INSERT ON families WHEN EXISTS (SELECT 1 FROM dtsen_effective) BEGIN
  DELETE FROM household_desil WHERE household_id = NEW.household_id;
  INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count)
    SELECT household_id, number, region_code, min(desil), count(*), count(desil) FROM family_desil WHERE household_id = NEW.household_id GROUP BY household_id;
END;
CREATE TRIGGER desil_of_last_family AFTER DELETE ON families
WHEN NOT EXISTS (SELECT 1 FROM families WHERE household_id = OLD.household_id) BEGIN
  DELETE FROM household_desil WHERE household_id = OLD.household_id;
END;
CREATE TRIGGER desil_of_new_member AFTER INSERT ON members
WHEN EXISTS (SELECT 1 FROM dtsen_rows WHERE nik = NEW.nik AND match = 'nik') BEGIN
  DELETE FROM household_desil WHERE household_id = NEW.household_id;
  INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count)
    SELECT household_id, number, region_code, min(desil), count(*), count(desil) FROM family_desil WHERE household_id = NEW.household_id GROUP BY household_id;
END;
CREATE TRIGGER desil_moves_along AFTER UPDATE OF region_code ON households WHEN OLD.region_code <> NEW.region_code BEGIN
  DELETE FROM household_desil WHERE household_id = NEW.id;
  INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count)
    SELECT household_id, number, region_code, min(desil), count(*), count(desil) FROM family_desil WHERE household_id = NEW.id GROUP BY household_id;
END;
CREATE TRIGGER desil_of_inactive AFTER INSERT ON inactive_households BEGIN
  DELETE FROM household_desil WHERE household_id = NEW.household_id;
END;
CREATE TRIGGER desil_of_reactivated AFTER DELETE ON inactive_households BEGIN
  DELETE FROM household_desil WHERE household_id = OLD.household_id;
  INSERT INTO household_desil (household_id, number, region_code, desil, family_count, desil_count)
    SELECT household_id, number, region_code, min(desil), count(*), count(desil) FROM family_desil WHERE household_id = OLD.household_id GROUP BY household_id;
END;

CREATE TRIGGER desil_coverage_up AFTER INSERT ON household_desil BEGIN
  INSERT INTO desil_coverage (region_code, household_count, family_count, desil_count)
  VALUES (NEW.region_code, 1, NEW.family_count, NEW.desil_count)
  ON CONFLICT (region_code) DO UPDATE SET household_count = household_count + 1,
    family_count = family_count + excluded.family_count, desil_count = desil_count + excluded.desil_count;
END;
CREATE TRIGGER desil_coverage_down AFTER DELETE ON household_desil BEGIN
  UPDATE desil_coverage SET household_count = household_count - 1, family_count = family_count - OLD.family_count,
    desil_count = desil_count - OLD.desil_count WHERE region_code = OLD.region_code;
END;
