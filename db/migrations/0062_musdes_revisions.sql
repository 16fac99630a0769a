-- What a meeting's record said before it was corrected; nothing of it is erased.
CREATE TABLE `musdes_revisions` (
	`musdes_id` text NOT NULL,
	`revision` integer NOT NULL,
	`former` text NOT NULL,
	`note` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` text NOT NULL,
	PRIMARY KEY(`musdes_id`, `revision`),
	FOREIGN KEY (`musdes_id`) REFERENCES `musdes`(`id`) ON UPDATE no action ON DELETE no action
);
