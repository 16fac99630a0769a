-- Quality of officers and reviewers: figures kept as visits are judged and decided, answers to flags, photos that were looked at.
CREATE TABLE `visit_figures` (
	`visit_id` text PRIMARY KEY NOT NULL,
	`officer_id` text NOT NULL,
	`region_code` text NOT NULL,
	`submitted_at` text NOT NULL,
	`month` text NOT NULL,
	`outcome` integer NOT NULL,
	`active_ms` integer NOT NULL,
	`member_count` integer NOT NULL,
	`codes` text DEFAULT '' NOT NULL,
	`flag_count` integer NOT NULL,
	`flag_weight` integer NOT NULL,
	`returns` integer DEFAULT 0 NOT NULL,
	`changed` real,
	`latitude` real NOT NULL,
	`longitude` real NOT NULL,
	`prelist_latitude` real,
	`prelist_longitude` real
);
CREATE INDEX `visit_figures_by_officer` ON `visit_figures` (`officer_id`,`region_code`,`submitted_at`);
CREATE INDEX `visit_figures_by_desa` ON `visit_figures` (`region_code`,`month`,`outcome`,`active_ms`,`officer_id`);
CREATE TABLE `officer_figures` (
	`officer_id` text NOT NULL,
	`region_code` text NOT NULL,
	`month` text NOT NULL,
	`visits` integer NOT NULL,
	`finished` integer NOT NULL,
	`not_found` integer NOT NULL,
	`returned` integer NOT NULL,
	`flag_count` integer NOT NULL,
	`median_ms` integer,
	`band_ms` integer,
	`figures` text NOT NULL,
	`level` text NOT NULL,
	`score` real NOT NULL,
	`reasons` text NOT NULL,
	`judged_at` text NOT NULL,
	PRIMARY KEY(`officer_id`, `region_code`, `month`),
	CONSTRAINT "officer_level_is_known" CHECK("officer_figures"."level" IN ('fine', 'look', 'unknown'))
);
CREATE INDEX `officer_figures_by_place` ON `officer_figures` (`month`,`region_code`,`officer_id`);
CREATE TABLE `quality_queue` (
	`step` integer NOT NULL,
	`subject` text NOT NULL,
	PRIMARY KEY(`step`, `subject`),
	CONSTRAINT "quality_step_is_known" CHECK("quality_queue"."step" BETWEEN 1 AND 6)
);
CREATE TABLE `reviewer_days` (
	`reviewer_id` text NOT NULL,
	`day` text NOT NULL,
	`approved` integer NOT NULL,
	`returned` integer NOT NULL,
	`bulk` integer NOT NULL,
	`watched` integer NOT NULL,
	`unopened` integer NOT NULL,
	`sessions` integer NOT NULL,
	`session_ms` integer NOT NULL,
	`in_session` integer NOT NULL,
	`streak` integer NOT NULL,
	`followed` integer NOT NULL,
	`overturned` integer NOT NULL,
	PRIMARY KEY(`reviewer_id`, `day`)
);
CREATE TABLE `reviewer_figures` (
	`reviewer_id` text PRIMARY KEY NOT NULL,
	`review_level` integer NOT NULL,
	`decided` integer NOT NULL,
	`approved` integer NOT NULL,
	`figures` text NOT NULL,
	`level` text NOT NULL,
	`score` real NOT NULL,
	`reasons` text NOT NULL,
	`judged_at` text NOT NULL,
	CONSTRAINT "reviewer_level_is_known" CHECK("reviewer_figures"."level" IN ('fine', 'look', 'unknown'))
);
CREATE TABLE `flag_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`code` text NOT NULL,
	`officer_id` text NOT NULL,
	`text` text NOT NULL,
	`at` text NOT NULL
);
CREATE INDEX `flag_answers_by_visit` ON `flag_answers` (`visit_id`,`at`);
CREATE INDEX `flag_answers_by_officer` ON `flag_answers` (`officer_id`,`at`);
CREATE TABLE `photo_views` (
	`visit_id` text NOT NULL,
	`reviewer_id` text NOT NULL,
	`kind` text NOT NULL,
	`first_at` text NOT NULL,
	PRIMARY KEY(`visit_id`, `reviewer_id`, `kind`)
);
-- The figures follow by trigger: a visit's evidence is judged behind the requests, so a submission is not slower for it. A call
-- could be forgotten. What waits already is asked for by WHERE: inside a trigger the conflict rule of the outer statement would hold.
CREATE TRIGGER `figures_after_judging` AFTER INSERT ON `visit_evidence` BEGIN
	INSERT INTO `quality_queue` SELECT 1, NEW.`visit_id` WHERE NOT EXISTS (SELECT 1 FROM `quality_queue` WHERE `step` = 1 AND `subject` = NEW.`visit_id`);
END;
CREATE TRIGGER `figures_after_judging_again` AFTER UPDATE OF `judged_at` ON `visit_evidence` BEGIN
	INSERT INTO `quality_queue` SELECT 1, NEW.`visit_id` WHERE NOT EXISTS (SELECT 1 FROM `quality_queue` WHERE `step` = 1 AND `subject` = NEW.`visit_id`);
END;
-- A decision changes the figures of the visit, of who decided and of who had approved before. Days are those of WIB.
CREATE TRIGGER `figures_after_review` AFTER INSERT ON `reviews` BEGIN
	INSERT INTO `quality_queue` SELECT 1, NEW.`visit_id` WHERE NOT EXISTS (SELECT 1 FROM `quality_queue` WHERE `step` = 1 AND `subject` = NEW.`visit_id`);
	INSERT INTO `quality_queue` SELECT DISTINCT 4, `decided_by` || '~' || date(`decided_at`, '+7 hours') FROM `reviews` WHERE `visit_id` = NEW.`visit_id`
		AND NOT EXISTS (SELECT 1 FROM `quality_queue` WHERE `step` = 4 AND `subject` = `decided_by` || '~' || date(`decided_at`, '+7 hours'));
END;
CREATE TRIGGER `figures_after_determination` AFTER UPDATE OF `decision` ON `batch_items` WHEN NEW.`decision` <> 'pending' BEGIN
	INSERT INTO `quality_queue` SELECT DISTINCT 4, `decided_by` || '~' || date(`decided_at`, '+7 hours') FROM `reviews` WHERE `visit_id` = NEW.`visit_id`
		AND NOT EXISTS (SELECT 1 FROM `quality_queue` WHERE `step` = 4 AND `subject` = `decided_by` || '~' || date(`decided_at`, '+7 hours'));
END;
INSERT OR IGNORE INTO `quality_queue` SELECT 4, `decided_by` || '~' || date(`decided_at`, '+7 hours') FROM `reviews`;
