-- Many recipient changes proposed at once from a run of the rules: gathered, shown, then proposed beside the requests.
CREATE TABLE `rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`run_id` text NOT NULL,
	`programme` text NOT NULL,
	`row_kind` text NOT NULL,
	`region_code` text NOT NULL,
	`reasons` text DEFAULT '' NOT NULL,
	`change_kind` text NOT NULL,
	`reason_code` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`planned` integer DEFAULT 0 NOT NULL,
	`skipped` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`undone` integer DEFAULT 0 NOT NULL,
	`kept` integer DEFAULT 0 NOT NULL,
	`is_full` integer DEFAULT false NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`finished_at` text,
	`undo_until` text,
	`message` text,
	FOREIGN KEY (`run_id`) REFERENCES `eligibility_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "round_status_is_known" CHECK("rounds"."status" IN ('gathering', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed', 'discarded')),
	CONSTRAINT "round_row_kind_is_known" CHECK("rounds"."row_kind" IN ('entry', 'exit'))
);
CREATE INDEX `rounds_by_maker` ON `rounds` (`made_by`,`made_at`);
CREATE INDEX `rounds_by_status` ON `rounds` (`status`);
CREATE TABLE `round_rows` (
	`round_id` text NOT NULL,
	`position` integer NOT NULL,
	`region_code` text NOT NULL,
	`name` text NOT NULL,
	`household_id` text,
	`family_seq` integer,
	`member_seq` integer,
	`recipient_id` text,
	`why` text DEFAULT '' NOT NULL,
	`outcome` text NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`round_id`, `position`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "round_outcome_is_known" CHECK("round_rows"."outcome" IN ('planned', 'skipped', 'done', 'undone', 'kept'))
);
CREATE INDEX `round_rows_by_outcome` ON `round_rows` (`round_id`,`outcome`,`position`);
-- A signed batch is written some at a time; here it says when all of it is. Until now that was the moment of the signature.
ALTER TABLE `recipient_batches` ADD `applied_at` text;
UPDATE `recipient_batches` SET `applied_at` = `ratified_at` WHERE `status` = 'ratified';
-- In PKH nobody takes a family's place: what follows a failed payment is another step than in Sembako.
UPDATE `programme_words` SET `kind` = CASE `code` WHEN 'deceased' THEN 'family' WHEN 'capable' THEN 'graduate' ELSE 'leave' END,
	`source` = 'Praktik penyaluran PKH (pengetahuan umum; dapat diatur). Arti kata: account periksa rekening, retry salurkan lagi, family perbaiki data keluarga, leave tangguhkan atau keluarkan, graduate graduasi'
	WHERE `programme` = 'pkh' AND `list` = 'payment_reason' AND `kind` = 'replace';
