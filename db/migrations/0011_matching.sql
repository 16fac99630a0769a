-- Matching with the population register, and the rescue list of a cut-off. Counts are kept by triggers, so that no page counts
-- people: whatever writes a state, moves a household or takes one out of the living registry keeps them right.
CREATE TABLE `match_counts` (
	`region_code` text NOT NULL,
	`outcome` text NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`region_code`, `outcome`)
);
--> statement-breakpoint
CREATE TABLE `match_results` (
	`id` integer PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`household_id` text NOT NULL,
	`member_seq` integer NOT NULL,
	`nik` text NOT NULL,
	`outcome` text NOT NULL,
	`score` integer,
	`at` text NOT NULL,
	`by` text NOT NULL,
	`name` text NOT NULL,
	`kk_number` text,
	`register_name` text,
	`register_kk` text,
	`reasons` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `matching_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "match_result_outcome_is_known" CHECK(outcome IN ('padan', 'tidak_padan_nama', 'nik_tidak_ditemukan', 'kk_berbeda', 'meninggal', 'ganda', 'belum_online', 'gangguan'))
);
--> statement-breakpoint
CREATE INDEX `match_results_by_member` ON `match_results` (`household_id`,`member_seq`,`id`);--> statement-breakpoint
CREATE INDEX `match_results_by_nik` ON `match_results` (`nik`,`id`);--> statement-breakpoint
CREATE TABLE `match_retries` (
	`household_id` text NOT NULL,
	`member_seq` integer NOT NULL,
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`method` text NOT NULL,
	`region_code` text NOT NULL,
	`cause` text NOT NULL,
	`tries` integer NOT NULL,
	`since` text NOT NULL,
	`next_at` text NOT NULL,
	PRIMARY KEY(`household_id`, `member_seq`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`run_id`) REFERENCES `matching_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "match_retry_cause_is_known" CHECK("match_retries"."cause" IN ('gangguan', 'belum_online'))
);
--> statement-breakpoint
CREATE INDEX `match_retries_due` ON `match_retries` (`method`,`next_at`);--> statement-breakpoint
CREATE INDEX `match_retries_by_region` ON `match_retries` (`cause`,`region_code`,`next_at`);--> statement-breakpoint
CREATE TABLE `match_states` (
	`household_id` text NOT NULL,
	`member_seq` integer NOT NULL,
	`region_code` text NOT NULL,
	`outcome` text NOT NULL,
	`living` integer DEFAULT true NOT NULL,
	`nik` text NOT NULL,
	`name` text NOT NULL,
	`kk_number` text,
	`score` integer,
	`at` text NOT NULL,
	`result_id` integer NOT NULL,
	PRIMARY KEY(`household_id`, `member_seq`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`result_id`) REFERENCES `match_results`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "match_state_outcome_is_known" CHECK(outcome IN ('padan', 'tidak_padan_nama', 'nik_tidak_ditemukan', 'kk_berbeda', 'meninggal', 'ganda', 'belum_online', 'gangguan') AND outcome <> 'gangguan')
);
--> statement-breakpoint
CREATE INDEX `match_states_by_nik` ON `match_states` (`nik`,`at`);--> statement-breakpoint
CREATE INDEX `match_states_by_outcome` ON `match_states` (`outcome`,`region_code`,`household_id`,`member_seq`) WHERE living = 1;--> statement-breakpoint
CREATE TABLE `matching_import_rows` (
	`import_id` text NOT NULL,
	`position` integer NOT NULL,
	`line` integer NOT NULL,
	`question` integer,
	`action` text NOT NULL,
	`outcome` text,
	`score` integer,
	`applied` integer DEFAULT false NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`answer` text,
	`errors` text NOT NULL,
	PRIMARY KEY(`import_id`, `position`),
	FOREIGN KEY (`import_id`) REFERENCES `matching_imports`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "matching_import_action_is_known" CHECK("matching_import_rows"."action" IN ('new', 'changed', 'same', 'error'))
);
--> statement-breakpoint
CREATE INDEX `matching_import_rows_by_action` ON `matching_import_rows` (`import_id`,`action`,`position`);--> statement-breakpoint
CREATE INDEX `matching_import_rows_by_question` ON `matching_import_rows` (`import_id`,`question`);--> statement-breakpoint
CREATE TABLE `matching_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`bytes_read` integer DEFAULT 0 NOT NULL,
	`status` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_at` text NOT NULL,
	`row_count` integer DEFAULT 0 NOT NULL,
	`new_count` integer DEFAULT 0 NOT NULL,
	`changed_count` integer DEFAULT 0 NOT NULL,
	`same_count` integer DEFAULT 0 NOT NULL,
	`error_count` integer DEFAULT 0 NOT NULL,
	`applied_count` integer DEFAULT 0 NOT NULL,
	`message` text,
	`finished_at` text,
	`outcomes` text NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `matching_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "matching_import_status_is_known" CHECK(status IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'))
);
--> statement-breakpoint
CREATE INDEX `matching_imports_by_run` ON `matching_imports` (`run_id`,`uploaded_at`);--> statement-breakpoint
CREATE TABLE `matching_questions` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`household_id` text NOT NULL,
	`member_seq` integer NOT NULL,
	`region_code` text NOT NULL,
	`nik` text NOT NULL,
	`kk_number` text,
	`name` text NOT NULL,
	`sex` integer,
	`birth_date` text,
	`birth_place` text,
	`outcome` text,
	`answered_at` text,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `matching_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "matching_question_outcome_is_known" CHECK(outcome IS NULL OR outcome IN ('padan', 'tidak_padan_nama', 'nik_tidak_ditemukan', 'kk_berbeda', 'meninggal', 'ganda', 'belum_online', 'gangguan'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `matching_questions_once` ON `matching_questions` (`run_id`,`household_id`,`member_seq`);--> statement-breakpoint
CREATE INDEX `matching_questions_by_nik` ON `matching_questions` (`run_id`,`nik`);--> statement-breakpoint
CREATE INDEX `matching_questions_by_outcome` ON `matching_questions` (`run_id`,`outcome`,`position`);--> statement-breakpoint
CREATE TABLE `matching_runs` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`region_code` text NOT NULL,
	`who` text NOT NULL,
	`method` text NOT NULL,
	`letter` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`started_by` text NOT NULL,
	`started_at` text NOT NULL,
	`household_count` integer DEFAULT 0 NOT NULL,
	`question_count` integer DEFAULT 0 NOT NULL,
	`skipped_count` integer DEFAULT 0 NOT NULL,
	`answered_count` integer DEFAULT 0 NOT NULL,
	`message` text,
	`finished_at` text,
	CONSTRAINT "matching_run_status_is_known" CHECK(status IN ('preparing', 'waiting', 'asking', 'done', 'failed', 'cancelled')),
	CONSTRAINT "matching_run_method_is_known" CHECK("matching_runs"."method" IN ('file', 'simulator'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `matching_runs_id_unique` ON `matching_runs` (`id`);--> statement-breakpoint
CREATE INDEX `matching_runs_by_region` ON `matching_runs` (`region_code`,`number`);
--> statement-breakpoint
CREATE TRIGGER match_states_counted AFTER INSERT ON match_states WHEN NEW.living = 1
BEGIN
  INSERT INTO match_counts (region_code, outcome, people) VALUES (NEW.region_code, NEW.outcome, 1), (substr(NEW.region_code, 1, 5), NEW.outcome, 1)
  ON CONFLICT DO UPDATE SET people = people + 1;
END;
--> statement-breakpoint
CREATE TRIGGER match_states_recounted AFTER UPDATE OF region_code, outcome, living ON match_states
BEGIN
  UPDATE match_counts SET people = people - 1
  WHERE OLD.living = 1 AND outcome = OLD.outcome AND region_code IN (OLD.region_code, substr(OLD.region_code, 1, 5));
  INSERT INTO match_counts (region_code, outcome, people)
  SELECT NEW.region_code, NEW.outcome, 1 WHERE NEW.living = 1 UNION ALL SELECT substr(NEW.region_code, 1, 5), NEW.outcome, 1 WHERE NEW.living = 1
  ON CONFLICT DO UPDATE SET people = people + 1;
END;
--> statement-breakpoint
CREATE TRIGGER match_retries_counted AFTER INSERT ON match_retries WHEN NEW.cause = 'gangguan'
BEGIN
  INSERT INTO match_counts (region_code, outcome, people) VALUES (NEW.region_code, 'gangguan', 1), (substr(NEW.region_code, 1, 5), 'gangguan', 1)
  ON CONFLICT DO UPDATE SET people = people + 1;
END;
--> statement-breakpoint
CREATE TRIGGER match_retries_recounted AFTER UPDATE OF region_code, cause ON match_retries
BEGIN
  UPDATE match_counts SET people = people - 1
  WHERE OLD.cause = 'gangguan' AND outcome = 'gangguan' AND region_code IN (OLD.region_code, substr(OLD.region_code, 1, 5));
  INSERT INTO match_counts (region_code, outcome, people)
  SELECT NEW.region_code, 'gangguan', 1 WHERE NEW.cause = 'gangguan' UNION ALL SELECT substr(NEW.region_code, 1, 5), 'gangguan', 1 WHERE NEW.cause = 'gangguan'
  ON CONFLICT DO UPDATE SET people = people + 1;
END;
--> statement-breakpoint
CREATE TRIGGER match_retries_uncounted AFTER DELETE ON match_retries WHEN OLD.cause = 'gangguan'
BEGIN
  UPDATE match_counts SET people = people - 1
  WHERE outcome = 'gangguan' AND region_code IN (OLD.region_code, substr(OLD.region_code, 1, 5));
END;
--> statement-breakpoint
CREATE TRIGGER match_moves_with_its_household AFTER UPDATE OF region_code ON households WHEN OLD.region_code <> NEW.region_code
BEGIN
  UPDATE match_states SET region_code = NEW.region_code WHERE household_id = NEW.id;
  UPDATE match_retries SET region_code = NEW.region_code WHERE household_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER match_rests_with_its_household AFTER INSERT ON inactive_households
BEGIN
  UPDATE match_states SET living = 0 WHERE household_id = NEW.household_id;
  DELETE FROM match_retries WHERE household_id = NEW.household_id;
END;
--> statement-breakpoint
CREATE TRIGGER match_wakes_with_its_household AFTER DELETE ON inactive_households
BEGIN
  UPDATE match_states SET living = 1 WHERE household_id = OLD.household_id;
END;
--> statement-breakpoint
CREATE TRIGGER match_results_no_update BEFORE UPDATE ON match_results
BEGIN SELECT RAISE(ABORT, 'match_results is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER match_results_no_delete BEFORE DELETE ON match_results
BEGIN SELECT RAISE(ABORT, 'match_results is append-only'); END;
--> statement-breakpoint
CREATE TABLE `rescue_cases` (
	`period_id` text NOT NULL,
	`household_id` text NOT NULL,
	`region_code` text NOT NULL,
	`head_name` text NOT NULL,
	`danger` text NOT NULL,
	`open` integer NOT NULL,
	`found_at` text NOT NULL,
	`saved_at` text,
	PRIMARY KEY(`period_id`, `household_id`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rescue_danger_is_known" CHECK("rescue_cases"."danger" IN ('dropped', 'left_out'))
);
--> statement-breakpoint
CREATE INDEX `rescue_cases_open` ON `rescue_cases` (`period_id`,`region_code`,`head_name`,`household_id`) WHERE open > 0;--> statement-breakpoint
CREATE INDEX `rescue_cases_saved` ON `rescue_cases` (`period_id`,`region_code`,`saved_at`,`household_id`) WHERE open = 0;--> statement-breakpoint
CREATE TABLE `rescue_counts` (
	`period_id` text NOT NULL,
	`region_code` text NOT NULL,
	`reason` text NOT NULL,
	`open` integer NOT NULL,
	`repaired` integer NOT NULL,
	PRIMARY KEY(`period_id`, `region_code`, `reason`)
);
--> statement-breakpoint
CREATE TABLE `rescue_items` (
	`period_id` text NOT NULL,
	`household_id` text NOT NULL,
	`reason` text NOT NULL,
	`key` text NOT NULL,
	`region_code` text NOT NULL,
	`member_seq` integer,
	`found_at` text NOT NULL,
	`repaired_at` text,
	`repaired_by` text,
	`repaired_how` text,
	`message` text NOT NULL,
	PRIMARY KEY(`period_id`, `household_id`, `reason`, `key`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "rescue_reason_is_known" CHECK(reason IN ('gate_a', 'gate_b', 'gate_c', 'gate_d', 'gate_e', 'meninggal', 'ganda', 'nik_tidak_ditemukan', 'tidak_padan_nama', 'returned', 'photos', 'unfinished'))
);
--> statement-breakpoint
CREATE INDEX `rescue_items_open` ON `rescue_items` (`period_id`,`reason`,`region_code`,`household_id`) WHERE repaired_at IS NULL;--> statement-breakpoint
CREATE INDEX `rescue_items_repaired` ON `rescue_items` (`period_id`,`region_code`,`repaired_at`) WHERE repaired_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `rescue_lists` (
	`period_id` text NOT NULL,
	`regency_code` text NOT NULL,
	`period_name` text NOT NULL,
	`cutoff_on` text NOT NULL,
	`status` text NOT NULL,
	`started_at` text NOT NULL,
	`live_at` text,
	`total_count` integer DEFAULT 0 NOT NULL,
	`checked_count` integer DEFAULT 0 NOT NULL,
	`open_count` integer DEFAULT 0 NOT NULL,
	`saved_count` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`period_id`, `regency_code`),
	CONSTRAINT "rescue_list_status_is_known" CHECK("rescue_lists"."status" IN ('building', 'live', 'closed'))
);
--> statement-breakpoint
CREATE INDEX `rescue_lists_by_regency` ON `rescue_lists` (`regency_code`,`started_at`);--> statement-breakpoint
CREATE INDEX `rescue_lists_running` ON `rescue_lists` (`period_id`,`regency_code`,`cutoff_on`) WHERE status <> 'closed';--> statement-breakpoint
--> statement-breakpoint
CREATE TRIGGER rescue_items_counted AFTER INSERT ON rescue_items
BEGIN
  INSERT INTO rescue_counts (period_id, region_code, reason, open, repaired)
  VALUES (NEW.period_id, NEW.region_code, NEW.reason, NEW.repaired_at IS NULL, NEW.repaired_at IS NOT NULL)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, repaired = repaired + excluded.repaired;
END;
--> statement-breakpoint
CREATE TRIGGER rescue_items_recounted AFTER UPDATE OF region_code, repaired_at ON rescue_items
BEGIN
  UPDATE rescue_counts SET open = open - (OLD.repaired_at IS NULL), repaired = repaired - (OLD.repaired_at IS NOT NULL)
  WHERE period_id = OLD.period_id AND region_code = OLD.region_code AND reason = OLD.reason;
  INSERT INTO rescue_counts (period_id, region_code, reason, open, repaired)
  VALUES (NEW.period_id, NEW.region_code, NEW.reason, NEW.repaired_at IS NULL, NEW.repaired_at IS NOT NULL)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, repaired = repaired + excluded.repaired;
END;
--> statement-breakpoint
CREATE TRIGGER rescue_cases_counted AFTER INSERT ON rescue_cases
BEGIN
  INSERT INTO rescue_counts (period_id, region_code, reason, open, repaired)
  VALUES (NEW.period_id, NEW.region_code, '', NEW.open > 0, NEW.open = 0)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, repaired = repaired + excluded.repaired;
  UPDATE rescue_lists SET open_count = open_count + (NEW.open > 0), saved_count = saved_count + (NEW.open = 0)
  WHERE period_id = NEW.period_id AND regency_code = substr(NEW.region_code, 1, 5);
END;
--> statement-breakpoint
CREATE TRIGGER rescue_cases_recounted AFTER UPDATE OF region_code, open ON rescue_cases
BEGIN
  UPDATE rescue_counts SET open = open - (OLD.open > 0), repaired = repaired - (OLD.open = 0)
  WHERE period_id = OLD.period_id AND region_code = OLD.region_code AND reason = '';
  INSERT INTO rescue_counts (period_id, region_code, reason, open, repaired)
  VALUES (NEW.period_id, NEW.region_code, '', NEW.open > 0, NEW.open = 0)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, repaired = repaired + excluded.repaired;
  UPDATE rescue_lists SET open_count = open_count - (OLD.open > 0), saved_count = saved_count - (OLD.open = 0)
  WHERE period_id = OLD.period_id AND regency_code = substr(OLD.region_code, 1, 5);
  UPDATE rescue_lists SET open_count = open_count + (NEW.open > 0), saved_count = saved_count + (NEW.open = 0)
  WHERE period_id = NEW.period_id AND regency_code = substr(NEW.region_code, 1, 5);
END;
