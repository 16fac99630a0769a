-- A citizen may ask for more than a copy and a correction: erasure, a halt or limit, a decision no machine made (UU 27/2022, art. 8, 10 and 11).
CREATE TABLE `__new_subject_cases` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`region_code` text NOT NULL,
	`household_id` text NOT NULL,
	`member_seq` integer NOT NULL,
	`asker` text NOT NULL,
	`relation` text NOT NULL,
	`identity` text NOT NULL,
	`wish` text DEFAULT '' NOT NULL,
	`received_at` text NOT NULL,
	`due_at` text NOT NULL,
	`status` text NOT NULL,
	`reply` text DEFAULT '' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` text NOT NULL,
	`closed_by` text,
	`closed_at` text,
	CONSTRAINT "subject_case_kind_is_known" CHECK(kind IN ('access', 'correction', 'erasure', 'restriction', 'objection')),
	CONSTRAINT "subject_case_status_is_known" CHECK(status IN ('open', 'answered', 'refused')),
	CONSTRAINT "subject_case_closed_says_why" CHECK("status" = 'open' OR ("closed_by" IS NOT NULL AND "reply" <> ''))
);
--> statement-breakpoint
INSERT INTO `__new_subject_cases`("number", "id", "kind", "region_code", "household_id", "member_seq", "asker", "relation", "identity", "wish", "received_at", "due_at", "status", "reply", "revision", "opened_by", "opened_at", "closed_by", "closed_at") SELECT "number", "id", "kind", "region_code", "household_id", "member_seq", "asker", "relation", "identity", "wish", "received_at", "due_at", "status", "reply", "revision", "opened_by", "opened_at", "closed_by", "closed_at" FROM `subject_cases`;--> statement-breakpoint
DROP TABLE `subject_cases`;--> statement-breakpoint
ALTER TABLE `__new_subject_cases` RENAME TO `subject_cases`;--> statement-breakpoint
CREATE UNIQUE INDEX `subject_cases_id_unique` ON `subject_cases` (`id`);--> statement-breakpoint
CREATE INDEX `subject_cases_by_place` ON `subject_cases` (`status`,`region_code`,`due_at`,`number`);--> statement-breakpoint
CREATE INDEX `subject_cases_by_household` ON `subject_cases` (`household_id`,`number`);
