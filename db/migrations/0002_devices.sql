CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`device_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`visit_id` text NOT NULL,
	`household_id` text NOT NULL,
	`region_code` text NOT NULL,
	`base_version` integer NOT NULL,
	`sha256` text NOT NULL,
	`photo_count` integer NOT NULL,
	`via` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`problem` text,
	`received_at` text NOT NULL,
	`photos_at` text,
	`settled_at` text,
	`settled_by` text,
	`settle_note` text DEFAULT '' NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`officer_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "delivery_status_is_known" CHECK("deliveries"."status" IN ('waiting_photos', 'accepted', 'held', 'closed')),
	CONSTRAINT "delivery_via_is_known" CHECK("deliveries"."via" IN ('network', 'file', 'package')),
	CONSTRAINT "delivery_held_says_why" CHECK("deliveries"."status" <> 'held' OR "deliveries"."reason" IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_device` ON `deliveries` (`device_id`,`officer_id`,`sequence`);--> statement-breakpoint
CREATE INDEX `deliveries_open` ON `deliveries` (`status`,`region_code`,`received_at`) WHERE status IN ('held', 'waiting_photos');--> statement-breakpoint
CREATE INDEX `deliveries_by_visit` ON `deliveries` (`visit_id`);--> statement-breakpoint
CREATE TABLE `delivery_photos` (
	`delivery_id` text NOT NULL,
	`kind` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`taken_at` text,
	`stored_at` text,
	PRIMARY KEY(`delivery_id`, `kind`),
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`label` text NOT NULL,
	`secret` text NOT NULL,
	`registered_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`highest_made` integer DEFAULT 0 NOT NULL,
	`pack_sequence` integer,
	`pack_at` text,
	`revoked_at` text,
	`revoked_by` text,
	`revoke_note` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`id`, `user_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "device_highest_is_counted" CHECK("devices"."highest_made" >= 0)
);
--> statement-breakpoint
CREATE INDEX `devices_by_user` ON `devices` (`user_id`,`last_seen_at`);