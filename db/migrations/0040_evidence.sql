-- Bukti kunjungan: each flag has a weight by which a queue can be sorted, and each visit a row of what the rules compare.
ALTER TABLE `visit_flags` ADD `weight` integer DEFAULT 1 NOT NULL;
ALTER TABLE `visits` ADD `flag_weight` integer DEFAULT 0 NOT NULL;
-- Which phone sent it, the number that phone gave it, and the phone's clock at that moment.
ALTER TABLE `visits` ADD `device_id` text;
ALTER TABLE `visits` ADD `device_sequence` integer;
ALTER TABLE `visits` ADD `made_at` text;
ALTER TABLE `households` ADD `flag_weight` integer DEFAULT 0 NOT NULL;
UPDATE `visits` SET `flag_weight` = `flag_count` WHERE `flag_count` > 0;
UPDATE `households` SET `flag_weight` = `flag_count` WHERE `flag_count` > 0;
CREATE INDEX `households_by_weight` ON `households` (`stage`,`region_code`,`flag_weight` DESC,`stage_at`,`number`,`officer_id`,`outcome`) WHERE flag_weight > 0;
CREATE TABLE `visit_evidence` (
	`visit_id` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`region_code` text NOT NULL,
	`district_code` text NOT NULL,
	`regency_code` text NOT NULL,
	`period` text NOT NULL,
	`revision` integer NOT NULL,
	`submit_count` integer NOT NULL,
	`submitted_at` text NOT NULL,
	`judged_at` text,
	`outcome` integer NOT NULL,
	`size` integer NOT NULL,
	`log_minutes` real,
	`active_ms` integer NOT NULL,
	`started_ms` integer NOT NULL,
	`ended_ms` integer NOT NULL,
	`located_ms` integer,
	`taken_from_ms` integer,
	`taken_to_ms` integer,
	`latitude` real NOT NULL,
	`longitude` real NOT NULL,
	`accuracy_m` real NOT NULL,
	`cell` integer NOT NULL,
	`prelist_m` real,
	`near` integer DEFAULT 0 NOT NULL,
	`answers` blob,
	`changed` real,
	`uniform` integer DEFAULT 0 NOT NULL,
	`device_id` text,
	`device_sequence` integer,
	`made_ms` integer,
	`basis` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "evidence_basis_is_known" CHECK("visit_evidence"."basis" IN ('', 'village', 'district', 'regency', 'unknown'))
);
CREATE INDEX `evidence_by_village` ON `visit_evidence` (`region_code`,`period`,`submitted_at`,`officer_id`);
CREATE INDEX `evidence_by_district` ON `visit_evidence` (`district_code`,`period`,`submitted_at`,`officer_id`);
CREATE INDEX `evidence_by_regency` ON `visit_evidence` (`regency_code`,`period`,`submitted_at`,`officer_id`);
CREATE INDEX `evidence_by_officer` ON `visit_evidence` (`officer_id`,`started_ms`);
CREATE INDEX `evidence_by_cell` ON `visit_evidence` (`cell`);
CREATE INDEX `evidence_by_device` ON `visit_evidence` (`device_id`,`device_sequence`) WHERE device_id IS NOT NULL;
-- How many visits each officer has made in a place and period, and how many of them without an interview: kept for the desa,
-- its kecamatan and its kabupaten.
CREATE TABLE `evidence_groups` (
	`region_code` text NOT NULL,
	`period` text NOT NULL,
	`officer_id` text NOT NULL,
	`finished` integer DEFAULT 0 NOT NULL,
	`unfinished` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`region_code`, `period`, `officer_id`)
);
-- Visits to be judged, in the order they were asked for.
CREATE TABLE `evidence_queue` (
	`visit_id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL
);
CREATE INDEX `evidence_queue_in_order` ON `evidence_queue` (`number`);
-- Flags that stand no longer: of an earlier sending, or taken back by a later judging. Nothing is forgotten.
CREATE TABLE `past_flags` (
	`visit_id` text NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	`weight` integer NOT NULL,
	`cleared_at` text NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`visit_id`, `code`, `cleared_at`),
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "past_flag_why_is_known" CHECK("past_flags"."why" IN ('sent_again', 'judged_again'))
);
