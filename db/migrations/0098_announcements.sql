-- What an office has to say to those who work in its place, and who has read it.
CREATE TABLE `announcement_readings` (
	`announcement_id` text NOT NULL,
	`user_id` text NOT NULL,
	`read_at` text NOT NULL,
	PRIMARY KEY(`announcement_id`, `user_id`),
	FOREIGN KEY (`announcement_id`) REFERENCES `announcements`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE TABLE `announcements` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`until_on` text NOT NULL,
	`region_code` text NOT NULL,
	`roles` text NOT NULL,
	`written_by` text NOT NULL,
	`written_at` text NOT NULL,
	`ended_by` text,
	`ended_at` text,
	FOREIGN KEY (`written_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`ended_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE UNIQUE INDEX `announcements_id_unique` ON `announcements` (`id`);
CREATE INDEX `announcements_by_day` ON `announcements` (`until_on`,`number`);
CREATE INDEX `announcements_by_region` ON `announcements` (`region_code`,`number`);
