-- Accepting a visit is paid by the page: indexes nothing asks and counters nothing needs are let go. A photo seen before is found through the file itself, which remembers the visit that showed it first.
DROP INDEX `visits_by_queue`;--> statement-breakpoint
DROP INDEX `visits_by_officer`;--> statement-breakpoint
CREATE INDEX `visits_by_region` ON `visits` (`region_code`,`submitted_at`) WHERE submitted_at IS NOT NULL;--> statement-breakpoint
DROP INDEX `deliveries_by_visit`;--> statement-breakpoint
CREATE INDEX `deliveries_by_visit` ON `deliveries` (`visit_id`) WHERE status IN ('held', 'waiting_photos');--> statement-breakpoint
CREATE TABLE `__new_transitions` (
	`id` integer PRIMARY KEY NOT NULL,
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
INSERT INTO `__new_transitions`("id", "household_id", "from_stage", "to_stage", "at", "actor_id", "note", "subject") SELECT "id", "household_id", "from_stage", "to_stage", "at", "actor_id", "note", "subject" FROM `transitions`;--> statement-breakpoint
DROP TABLE `transitions`;--> statement-breakpoint
ALTER TABLE `__new_transitions` RENAME TO `transitions`;--> statement-breakpoint
CREATE INDEX `transitions_by_household` ON `transitions` (`household_id`,`id`);--> statement-breakpoint
ALTER TABLE `files` ADD `first_visit_id` text;--> statement-breakpoint
UPDATE `files` SET first_visit_id = (SELECT visit_id FROM visit_photos p WHERE p.sha256 = files.sha256 ORDER BY added_at LIMIT 1)
	WHERE EXISTS (SELECT 1 FROM visit_photos p WHERE p.sha256 = files.sha256);--> statement-breakpoint
DROP INDEX `visit_photos_by_file`;
