-- The print of every photo of a submitted visit, what the photo says of itself, and which photos of other households it repeats.
CREATE TABLE `photo_prints` (
	`number` integer PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`kind` text NOT NULL,
	`sha256` blob NOT NULL,
	`print` blob,
	`taken_at` text,
	`latitude` real,
	`longitude` real,
	`sharpness` integer,
	`brightness` integer,
	`dark` integer,
	`bright` integer,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `photo_prints_by_photo` ON `photo_prints` (`visit_id`,`kind`);--> statement-breakpoint
CREATE TABLE `photo_bands` (
	`band` integer NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`band`, `number`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `photo_matches` (
	`visit_id` text NOT NULL,
	`kind` text NOT NULL,
	`other_visit_id` text NOT NULL,
	`other_kind` text NOT NULL,
	`distance` integer NOT NULL,
	`exact` integer NOT NULL,
	PRIMARY KEY(`visit_id`, `kind`, `other_visit_id`, `other_kind`),
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `photo_matches_by_other` ON `photo_matches` (`other_visit_id`,`other_kind`);
