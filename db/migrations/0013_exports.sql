-- What leaves as a file with its hand-over record, acts on many rows that may be taken back, and the filters people keep.
CREATE TABLE `export_files` (
	`id` text PRIMARY KEY NOT NULL,
	`list` text NOT NULL,
	`format` text NOT NULL,
	`full` integer DEFAULT false NOT NULL,
	`full_reason` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`number` text NOT NULL,
	`recipient_name` text NOT NULL,
	`recipient_institution` text NOT NULL,
	`purpose` text NOT NULL,
	`legal_basis` text NOT NULL,
	`expires_on` text NOT NULL,
	`rows_done` integer DEFAULT 0 NOT NULL,
	`rows_total` integer,
	`bytes` integer DEFAULT 0 NOT NULL,
	`sha256` text,
	`data_at` text,
	`ready_at` text,
	`removed_at` text,
	`downloads` integer DEFAULT 0 NOT NULL,
	`last_downloaded_at` text,
	`message` text,
	`words` text DEFAULT '' NOT NULL,
	`query` text DEFAULT '' NOT NULL,
	`regions` text NOT NULL,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "export_format_is_known" CHECK("export_files"."format" IN ('csv', 'xlsx')),
	CONSTRAINT "export_status_is_known" CHECK("export_files"."status" IN ('making', 'ready', 'failed', 'removed')),
	CONSTRAINT "export_in_full_has_a_reason" CHECK("export_files"."full" = 0 OR "export_files"."full_reason" <> ''),
	CONSTRAINT "export_ready_has_a_hash" CHECK("export_files"."status" <> 'ready' OR "export_files"."sha256" IS NOT NULL)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `export_files_by_number` ON `export_files` (`year`,`serial`);--> statement-breakpoint
CREATE INDEX `export_files_by_maker` ON `export_files` (`made_by`,`made_at`);--> statement-breakpoint
CREATE INDEX `export_files_by_time` ON `export_files` (`made_at`);--> statement-breakpoint
CREATE INDEX `export_files_by_status` ON `export_files` (`status`,`expires_on`);--> statement-breakpoint
CREATE TABLE `saved_filters` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`saved_at` text NOT NULL,
	`query` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_filters_by_name` ON `saved_filters` (`user_id`,`list`,`name`);--> statement-breakpoint
CREATE INDEX `saved_filters_in_order` ON `saved_filters` (`user_id`,`list`,`saved_at`);--> statement-breakpoint
CREATE TABLE `bulk_items` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`household_id` text NOT NULL,
	`outcome` text NOT NULL,
	`from_stage` text NOT NULL,
	`officer_id` text,
	`visit_id` text,
	`revision` integer,
	`transition_id` integer,
	`audit_seq` integer,
	`reason` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `bulk_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bulk_outcome_is_known" CHECK("bulk_items"."outcome" IN ('planned', 'skipped', 'done', 'undone', 'kept'))
);
--> statement-breakpoint
CREATE INDEX `bulk_items_by_outcome` ON `bulk_items` (`run_id`,`outcome`,`position`);--> statement-breakpoint
CREATE TABLE `bulk_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`planned` integer DEFAULT 0 NOT NULL,
	`skipped` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`undone` integer DEFAULT 0 NOT NULL,
	`kept` integer DEFAULT 0 NOT NULL,
	`finished_at` text,
	`undo_until` text,
	`message` text,
	`wanted` text NOT NULL,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bulk_kind_is_known" CHECK("bulk_runs"."kind" IN ('publish', 'assign', 'revoke', 'approve')),
	CONSTRAINT "bulk_status_is_known" CHECK("bulk_runs"."status" IN ('gathering', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed', 'discarded'))
);
--> statement-breakpoint
CREATE INDEX `bulk_runs_by_maker` ON `bulk_runs` (`made_by`,`made_at`);--> statement-breakpoint
CREATE INDEX `bulk_runs_by_status` ON `bulk_runs` (`status`);
