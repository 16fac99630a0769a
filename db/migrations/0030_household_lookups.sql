-- Households that somebody found by an exact number outside their own places; a form names the finding, never the household.
CREATE TABLE `household_lookups` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`household_id` text NOT NULL,
	`member_seq` integer,
	`family_seq` integer,
	`found_at` text NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `household_lookups_by_time` ON `household_lookups` (`found_at`);
