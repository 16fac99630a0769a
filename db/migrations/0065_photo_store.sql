-- Which files also lie in the store of photos, or there alone, by the name they have under the data directory.
CREATE TABLE `remote_files` (
	`name` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`stored_at` text NOT NULL,
	`uploaded_at` text NOT NULL,
	`freed_at` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `remote_files_here` ON `remote_files` (`stored_at`) WHERE `freed_at` IS NULL;
--> statement-breakpoint
CREATE TABLE `photo_store` (
	`id` integer PRIMARY KEY NOT NULL,
	`followed` integer DEFAULT 0 NOT NULL,
	`looked` integer DEFAULT 0 NOT NULL,
	`round_ended_at` text,
	`missing` integer DEFAULT 0 NOT NULL,
	`files` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`freed_files` integer DEFAULT 0 NOT NULL,
	`freed_bytes` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "photo_store_is_one" CHECK("photo_store"."id" = 1)
);
--> statement-breakpoint
INSERT INTO `photo_store` (`id`) VALUES (1);
