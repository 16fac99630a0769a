-- Runs of the rules over a region with what they found, and the rules of PKH, Sembako and PBI-JK as dated data.
CREATE TABLE `eligibility_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`programme` text NOT NULL,
	`region_code` text NOT NULL,
	`name` text NOT NULL,
	`trial` integer NOT NULL,
	`status` text NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`at_regency` text DEFAULT '' NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`finished_at` text,
	`rules` text NOT NULL,
	CONSTRAINT "eligibility_run_status_is_known" CHECK(status IN ('queued', 'running', 'ready', 'cancelled', 'failed')),
	CONSTRAINT "eligibility_run_is_of_a_programme" CHECK(programme IN ('pkh', 'sembako', 'pbi'))
);
CREATE INDEX `eligibility_runs_by_region` ON `eligibility_runs` (`region_code`,`asked_at`);
CREATE TABLE `eligibility_villages` (
	`run_id` text NOT NULL,
	`region_code` text NOT NULL,
	`families` integer NOT NULL,
	`receiving` integer NOT NULL,
	`eligible` integer NOT NULL,
	`chosen` integer NOT NULL,
	`entries` integer NOT NULL,
	`exits` integer NOT NULL,
	`cost_now` integer NOT NULL,
	`cost_then` integer NOT NULL,
	PRIMARY KEY(`run_id`, `region_code`),
	FOREIGN KEY (`run_id`) REFERENCES `eligibility_runs`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `eligibility_rows` (
	`run_id` text NOT NULL,
	`kind` text NOT NULL,
	`region_code` text NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`household_id` text,
	`family_seq` integer,
	`member_seq` integer,
	`recipient_id` text,
	`desil` integer,
	`components` integer NOT NULL,
	`per_year` integer NOT NULL,
	`reasons` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`run_id`, `kind`, `region_code`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `eligibility_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "eligibility_row_kind_is_known" CHECK("eligibility_rows"."kind" IN ('entry', 'exit'))
);
CREATE INDEX `households_by_place` ON `households` (`region_code`,`number`,`id`);
INSERT INTO programme_settings (programme, key, region_code, valid_from, valid_to, value, source, set_by, set_at) VALUES
	('pkh', 'rule.component', '', '2018-01-01', NULL, 1, 'Permensos 1/2018: peserta harus punya paling sedikit satu komponen (1: wajib, 0: tidak)', 'system', '2026-01-01T00:00:00.000Z'),
	('pbi', 'premium.month', '', '2020-07-01', NULL, 42000, 'Perpres 64/2020: iuran PBI-JK Rp42.000 sebulan', 'system', '2026-01-01T00:00:00.000Z');
INSERT INTO programme_words (programme, list, code, label, kind, valid_from, valid_to, source) VALUES
	('pkh', 'contradicts', 'bst', 'Bantuan Sosial Tunai (BST)', '', '2020-04-01', '2022-01-01', 'Keterangan Mensos 24 Mei 2021: peserta PKH dan Sembako tidak boleh menerima BST'),
	('sembako', 'contradicts', 'bst', 'Bantuan Sosial Tunai (BST)', '', '2020-04-01', '2022-01-01', 'Keterangan Mensos 24 Mei 2021: peserta PKH dan Sembako tidak boleh menerima BST');
