-- The last time of the server's clock that was believed: one that has run away from it deletes nothing.
CREATE TABLE `clock` (
	`id` integer PRIMARY KEY NOT NULL,
	`seen_at` text NOT NULL,
	`doubted_at` text,
	CONSTRAINT "clock_is_one_row" CHECK("clock"."id" = 1)
);
