CREATE TABLE `one_time_passwords` (
	`user_id` text PRIMARY KEY NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
-- Those given out before count from now on. Restored accounts have their owner's old password, but nobody can tell them apart here.
INSERT INTO `one_time_passwords` (`user_id`, `expires_at`) SELECT `id`, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+72 hours') FROM `users` WHERE `status` = 'invited';
