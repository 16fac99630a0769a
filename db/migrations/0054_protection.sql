-- UU 27/2022: failures of protection with the list of those concerned, and requests of the people the register is about.
CREATE TABLE `breaches` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`from_at` text NOT NULL,
	`until_at` text NOT NULL,
	`known_at` text NOT NULL,
	`due_at` text NOT NULL,
	`happened` text NOT NULL,
	`data` text NOT NULL,
	`remedy` text DEFAULT '' NOT NULL,
	`contact` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`opened_by` text NOT NULL,
	`opened_at` text NOT NULL,
	`counting` text NOT NULL,
	`counted_at` text,
	`households` integer DEFAULT 0 NOT NULL,
	`people` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "breach_kind_is_known" CHECK("kind" IN ('device', 'export', 'account')),
	CONSTRAINT "breach_counting_is_known" CHECK("counting" IN ('waiting', 'counting', 'counted', 'failed')),
	CONSTRAINT "breach_status_is_known" CHECK("breaches"."status" IN ('open', 'closed'))
);
CREATE UNIQUE INDEX `breaches_id_unique` ON `breaches` (`id`);
CREATE INDEX `breaches_by_status` ON `breaches` (`status`,`number`);
CREATE TABLE `breach_households` (
	`breach_id` text NOT NULL,
	`region_code` text NOT NULL,
	`household_id` text NOT NULL,
	`people` integer NOT NULL,
	`why` text NOT NULL,
	PRIMARY KEY(`breach_id`, `household_id`),
	FOREIGN KEY (`breach_id`) REFERENCES `breaches`(`id`) ON UPDATE no action ON DELETE no action
);
CREATE INDEX `breach_households_by_place` ON `breach_households` (`breach_id`,`region_code`,`household_id`);
CREATE TABLE `subject_cases` (
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
	CONSTRAINT "subject_case_kind_is_known" CHECK("kind" IN ('access', 'correction')),
	CONSTRAINT "subject_case_status_is_known" CHECK("status" IN ('open', 'answered', 'refused')),
	CONSTRAINT "subject_case_closed_says_why" CHECK("subject_cases"."status" = 'open' OR ("subject_cases"."closed_by" IS NOT NULL AND "subject_cases"."reply" <> ''))
);
CREATE UNIQUE INDEX `subject_cases_id_unique` ON `subject_cases` (`id`);
CREATE INDEX `subject_cases_by_place` ON `subject_cases` (`status`,`region_code`,`due_at`,`number`);
CREATE INDEX `subject_cases_by_household` ON `subject_cases` (`household_id`,`number`);
CREATE TABLE `protection_steps` (
	`id` integer PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL,
	`note` text DEFAULT '' NOT NULL
);
CREATE INDEX `protection_steps_by_subject` ON `protection_steps` (`subject`,`id`);
