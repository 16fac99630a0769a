-- Photos that a row names and the disk no longer has: a phone that still keeps its copy is asked for them once more.
CREATE TABLE `lost_photos` (
	`sha256` text PRIMARY KEY NOT NULL,
	`visit_id` text NOT NULL,
	`kind` text NOT NULL,
	`household_id` text NOT NULL,
	`region_code` text NOT NULL,
	`officer_id` text NOT NULL,
	`device_id` text,
	`sequence` integer,
	`found_at` text NOT NULL,
	`asked_at` text,
	`gone_at` text,
	`back_at` text,
	`back_from` text,
	FOREIGN KEY (`officer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lost_photo_return_is_whole" CHECK(("lost_photos"."back_at" IS NULL) = ("lost_photos"."back_from" IS NULL))
);
--> statement-breakpoint
CREATE INDEX `lost_photos_open` ON `lost_photos` (`device_id`,`officer_id`) WHERE back_at IS NULL;