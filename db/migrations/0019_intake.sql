-- Intake: files of recipients and of results of payments, read line by line, looked at and then written.
CREATE TABLE `intakes` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`programme` text NOT NULL,
	`region_code` text NOT NULL,
	`list_id` text,
	`default_state` text DEFAULT '' NOT NULL,
	`source` text DEFAULT '' NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`bytes_read` integer DEFAULT 0 NOT NULL,
	`status` text NOT NULL,
	`row_count` integer DEFAULT 0 NOT NULL,
	`new_count` integer DEFAULT 0 NOT NULL,
	`changed_count` integer DEFAULT 0 NOT NULL,
	`same_count` integer DEFAULT 0 NOT NULL,
	`unmatched_count` integer DEFAULT 0 NOT NULL,
	`error_count` integer DEFAULT 0 NOT NULL,
	`applied_to` integer DEFAULT 0 NOT NULL,
	`applied_count` integer DEFAULT 0 NOT NULL,
	`failed_count` integer DEFAULT 0 NOT NULL,
	`message` text,
	`uploaded_by` text NOT NULL,
	`uploaded_at` text NOT NULL,
	`confirmed_by` text,
	`confirmed_at` text,
	`finished_at` text,
	FOREIGN KEY (`list_id`) REFERENCES `payment_lists`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "intake_kind_is_known" CHECK("intakes"."kind" IN ('recipients', 'payments')),
	CONSTRAINT "intake_status_is_known" CHECK("intakes"."status" IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'))
);
CREATE INDEX `intakes_by_region` ON `intakes` (`region_code`,`uploaded_at`,`id`);
CREATE INDEX `intakes_by_content` ON `intakes` (`sha256`);
CREATE TABLE `intake_rows` (
	`intake_id` text NOT NULL,
	`position` integer NOT NULL,
	`action` text NOT NULL,
	`name` text NOT NULL,
	`nik` text,
	`kk_number` text,
	`number` text,
	`variant` text DEFAULT '' NOT NULL,
	`region_code` text NOT NULL,
	`household_id` text,
	`family_seq` integer,
	`member_seq` integer,
	`matched_by` text,
	`remark` text DEFAULT '' NOT NULL,
	`target_id` text,
	`facts` text NOT NULL,
	`errors` text NOT NULL,
	`settlement` text,
	`settled_by` text,
	`settled_at` text,
	`note` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`intake_id`, `position`),
	FOREIGN KEY (`intake_id`) REFERENCES `intakes`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "intake_action_is_known" CHECK("intake_rows"."action" IN ('new', 'changed', 'same', 'unmatched', 'error')),
	CONSTRAINT "intake_settlement_is_known" CHECK("intake_rows"."settlement" IS NULL OR "intake_rows"."settlement" IN ('linked', 'kept', 'thrown'))
);
CREATE INDEX `intake_rows_by_action` ON `intake_rows` (`intake_id`,`action`,`settlement`,`position`);
CREATE INDEX `intake_rows_by_nik` ON `intake_rows` (`intake_id`,`nik`,`variant`) WHERE nik IS NOT NULL;
CREATE INDEX `intake_rows_by_kk` ON `intake_rows` (`intake_id`,`kk_number`) WHERE kk_number IS NOT NULL;
CREATE INDEX `intake_rows_by_number` ON `intake_rows` (`intake_id`,`number`) WHERE number IS NOT NULL;
CREATE INDEX `intake_rows_by_target` ON `intake_rows` (`intake_id`,`target_id`) WHERE target_id IS NOT NULL;
CREATE INDEX `intake_rows_by_household` ON `intake_rows` (`intake_id`,`household_id`) WHERE household_id IS NOT NULL;
