-- Who may still do what: looked through by an administrator every three months. What was seen is kept as it was seen.
CREATE TABLE `access_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` text NOT NULL,
	`closed_by` text,
	`closed_at` text,
	FOREIGN KEY (`opened_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "access_review_closing_is_whole" CHECK(("access_reviews"."closed_at" IS NULL) = ("access_reviews"."closed_by" IS NULL))
);
--> statement-breakpoint
CREATE INDEX `access_reviews_by_closing` ON `access_reviews` (`closed_at`);
--> statement-breakpoint
CREATE TABLE `access_review_rows` (
	`review_id` text NOT NULL,
	`position` integer NOT NULL,
	`user_id` text NOT NULL,
	`seen` text NOT NULL,
	`decision` text,
	`note` text DEFAULT '' NOT NULL,
	`decided_by` text,
	`decided_at` text,
	PRIMARY KEY(`review_id`, `position`),
	FOREIGN KEY (`review_id`) REFERENCES `access_reviews`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "access_decision_is_known" CHECK("access_review_rows"."decision" IN ('kept', 'suspended')),
	CONSTRAINT "access_decision_is_whole" CHECK(("access_review_rows"."decision" IS NULL) = ("access_review_rows"."decided_at" IS NULL)),
	CONSTRAINT "access_decided_by_another" CHECK("access_review_rows"."decided_by" IS NULL OR "access_review_rows"."decided_by" <> "access_review_rows"."user_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_review_rows_by_user` ON `access_review_rows` (`review_id`,`user_id`);
