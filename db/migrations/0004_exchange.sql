CREATE TABLE `exchange_changes` (
	`delivery_id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`submit_count` integer NOT NULL,
	`officer_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`position` integer NOT NULL,
	`bytes` integer NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exchange_changes_once` ON `exchange_changes` (`visit_id`,`submit_count`);--> statement-breakpoint
CREATE UNIQUE INDEX `exchange_changes_in_order` ON `exchange_changes` (`position`);--> statement-breakpoint
CREATE TABLE `exchange_items` (
	`run_id` text NOT NULL,
	`position` integer NOT NULL,
	`outcome` text NOT NULL,
	`delivery_id` text,
	`household_id` text,
	`officer_id` text,
	`message` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`run_id`, `position`),
	FOREIGN KEY (`run_id`) REFERENCES `exchange_runs`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exchange_outcome_is_known" CHECK("exchange_items"."outcome" IN ('new', 'updated', 'same', 'held', 'refused'))
);
--> statement-breakpoint
CREATE INDEX `exchange_items_by_outcome` ON `exchange_items` (`run_id`,`outcome`,`position`);--> statement-breakpoint
CREATE TABLE `exchange_origin` (
	`package_id` text PRIMARY KEY NOT NULL,
	`laptop_id` text NOT NULL,
	`region_code` text NOT NULL,
	`recipient` text NOT NULL,
	`exported_at` text NOT NULL,
	`installed_at` text NOT NULL,
	`last_transition` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `exchange_packages` (
	`id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`made_by` text NOT NULL,
	`made_at` text NOT NULL,
	`status` text NOT NULL,
	`villages` integer DEFAULT 0 NOT NULL,
	`villages_done` integer DEFAULT 0 NOT NULL,
	`households` integer DEFAULT 0 NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`message` text,
	`ready_at` text,
	FOREIGN KEY (`made_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exchange_package_status_is_known" CHECK("exchange_packages"."status" IN ('making', 'ready', 'failed', 'removed'))
);
--> statement-breakpoint
CREATE INDEX `exchange_packages_by_maker` ON `exchange_packages` (`made_by`,`made_at`);--> statement-breakpoint
CREATE TABLE `exchange_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`via` text NOT NULL,
	`package_id` text,
	`taken_by` text NOT NULL,
	`taken_at` text NOT NULL,
	`status` text NOT NULL,
	`total` integer NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`new_count` integer DEFAULT 0 NOT NULL,
	`updated_count` integer DEFAULT 0 NOT NULL,
	`same_count` integer DEFAULT 0 NOT NULL,
	`held_count` integer DEFAULT 0 NOT NULL,
	`refused_count` integer DEFAULT 0 NOT NULL,
	`message` text,
	`finished_at` text,
	FOREIGN KEY (`taken_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "exchange_run_status_is_known" CHECK("exchange_runs"."status" IN ('taking', 'taken', 'failed')),
	CONSTRAINT "exchange_run_via_is_known" CHECK("exchange_runs"."via" IN ('file', 'package'))
);
--> statement-breakpoint
CREATE INDEX `exchange_runs_by_taker` ON `exchange_runs` (`taken_by`,`taken_at`);