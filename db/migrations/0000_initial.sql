CREATE TABLE `region_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`old_code` text NOT NULL,
	`new_code` text NOT NULL,
	`old_name` text NOT NULL,
	`new_name` text NOT NULL,
	`effective_on` text NOT NULL,
	`source` text NOT NULL,
	CONSTRAINT "region_change_kind_is_known" CHECK("region_changes"."kind" IN ('rename', 'recode', 'split', 'merge'))
);
--> statement-breakpoint
CREATE INDEX `region_changes_by_old` ON `region_changes` (`old_code`);--> statement-breakpoint
CREATE TABLE `regions` (
	`code` text PRIMARY KEY NOT NULL,
	`level` integer NOT NULL,
	`name` text NOT NULL,
	`parent_code` text,
	`bps_code` text,
	`valid_from` text NOT NULL,
	`valid_to` text,
	CONSTRAINT "region_level_is_known" CHECK("regions"."level" BETWEEN 1 AND 4)
);
--> statement-breakpoint
CREATE INDEX `regions_by_parent` ON `regions` (`parent_code`,`name`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`user_agent` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_subject` ON `sign_in_failures` (`subject`,`at`);--> statement-breakpoint
CREATE TABLE `user_regions` (
	`user_id` text NOT NULL,
	`region_code` text NOT NULL,
	PRIMARY KEY(`user_id`, `region_code`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `user_regions_by_region` ON `user_regions` (`region_code`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`status` text NOT NULL,
	`created_at` text NOT NULL,
	CONSTRAINT "user_role_is_known" CHECK(role IN ('enumerator', 'village_operator', 'supervisor', 'district_coordinator', 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer', 'administrator', 'auditor')),
	CONSTRAINT "user_status_is_known" CHECK("users"."status" IN ('invited', 'active', 'suspended'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` (`name`,`id`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`details` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit_entries` (`subject`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit_entries` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_by_action` ON `audit_entries` (`action`,`seq`);--> statement-breakpoint
CREATE TABLE `received_posts` (
	`key` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`received_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`region_code` text NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` text NOT NULL,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attachments_by_subject` ON `attachments` (`subject`,`kind`);--> statement-breakpoint
CREATE TABLE `files` (
	`sha256` text PRIMARY KEY NOT NULL,
	`mime` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`stored_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `families` (
	`household_id` text NOT NULL,
	`seq` integer NOT NULL,
	`kk_number` text,
	PRIMARY KEY(`household_id`, `seq`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `families_by_kk` ON `families` (`kk_number`);--> statement-breakpoint
CREATE TABLE `household_versions` (
	`household_id` text NOT NULL,
	`version` integer NOT NULL,
	`cause` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL,
	`record` text NOT NULL,
	PRIMARY KEY(`household_id`, `version`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `households` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`region_code` text NOT NULL,
	`prelist_id` text,
	`order_no` text,
	`origin` text NOT NULL,
	`head_name` text NOT NULL,
	`head_nik` text,
	`address` text NOT NULL,
	`sls_name` text DEFAULT '' NOT NULL,
	`member_count` integer NOT NULL,
	`programmes` text DEFAULT '' NOT NULL,
	`version` integer NOT NULL,
	`latitude` real,
	`longitude` real,
	`stage` text NOT NULL,
	`stage_at` text NOT NULL,
	`outcome` integer,
	`musdes_status` integer,
	`officer_id` text,
	`visit_id` text,
	`flag_count` integer DEFAULT 0 NOT NULL,
	`created_at` text NOT NULL,
	`record` text NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "household_stage_is_known" CHECK(stage IN ('listed', 'published', 'assigned', 'downloaded', 'deliberated', 'submitted', 'returned', 'checked', 'recheck', 'verified', 'batched', 'ratified', 'dispatched', 'determined', 'withdrawn')),
	CONSTRAINT "household_outcome_is_known" CHECK("households"."outcome" BETWEEN 1 AND 6),
	CONSTRAINT "household_musdes_status_is_known" CHECK("households"."musdes_status" BETWEEN 1 AND 4)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `households_id_unique` ON `households` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `households_prelist_id_unique` ON `households` (`prelist_id`);--> statement-breakpoint
CREATE INDEX `households_by_name` ON `households` (`region_code`,`head_name`,`number`,`stage`,`outcome`,`flag_count`);--> statement-breakpoint
CREATE INDEX `households_in_name_order` ON `households` (`head_name`,`number`,`region_code`,`stage`,`outcome`,`flag_count`);--> statement-breakpoint
CREATE INDEX `households_by_stage` ON `households` (`stage`,`region_code`,`stage_at`,`number`,`flag_count`,`outcome`,`officer_id`);--> statement-breakpoint
CREATE INDEX `households_by_officer` ON `households` (`officer_id`,`stage`,`number`);--> statement-breakpoint
CREATE INDEX `households_by_outcome` ON `households` (`outcome`,`region_code`,`number`) WHERE outcome IS NOT NULL;--> statement-breakpoint
CREATE INDEX `households_flagged` ON `households` (`region_code`,`number`) WHERE flag_count > 0;--> statement-breakpoint
CREATE INDEX `households_by_head_nik` ON `households` (`head_nik`);--> statement-breakpoint
CREATE TABLE `members` (
	`household_id` text NOT NULL,
	`seq` integer NOT NULL,
	`family_seq` integer,
	`name` text NOT NULL,
	`nik` text,
	`sex` integer,
	`birth_date` text,
	`presence` integer,
	PRIMARY KEY(`household_id`, `seq`),
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `members_by_nik` ON `members` (`nik`);--> statement-breakpoint
CREATE TABLE `transitions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`household_id` text NOT NULL,
	`from_stage` text,
	`to_stage` text NOT NULL,
	`at` text NOT NULL,
	`actor_id` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`subject` text,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `transitions_by_household` ON `transitions` (`household_id`,`id`);--> statement-breakpoint
CREATE TABLE `prelist_import_rows` (
	`import_id` text NOT NULL,
	`position` integer NOT NULL,
	`prelist_id` text NOT NULL,
	`region_code` text NOT NULL,
	`head_name` text NOT NULL,
	`action` text NOT NULL,
	`record` text NOT NULL,
	`errors` text NOT NULL,
	`applied` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`import_id`, `position`),
	FOREIGN KEY (`import_id`) REFERENCES `prelist_imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `prelist_import_rows_by_action` ON `prelist_import_rows` (`import_id`,`action`,`position`);--> statement-breakpoint
CREATE TABLE `prelist_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`region_code` text NOT NULL,
	`uploaded_by` text NOT NULL,
	`uploaded_at` text NOT NULL,
	`status` text NOT NULL,
	`bytes` integer NOT NULL,
	`bytes_read` integer DEFAULT 0 NOT NULL,
	`household_count` integer DEFAULT 0 NOT NULL,
	`member_count` integer DEFAULT 0 NOT NULL,
	`error_count` integer DEFAULT 0 NOT NULL,
	`new_count` integer DEFAULT 0 NOT NULL,
	`changed_count` integer DEFAULT 0 NOT NULL,
	`same_count` integer DEFAULT 0 NOT NULL,
	`busy_count` integer DEFAULT 0 NOT NULL,
	`applied_count` integer DEFAULT 0 NOT NULL,
	`message` text,
	`finished_at` text,
	CONSTRAINT "prelist_import_status_is_known" CHECK("prelist_imports"."status" IN ('reading', 'previewed', 'applying', 'applied', 'failed', 'discarded'))
);
--> statement-breakpoint
CREATE INDEX `prelist_imports_by_region` ON `prelist_imports` (`region_code`,`uploaded_at`);--> statement-breakpoint
CREATE TABLE `musdes` (
	`id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`held_on` text NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text NOT NULL,
	`place` text NOT NULL,
	`chair_name` text NOT NULL,
	`chair_position` text NOT NULL,
	`attendance` text NOT NULL,
	`minutes_number` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `musdes_by_region` ON `musdes` (`region_code`,`held_on`);--> statement-breakpoint
CREATE TABLE `musdes_results` (
	`musdes_id` text NOT NULL,
	`household_id` text NOT NULL,
	`status` integer NOT NULL,
	`not_found_reason` integer,
	`duplicate_of` text,
	`answers` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_at` text NOT NULL,
	PRIMARY KEY(`musdes_id`, `household_id`),
	FOREIGN KEY (`musdes_id`) REFERENCES `musdes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "musdes_status_is_known" CHECK("musdes_results"."status" BETWEEN 1 AND 4),
	CONSTRAINT "musdes_not_found_has_reason" CHECK("musdes_results"."status" <> 2 OR "musdes_results"."not_found_reason" BETWEEN 1 AND 4)
);
--> statement-breakpoint
CREATE INDEX `musdes_results_by_household` ON `musdes_results` (`household_id`);--> statement-breakpoint
CREATE TABLE `visit_flags` (
	`visit_id` text NOT NULL,
	`code` text NOT NULL,
	`message` text NOT NULL,
	PRIMARY KEY(`visit_id`, `code`),
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `visit_photos` (
	`visit_id` text NOT NULL,
	`kind` text NOT NULL,
	`sha256` text NOT NULL,
	`taken_at` text,
	`added_at` text NOT NULL,
	PRIMARY KEY(`visit_id`, `kind`),
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sha256`) REFERENCES `files`(`sha256`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `visit_photos_by_file` ON `visit_photos` (`sha256`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`region_code` text NOT NULL,
	`officer_id` text NOT NULL,
	`status` text NOT NULL,
	`outcome` integer,
	`record` text NOT NULL,
	`saved_sections` text NOT NULL,
	`revision` integer NOT NULL,
	`base_version` integer NOT NULL,
	`questionnaire_version` text NOT NULL,
	`latitude` real,
	`longitude` real,
	`accuracy_m` real,
	`located_at` text,
	`opened_at` text NOT NULL,
	`active_ms` integer DEFAULT 0 NOT NULL,
	`submitted_at` text,
	`submit_count` integer DEFAULT 0 NOT NULL,
	`submitted_hash` text,
	`flag_count` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`officer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "visit_status_is_known" CHECK("visits"."status" IN ('draft', 'submitted', 'returned', 'checked', 'verified')),
	CONSTRAINT "visit_outcome_is_known" CHECK("visits"."outcome" BETWEEN 1 AND 6),
	CONSTRAINT "visit_duration_is_positive" CHECK("visits"."active_ms" >= 0),
	CONSTRAINT "visit_submitted_is_complete" CHECK("visits"."submitted_at" IS NULL OR ("visits"."outcome" IS NOT NULL
    AND "visits"."latitude" IS NOT NULL AND "visits"."longitude" IS NOT NULL AND "visits"."accuracy_m" IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX `visits_by_household` ON `visits` (`household_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `visits_by_queue` ON `visits` (`status`,`region_code`,`submitted_at`);--> statement-breakpoint
CREATE INDEX `visits_by_officer` ON `visits` (`officer_id`,`status`,`submitted_at`);--> statement-breakpoint
CREATE TABLE `remarks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`review_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`path` text NOT NULL,
	`message` text NOT NULL,
	FOREIGN KEY (`review_id`) REFERENCES `reviews`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `remarks_by_visit` ON `remarks` (`visit_id`,`id`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`household_id` text NOT NULL,
	`visit_revision` integer NOT NULL,
	`level` integer NOT NULL,
	`outcome` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`documents` text NOT NULL,
	`bulk` integer DEFAULT false NOT NULL,
	`decided_by` text NOT NULL,
	`decided_at` text NOT NULL,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "review_outcome_is_known" CHECK("reviews"."outcome" IN ('approved', 'returned')),
	CONSTRAINT "review_level_is_known" CHECK("reviews"."level" IN (1, 2))
);
--> statement-breakpoint
CREATE INDEX `reviews_by_visit` ON `reviews` (`visit_id`,`decided_at`);--> statement-breakpoint
CREATE INDEX `reviews_by_reviewer` ON `reviews` (`decided_by`,`decided_at`);--> statement-breakpoint
CREATE TABLE `batch_items` (
	`batch_id` text NOT NULL,
	`household_id` text NOT NULL,
	`visit_id` text NOT NULL,
	`region_code` text NOT NULL,
	`position` integer NOT NULL,
	`record` text NOT NULL,
	`record_hash` text NOT NULL,
	`change_count` integer DEFAULT 0 NOT NULL,
	`failures` text NOT NULL,
	`decision` text DEFAULT 'pending' NOT NULL,
	`reason` text DEFAULT '' NOT NULL,
	`decided_by` text,
	`decided_at` text,
	PRIMARY KEY(`batch_id`, `household_id`),
	FOREIGN KEY (`batch_id`) REFERENCES `batches`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "batch_decision_is_known" CHECK("batch_items"."decision" IN ('pending', 'accepted', 'returned'))
);
--> statement-breakpoint
CREATE INDEX `batch_items_by_decision` ON `batch_items` (`batch_id`,`decision`,`position`);--> statement-breakpoint
CREATE INDEX `batch_items_by_position` ON `batch_items` (`batch_id`,`position`);--> statement-breakpoint
CREATE INDEX `batch_items_by_household` ON `batch_items` (`household_id`);--> statement-breakpoint
CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`prepared_by` text NOT NULL,
	`prepared_at` text NOT NULL,
	`frozen_by` text,
	`frozen_at` text,
	`item_count` integer DEFAULT 0 NOT NULL,
	`root_hash` text,
	`letter_number` text,
	`letter_date` text,
	`signatory` text,
	`ratified_by` text,
	`ratified_at` text,
	`dispatched_by` text,
	`dispatched_at` text,
	`package_sha256` text,
	`determined_at` text,
	CONSTRAINT "batch_status_is_known" CHECK(status IN ('gathering', 'open', 'frozen', 'ratified', 'dispatched', 'determined', 'cancelled')),
	CONSTRAINT "batch_ratified_by_another" CHECK("batches"."ratified_by" IS NULL OR ("batches"."ratified_by" <> "batches"."prepared_by"
    AND "batches"."ratified_by" <> "batches"."frozen_by"))
);
--> statement-breakpoint
CREATE INDEX `batches_by_region` ON `batches` (`region_code`,`prepared_at`);